//! Why a PDF could not be made.

use super::pdf_font::SubsetError;
use std::io;

/// Why a document could not be made.
#[derive(Debug, thiserror::Error)]
pub(super) enum PdfError {
    #[error(transparent)]
    Subset(#[from] SubsetError),
    /// A warning of printpdf: what it warns of would not print.
    #[error("printpdf: {0}")]
    Set(String),
    #[error(transparent)]
    Finish(#[from] lopdf::Error),
    #[error("encryption: {0}")]
    Random(#[from] getrandom::Error),
    #[error("encryption: {0}")]
    Encrypt(#[source] lopdf::Error),
    #[error(transparent)]
    Write(#[from] io::Error),
}
