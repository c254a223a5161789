//! Files that appear all at once or not at all (B5): written beside their place, checked, then renamed.

use crate::files::{Folder, private};
use crate::text::hex;
use sha2::{Digest, Sha256};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct WrittenFile {
    /// Its name in the folder.
    pub name: String,
    /// Pages, counted in the reopened file; 0 for files that have none.
    pub pages: usize,
    /// Digest of the whole file, in hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
}

/// A file operation failed.
#[derive(Debug, thiserror::Error)]
#[error("{}: {source}", path.display())]
pub struct StagingError {
    /// The file or folder.
    pub path: PathBuf,
    /// The error of the system.
    pub source: io::Error,
}

/// Files under hidden names in their folder. Dropped without [`Staging::publish`], they are removed.
#[derive(Debug)]
pub struct Staging {
    folder: Folder,
    files: Vec<WrittenFile>,
    open: Option<String>,
}

/// Extension of an unfinished file. A crash may leave some; [`sweep`] removes them.
const UNFINISHED: &str = ".part";

impl Staging {
    /// Creates the folder where it is missing; only its owner may enter it (S4).
    pub fn open(folder: &Path) -> Result<Self, StagingError> {
        let failed = |source| StagingError { path: folder.to_owned(), source };
        private::create_folder(folder).map_err(failed)?;
        let folder = Folder::open(folder).map_err(failed)?;
        folder.close_to_others().map_err(|source| error(&folder, source))?;
        Ok(Self::of(folder))
    }

    /// In a folder that is held open.
    pub fn of(folder: Folder) -> Self {
        Self { folder, files: Vec::new(), open: None }
    }

    /// What has been written so far.
    pub fn files(&self) -> &[WrittenFile] {
        &self.files
    }

    /// Writes one file, forces it to the disk, reads it back, and has `check` count its pages.
    pub(super) fn write<E: From<StagingError>>(
        &mut self,
        name: &str,
        fill: impl FnOnce(&mut dyn Write) -> Result<(), E>,
        check: impl FnOnce(&[u8]) -> Result<usize, E>,
    ) -> Result<(), E> {
        let hidden = unfinished(name);
        let path = self.folder.path_of(&hidden);
        let failed = |source| E::from(StagingError { path: path.clone(), source });
        self.open = Some(name.to_owned());
        // In place of what an interrupted run left.
        remove(&self.folder, &hidden).map_err(failed)?;
        let mut file = BufWriter::with_capacity(1 << 18, self.folder.create_new(&hidden).map_err(failed)?);
        fill(&mut file)?;
        file.flush().and_then(|()| file.get_ref().sync_all()).map_err(failed)?;
        drop(file);
        let bytes = zeroize::Zeroizing::new(self.folder.read(&hidden).map_err(failed)?);
        let pages = check(&bytes)?;
        let sha256 = hex(&Sha256::digest(&*bytes));
        self.files.push(WrittenFile { name: name.to_owned(), pages, sha256, bytes: bytes.len() as u64 });
        self.open = None;
        Ok(())
    }

    /// Gives every file its name and syncs the folder. A file that cannot be renamed stays for [`resume`].
    pub fn publish(mut self) -> Result<Vec<WrittenFile>, StagingError> {
        let files = self.leave();
        for file in &files {
            let named = self.folder.rename(&unfinished(&file.name), &file.name);
            named.map_err(|source| StagingError { path: self.folder.path_of(&file.name), source })?;
        }
        self.folder.sync().map_err(|source| error(&self.folder, source))?;
        Ok(files)
    }

    /// Leaves the finished files under their hidden names, for [`resume`] or [`sweep`].
    pub fn leave(&mut self) -> Vec<WrittenFile> {
        std::mem::take(&mut self.files)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        let names = self.files.iter().map(|file| file.name.as_str()).chain(self.open.as_deref());
        for name in names {
            if let Err(error) = remove(&self.folder, &unfinished(name)) {
                tracing::warn!(file = name, %error, "an unfinished file was left");
            }
        }
    }
}

/// Whether a folder has files that are being written, or that a crash left.
pub fn is_unfinished(folder: &Folder) -> bool {
    folder.names().is_ok_and(|names| names.iter().any(|name| is_hidden(name)))
}

fn is_hidden(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(UNFINISHED)
}

/// Removes unfinished files that a crash left in a folder; how many.
pub fn sweep(folder: &Folder) -> Result<usize, StagingError> {
    let names = folder.names().map_err(|source| error(folder, source))?;
    let hidden: Vec<String> = names.into_iter().filter(|name| is_hidden(name)).collect();
    for name in &hidden {
        folder.remove(name).map_err(|source| StagingError { path: folder.path_of(name), source })?;
    }
    Ok(hidden.len())
}

/// Gives a finished but unpublished file its name, if its content has the recorded digest. False where the file
/// is not there.
pub fn resume(folder: &Folder, name: &str, sha256: &str) -> Result<bool, StagingError> {
    let hidden = unfinished(name);
    let failed = |source| StagingError { path: folder.path_of(&hidden), source };
    let bytes = match folder.read(&hidden) {
        Ok(bytes) => zeroize::Zeroizing::new(bytes),
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(e) => return Err(failed(e)),
    };
    if hex(&Sha256::digest(&*bytes)) != sha256 {
        return Ok(false);
    }
    folder.rename(&hidden, name).and_then(|()| folder.sync()).map_err(failed)?;
    Ok(true)
}

fn unfinished(name: &str) -> String {
    format!(".{name}{UNFINISHED}")
}

/// Removes a file that may be gone already.
fn remove(folder: &Folder, name: &str) -> io::Result<()> {
    match folder.remove(name) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn error(folder: &Folder, source: io::Error) -> StagingError {
    StagingError { path: folder.path().to_owned(), source }
}
