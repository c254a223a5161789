//! Files that appear all at once or not at all (B5): written beside their place, checked, then renamed.

use crate::files::private;
use crate::text::hex;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
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
    folder: PathBuf,
    files: Vec<WrittenFile>,
    open: Option<String>,
}

/// Extension of an unfinished file. A crash may leave some; [`sweep`] removes them.
const UNFINISHED: &str = ".part";

impl Staging {
    /// Creates the folder where it is missing; only its owner may enter it (S4).
    pub fn open(folder: &Path) -> Result<Self, StagingError> {
        make_private(folder).map_err(|source| StagingError { path: folder.to_owned(), source })?;
        Ok(Self { folder: folder.to_owned(), files: Vec::new(), open: None })
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
        let path = self.unfinished(name);
        let failed = |source| E::from(StagingError { path: path.clone(), source });
        self.open = Some(name.to_owned());
        let mut file = BufWriter::with_capacity(1 << 18, create_private(&path).map_err(failed)?);
        fill(&mut file)?;
        file.flush().and_then(|()| file.get_ref().sync_all()).map_err(failed)?;
        drop(file);
        let bytes = zeroize::Zeroizing::new(fs::read(&path).map_err(failed)?);
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
            let path = self.folder.join(&file.name);
            fs::rename(self.unfinished(&file.name), &path).map_err(|source| StagingError { path, source })?;
        }
        File::open(&self.folder)
            .and_then(|folder| folder.sync_all())
            .map_err(|source| StagingError { path: self.folder.clone(), source })?;
        Ok(files)
    }

    /// Leaves the finished files under their hidden names, for [`resume`] or [`sweep`].
    pub fn leave(&mut self) -> Vec<WrittenFile> {
        std::mem::take(&mut self.files)
    }

    fn unfinished(&self, name: &str) -> PathBuf {
        unfinished(&self.folder, name)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        let names = self.files.iter().map(|file| file.name.as_str()).chain(self.open.as_deref());
        for name in names {
            match fs::remove_file(self.unfinished(name)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    tracing::warn!(file = name, %error, "an unfinished file was left");
                }
                Ok(()) | Err(_) => {}
            }
        }
    }
}

/// Whether a folder has files that are being written, or that a crash left.
pub fn is_unfinished(folder: &Path) -> bool {
    let mut entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.any(|entry| is_hidden(&entry.file_name().to_string_lossy()))
}

fn is_hidden(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(UNFINISHED)
}

/// Removes unfinished files that a crash left in a folder; how many.
pub fn sweep(folder: &Path) -> Result<usize, StagingError> {
    let failed = |source| StagingError { path: folder.to_owned(), source };
    let mut swept = 0;
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if is_hidden(&entry.file_name().to_string_lossy()) {
            fs::remove_file(entry.path()).map_err(failed)?;
            swept += 1;
        }
    }
    Ok(swept)
}

/// Gives a finished but unpublished file its name, if its content has the recorded digest. False where the file
/// is not there.
pub fn resume(folder: &Path, name: &str, sha256: &str) -> Result<bool, StagingError> {
    let unfinished = unfinished(folder, name);
    let failed = |source| StagingError { path: unfinished.clone(), source };
    let bytes = match fs::read(&unfinished) {
        Ok(bytes) => zeroize::Zeroizing::new(bytes),
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(e) => return Err(failed(e)),
    };
    if hex(&Sha256::digest(&*bytes)) != sha256 {
        return Ok(false);
    }
    fs::rename(&unfinished, folder.join(name)).map_err(failed)?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
    Ok(true)
}

fn unfinished(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!(".{name}{UNFINISHED}"))
}

fn make_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    private::create_folder(folder)?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

/// In place of what an interrupted run left.
fn create_private(path: &Path) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    private::create_new(path)
}
