//! A column of a file: its name, and what is wrong where a value does not fit.

use super::RowCode;

/// A column of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name in the header.
    pub header: &'static str,
    /// Code of the error for a value that cannot be read; none where any text can.
    pub code: Option<RowCode>,
    /// Whether a file may lack it.
    pub presence: Presence,
}

/// Whether a file must have a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// A file without it is refused.
    Must,
    /// In a file without it, its cells are blank: senders introduce a new column one after the other.
    May,
}
