//! The one way to write a file outside the database.
//!
//! It is written under a random hidden name beside its place, forced to the disk, and given its name when it is whole.
//! Dropped before that, it leaves nothing.

use super::{folder_of, private};
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// What happens to a file that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and the output is refused.
    Keep,
    /// The new file takes its place, once it is whole.
    Replace,
}

impl Existing {
    /// As the flag `--replace` says.
    pub const fn replaced(replace: bool) -> Self {
        if replace { Self::Replace } else { Self::Keep }
    }
}

/// Files whose place no output may take, whatever [`Existing`] says: the database and its companions, and what the
/// output is made from.
#[derive(Debug, Clone, Default)]
pub struct Protected(Vec<PathBuf>);

impl Protected {
    /// These paths, whether there is a file now or not.
    pub fn new(paths: impl IntoIterator<Item = PathBuf>) -> Self {
        Self(paths.into_iter().collect())
    }

    /// Adds a path that must never be written: a companion of the database or another output.
    #[must_use]
    pub fn and(mut self, path: &Path) -> Self {
        self.0.push(path.to_owned());
        self
    }

    /// Refuses a path that leads to one of them.
    pub fn refuse(&self, path: &Path) -> Result<(), OutputError> {
        if self.contains(path) { Err(OutputError::Protected(path.to_owned())) } else { Ok(()) }
    }

    /// Whether the path leads to one of them, however it is spelt and through whatever link.
    fn contains(&self, path: &Path) -> bool {
        let (found, place) = (identity(path), place(path));
        self.0.iter().any(|own| {
            let same_file = found.is_some() && identity(own) == found;
            same_file || place.is_some() && self::place(own) == place
        })
    }
}

/// Device and inode, through links.
fn identity(path: &Path) -> Option<(u64, u64)> {
    std::fs::metadata(path).ok().map(|facts| (facts.dev(), facts.ino()))
}

/// The absolute path of what is, or would be, there; links that lead nowhere are followed, too.
fn place(path: &Path) -> Option<PathBuf> {
    /// As many links in a row as Linux follows.
    const LINKS: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        let folder = folder_of(&path).canonicalize().ok()?;
        match std::fs::read_link(&path) {
            Ok(to) => path = folder.join(to),
            Err(_) => return Some(folder.join(path.file_name()?)),
        }
    }
    None
}

/// Why a file is not written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// Something has this name.
    #[error("{} exists", .0.display())]
    Exists(PathBuf),
    /// The path leads to a [`Protected`] file.
    #[error("{} is in use by the program", .0.display())]
    Protected(PathBuf),
    /// A link, folder or device is never replaced.
    #[error("{} is not a regular file", .0.display())]
    NotRegular(PathBuf),
    /// The system refuses.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file, or the folder of one that has no name yet.
        path: PathBuf,
        /// What the operating system answered.
        source: io::Error,
    },
}

/// A file that has no name yet.
#[derive(Debug)]
pub struct OutputFile {
    part: BufWriter<NamedTempFile>,
    target: Target,
    protected: Protected,
}

#[derive(Debug)]
enum Target {
    Path(PathBuf, Existing),
    /// The first free name of the folder, counted from 1.
    Free(PathBuf, fn(&Path, u32) -> OsString, PathBuf),
}

impl OutputFile {
    /// Whether a file may be written there.
    ///
    /// # Errors
    /// There is one, and it is to be kept; a protected path; anything but a regular file.
    pub fn check(path: &Path, existing: Existing, protected: &Protected) -> Result<(), OutputError> {
        protected.refuse(path)?;
        match path.symlink_metadata() {
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(()),
            Err(source) => Err(OutputError::Io { path: path.to_owned(), source }),
            Ok(_) if existing == Existing::Keep => Err(OutputError::Exists(path.to_owned())),
            Ok(found) if !found.is_file() => Err(OutputError::NotRegular(path.to_owned())),
            Ok(_) => Ok(()),
        }
    }

    /// Begins a file that will have this path. See [`Self::check`].
    pub fn create(path: &Path, existing: Existing, protected: Protected) -> Result<Self, OutputError> {
        Self::check(path, existing, &protected)?;
        Self::begin(folder_of(path), Target::Path(path.to_owned(), existing), protected)
    }

    /// Begins a file that will have the first free name in the folder: `name` gives the first, second, … for `of`.
    pub fn create_free(
        folder: &Path,
        of: &Path,
        name: fn(&Path, u32) -> OsString,
        protected: Protected,
    ) -> Result<Self, OutputError> {
        Self::begin(folder, Target::Free(folder.to_owned(), name, of.to_owned()), protected)
    }

    fn begin(folder: &Path, target: Target, protected: Protected) -> Result<Self, OutputError> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".mykempo-").suffix(".part");
        let made = builder.make_in(folder, private::create_new);
        match made {
            Ok(part) => Ok(Self { part: BufWriter::new(part), target, protected }),
            Err(source) => Err(OutputError::Io { path: target.shown().to_owned(), source }),
        }
    }

    /// The path that it will have; the folder, where its name is found at the end.
    pub fn path(&self) -> &Path {
        self.target.shown()
    }

    /// Where it is written until it is finished, for those who cannot write through it.
    pub fn unfinished(&self) -> &Path {
        self.part.get_ref().path()
    }

    /// Forces it to the disk and gives it its name.
    ///
    /// # Errors
    /// As [`Self::check`], of what has come there meanwhile; anything the disk says. Nothing is left then.
    pub fn finish(self) -> Result<PathBuf, OutputError> {
        let Self { part, target, protected } = self;
        let failed = |source| OutputError::Io { path: target.shown().to_owned(), source };
        let part = part.into_inner().map_err(|e| failed(e.into_error()))?;
        part.as_file().sync_all().map_err(failed)?;
        let path = target.name(part, &protected)?;
        File::open(folder_of(&path)).and_then(|folder| folder.sync_all()).map_err(failed)?;
        Ok(path)
    }
}

impl Target {
    /// What an error names.
    fn shown(&self) -> &Path {
        match self {
            Self::Path(path, _) | Self::Free(path, ..) => path,
        }
    }

    fn name(&self, mut part: NamedTempFile, protected: &Protected) -> Result<PathBuf, OutputError> {
        match self {
            Self::Path(path, existing) => {
                OutputFile::check(path, *existing, protected)?;
                let named = match existing {
                    Existing::Keep => part.persist_noclobber(path),
                    Existing::Replace => part.persist(path),
                };
                named.map_err(|e| refused(path, e.error))?;
                Ok(path.clone())
            }
            Self::Free(folder, name, of) => {
                for number in 1_u32.. {
                    let path = folder.join(name(of, number));
                    if protected.contains(&path) {
                        continue;
                    }
                    match part.persist_noclobber(&path) {
                        Ok(_) => return Ok(path),
                        Err(taken) if taken.error.kind() == ErrorKind::AlreadyExists => part = taken.file,
                        Err(other) => return Err(refused(&path, other.error)),
                    }
                }
                Err(OutputError::Exists(folder.clone()))
            }
        }
    }
}

fn refused(path: &Path, source: io::Error) -> OutputError {
    match source.kind() {
        ErrorKind::AlreadyExists => OutputError::Exists(path.to_owned()),
        _ => OutputError::Io { path: path.to_owned(), source },
    }
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.part.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.part.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use tempfile::TempDir;

    fn folder() -> (TempDir, impl Fn(&str) -> PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_owned();
        (folder, move |name: &str| path.join(name))
    }

    fn names(folder: &TempDir) -> Vec<String> {
        let entries = std::fs::read_dir(folder.path()).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn write(path: &Path, existing: Existing, protected: &Protected) -> Result<PathBuf, OutputError> {
        let mut file = OutputFile::create(path, existing, protected.clone())?;
        file.write_all(b"new").unwrap();
        file.finish()
    }

    #[test]
    fn a_file_has_its_name_only_when_it_is_whole() {
        let (folder, at) = folder();
        let mut file = OutputFile::create(&at("out"), Existing::Keep, Protected::default()).unwrap();
        file.write_all(b"half").unwrap();
        assert!(!at("out").exists());
        let part = file.unfinished().to_owned();
        assert_eq!(part.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        drop(file);
        assert_eq!(names(&folder), [""; 0], "a file that is dropped leaves nothing");
        write(&at("out"), Existing::Keep, &Protected::default()).unwrap();
        assert_eq!(names(&folder), ["out"]);
        assert_eq!(std::fs::read(at("out")).unwrap(), b"new");
        assert_eq!(at("out").metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_file_that_exists_is_replaced_only_when_asked() {
        let (folder, at) = folder();
        std::fs::write(at("out"), "old").unwrap();
        let kept = write(&at("out"), Existing::Keep, &Protected::default());
        assert!(matches!(kept, Err(OutputError::Exists(path)) if path == at("out")));
        assert_eq!(std::fs::read(at("out")).unwrap(), b"old");
        write(&at("out"), Existing::Replace, &Protected::default()).unwrap();
        assert_eq!((std::fs::read(at("out")).unwrap(), names(&folder)), (b"new".to_vec(), vec!["out".to_owned()]));
    }

    #[test]
    fn a_file_that_appears_meanwhile_is_kept() {
        let (folder, at) = folder();
        let file = OutputFile::create(&at("out"), Existing::Keep, Protected::default()).unwrap();
        std::fs::write(at("out"), "another's").unwrap();
        assert!(matches!(file.finish(), Err(OutputError::Exists(_))));
        assert_eq!(
            (std::fs::read(at("out")).unwrap(), names(&folder)),
            (b"another's".to_vec(), vec!["out".to_owned()])
        );
    }

    #[test]
    fn a_link_or_a_folder_is_never_replaced() {
        let (_folder, at) = folder();
        std::fs::write(at("there"), "kept").unwrap();
        std::fs::create_dir(at("folder")).unwrap();
        symlink(at("there"), at("link")).unwrap();
        symlink(at("absent"), at("dangling")).unwrap();
        for name in ["link", "dangling", "folder"] {
            let kept = write(&at(name), Existing::Keep, &Protected::default());
            assert!(matches!(kept, Err(OutputError::Exists(_))), "{name}");
            let replaced = write(&at(name), Existing::Replace, &Protected::default());
            assert!(matches!(replaced, Err(OutputError::NotRegular(_))), "{name}");
        }
        assert_eq!(std::fs::read(at("there")).unwrap(), b"kept");
        assert!(!at("absent").exists() && at("link").is_symlink());
    }

    #[test]
    fn a_protected_file_is_known_by_every_name_and_link() {
        let (_folder, at) = folder();
        std::fs::write(at("db"), "data").unwrap();
        std::fs::create_dir(at("sub")).unwrap();
        symlink(at("db"), at("link")).unwrap();
        symlink("link", at("link-to-link")).unwrap();
        symlink("db-wal", at("link-to-absent")).unwrap();
        symlink(at("sub/.."), at("sub/up")).unwrap();
        std::fs::hard_link(at("db"), at("hard")).unwrap();
        let protected = Protected::new([at("db"), at("db-wal")]);
        let spelt = [
            "db",
            "sub/../db",
            "sub/up/db",
            "link",
            "link-to-link",
            "hard",
            "db-wal",
            "sub/../db-wal",
            "link-to-absent",
        ];
        for name in spelt {
            for existing in [Existing::Keep, Existing::Replace] {
                let refused = write(&at(name), existing, &protected);
                assert!(matches!(refused, Err(OutputError::Protected(path)) if path == at(name)), "{name}");
            }
        }
        assert_eq!(std::fs::read(at("db")).unwrap(), b"data");
        write(&at("db2"), Existing::Keep, &protected).unwrap();
    }

    #[test]
    fn a_protected_file_that_appears_meanwhile_is_kept() {
        let (_folder, at) = folder();
        std::fs::write(at("db"), "data").unwrap();
        let protected = Protected::new([at("db")]);
        let file = OutputFile::create(&at("out"), Existing::Replace, protected).unwrap();
        std::fs::hard_link(at("db"), at("out")).unwrap();
        assert!(matches!(file.finish(), Err(OutputError::Protected(_))));
        assert_eq!(identity(&at("out")), identity(&at("db")));
    }

    #[test]
    fn the_first_free_name_is_taken() {
        let (folder, at) = folder();
        let name = |of: &Path, number: u32| format!("{}-{number}", of.display()).into();
        std::fs::write(at("x-1"), "").unwrap();
        let protected = Protected::new([at("x-2")]);
        let file = OutputFile::create_free(folder.path(), Path::new("x"), name, protected).unwrap();
        assert_eq!(file.finish().unwrap(), at("x-3"));
    }

    #[test]
    fn a_missing_folder_is_an_error_that_names_the_file() {
        let (_folder, at) = folder();
        let error = write(&at("none/out"), Existing::Keep, &Protected::default()).unwrap_err();
        assert!(matches!(error, OutputError::Io { path, .. } if path == at("none/out")));
    }
}
