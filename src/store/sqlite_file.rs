//! The file that an SQLite database was opened from.

use super::connect::sqlite_options;
use super::{FileFault, StoreError};
use crate::files::{folder_of, network_file_system};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, Executor};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A file that is moved away while it is open goes on being written where no one looks for it: the next program that
/// opens the path finds nothing, or another database. So each transaction checks that the file is still there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SqliteFile {
    path: PathBuf,
    identity: (u64, u64),
}

impl SqliteFile {
    /// The file at this path, as it is now.
    pub(super) fn of(path: &Path) -> Result<Self, StoreError> {
        let identity = identity(path).map_err(StoreError::unusable(path))?;
        Ok(Self { path: path.to_owned(), identity })
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Brings the planner's statistics up to date.
    pub(super) async fn optimize(&self) {
        self.run(&[OPTIMIZE]).await;
    }

    /// The same, and folds the log into the file.
    pub(super) async fn fold(&self) {
        self.run(&[OPTIMIZE, FOLD]).await;
    }

    /// Runs what can be had without waiting, on a connection of its own that does not wait. Nothing depends on it: what
    /// is not done now is done another time.
    async fn run(&self, statements: &[&'static str]) {
        if self.is_still_there().is_err() {
            return;
        }
        let done = async {
            let mut connection = sqlite_options(&self.path).busy_timeout(Duration::ZERO).connect().await?;
            for statement in statements {
                if let Err(error) = connection.execute(*statement).await {
                    tracing::debug!(%error, statement, "not now");
                }
            }
            connection.close().await
        };
        if let Err(error) = done.await {
            tracing::debug!(%error, "the file was not tidied");
        }
    }

    /// Refuses to go on with a file that was moved or replaced.
    pub(super) fn is_still_there(&self) -> Result<(), StoreError> {
        match identity(&self.path) {
            Ok(found) if found == self.identity => Ok(()),
            Ok(_) | Err(_) => Err(StoreError::FileMoved(self.path.clone())),
        }
    }
}

/// Every table is looked at, and analysed in part where its statistics are missing or far from what it holds.
const OPTIMIZE: &str = "PRAGMA optimize = 0x10002";
const FOLD: &str = "PRAGMA wal_checkpoint(TRUNCATE)";

/// Refuses a place on another machine's disk.
pub(super) fn must_be_local(path: &Path) -> Result<(), StoreError> {
    let folder = folder_of(path);
    match network_file_system(folder) {
        Some(file_system) => Err(StoreError::NetworkDrive { folder: folder.to_owned(), file_system }),
        None => Ok(()),
    }
}

/// The database with the files that SQLite keeps beside it, whether they exist now or not.
pub fn with_companions(database: &Path) -> [PathBuf; 4] {
    ["", "-wal", "-shm", "-journal"].map(|end| {
        let mut name = database.as_os_str().to_owned();
        name.push(end);
        name.into()
    })
}

/// The file that is locked while the schema is changed or the database is copied.
pub(super) fn lock_of(database: &Path) -> PathBuf {
    database.with_added_extension("lock")
}

/// The file that is locked while a large change is carried on.
pub(super) fn work_of(database: &Path) -> PathBuf {
    database.with_added_extension("work")
}

/// Device and inode.
fn identity(path: &Path) -> io::Result<(u64, u64)> {
    let file = std::fs::metadata(path)?;
    Ok((file.dev(), file.ino()))
}

/// Before a file is opened for writing: tables without steps are another program's. One that cannot be read is left to who
/// opens it.
///
/// # Errors
/// [`FileFault::Foreign`].
pub(super) async fn must_be_ours(path: &Path) -> Result<(), StoreError> {
    const FOREIGN: &str = "SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '_sqlx_migrations')
        AND EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\')";
    let options = SqliteConnectOptions::new().filename(path).read_only(true);
    let Ok(mut connection) = options.connect().await else { return Ok(()) };
    let foreign = sqlx::query_scalar::<_, bool>(FOREIGN).fetch_one(&mut connection).await.unwrap_or(false);
    // What was read is known; a connection that does not close cleanly ends with its drop.
    let _ = connection.close().await;
    if foreign { Err(StoreError::Unusable(FileFault::Foreign(path.to_owned()))) } else { Ok(()) }
}
