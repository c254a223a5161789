//! Files and folders that only their owner may read: made so, and checked later.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Mode of a file: its owner reads and writes.
const FILE: u32 = 0o600;
/// Mode of a folder: its owner goes in.
const FOLDER: u32 = 0o700;

/// A new file; one that exists is an error, because it may be open to others already.
pub fn create_new(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(FILE).open(path)
}

/// A file to write from the beginning. One that exists is closed to others before anything is written.
pub fn create(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().write(true).create(true).truncate(true).mode(FILE).open(path)?;
    file.set_permissions(std::fs::Permissions::from_mode(FILE))?;
    Ok(file)
}

/// A folder with the folders above it; those that exist stay as they are.
pub fn create_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(FOLDER).create(path)
}

/// A file or folder that others may read, write or enter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exposed {
    /// Which.
    pub path: PathBuf,
    /// Its mode, as `ls` would say in octal.
    pub mode: u32,
    /// What it should be: 0600 or 0700.
    pub should_be: u32,
}

/// Those of the given files and folders that are open to others; what does not exist is nobody's.
pub fn exposed<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Vec<Exposed> {
    paths.into_iter().filter_map(|path| exposure(path.as_ref())).collect()
}

fn exposure(path: &Path) -> Option<Exposed> {
    let facts = std::fs::metadata(path).ok()?;
    let mode = facts.permissions().mode() & 0o777;
    let should_be = if facts.is_dir() { FOLDER } else { FILE };
    (mode & 0o077 != 0).then(|| Exposed { path: path.to_owned(), mode, should_be })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_here_is_its_owners_alone_and_what_is_not_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("a/b");
        create_folder(&inside).unwrap();
        let [new, again, open] = ["new", "again", "open"].map(|name| inside.join(name));
        create_new(&new).unwrap();
        assert!(create_new(&new).is_err());
        std::fs::write(&again, "old").unwrap();
        create(&again).unwrap();
        std::fs::write(&open, "readable").unwrap();
        std::fs::set_permissions(&open, std::fs::Permissions::from_mode(0o644)).unwrap();
        let found = exposed([&inside, &new, &again, &open, &folder.path().join("none")]);
        assert_eq!(found, [Exposed { path: open, mode: 0o644, should_be: 0o600 }]);
    }
}
