//! Why a request did not make a step.

use crate::domain::HoldReason;
use crate::domain::request::{Evidence, Ground, IdentityCheck, RequestState, RequestStep};
use chrono::{DateTime, NaiveDate, Utc};

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
    /// what was ticked has no evidence.
    NoEvidence {
        /// 受付番号
        receipt: String,
        /// The checks, and what there is for each.
        checks: Vec<(IdentityCheck, Evidence)>,
    },
    /// a call back at a number that only the sender knows, or one of several that was not named.
    UnknownNumber {
        /// 受付番号
        receipt: String,
        /// The number that was given.
        number: Option<String>,
        /// The numbers that count.
        known: Vec<String>,
    },
    /// a supervisor was asked to let pass what has its evidence.
    NothingToOverride(String),
    /// R8: what has no route goes on only by a call, and no day for it was given.
    FollowUpNeeded {
        /// 受付番号
        receipt: String,
        /// Why there is no route.
        why: HoldReason,
    },
    /// One step settles only what agrees in everything.
    NotAllAgree(String),
    /// A settled request is taken up again for a day only.
    ResumeTooLate {
        /// 受付番号
        receipt: String,
        /// The last day.
        until: NaiveDate,
    },
    /// Its notice has left the house.
    Sent(String),
    /// no member was found for the request.
    NoMember(String),
    /// what the reply would tell the member is not so.
    UntrueGround {
        /// 受付番号
        receipt: String,
        /// The ground of that reply.
        ground: Ground,
    },
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
            Self::NoEvidence { .. } => "no_evidence",
            Self::UnknownNumber { .. } => "unknown_number",
            Self::NothingToOverride(_) => "nothing_to_override",
            Self::FollowUpNeeded { .. } => "follow_up_needed",
            Self::NotAllAgree(_) => "not_all_agree",
            Self::ResumeTooLate { .. } => "resume_too_late",
            Self::Sent(_) => "request_sent",
            Self::NoMember(_) => "nobody_matched",
            Self::WrongGround { .. } => "wrong_ground",
            Self::UntrueGround { .. } => "untrue_ground",
            Self::OtherMatter(_) => "other_matter",
            Self::Recovered { .. } => "recovered",
            Self::OfAnother { .. } => "request_of_another",
            Self::Missing(_) => "request_needed",
            Self::CannotMerge { .. } => "cannot_merge",
        }
    }
}
