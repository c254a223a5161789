//! Why something was not done about a reply.

use crate::domain::diagnosis::ReplyFault;
use crate::domain::request::{ReplySecret, ReplyState, ReplyStep};
use std::path::PathBuf;

/// Why something was not done about a reply (返信).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplyRefusal {
    /// No such reply.
    Unknown(i64),
    /// The reply cannot make this step from where it is.
    Step {
        /// Number of the reply.
        reply: i64,
        /// Where it is.
        state: ReplyState,
        /// What was asked.
        step: ReplyStep,
    },
    /// the words give away what no reply carries.
    GivesAway {
        /// 受付番号
        receipt: String,
        /// What they give away.
        secrets: Vec<ReplySecret>,
    },
    /// The sender gave no mail address, or one that nothing can be sent to.
    NoAddress {
        /// Number of the reply.
        reply: i64,
        /// 受付番号
        receipt: String,
    },
    /// `reply.from` is not set.
    NoSender,
    /// A file of the society's own words has faults.
    Faults {
        /// Path of the file.
        path: PathBuf,
        /// What is wrong with it, line by line.
        faults: Vec<ReplyFault>,
    },
}

impl ReplyRefusal {
    /// Stable code for scripts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "reply_unknown",
            Self::Step { .. } => "reply_state",
            Self::GivesAway { .. } => "reply_gives_away",
            Self::NoAddress { .. } => "reply_no_address",
            Self::NoSender => "reply_no_sender",
            Self::Faults { .. } => "reply_template",
        }
    }
}
