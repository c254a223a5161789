//! What lies in the folder, and whether all of it is there.

use crate::files::IoFault;
use crate::usecases::Refusal;
use std::ffi::OsString;
use std::fs::DirEntry;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Endings of files that are still being written.
const UNFINISHED: [&str; 3] = ["tmp", "part", "filepart"];

/// What a name in the folder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EntryKind {
    /// A regular file, which is read.
    File,
    /// A link, a pipe or a device: never read.
    Other,
}

/// A name in the folder, as it was when it was looked at. Equal where nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Arrived {
    pub(super) path: PathBuf,
    pub(super) name: OsString,
    pub(super) entry: EntryKind,
    pub(super) bytes: u64,
    pub(super) written: SystemTime,
    /// When content, name or owner changed last: a copy that keeps the time of its original is new all the same.
    touched: SystemTime,
    inode: u64,
}

/// What is in the folder now, in the order of arrival. Folders, hidden names and those of unfinished files are left out.
pub(super) fn scan(folder: &Path) -> Result<Vec<Arrived>, Refusal> {
    let unreadable = |e: std::io::Error| Refusal::File { path: folder.to_owned(), why: e.into() };
    let entries = std::fs::read_dir(folder).map_err(unreadable)?;
    let mut found = Vec::new();
    for entry in entries {
        found.extend(arrived(&entry.map_err(unreadable)?).map_err(unreadable)?);
    }
    found.sort_by(|a, b| a.written.cmp(&b.written).then_with(|| a.name.cmp(&b.name)));
    Ok(found)
}

fn arrived(entry: &DirEntry) -> std::io::Result<Option<Arrived>> {
    let name = entry.file_name();
    let ending = Path::new(&name).extension().and_then(|ending| ending.to_str());
    let unfinished = ending.is_some_and(|ending| UNFINISHED.iter().any(|it| it.eq_ignore_ascii_case(ending)));
    if unfinished || name.as_encoded_bytes().starts_with(b".") {
        return Ok(None);
    }
    let facts = match std::fs::symlink_metadata(entry.path()) {
        // Taken away, or renamed, by who had put it there.
        Err(e) if IoFault::from(&e) == IoFault::Missing => return Ok(None),
        facts => facts?,
    };
    if facts.is_dir() {
        return Ok(None);
    }
    let entry_kind = if facts.is_file() { EntryKind::File } else { EntryKind::Other };
    let moment = |seconds: i64, nanos: i64| {
        let since = Duration::new(seconds.try_into().unwrap_or(0), nanos.try_into().unwrap_or(0));
        UNIX_EPOCH + since
    };
    Ok(Some(Arrived {
        path: entry.path(),
        name,
        entry: entry_kind,
        bytes: facts.len(),
        written: moment(facts.mtime(), facts.mtime_nsec()),
        touched: moment(facts.ctime(), facts.ctime_nsec()),
        inode: facts.ino(),
    }))
}

impl Arrived {
    /// Whether it is still the same file, as it was.
    pub(super) fn is_unchanged(&self) -> bool {
        let found = scan(crate::files::folder_of(&self.path)).unwrap_or_default();
        found.contains(self)
    }

    /// Whether nothing has happened to it for so long. A time that is ahead of this machine's clock says nothing.
    fn is_quiet(&self, now: SystemTime, settle: Duration) -> bool {
        now.duration_since(self.written.max(self.touched)).is_ok_and(|since| since >= settle)
    }
}

/// Complete files, and those that may still grow.
#[derive(Debug, Default)]
pub(super) struct ArrivedFiles {
    pub(super) complete: Vec<Arrived>,
    pub(super) growing: Vec<Arrived>,
}

/// Waits once, where anything is younger than `settle`: what has not changed by then is complete.
pub(super) async fn settled(folder: &Path, settle: Duration) -> Result<ArrivedFiles, Refusal> {
    let first = scan(folder)?;
    let now = SystemTime::now();
    if first.iter().all(|it| it.is_quiet(now, settle)) {
        return Ok(ArrivedFiles { complete: first, growing: Vec::new() });
    }
    tokio::time::sleep(settle).await;
    let now = SystemTime::now();
    let (complete, growing) = scan(folder)?.into_iter().partition(|it| it.is_quiet(now, settle) || first.contains(it));
    Ok(ArrivedFiles { complete, growing })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(found: &[Arrived]) -> Vec<&str> {
        found.iter().map(|it| it.name.to_str().unwrap()).collect()
    }

    #[test]
    fn hidden_and_unfinished_names_and_folders_are_left_out() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.csv", "a.csv", ".hidden", "c.csv.tmp", "d.PART", "e.filepart"] {
            std::fs::write(folder.path().join(name), name).unwrap();
        }
        std::fs::create_dir(folder.path().join("done")).unwrap();
        std::os::unix::fs::symlink("b.csv", folder.path().join("link.csv")).unwrap();
        let found = scan(folder.path()).unwrap();
        let mut sorted = names(&found);
        sorted.sort_unstable();
        assert_eq!(sorted, ["a.csv", "b.csv", "link.csv"]);
        let link = found.iter().find(|it| it.name == "link.csv").unwrap();
        assert_eq!(link.entry, EntryKind::Other);
    }

    #[tokio::test]
    async fn a_file_that_grows_while_it_is_waited_for_is_not_complete() {
        let folder = tempfile::tempdir().unwrap();
        let growing = folder.path().join("growing.csv");
        std::fs::write(folder.path().join("whole.csv"), "whole").unwrap();
        std::fs::write(&growing, "1").unwrap();
        let writer = std::thread::spawn(move || {
            for _ in 0..30 {
                std::thread::sleep(Duration::from_millis(50));
                let mut file = std::fs::OpenOptions::new().append(true).open(&growing).unwrap();
                std::io::Write::write_all(&mut file, b"1").unwrap();
            }
        });
        let found = settled(folder.path(), Duration::from_millis(500)).await.unwrap();
        writer.join().unwrap();
        assert_eq!((names(&found.complete), names(&found.growing)), (vec!["whole.csv"], vec!["growing.csv"]));
        let later = settled(folder.path(), Duration::from_millis(10)).await.unwrap();
        assert_eq!(later.complete.len(), 2);
    }
}
