//! Values that only events of the audit log hold.

use crate::domain::coded;
use crate::store::card::Card;
use crate::usecases::DataError;
use serde::{Deserialize, Serialize};

coded! {
    /// Why a sign-in failed. What was typed is not kept: it may be a password in the wrong field.
    pub enum SignInFailure {
        /// No such staff ID.
        UnknownId = "unknown_id",
        /// Failures before make this try wait.
        Locked = "locked",
        /// Twenty failures in a row have closed the account.
        Closed = "closed",
        /// Failures at this terminal, for any staff ID, make this try wait.
        Origin = "origin",
        /// The account is disabled.
        Disabled = "disabled",
        /// The password is wrong.
        Password = "password",
        /// The password was right, and no code was given.
        CodeMissing = "code_missing",
        /// The code of the second factor is wrong.
        Code = "code",
    }
}

coded! {
    /// What was searched.
    pub enum SearchScope {
        /// Members, by key, kana or name.
        Members = "members",
        /// Notes, by their words.
        Notes = "notes",
        /// Employers, by code, name, kana or phone.
        Employers = "employers",
        /// The list of open promises.
        Promises = "promises",
        /// The list of follow-ups that are due.
        FollowUps = "follow_ups",
        /// The list of requests.
        Requests = "requests",
        /// The list of waiting cards.
        Queue = "queue",
        /// Calls of a day, or the own open ones.
        Calls = "calls",
        /// The list of incidents.
        Incidents = "incidents",
        /// The outbox of replies.
        Replies = "replies",
        /// The cards of a batch, what its gate says of them, or those that are expected back.
        Batches = "batches",
        /// The rows of an import that deserve a look.
        Imports = "imports",
    }
}

coded! {
    /// What was shown of a member.
    pub enum MemberPart {
        /// The whole record.
        Record = "record",
        /// The records under former and later numbers.
        Lineage = "lineage",
        /// The record as of a day, or its versions.
        AsOf = "as_of",
    }
}

coded! {
    /// What an interrupted export turned out to be.
    pub enum ExportOutcome {
        /// It had been recorded: its files have their names now.
        Finished = "finished",
        /// It had not been recorded: its files were removed.
        NeverRecorded = "never_recorded",
    }
}

coded! {
    /// Why a PDF is gone.
    pub enum GoneBecause {
        /// `policy.export_ttl` has passed (S4).
        Overdue = "overdue",
        /// It is no longer where it was written.
        Missing = "missing",
    }
}

/// A card: its row, and its serial where it has one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardRef {
    /// Row id of the card.
    pub id: i64,
    /// `B20261122-001-0042`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
}

impl From<&Card> for CardRef {
    fn from(card: &Card) -> Self {
        Self { id: card.id, serial: card.serial.clone() }
    }
}

/// A field that an import changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The column's name in the file.
    pub field: String,
    /// The value before the import.
    pub old: String,
    /// The value after it.
    pub new: String,
}

/// Row ids in their order, those that follow one another as one pair.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdRanges(Vec<(i64, i64)>);

impl FromIterator<i64> for IdRanges {
    fn from_iter<I: IntoIterator<Item = i64>>(ids: I) -> Self {
        let mut ranges: Vec<(i64, i64)> = Vec::new();
        for id in ids {
            match ranges.last_mut() {
                Some((_, last)) if *last + 1 == id => *last = id,
                _ => ranges.push((id, id)),
            }
        }
        Self(ranges)
    }
}

impl IdRanges {
    /// As text of JSON.
    ///
    /// # Errors
    /// None that JSON knows of.
    pub(in crate::usecases) fn json(&self) -> Result<String, DataError> {
        Ok(serde_json::to_string(self)?)
    }

    /// Reads that text back.
    ///
    /// # Errors
    /// Text that is not of [`Self::json`].
    pub(in crate::usecases) fn parse(text: &str) -> Result<Self, DataError> {
        Ok(serde_json::from_str(text)?)
    }

    /// Whether an id is among them.
    pub(in crate::usecases) fn contains(&self, id: i64) -> bool {
        self.0.iter().any(|(first, last)| (*first..=*last).contains(&id))
    }

    /// How many ids.
    pub fn count(&self) -> i64 {
        self.0.iter().map(|(first, last)| last - first + 1).sum()
    }
}

/// `1-3,7`
impl std::fmt::Display for IdRanges {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, (first, last)) in self.0.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            match first == last {
                true => write!(f, "{comma}{first}")?,
                false => write!(f, "{comma}{first}-{last}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_follow_one_another_are_a_range() {
        let ranges: IdRanges = [1, 2, 3, 7, 9, 10, 8].into_iter().collect();
        assert_eq!((ranges.to_string().as_str(), ranges.count()), ("1-3,7,9-10,8", 7));
        assert_eq!(IdRanges::default().to_string(), "");
    }
}
