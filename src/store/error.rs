//! What can go wrong with a database, in terms of what the user can do about it.

use crate::files::IoFault;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

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
    Unreachable(#[source] DriverError),
    /// The connection broke before a commit was answered: whether it was done is known to the database alone.
    #[error("the commit was not answered: {0}")]
    Unanswered(#[source] DriverError),
    /// The file is no longer the one that was opened.
    #[error("the database file was moved or replaced: {0}")]
    FileMoved(PathBuf),
    /// The file cannot be opened, read or written.
    #[error("the database file cannot be used: {0}")]
    Unusable(#[source] FileFault),
    /// The file is on another machine's disk, where SQLite's locks do not hold.
    #[error("{} is on a network drive ({file_system})", folder.display())]
    NetworkDrive {
        /// The folder of the file.
        folder: PathBuf,
        /// The name of its file system.
        file_system: String,
    },
    /// Another writer holds the file for longer than we wait.
    #[error("the database is in use")]
    Busy,
    /// The server takes no more connections.
    #[error("the server takes no more connections: {0}")]
    Crowded(#[source] DriverError),
    /// The server does not let this role in, or does not let it do that.
    #[error("denied by the server: {0}")]
    Denied(#[source] DriverError),
    /// No number follows that of the last entry of the log: it was not written by this program.
    #[error("no number follows the last entry of the log, {0}")]
    LogNumber(i64),
    /// A statement took longer than the program allows.
    #[error("a statement took too long: {0}")]
    TimedOut(#[source] DriverError),
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
    Taken(#[source] DriverError),
    /// Any other error of the engine.
    #[error("database: {0}")]
    Other(#[source] sqlx::Error),
}

/// An error of the database driver. It reads as the engine or the network put it, without the driver's own words.
#[derive(Debug)]
pub struct DriverError(sqlx::Error);

impl DriverError {
    /// Why it failed, apart from the driver's language; what an engine says stays as it is.
    pub fn fault(&self) -> IoFault {
        match &self.0 {
            sqlx::Error::Io(e) => e.into(),
            sqlx::Error::PoolTimedOut => IoFault::TimedOut,
            sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => IoFault::Closed,
            _ => IoFault::Said(self.to_string()),
        }
    }
}

impl fmt::Display for DriverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            sqlx::Error::Io(e) => e.fmt(f),
            sqlx::Error::Tls(e) => e.fmt(f),
            sqlx::Error::Database(e) => f.write_str(e.message()),
            other => other.fmt(f),
        }
    }
}

impl std::error::Error for DriverError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// What is wrong with the file of a database, or with one beside it.
#[derive(Debug, thiserror::Error)]
pub enum FileFault {
    /// The system refuses it.
    #[error("{}: {source}", path.display())]
    Io {
        /// The path of the file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// SQLite finds it damaged.
    #[error("{}: {fault}", path.display())]
    Damaged {
        /// The path of the file.
        path: PathBuf,
        /// The first fault of its check.
        fault: String,
    },
    /// It has tables, and none of this program.
    #[error("{} is another program's database", .0.display())]
    Foreign(PathBuf),
    /// SQLite cannot work with it.
    #[error(transparent)]
    Driver(DriverError),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let kind = match &error {
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::Unreachable,
            sqlx::Error::Database(e) => match (e.is_unique_violation(), e.code().as_deref()) {
                (true, _) => Self::Taken,
                // SQLite: BUSY and LOCKED with their extended codes; PostgreSQL: deadlock, lock not available.
                (_, Some("5" | "6" | "261" | "262" | "517" | "40P01" | "55P03")) => return Self::Busy,
                (_, Some("57014")) => Self::TimedOut,
                (_, Some("53300")) => Self::Crowded,
                // Wrong name or password, and missing privileges.
                (_, Some("28000" | "28P01" | "42501")) => Self::Denied,
                (_, Some("13" | "53100")) => return Self::Full,
                // SQLite: PERM, READONLY, IOERR, CORRUPT, CANTOPEN, NOTADB and their extended codes (low byte).
                (_, Some(code)) if code.len() < 5 && code.parse::<u32>().is_ok_and(is_file_fault) => {
                    |error| Self::Unusable(FileFault::Driver(error))
                }
                // PostgreSQL: connection exceptions, shutdown, no such database, a transaction left idle.
                (_, Some(code)) if ["08", "57P", "3D", "25P03"].iter().any(|class| code.starts_with(class)) => {
                    Self::Unreachable
                }
                _ => return Self::Other(error),
            },
            _ => return Self::Other(error),
        };
        kind(DriverError(error))
    }
}

impl StoreError {
    /// Whether a server denied it to this role.
    pub fn is_denied(&self) -> bool {
        matches!(self, Self::Denied(_))
    }

    /// The file at this path cannot be used.
    pub(super) fn unusable(path: &Path) -> impl Fn(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Unusable(FileFault::Io { path: path.clone(), source })
    }

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
