//! A4 papers that go with a batch: cover letters (送付状) and receipts (受領書) for employers (B9), a summary and a
//! manifest for the society.

mod letter;
mod manifest;
mod receipt;
mod sheet;
mod summary;

use super::date::DateStyle;
use super::document::{self, PrintError};
use super::font::Fonts;
use super::geometry::{Area, Size, Turn};
use super::order::Bundle;
use super::page::Page;
use super::pdf::{Duplex, Pdf};
use super::pdf_content::Placement;
use super::renderer::{CardRenderer, Run};
use super::staging::Staging;
use super::template::Calibration;
use super::{Card, Sender};

/// A4
const A4: Size = Size { width: 210.0, height: 297.0 };

/// What the papers of a run have in common.
struct Desk<'a> {
    fonts: &'a Fonts,
    sender: &'a Sender,
    dates: DateStyle,
    run: &'a Run<'a>,
}

impl CardRenderer {
    /// B9: a cover letter and a receipt for each employer's bundle: `B20261122-001-letters.pdf`. No file without one.
    pub fn letters(&self, run: &Run<'_>, bundles: &[Bundle<'_>], staging: &mut Staging) -> Result<(), PrintError> {
        let desk = self.desk(run);
        let parcels: Vec<_> = bundles.iter().filter(|bundle| bundle.route.employer_code.is_some()).collect();
        if parcels.is_empty() {
            return Ok(());
        }
        let pages = parcels.into_iter().flat_map(|bundle| {
            let mut pages = letter::pages(&desk, bundle);
            pages.push(receipt::page(&desk, bundle));
            pages
        });
        self.papers(run, "letters", pages, staging)
    }

    /// Employers, counts and the files written so far: `B20261122-001-summary.pdf`.
    pub fn summary(&self, run: &Run<'_>, bundles: &[Bundle<'_>], staging: &mut Staging) -> Result<(), PrintError> {
        let pages = summary::pages(&self.desk(run), bundles, staging.files());
        self.papers(run, "summary", pages, staging)
    }

    /// Who got which serial, without any secret: `B20261122-001-manifest.csv`.
    pub fn manifest(&self, run: &Run<'_>, cards: &[Card], staging: &mut Staging) -> Result<(), PrintError> {
        let name = format!("{}-manifest.csv", run.batch);
        let failed = |source| super::FileError { path: name.clone().into(), source };
        let text = manifest::csv(cards).map_err(failed)?;
        staging.write(&name, |out| Ok(out.write_all(&text).map_err(failed)?), |_| Ok(0))
    }

    fn desk<'a>(&'a self, run: &'a Run<'a>) -> Desk<'a> {
        let layout = self.layout();
        Desk { fonts: &layout.fonts, sender: &layout.sender, dates: layout.dates, run }
    }

    fn papers(
        &self,
        run: &Run<'_>,
        what: &str,
        pages: impl IntoIterator<Item = Page>,
        staging: &mut Staging,
    ) -> Result<(), PrintError> {
        let name = format!("{}-{what}.pdf", run.batch);
        let whole = Area { x: 0.0, y: 0.0, width: A4.width, height: A4.height };
        let placement = Placement::new(A4, &whole, Turn::Upright);
        let mut pdf = Pdf::new(&self.layout().fonts, A4, vec![placement], Calibration::NONE);
        for page in pages {
            pdf.page(None, &page).map_err(|error| PrintError::document(&name, error))?;
        }
        document::save(pdf, &name, &self.metadata(run, &name, Duplex::OneSided), run.passphrase, staging)
    }
}
