//! Why a request did not make a step.

use crate::domain::request::{Ground, IdentityCheck, RequestState, RequestStep};
use chrono::{DateTime, Utc};

/// Why a request did not make a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestRefusal {
    /// No such request.
    Unknown(String),
    /// The request cannot make this step from where it is.
    Step {
        /// 受付番号
        receipt: String,
        /// Where it is.
        state: RequestState,
        /// What was asked.
        step: RequestStep,
    },
    /// the checklist does not suffice yet.
    NotIdentified {
        /// 受付番号
        receipt: String,
        /// What is still to be checked.
        lacking: Vec<IdentityCheck>,
    },
    /// no member was found for the request.
    NoMember(String),
    /// The ground does not fit the step: one holds, another rejects.
    WrongGround {
        /// The ground that was given.
        ground: Ground,
        /// What was asked.
        step: RequestStep,
    },
    /// L1: the request is about something else than login data.
    OtherMatter(String),
    /// L4: the member has used the login since the request, and needs no notice.
    Recovered {
        /// 受付番号
        receipt: String,
        /// The key of the member.
        member: String,
        /// When it was used last.
        at: DateTime<Utc>,
    },
    /// L7: the request is of another member than the one that was named.
    OfAnother {
        /// 受付番号
        receipt: String,
        /// The key that was named.
        member: String,
    },
    /// L7: a login notice was asked for without a request.
    Missing(String),
    /// only two open requests of one member are merged.
    CannotMerge {
        /// 受付番号
        receipt: String,
        /// The one to be kept.
        into: String,
    },
}

impl RequestRefusal {
    /// The stable code for scripts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "request_unknown",
            Self::Step { .. } => "request_state",
            Self::NotIdentified { .. } => "not_identified",
            Self::NoMember(_) => "nobody_matched",
            Self::WrongGround { .. } => "wrong_ground",
            Self::OtherMatter(_) => "other_matter",
            Self::Recovered { .. } => "recovered",
            Self::OfAnother { .. } => "request_of_another",
            Self::Missing(_) => "request_needed",
            Self::CannotMerge { .. } => "cannot_merge",
        }
    }
}
