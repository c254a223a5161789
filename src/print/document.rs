//! A finished document into the staging folder, its pages counted after it was read back.

use super::pdf::{self, Metadata, Pdf, PdfError};
use super::staging::{FileError, Staging};
use crate::print::Fault;
use crate::secrets::Passphrase;
use std::io::Write;

/// Why a run came to nothing. No file is left behind.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// The watcher broke it off.
    #[error("cancelled")]
    Cancelled,
    /// A card that preflight would have held.
    #[error("card {serial} cannot be printed")]
    Card {
        /// Its serial.
        serial: String,
        /// Why.
        faults: Vec<Fault>,
    },
    /// A file could not be written.
    #[error(transparent)]
    File(#[from] FileError),
    /// A document could not be made.
    #[error("{file}: {reason}")]
    Document {
        /// The file's name.
        file: String,
        /// Why.
        reason: String,
    },
    /// The reopened file has another number of pages than were written.
    #[error("{file}: {written} pages were written, {found} are in the file")]
    Pages {
        /// The file's name.
        file: String,
        /// Set.
        written: usize,
        /// Found.
        found: usize,
    },
}

impl PrintError {
    pub(super) fn document(file: &str, error: PdfError) -> Self {
        match error {
            PdfError::Write(source) => FileError { path: file.into(), source }.into(),
            PdfError::Subset(_) | PdfError::Set(_) | PdfError::Finish(_) | PdfError::Encrypt(_) => {
                Self::Document { file: file.to_owned(), reason: error.to_string() }
            }
        }
    }
}

/// Writes a document under `name`.
pub(super) fn save(
    pdf: Pdf<'_>,
    name: &str,
    metadata: &Metadata,
    encrypt: Option<&Passphrase>,
    staging: &mut Staging,
) -> Result<(), PrintError> {
    let failed = |error: PdfError| PrintError::document(name, error);
    let written = pdf.page_count();
    staging.write(
        name,
        |mut out| pdf.write(metadata, encrypt, &mut out).map_err(failed),
        |bytes| counted(bytes, name, written, encrypt),
    )
}

/// Writes a document of no secrets into a file that stands by itself; how many pages it has.
pub(super) fn save_to(
    out: &mut impl Write,
    pdf: Pdf<'_>,
    name: &str,
    metadata: &Metadata,
) -> Result<usize, PrintError> {
    let failed = |error: PdfError| PrintError::document(name, error);
    let (written, mut bytes) = (pdf.page_count(), Vec::new());
    pdf.write(metadata, None, &mut bytes).map_err(failed)?;
    let pages = counted(&bytes, name, written, None)?;
    out.write_all(&bytes).map_err(|e| failed(PdfError::Write(e)))?;
    Ok(pages)
}

/// The pages of a finished document, which must be as many as were set.
fn counted(bytes: &[u8], name: &str, written: usize, encrypt: Option<&Passphrase>) -> Result<usize, PrintError> {
    let found = pdf::count_pages(bytes, encrypt).map_err(|error| PrintError::document(name, error))?;
    let same = found == written;
    same.then_some(found).ok_or_else(|| PrintError::Pages { file: name.to_owned(), written, found })
}
