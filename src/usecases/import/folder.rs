//! Completion of a path: files that could be imported, and folders.

use crate::domain::Permission;
use crate::usecases::{Actor, Refusal};
use chrono::{DateTime, Utc};
use std::fs::DirEntry;
use std::path::Path;

/// A file or a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEntry {
    /// The whole path; a folder's ends in `/`.
    pub path: String,
    /// The last part of the path.
    pub name: String,
    /// The size in bytes; none for a folder.
    pub bytes: Option<u64>,
    /// When it was last written.
    pub written_at: Option<DateTime<Utc>>,
}

/// The most entries that are listed.
const MOST: usize = 200;

/// CSV files whose path begins with the text, the newest first, and then folders by name; none where the
/// folder cannot be read.
pub fn files(actor: &Actor, beginning: &str) -> Result<Vec<FileEntry>, Refusal> {
    actor.allowed(Permission::Import)?;
    let cut = beginning.rfind('/').map_or(0, |at| at + 1);
    let (folder, start) = beginning.split_at(cut);
    let read = std::fs::read_dir(if folder.is_empty() { Path::new(".") } else { Path::new(folder) });
    let entries = read.into_iter().flatten().flatten().filter_map(|entry| file_entry(folder, &entry));
    let mut entries: Vec<FileEntry> = entries.filter(|entry| entry.name.starts_with(start)).collect();
    entries.sort_by(|a, b| {
        let folders_last = a.bytes.is_none().cmp(&b.bytes.is_none());
        let newest = if a.bytes.is_some() { b.written_at.cmp(&a.written_at) } else { std::cmp::Ordering::Equal };
        folders_last.then(newest).then_with(|| a.name.cmp(&b.name))
    });
    entries.truncate(MOST);
    Ok(entries)
}

fn file_entry(folder: &str, entry: &DirEntry) -> Option<FileEntry> {
    let name = entry.file_name().into_string().ok().filter(|name| !name.starts_with('.'))?;
    let about = std::fs::metadata(entry.path()).ok()?;
    let written_at = about.modified().ok().map(DateTime::from);
    if about.is_dir() {
        return Some(FileEntry { path: format!("{folder}{name}/"), name, bytes: None, written_at });
    }
    let likely =
        Path::new(&name).extension().is_some_and(|it| ["csv", "txt", "dat"].iter().any(|e| it.eq_ignore_ascii_case(e)));
    likely.then(|| FileEntry { path: format!("{folder}{name}"), name, bytes: Some(about.len()), written_at })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Role;

    fn actor(role: Role) -> Actor {
        Actor { id: "a".to_owned(), name: String::new(), role }
    }

    #[test]
    fn csv_files_come_first_then_folders_and_none_hidden() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["members.csv", "members-old.CSV", "notes.pdf", ".hidden.csv"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        std::fs::create_dir(folder.path().join("more")).unwrap();
        let listed = |start: &str| {
            let beginning = format!("{}/{start}", folder.path().display());
            let mut names: Vec<_> =
                files(&actor(Role::Admin), &beginning).unwrap().into_iter().map(|entry| entry.name).collect();
            let files = names.len().min(2);
            names[..files].sort();
            names
        };
        assert_eq!(listed(""), ["members-old.CSV", "members.csv", "more"]);
        assert_eq!(listed("members.")[..], ["members.csv"]);
        assert_eq!(listed("nothing/"), [""; 0]);
    }

    #[test]
    fn files_are_listed_for_roles_that_import() {
        assert!(files(&actor(Role::Clerk), "").is_err());
    }
}
