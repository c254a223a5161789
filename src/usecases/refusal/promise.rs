//! Why nothing was said about a promise (P1).

use crate::domain::PromiseKind;

/// Why something was not done about what is owed to a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PromiseRefusal {
    /// Nothing of this kind is owed, or it is on its way.
    NotOwed {
        /// `260-1-00`
        member: String,
        /// What was meant.
        kind: PromiseKind,
    },
    /// The request is to be settled instead.
    OfRequest {
        /// `260-1-00`
        member: String,
        /// 受付番号
        receipt: String,
    },
    /// The follow-up of a note is to be done instead.
    OfNote(String),
}

impl PromiseRefusal {
    /// Stable code for scripts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotOwed { .. } => "not_owed",
            Self::OfRequest { .. } => "promise_of_request",
            Self::OfNote(_) => "promise_of_note",
        }
    }
}
