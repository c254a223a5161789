//! A4 papers that go with a batch: cover letters (送付状) and receipts (受領書) for employers (B9), a summary and a
//! manifest for the society.

mod context;
mod letter;
mod manifest;
mod page_builder;
mod receipt;
mod statistics;
mod summary;
mod table;

pub use statistics::{StatsChart, StatsPaper, StatsRow, statistics};

use super::CardContent;
use super::bundle::CardBundle;
use super::document::{self, PrintError};
use super::geometry::{Area, Rotation};
use super::page::PageContent;
use super::pdf::Pdf;
use super::pdf_content::Placement;
use super::pdf_metadata::Duplex;
use super::renderer::{CardRenderer, PrintRun};
use super::staging::{Staging, StagingError, WrittenFile};
use super::template::Shift;
use context::PaperContext;
use page_builder::A4;

impl CardRenderer {
    /// B9: a cover letter and a receipt for each employer's bundle: `B20261122-001-letters.pdf`. No file without one.
    pub fn letters(
        &self,
        run: &PrintRun<'_>,
        bundles: &[CardBundle<'_>],
        staging: &mut Staging,
    ) -> Result<(), PrintError> {
        let context = self.context(run);
        let parcels: Vec<_> = bundles.iter().filter(|bundle| bundle.route.employer_code.is_some()).collect();
        if parcels.is_empty() {
            return Ok(());
        }
        let pages = parcels.into_iter().flat_map(|bundle| {
            let mut pages = letter::pages(&context, bundle);
            pages.push(receipt::page(&context, bundle));
            pages
        });
        self.papers(run, "letters", pages, staging)
    }

    /// Employers, counts, and the files written earlier and in this run: `B20261122-001-summary.pdf`.
    pub fn summary(
        &self,
        run: &PrintRun<'_>,
        bundles: &[CardBundle<'_>],
        earlier: &[WrittenFile],
        staging: &mut Staging,
    ) -> Result<(), PrintError> {
        let files: Vec<WrittenFile> = earlier.iter().chain(staging.files()).cloned().collect();
        let pages = summary::pages(&self.context(run), bundles, &files);
        self.papers(run, "summary", pages, staging)
    }

    /// Who got which serial, without any secret: `B20261122-001-manifest.csv`.
    pub fn manifest(&self, run: &PrintRun<'_>, cards: &[CardContent], staging: &mut Staging) -> Result<(), PrintError> {
        let name = run.file("manifest", "csv");
        let failed = |source| StagingError { path: name.clone().into(), source };
        let text = manifest::csv(cards).map_err(failed)?;
        staging.write(&name, |out| Ok(out.write_all(&text).map_err(failed)?), |_| Ok(0))
    }

    fn context<'a>(&'a self, run: &'a PrintRun<'a>) -> PaperContext<'a> {
        let layout = self.layout();
        PaperContext { fonts: &layout.fonts, sender: &layout.sender, dates: layout.dates, run }
    }

    fn papers(
        &self,
        run: &PrintRun<'_>,
        what: &str,
        pages: impl IntoIterator<Item = PageContent>,
        staging: &mut Staging,
    ) -> Result<(), PrintError> {
        let name = run.file(what, "pdf");
        let whole = Area { x: 0.0, y: 0.0, width: A4.width, height: A4.height };
        let placement = Placement::new(A4, &whole, Rotation::Upright);
        let mut pdf = Pdf::new(&self.layout().fonts, A4, vec![placement]);
        let failed = |error| PrintError::document(&name, error);
        self.mark(&mut pdf, std::iter::once(whole)).map_err(failed)?;
        for page in pages {
            pdf.page(None, &page, Shift::NONE).map_err(failed)?;
        }
        document::save(pdf, &name, &self.metadata(run, &name, Duplex::OneSided), run.passphrase, staging)
    }
}
