//! 様式: the society's own templates, checked and aligned where they are written. No database is needed.

use super::{Error, Refusal};
use crate::files::{Existing, OutputFile, Protected};
use crate::print::{self, Calibration, CardRenderer, Fonts, Sender, Template, TemplateFault};
use chrono::NaiveDate;
use std::path::Path;

/// Why nothing came of a template.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// What is wrong with it, line by line.
    #[error("{} faults in the template", .0.len())]
    Faults(Vec<TemplateFault>),
    /// A file that cannot be read or written.
    #[error(transparent)]
    Failed(#[from] Error),
}

/// Reads a template and sets its own words once with a sample sender: do they fit, can they be printed?
pub fn check(file: &Path) -> Result<(), TemplateError> {
    CardRenderer::open(read(file)?, fonts()?, sample()).map_err(TemplateError::Faults)?;
    Ok(())
}

/// Writes the alignment page of a template: rulers, folds and frames.
pub fn alignment(
    file: &Path,
    day: NaiveDate,
    out: &Path,
    existing: Existing,
    protected: Protected,
) -> Result<(), TemplateError> {
    let template = read(file)?;
    let name = out.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut page = OutputFile::create(out, existing, protected.and(file)).map_err(Error::from)?;
    print::alignment(&template, &fonts()?, Calibration::NONE, day, &name, &mut page).map_err(Error::Print)?;
    page.finish().map_err(Error::from)?;
    Ok(())
}

fn read(file: &Path) -> Result<Template, TemplateError> {
    let unreadable = |e: std::io::Error| Refusal::File { path: file.to_owned(), why: e.to_string() };
    let text = std::fs::read_to_string(file).map_err(|e| Error::from(unreadable(e)))?;
    Template::parse(&text).map_err(TemplateError::Faults)
}

fn fonts() -> Result<Fonts, Error> {
    Fonts::embedded().map_err(Error::Fonts)
}

fn sample() -> Sender {
    Sender {
        name: "○○○○○○○○健康保険組合".to_owned(),
        postcode: "1110051".to_owned(),
        address: "東京都○○区○○一丁目1番1号".to_owned(),
        phone: "03-0000-0000".to_owned(),
        insurer_number: "06139497".to_owned(),
    }
}
