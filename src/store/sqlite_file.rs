//! The file that an SQLite database was opened from.

use super::StoreError;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

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

    /// Refuses to go on with a file that was moved or replaced.
    pub(super) fn is_still_there(&self) -> Result<(), StoreError> {
        match identity(&self.path) {
            Ok(found) if found == self.identity => Ok(()),
            Ok(_) | Err(_) => Err(StoreError::FileMoved(self.path.clone())),
        }
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

/// Device and inode.
fn identity(path: &Path) -> io::Result<(u64, u64)> {
    let file = std::fs::metadata(path)?;
    Ok((file.dev(), file.ino()))
}
