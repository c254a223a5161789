//! Questions and orders as calls of the use cases.

use super::{Backend, Steps};
use crate::tui::message::{Order, Outcome, Query, Refusal};

/// The society's office behind the console.
pub(crate) struct Desk;

impl Backend for Desk {
    async fn ask(&self, query: Query) -> Outcome {
        match query {}
    }

    async fn order(&self, _order: Order, _steps: Steps) -> Outcome {
        Err(Refusal { text: String::new() })
    }

    fn sign_out(&self) {}
}
