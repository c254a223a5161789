//! What a use case answers when it does not do what was asked.

use super::refusal::Refusal;
use crate::domain::diagnosis::ScriptError;
use crate::domain::workdays::CalendarError;
use crate::interchange::FileError;
use crate::print::{FontError, PrintError};
use crate::secrets::SecretsError;
use crate::store::StoreError;
use std::path::PathBuf;

/// What a use case answers when it does not do it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The person asking can put it right.
    #[error("{0}")]
    Refused(#[source] Refusal),
    /// The database refused or cannot be reached.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The print room.
    #[error("print: {0}")]
    Print(#[source] PrintError),
    /// A font that `print.fallback_fonts` names.
    #[error("fonts: {0}")]
    Fonts(#[source] FontError),
    /// A worker thread panicked. The panic hook has reported why.
    #[error("worker thread panicked: {0}")]
    Stopped(&'static str),
    /// Data that ships with the program.
    #[error("data: {0}")]
    Data(#[from] DataError),
    /// Hashing or the random source.
    #[error("secrets: {0}")]
    Secrets(#[from] SecretsError),
    /// A file that cannot be imported as a whole.
    #[error("{}: {fault}", path.display())]
    BadFile {
        /// The path of the file or folder.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        fault: FileError,
    },
}

/// Data of the program that cannot be read or written. Tests read all of it, so this is a damaged program.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// The calendar of business days.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// The words of a diagnosis or a reply.
    #[error(transparent)]
    Script(#[from] ScriptError),
    /// The facts of an audit event.
    #[error(transparent)]
    Event(#[from] serde_json::Error),
    /// A stored piece of a large change.
    #[error("stored piece: {0}")]
    Piece(#[source] std::io::Error),
}

/// Refusals, those of one subject, and what becomes one.
impl<R: Into<Refusal>> From<R> for Error {
    fn from(refusal: R) -> Self {
        Self::Refused(refusal.into())
    }
}

impl Error {
    /// The stable code for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.code(),
            Self::Store(StoreError::Missing(_)) => "no_database",
            Self::Store(StoreError::Exists(_)) => "database_exists",
            Self::Store(StoreError::Unreachable(_)) => "database_unreachable",
            Self::Store(StoreError::Unanswered(_)) => "database_unanswered",
            Self::Store(StoreError::FileMoved(_)) => "database_moved",
            Self::Store(StoreError::Unusable(_)) => "database_unusable",
            Self::Store(StoreError::NetworkDrive { .. }) => "network_drive",
            Self::Store(StoreError::Busy) => "database_busy",
            Self::Store(StoreError::TimedOut(_)) => "database_timeout",
            Self::Store(StoreError::Crowded(_)) => "database_crowded",
            Self::Store(StoreError::Denied(_)) => "database_denied",
            Self::Store(StoreError::LogNumber(_)) => "log_number",
            Self::Store(StoreError::Full) => "disk_full",
            Self::Store(StoreError::Newer { .. }) => "database_newer",
            Self::Store(StoreError::Older { .. }) => "database_older",
            Self::Store(StoreError::Taken(_) | StoreError::Other(_)) => "database",
            Self::Print(_) => "print",
            Self::Fonts(_) => "fonts",
            Self::Stopped(_) => "stopped",
            Self::Data(_) => "data",
            Self::Secrets(_) => "secrets",
            Self::BadFile { fault, .. } => fault.code(),
        }
    }
}
