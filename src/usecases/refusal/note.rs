//! Why a note was not written, or its follow-up not done.

use crate::domain::promise;
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
    /// A follow-up so far ahead that it would be forgotten (P2).
    FollowUpFar {
        /// What was given.
        given: NaiveDate,
        /// Not after this.
        latest: NaiveDate,
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
    /// The day of a follow-up: today or later, and near enough not to be forgotten (P2).
    ///
    /// # Errors
    /// [`NoteRefusal::FollowUpPast`], [`NoteRefusal::FollowUpFar`].
    pub(in crate::usecases) fn follow_up(given: NaiveDate, today: NaiveDate) -> Result<NaiveDate, Self> {
        let latest = promise::latest_follow_up(today);
        match given {
            given if given < today => Err(Self::FollowUpPast { given, today }),
            given if given > latest => Err(Self::FollowUpFar { given, latest }),
            given => Ok(given),
        }
    }

    /// Stable code for scripts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::FollowUpPast { .. } => "follow_up_past",
            Self::FollowUpFar { .. } => "follow_up_far",
            Self::Unknown(_) => "note_unknown",
            Self::AddendumUnknown(_) => "addendum_unknown",
            Self::CallUnknown(_) => "call_unknown",
            Self::BadPhone(_) => "bad_phone",
        }
    }
}
