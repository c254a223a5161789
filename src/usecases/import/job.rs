//! What an import is asked for, and what comes of it.

use super::preview::Preview;
use super::rejects::RejectsTo;
use crate::interchange::{FileKind, Report, RowError};
use crate::usecases::refusal::ImportRefusal;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// Whether an import changes the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Report what would happen, and change nothing.
    DryRun,
    /// Apply the file.
    Apply,
}

/// The progress of an import.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Rows that were processed.
    pub rows: u64,
    /// Bytes that were read.
    pub bytes: u64,
    /// The size of the file in bytes.
    pub total: u64,
}

/// An import that is asked for.
pub struct Job<'a> {
    /// The kind of rows in the file.
    pub kind: FileKind,
    /// The file to read.
    pub path: &'a Path,
    /// Whether the file is applied.
    pub mode: Mode,
    /// SHA-256 of the file that was checked in a dry run; another file is refused.
    pub expected: Option<&'a str>,
    /// Where rejected rows go; none: nowhere. The file is made only where there are some.
    pub rejects: Option<RejectsTo>,
    /// Why a row was rejected as text, for the rejects file.
    pub reason: &'a (dyn Fn(&RowError) -> String + Sync),
    /// Is called with the progress, often.
    pub progress: &'a (dyn Fn(Progress) + Sync),
    /// Set to cancel; nothing is changed then.
    pub cancel: &'a AtomicBool,
}

/// The result of an import or of a dry run.
#[derive(Debug)]
pub struct Outcome {
    /// SHA-256 of the file.
    pub sha256: String,
    /// Counts of rows.
    pub report: Report,
    /// Rows and effects in detail, the first thousand of each.
    pub preview: Preview,
    /// Whether the file was applied.
    pub applied: bool,
    /// Why it was not applied, or would not be, as a whole.
    pub refused: Option<ImportRefusal>,
    /// The rejects file, where one was asked for and rows were rejected.
    pub rejects: Option<PathBuf>,
}
