//! R6: a card that waits for the confirmation of its address.

use super::requests::{LookUpChange, QueueMsg};
use crate::tui::screen::KeyAction;

/// Asks for the change that waits at an employer.
pub(super) fn look(code: &str) -> Vec<KeyAction> {
    vec![KeyAction::request_ok(LookUpChange(code.to_owned()), QueueMsg::Changed)]
}
