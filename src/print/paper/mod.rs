//! A4 papers that go with a batch: cover letters (送付状) and receipts (受領書) for employers (B9); labels, divider slips
//! and carriers' files for their parcels; a job ticket, a summary and a manifest for the society.

mod carrier;
mod context;
mod divider;
mod label;
mod letter;
mod listed;
mod manifest;
mod page_builder;
mod posting;
mod receipt;
mod statistics;
mod summary;
mod table;
mod ticket;
pub(super) mod words;

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
use crate::domain::coded;
use context::PaperContext;
use page_builder::A4;
use std::io;

coded! {
    /// How letters and receipts are filed (`print.letters`).
    #[derive(Default)]
    pub enum LetterFiles {
        /// One file, with a bookmark for each employer.
        #[default]
        Joined = "joined",
        /// A file for each employer.
        ByEmployer = "by_employer",
    }
}

/// Pages that belong together, with their bookmark and the prefix of their labels.
struct Part {
    bookmark: Option<(String, String)>,
    pages: Vec<PageContent>,
}

impl Part {
    fn of(pages: Vec<PageContent>) -> Self {
        Self { bookmark: None, pages }
    }
}

/// The bundles that travel as parcels, not to a one-off address (R3).
fn parcels<'b>(bundles: &'b [CardBundle<'b>]) -> Vec<&'b CardBundle<'b>> {
    bundles.iter().filter(|bundle| bundle.route.employer_code.is_some()).collect()
}

impl CardRenderer {
    /// B9: a cover letter and a receipt for each employer's bundle: `B20261122-001-letters.pdf`, or a file for each:
    /// `B20261122-001-letters-260.pdf`. No file without one.
    pub fn letters(
        &self,
        run: &PrintRun<'_>,
        bundles: &[CardBundle<'_>],
        files: LetterFiles,
        staging: &mut Staging,
    ) -> Result<(), PrintError> {
        let context = self.context(run);
        let parts = parcels(bundles).into_iter().map(|parcel| {
            let mut pages = letter::pages(&context, parcel);
            pages.append(&mut receipt::pages(&context, parcel));
            let code = parcel.route.code();
            Part { bookmark: Some((format!("{code} {}", parcel.route.company), format!("{code}-"))), pages }
        });
        match files {
            LetterFiles::Joined => self.papers(run, "letters", parts, staging),
            LetterFiles::ByEmployer => parts.zip(parcels(bundles)).try_for_each(|(part, parcel)| {
                self.papers(run, &format!("letters-{}", parcel.route.code()), [part], staging)
            }),
        }
    }

    /// B12: address labels and divider slips of the parcels, and the same parcels for carriers' software: `labels`,
    /// `dividers`, `parcels` and `parcels-b2`. `phone` is that of an employer by its code.
    pub fn parcels(
        &self,
        run: &PrintRun<'_>,
        bundles: &[CardBundle<'_>],
        phone: impl Fn(&str) -> String,
        staging: &mut Staging,
    ) -> Result<(), PrintError> {
        let (context, parcels) = (self.context(run), parcels(bundles));
        if parcels.is_empty() {
            return Ok(());
        }
        self.papers(run, "labels", [Part::of(label::pages(&context, &parcels))], staging)?;
        self.papers(run, "dividers", [Part::of(divider::pages(&context, &parcels))], staging)?;
        let addressed = |bundle| carrier::AddressedParcel { bundle, phone: phone(bundle.route.code()) };
        let addressed: Vec<_> = parcels.into_iter().map(addressed).collect();
        csv_file(run, "parcels", carrier::plain(&context, &addressed), staging)?;
        csv_file(run, "parcels-b2", carrier::b2(&context, &addressed), staging)
    }

    /// 差出票: the cards that are posted by themselves: `B20261122-001-posting.pdf`. No file without one.
    pub fn posting(
        &self,
        run: &PrintRun<'_>,
        singles: &[&CardBundle<'_>],
        staging: &mut Staging,
    ) -> Result<(), PrintError> {
        if singles.is_empty() {
            return Ok(());
        }
        let page = posting::page(&self.context(run), singles);
        self.papers(run, "posting", [Part::of(vec![page])], staging)
    }

    /// 作業指示書 for the files of cards that this run has written: `B20261122-001-ticket.pdf`.
    pub fn ticket(&self, run: &PrintRun<'_>, cards: usize, staging: &mut Staging) -> Result<(), PrintError> {
        let page = ticket::page(&self.context(run), &self.layout().template, cards, staging.files());
        self.papers(&PrintRun { passphrase: None, ..run.clone() }, "ticket", [Part::of(vec![page])], staging)
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
        self.papers(run, "summary", [Part::of(pages)], staging)
    }

    /// Who got which serial, without any secret: `B20261122-001-manifest.csv`.
    pub fn manifest(&self, run: &PrintRun<'_>, cards: &[CardContent], staging: &mut Staging) -> Result<(), PrintError> {
        csv_file(run, "manifest", manifest::csv(cards), staging)
    }

    fn context<'a>(&'a self, run: &'a PrintRun<'a>) -> PaperContext<'a> {
        PaperContext { layout: self.layout(), run }
    }

    fn papers(
        &self,
        run: &PrintRun<'_>,
        what: &str,
        parts: impl IntoIterator<Item = Part>,
        staging: &mut Staging,
    ) -> Result<(), PrintError> {
        let mut parts = parts.into_iter().peekable();
        if parts.peek().is_none() {
            return Ok(());
        }
        let name = run.file(what, "pdf");
        let whole = Area { x: 0.0, y: 0.0, width: A4.width, height: A4.height };
        let placement = Placement::new(A4, &whole, Rotation::Upright);
        let mut pdf = Pdf::new(&self.layout().fonts, A4, vec![placement]);
        let failed = |error| PrintError::document(&name, error);
        self.mark(&mut pdf, std::iter::once(whole)).map_err(failed)?;
        for Part { bookmark, pages } in parts {
            if let Some((title, prefix)) = bookmark {
                pdf.begin_part(title, prefix);
            }
            for page in pages {
                pdf.page(None, &page, Shift::NONE).map_err(failed)?;
            }
        }
        document::save(pdf, &name, &self.metadata(run, &name, Duplex::OneSided), run.passphrase, staging)
    }
}

/// Writes a table for other programs.
fn csv_file(
    run: &PrintRun<'_>,
    what: &str,
    table: io::Result<Vec<u8>>,
    staging: &mut Staging,
) -> Result<(), PrintError> {
    let name = run.file(what, "csv");
    let failed = |source| StagingError { path: name.clone().into(), source };
    let table = table.map_err(failed)?;
    staging.write(&name, |out| Ok(out.write_all(&table).map_err(failed)?), |_| Ok(0))
}
