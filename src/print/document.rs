//! A finished document into the staging folder, its pages counted after it was read back.

use super::pdf::{self, Pdf};
use super::pdf_error::PdfError;
use super::pdf_metadata::Metadata;
use super::preflight::PreflightFault;
use super::staging::{Staging, StagingError};
use crate::secrets::Passphrase;
use std::io::Write;

/// Why nothing was printed. No file is left behind.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// The progress callback cancelled the run.
    #[error("cancelled")]
    Cancelled,
    /// A card that fails preflight.
    #[error("card {serial} cannot be printed")]
    Card {
        /// The serial of the card.
        serial: String,
        /// Every fault that preflight found.
        faults: Vec<PreflightFault>,
    },
    /// A file could not be written.
    #[error(transparent)]
    File(#[from] StagingError),
    /// A document could not be made.
    #[error("{file}: {source}")]
    Document {
        /// The file's name.
        file: String,
        /// What the PDF library could not do.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The reopened file has another number of pages than were written.
    #[error("{file}: {written} pages were written, {found} are in the file")]
    Pages {
        /// The file's name.
        file: String,
        /// Pages that were written.
        written: usize,
        /// Pages in the reopened file.
        found: usize,
    },
}

impl PrintError {
    pub(super) fn document(file: &str, error: PdfError) -> Self {
        match error {
            PdfError::Write(source) => StagingError { path: file.into(), source }.into(),
            error => Self::Document { file: file.to_owned(), source: error.into() },
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
