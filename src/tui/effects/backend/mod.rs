//! Questions and orders as calls of the use cases.

mod import;
mod orders;
mod questions;
mod session;
#[cfg(test)]
mod tests;

use super::{Backend, Steps};
use crate::labels::Labels;
use crate::labels::refusals::explain;
use crate::tui::message::{Answer, Entry, Order, Outcome, Query, Refusal};
use crate::usecases::{AppContext, Error, Refusal as Reason, staff};
use session::Session;
use std::sync::Mutex;

/// The society's office behind the console.
pub(crate) struct AppBackend {
    ctx: AppContext,
    labels: &'static Labels,
    session: Mutex<Session>,
}

impl AppBackend {
    /// Nobody signed in.
    pub(crate) fn new(ctx: AppContext, labels: &'static Labels) -> Self {
        Self { ctx, labels, session: Mutex::new(Session::Nobody) }
    }

    fn outcome(&self, done: Result<Answer, Error>) -> Outcome {
        match done {
            Err(Error::Refused(Reason::ShutOut)) => {
                let text = explain(self.labels.lang, &Reason::ShutOut.into());
                Ok(Answer::ShutOut(text))
            }
            done => done.map_err(|error| Refusal { text: explain(self.labels.lang, &error) }),
        }
    }
}

impl Backend for AppBackend {
    async fn ask(&self, query: Query) -> Outcome {
        self.outcome(self.answer(query).await)
    }

    async fn order(&self, order: Order, steps: Steps) -> Outcome {
        self.outcome(self.carry_out(order, steps).await)
    }

    async fn enter(&self, entry: Entry) -> Outcome {
        self.outcome(self.let_in(entry).await)
    }

    async fn sign_out(&self) {
        let session = std::mem::replace(&mut *self.session(), Session::Nobody);
        if let Session::Open(session) = session {
            // Signing out always works; an entry that cannot be written is missed by nobody who could mend it.
            let _ = staff::sign_out(&self.ctx, &session.actor).await;
        }
    }
}
