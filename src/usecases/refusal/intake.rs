//! Why an intake, or one of its files, was not done.

use crate::interchange::FileKind;
use std::path::PathBuf;

/// Why an intake was not done, or a file of it not imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IntakeRefusal {
    /// Another intake works in the folder.
    Running(PathBuf),
    /// A link, a pipe or a device.
    NotAFile,
    /// The header has the columns of several.
    Several(Vec<FileKind>),
    /// It was imported before, and other files of its kind after it.
    ImportedBefore {
        /// The number of that import.
        run: i64,
    },
}

impl IntakeRefusal {
    /// The stable code for scripts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Running(_) => "intake_running",
            Self::NotAFile => "not_a_file",
            Self::Several(_) => "several_kinds",
            Self::ImportedBefore { .. } => "imported_before",
        }
    }
}
