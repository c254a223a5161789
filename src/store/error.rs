//! What can go wrong with a database, in the terms of the person who must mend it.

use std::path::PathBuf;

/// A fault of the store. The text names the thing; `labels` adds the remedy.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no database at this place.
    #[error("no database at {0}")]
    Missing(PathBuf),
    /// There is one already.
    #[error("a database exists at {0}")]
    Exists(PathBuf),
    /// The server does not answer, or the connection broke.
    #[error("the database does not answer: {0}")]
    Unreachable(String),
    /// The connection broke before a commit was answered: whether it was done is known to the database alone.
    #[error("the commit was not answered: {0}")]
    Unanswered(String),
    /// The file is not the one any more that was opened.
    #[error("the database file was moved or replaced: {0}")]
    FileMoved(PathBuf),
    /// The file cannot be opened, read or written.
    #[error("the database file cannot be used: {0}")]
    Unusable(String),
    /// Somebody else holds the file for longer than we wait.
    #[error("the database is in use by somebody else")]
    Busy,
    /// No room left.
    #[error("the disk of the database is full")]
    Full,
    /// The database was made by a newer version of this program.
    #[error("the database has schema {found}, this program knows {known}")]
    Newer {
        /// In the database.
        found: i64,
        /// In this program.
        known: i64,
    },
    /// The database was made by an older version of this program, and was not brought up to date yet.
    #[error("the database has schema {found}, this program works with {known}")]
    Older {
        /// In the database; 0 where it is empty.
        found: i64,
        /// In this program.
        known: i64,
    },
    /// A unique key was taken in the same moment.
    #[error("taken: {0}")]
    Taken(String),
    /// Anything else.
    #[error("database: {0}")]
    Other(sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Io(e) => Self::Unreachable(e.to_string()),
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
                Self::Unreachable(error.to_string())
            }
            sqlx::Error::Tls(e) => Self::Unreachable(e.to_string()),
            sqlx::Error::Database(e) => match (e.is_unique_violation(), e.code().as_deref()) {
                (true, _) => Self::Taken(e.message().to_owned()),
                // SQLite: BUSY and LOCKED with their extended codes; PostgreSQL: deadlock, lock not available.
                (_, Some("5" | "6" | "261" | "262" | "517" | "40P01" | "55P03")) => Self::Busy,
                (_, Some("13" | "53100")) => Self::Full,
                // SQLite: PERM, READONLY, IOERR, CORRUPT, CANTOPEN, NOTADB and their extended codes (low byte).
                (_, Some(code)) if code.len() < 5 && code.parse::<u32>().is_ok_and(is_file_fault) => {
                    Self::Unusable(e.message().to_owned())
                }
                // PostgreSQL: connection exceptions, shutdown, no such database, wrong password.
                (_, Some(code)) if ["08", "57P", "3D", "28"].iter().any(|class| code.starts_with(class)) => {
                    Self::Unreachable(e.message().to_owned())
                }
                _ => Self::Other(error),
            },
            _ => Self::Other(error),
        }
    }
}

impl StoreError {
    /// What went wrong with a commit.
    pub(super) fn of_commit(error: sqlx::Error) -> Self {
        match error.into() {
            Self::Unreachable(why) => Self::Unanswered(why),
            other => other,
        }
    }
}

fn is_file_fault(code: u32) -> bool {
    matches!(code & 0xff, 3 | 8 | 10 | 11 | 14 | 26)
}
