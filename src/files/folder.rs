//! A folder that is held open. What is in it is reached by bare names: no name leads out of it, and no link is followed.

use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags};
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

/// Mode of a file: its owner reads and writes.
const FILE: u32 = 0o600;
/// Mode of a folder: its owner goes in.
const FOLDER: u32 = 0o700;

/// A folder that is held open.
#[derive(Debug)]
pub struct Folder {
    fd: OwnedFd,
    /// How it was reached: for errors and for people, never to open something by.
    path: PathBuf,
}

impl Folder {
    /// Opens a folder that exists. Links on the way to it are followed: where it is, is the operator's choice.
    pub fn open(path: &Path) -> io::Result<Self> {
        let fd = rustix::fs::open(path, OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
        Ok(Self { fd, path: path.to_owned() })
    }

    /// The path by which it was opened.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The path of something in it, for errors and for people.
    pub fn path_of(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Another handle of the same folder.
    pub fn again(&self) -> io::Result<Self> {
        Ok(Self { fd: self.fd.try_clone()?, path: self.path.clone() })
    }

    /// The folder of this name in it. A link is an error.
    pub fn enter(&self, name: &str) -> io::Result<Self> {
        let fd = self.open_at(name, OFlags::RDONLY | OFlags::DIRECTORY)?;
        Ok(Self { fd, path: self.path_of(name) })
    }

    /// The same; it is made where there is none. Only its owner may enter it (S4).
    pub fn make(&self, name: &str) -> io::Result<Self> {
        match rustix::fs::mkdirat(&self.fd, bare(name)?, Mode::from_raw_mode(FOLDER)) {
            Ok(()) | Err(rustix::io::Errno::EXIST) => {}
            Err(error) => return Err(error.into()),
        }
        let made = self.enter(name)?;
        made.close_to_others()?;
        Ok(made)
    }

    /// Only its owner may enter it from now on.
    pub fn close_to_others(&self) -> io::Result<()> {
        Ok(rustix::fs::fchmod(&self.fd, Mode::from_raw_mode(FOLDER))?)
    }

    /// A new file, its owner's alone. One that exists is an error.
    pub fn create_new(&self, name: &str) -> io::Result<File> {
        Ok(self.open_at(name, OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL)?.into())
    }

    /// A file to be locked: one that exists keeps its content and its mode.
    pub fn lock_file(&self, name: &str) -> io::Result<File> {
        regular(self.open_at(name, OFlags::WRONLY | OFlags::CREATE | OFlags::NONBLOCK)?.into())
    }

    /// The content of a file.
    pub fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        let mut file = self.open_file(name)?;
        // A buffer that grew would leave parts of a page in memory (S2).
        let mut bytes = Vec::with_capacity(usize::try_from(file.metadata()?.len()).unwrap_or(0) + 1);
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// A regular file, to be read.
    pub fn open_file(&self, name: &str) -> io::Result<File> {
        regular(self.open_at(name, OFlags::RDONLY | OFlags::NONBLOCK)?.into())
    }

    /// Gives something in it another name.
    pub fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        Ok(rustix::fs::renameat(&self.fd, bare(from)?, &self.fd, bare(to)?)?)
    }

    /// Removes a file.
    pub fn remove(&self, name: &str) -> io::Result<()> {
        Ok(rustix::fs::unlinkat(&self.fd, bare(name)?, AtFlags::empty())?)
    }

    /// Whether there is something of this name, be it a link that leads nowhere.
    pub fn has(&self, name: &str) -> bool {
        bare(name).is_ok_and(|name| rustix::fs::statat(&self.fd, name, AtFlags::SYMLINK_NOFOLLOW).is_ok())
    }

    /// The names in it, sorted. A name that is not UTF-8 is none of the program's.
    pub fn names(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in Dir::read_from(&self.fd)? {
            let entry = entry?;
            names.extend(entry.file_name().to_str().ok().filter(|name| ![".", ".."].contains(name)).map(str::to_owned));
        }
        names.sort();
        Ok(names)
    }

    /// Forces the names in it to the disk.
    pub fn sync(&self) -> io::Result<()> {
        Ok(rustix::fs::fsync(&self.fd)?)
    }

    /// Whether others than this program's user, and root, may change what is in it; its mode where they may.
    pub fn writable_by_others(&self) -> io::Result<Option<u32>> {
        let facts = rustix::fs::fstat(&self.fd)?;
        let is_ours = [rustix::process::geteuid().as_raw(), 0].contains(&facts.st_uid);
        Ok((!is_ours || facts.st_mode & 0o022 != 0).then_some(facts.st_mode & 0o7777))
    }

    fn open_at(&self, name: &str, flags: OFlags) -> io::Result<OwnedFd> {
        let flags = flags | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(rustix::fs::openat(&self.fd, bare(name)?, flags, Mode::from_raw_mode(FILE))?)
    }
}

/// A name that leads nowhere else.
fn bare(name: &str) -> io::Result<&str> {
    match name {
        "" | "." | ".." => Err(ErrorKind::InvalidInput.into()),
        name if name.contains(['/', '\0']) => Err(ErrorKind::InvalidInput.into()),
        name => Ok(name),
    }
}

fn regular(file: File) -> io::Result<File> {
    let kind = FileType::from_raw_mode(rustix::fs::fstat(&file)?.st_mode);
    if kind == FileType::RegularFile {
        Ok(file)
    } else {
        Err(io::Error::new(ErrorKind::InvalidInput, "not a regular file"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::Permissions;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn folder() -> (tempfile::TempDir, Folder) {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(place.path()).unwrap();
        (place, folder)
    }

    #[test]
    fn no_name_leads_out_of_a_folder() {
        let (place, folder) = folder();
        let inside = folder.make("inside").unwrap();
        std::fs::write(place.path().join("kept"), "kept").unwrap();
        for name in ["", ".", "..", "../kept", "/etc/passwd", "a/b", "nul\0"] {
            let refused = [
                inside.create_new(name).is_err(),
                inside.lock_file(name).is_err(),
                inside.read(name).is_err(),
                inside.remove(name).is_err(),
                inside.rename(name, "to").is_err(),
                inside.rename("from", name).is_err(),
                inside.enter(name).is_err(),
                inside.make(name).is_err(),
                !inside.has(name),
            ];
            assert_eq!(refused, [true; 9], "{name:?}");
        }
        assert_eq!(std::fs::read(place.path().join("kept")).unwrap(), b"kept");
    }

    #[test]
    fn no_link_in_a_folder_is_followed() {
        let (place, folder) = folder();
        let (there, beside) = (place.path().join("there"), place.path().join("beside"));
        std::fs::write(&there, "kept").unwrap();
        std::fs::create_dir(&beside).unwrap();
        symlink(&there, place.path().join("link")).unwrap();
        symlink(&beside, place.path().join("door")).unwrap();
        symlink(place.path().join("absent"), place.path().join("dangling")).unwrap();
        for name in ["link", "dangling"] {
            assert!(folder.create_new(name).is_err() && folder.lock_file(name).is_err() && folder.read(name).is_err());
            assert!(folder.has(name));
        }
        assert!(folder.enter("door").is_err() && folder.make("door").is_err());
        folder.remove("link").unwrap();
        assert_eq!(std::fs::read(&there).unwrap(), b"kept", "the link goes, not what it leads to");
        assert!(!place.path().join("absent").exists());
    }

    #[test]
    fn what_is_made_is_its_owner_s_alone() {
        let (place, folder) = folder();
        folder.make("a").unwrap().create_new("file").unwrap();
        let mode = |name: &str| place.path().join(name).metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!((mode("a"), mode("a/file")), (0o700, 0o600));
        assert_eq!(folder.enter("a").unwrap().names().unwrap(), ["file"]);
    }

    #[test]
    fn a_folder_that_others_may_write_is_told() {
        let (place, folder) = folder();
        for (mode, told) in [(0o700, None), (0o755, None), (0o770, Some(0o770)), (0o1777, Some(0o1777))] {
            std::fs::set_permissions(place.path(), Permissions::from_mode(mode)).unwrap();
            assert_eq!(folder.writable_by_others().unwrap(), told, "{mode:o}");
        }
    }

    #[test]
    fn a_device_or_a_pipe_is_not_read() {
        let (_place, folder) = folder();
        rustix::fs::mknodat(&folder.fd, "pipe", FileType::Fifo, Mode::from_raw_mode(FILE), 0).unwrap();
        assert!(folder.read("pipe").is_err());
    }
}
