//! What an import found, in numbers.

use super::{RowCode, RowError, RowWarning};
use std::collections::BTreeMap;

/// Counts of an import or of its dry run.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Report {
    /// Rows in the file, without the header.
    pub rows: u64,
    /// Rows that were not in the database.
    pub added: u64,
    /// Known, and different.
    pub changed: u64,
    /// Known, and the same.
    pub unchanged: u64,
    /// Rows that were not taken, each with its reason in the rejects file.
    pub rejected: u64,
    /// Rejected rows by code; a row with two codes counts under both.
    pub by_code: BTreeMap<RowCode, u64>,
    /// Accepted rows by warning.
    pub warnings: BTreeMap<RowWarning, u64>,
}

impl Report {
    /// Counts a rejected row.
    pub fn reject(&mut self, errors: &[RowError]) {
        self.rejected += 1;
        let mut codes: Vec<RowCode> = errors.iter().map(|error| error.code).collect();
        codes.sort_unstable();
        codes.dedup();
        for code in codes {
            *self.by_code.entry(code).or_default() += 1;
        }
    }

    /// Counts an accepted row's warnings.
    pub fn warn(&mut self, warnings: &[RowWarning]) {
        for warning in warnings {
            *self.warnings.entry(*warning).or_default() += 1;
        }
    }
}
