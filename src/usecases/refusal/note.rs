//! Why a note was not written, or its follow-up not done.

use chrono::NaiveDate;

/// Why something was not done about a note (対応記録).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteRefusal {
    /// A follow-up before today.
    FollowUpPast {
        /// What was given.
        given: NaiveDate,
        /// Not before this.
        today: NaiveDate,
    },
    /// No such follow-up, or done already.
    Unknown(i64),
    /// The note to be supplemented is none of this person's.
    AddendumUnknown(i64),
    /// No call of this person that is open, or that may be read.
    CallUnknown(i64),
    /// Not a phone number to call back.
    BadPhone(String),
}

impl NoteRefusal {
    /// Stable code for scripts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::FollowUpPast { .. } => "follow_up_past",
            Self::Unknown(_) => "note_unknown",
            Self::AddendumUnknown(_) => "addendum_unknown",
            Self::CallUnknown(_) => "call_unknown",
            Self::BadPhone(_) => "bad_phone",
        }
    }
}
