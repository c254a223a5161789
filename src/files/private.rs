//! Files and folders that only their owner may read: made so, and checked later.

use rustix::fs::OFlags;
use std::fs::{DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Mode of a file: its owner reads and writes.
const FILE: u32 = 0o600;
/// Mode of a folder: its owner goes in.
const FOLDER: u32 = 0o700;

/// A new file; one that exists is an error, because it may be open to others already.
pub fn create_new(path: &Path) -> io::Result<File> {
    writable().create_new(true).open(path)
}

/// A file that exists or is made. It is closed to others, and keeps its content; a link is an error.
pub fn open(path: &Path) -> io::Result<File> {
    let file = writable().create(true).truncate(false).open(path)?;
    file.set_permissions(Permissions::from_mode(FILE))?;
    Ok(file)
}

/// A new file to write at its end, or one that exists. Mode and content of that stay as they are; a link, and anything but a
/// regular file, is an error.
pub fn append(path: &Path) -> io::Result<Appended> {
    let mut options = writable();
    options.write(false).read(true).append(true);
    match options.clone().create_new(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        made => return made.map(Appended::New),
    }
    let file = options.custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed()).open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    Ok(Appended::Existing(file))
}

/// A file that is open to be written at its end.
#[derive(Debug)]
pub enum Appended {
    /// It was made, and is closed to others.
    New(File),
    /// It was there.
    Existing(File),
}

fn writable() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).mode(FILE).custom_flags(OFlags::NOFOLLOW.bits().cast_signed());
    options
}

/// A folder with the folders above it; those that exist stay as they are.
pub fn create_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(FOLDER).create(path)
}

/// A file or folder that others may read, write or enter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exposed {
    /// The file or folder.
    pub path: PathBuf,
    /// Its mode, as `ls` would say in octal.
    pub mode: u32,
    /// What it should be: 0600 or 0700.
    pub should_be: u32,
}

/// Those of the given files and folders that are open to others. What does not exist is not exposed.
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
    fn files_made_here_are_private_and_exposed_ones_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("a/b");
        create_folder(&inside).unwrap();
        let [new, again, exposed_one] = ["new", "again", "exposed"].map(|name| inside.join(name));
        create_new(&new).unwrap();
        assert!(create_new(&new).is_err());
        std::fs::write(&again, "old").unwrap();
        open(&again).unwrap();
        std::fs::write(&exposed_one, "readable").unwrap();
        std::fs::set_permissions(&exposed_one, Permissions::from_mode(0o644)).unwrap();
        let found = exposed([&inside, &new, &again, &exposed_one, &folder.path().join("none")]);
        assert_eq!(found, [Exposed { path: exposed_one, mode: 0o644, should_be: 0o600 }]);
        assert_eq!(std::fs::read(&again).unwrap(), b"old");
    }

    #[test]
    fn no_link_is_followed() {
        let folder = tempfile::tempdir().unwrap();
        let [there, link, dangling] = ["there", "link", "dangling"].map(|name| folder.path().join(name));
        std::fs::write(&there, "kept").unwrap();
        std::os::unix::fs::symlink(&there, &link).unwrap();
        std::os::unix::fs::symlink(folder.path().join("absent"), &dangling).unwrap();
        for path in [&link, &dangling] {
            assert!(open(path).is_err() && create_new(path).is_err());
        }
        assert_eq!(std::fs::read(&there).unwrap(), b"kept");
        assert!(!folder.path().join("absent").exists());
    }
}
