//! What a person wants to see of an import before it counts.

use crate::domain::DeadReason;
use crate::interchange::RowError;

/// The most of each that is kept.
pub(super) const SHOWN: usize = 1_000;

/// Details, the first thousand of each.
#[derive(Debug, Default)]
pub struct Preview {
    /// Rejected rows.
    pub errors: Vec<RowError>,
    /// New rows.
    pub added: Vec<Item>,
    /// Changed rows, field by field.
    pub changes: Vec<Change>,
    /// Rows that say what is known.
    pub unchanged: Vec<Item>,
    /// What follows from the changes.
    pub effects: Effects,
    /// Columns that were ignored.
    pub ignored: Vec<String>,
}

/// A row that is taken, or that says nothing new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its line in the file.
    pub line: u64,
    /// Whose.
    pub key: String,
    /// A name, or what happened.
    pub what: String,
}

/// A changed row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its line in the file.
    pub line: u64,
    /// Whose.
    pub key: String,
    /// What.
    pub fields: Vec<FieldChange>,
}

/// A changed field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The column's header name.
    pub column: &'static str,
    /// In the database.
    pub before: String,
    /// In the file.
    pub after: String,
}

/// What follows from an import beyond its rows.
#[derive(Debug, Default)]
pub struct Effects {
    /// Accounts that close (A3, A9).
    pub endings: Vec<Ending>,
    /// How many accounts close.
    pub accounts_closed: u64,
    /// How many waiting cards are cancelled with them.
    pub cards_cancelled: u64,
    /// New records after a change of number (A3).
    pub renumbered: u64,
    /// Former and new keys of them.
    pub renumberings: Vec<(String, String)>,
    /// Members who lose their qualification by this file.
    pub lost: u64,
    /// Members in force who are not in the file. They stay as they are.
    pub missing: u64,
}

/// An account that closes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// Whose.
    pub member: String,
    /// Why.
    pub why: DeadReason,
}

impl Preview {
    pub(super) fn error(&mut self, errors: &[RowError]) {
        let room = SHOWN.saturating_sub(self.errors.len());
        self.errors.extend(errors.iter().take(room).cloned());
    }

    pub(super) fn change(&mut self, change: Change) {
        keep(&mut self.changes, || change);
    }
}

/// Keeps it while there is room; beyond that it is not even made.
pub(super) fn keep<T>(list: &mut Vec<T>, item: impl FnOnce() -> T) {
    if list.len() < SHOWN {
        list.push(item());
    }
}

impl FieldChange {
    /// A change, if there is one.
    pub(super) fn of(column: &'static str, before: impl ToString, after: impl ToString) -> Option<Self> {
        let (before, after) = (before.to_string(), after.to_string());
        (before != after).then_some(Self { column, before, after })
    }

    /// The same of a value that may be missing.
    pub(super) fn of_optional<T: ToString>(column: &'static str, before: Option<T>, after: Option<T>) -> Option<Self> {
        let text = |value: Option<T>| value.map(|value| value.to_string()).unwrap_or_default();
        Self::of(column, text(before), text(after))
    }
}
