//! The folders of an intake: its lock, and where files go when they were dealt with.

use crate::files::{OutputFile, Protected, private};
use crate::usecases::refusal::IntakeRefusal;
use crate::usecases::{Error, Refusal};
use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;
use std::ffi::{OsStr, OsString};
use std::fs::{File, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// Held while an intake works; it stays, so that no two programs lock two different files.
const LOCK: &str = ".mykempo-intake.lock";
/// Below the folder: what was imported.
const DONE: &str = "done";
/// Below the folder: what a person must look at.
const FAILED: &str = "failed";

/// The locked folder.
#[derive(Debug)]
pub(super) struct Folders {
    pub(super) done: PathBuf,
    pub(super) failed: PathBuf,
    _lock: File,
}

impl Folders {
    /// Locks the folder, and makes those below it; nothing is imported where a file could not be moved afterwards.
    ///
    /// # Errors
    /// [`IntakeRefusal::Running`] where another intake has it.
    pub(super) fn open(folder: &Path) -> Result<Self, Error> {
        let facts = std::fs::metadata(folder).map_err(|e| Refusal::File { path: folder.to_owned(), why: e.into() })?;
        if !facts.is_dir() {
            let why = io::Error::from(io::ErrorKind::NotADirectory).into();
            return Err(Refusal::File { path: folder.to_owned(), why }.into());
        }
        let name = folder.join(LOCK);
        let lock = private::open(&name).map_err(unusable(&name))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(IntakeRefusal::Running(folder.to_owned()).into()),
            Err(TryLockError::Error(e)) => return Err(unusable(&name)(e).into()),
        }
        let below = [DONE, FAILED].map(|name| folder.join(name));
        for path in &below {
            private::create_folder(path).map_err(unusable(path))?;
            let own = path.symlink_metadata().map_err(unusable(path))?;
            if !own.is_dir() {
                return Err(unusable(path)(io::ErrorKind::NotADirectory.into()).into());
            }
            // Who brings files may write here, and could have made it first, to read what is kept in it.
            if own.uid() != rustix::process::geteuid().as_raw() {
                return Err(unusable(path)(io::ErrorKind::PermissionDenied.into()).into());
            }
            // A folder that takes no file is found out before anything is imported.
            tempfile::tempfile_in(path).map_err(unusable(path))?;
        }
        let [done, failed] = below;
        Ok(Self { done, failed, _lock: lock })
    }
}

fn unusable(path: &Path) -> impl Fn(io::Error) -> Refusal {
    let path = path.to_owned();
    move |e| Refusal::Folder { path: path.clone(), why: e.into() }
}

/// The name under which a file and its companions are kept: its own, behind a stamp. Files of every day may all be called the
/// same.
pub(super) fn kept_name(stamp: &str, name: &OsStr, again: u32, ending: &str) -> OsString {
    let mut kept = OsString::from(stamp);
    if again > 0 {
        kept.push(format!("-{}", again + 1));
    }
    kept.push("-");
    kept.push(name);
    kept.push(ending);
    kept
}

/// The first number under which none of the names is taken in any of the folders.
pub(super) fn free(folders: &Folders, stamp: &str, name: &OsStr) -> u32 {
    let endings = ["", REPORT, REJECTS];
    let taken = |again: u32| {
        [&folders.done, &folders.failed].into_iter().any(|folder| {
            endings.iter().any(|end| folder.join(kept_name(stamp, name, again, end)).symlink_metadata().is_ok())
        })
    };
    (0..u32::MAX).find(|again| !taken(*again)).unwrap_or(u32::MAX)
}

/// Ending of a report.
pub(super) const REPORT: &str = ".report.txt";
/// Ending of a file with rejected rows.
pub(super) const REJECTS: &str = ".rejects.csv";

/// Writes a report, for its owner alone.
pub(super) fn write_report(path: &Path, text: &str) -> Result<(), Error> {
    let mut file = OutputFile::create(path, crate::files::Existing::Keep, Protected::default())?;
    file.write_all(text.as_bytes()).and_then(|()| file.write_all(b"\n")).map_err(unusable(path))?;
    file.finish()?;
    Ok(())
}

/// Moves a file, a link as what it is; never over another.
pub(super) fn move_to(from: &Path, to: &Path) -> Result<(), Error> {
    let moved = match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
        // A file system that cannot promise it: the name was free a moment ago.
        Err(Errno::INVAL | Errno::NOSYS) => std::fs::rename(from, to),
        moved => moved.map_err(io::Error::from),
    };
    Ok(moved.map_err(unusable(to))?)
}
