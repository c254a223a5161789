//! The card renderer: opened with a template, fonts and a sender, it checks cards and prints batches.

use super::barcode::RouteCheck;
use super::card::{CardContent, Secret, Sender};
use super::date::DateStyle;
use super::document::{self, PrintError};
use super::font::Fonts;
use super::geometry::Area;
use super::layout::Layout;
use super::page::PageContent;
use super::paper::words;
use super::pdf::{Pdf, SharedForm};
use super::pdf_content::Placement;
use super::pdf_error::PdfError;
use super::pdf_metadata::{Duplex, Metadata};
use super::preflight::{PreflightFault, PreflightNote};
use super::staging::Staging;
use super::template::{Calibration, Side, Template, TemplateFault};
use crate::domain::CardKind;
use crate::secrets::{Passphrase, PasswordPolicy};
use chrono::NaiveDate;
use std::io::Write;
use std::ops::ControlFlow;
use zeroize::Zeroize;

/// What is the same for all cards of a batch.
#[derive(Debug, Clone)]
pub struct CardRenderer {
    layout: Layout,
    calibration: Calibration,
    password_length: usize,
    pages: Pages,
    /// The common content of each kind of card, by side.
    fixed: Vec<(CardKind, Vec<PageContent>)>,
}

/// What the pages are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pages {
    /// To be sent.
    Real,
    /// B2: to be looked at, with 見本 across each.
    Sample,
}

/// One print run: a batch or its preview.
#[derive(Debug, Clone)]
pub struct PrintRun<'a> {
    /// The batch number, with which file names begin: `B20261122-001`.
    pub batch: &'a str,
    /// V5: the planned dispatch date, also the date of the documents.
    pub date: NaiveDate,
    /// The most cards in one file (`export.cards_per_file`).
    pub cards_per_file: usize,
    /// S4: encrypts the files.
    pub passphrase: Option<&'a Passphrase>,
    /// B12: the edition of the papers, in their names and at the foot of their pages; none before the printing.
    pub edition: Option<i64>,
    /// B11: the fingerprint of the approval, on the batch record; none in previews, and where an older version approved.
    pub fingerprint: Option<&'a str>,
}

impl PrintRun<'_> {
    /// `B20261122-001-letters-2.pdf`
    pub(super) fn file(&self, what: &str, extension: &str) -> String {
        let edition = self.edition.map(|edition| format!("-{edition}")).unwrap_or_default();
        format!("{}-{what}{edition}.{extension}", self.batch)
    }

    /// At the foot of a page: `B20261122-001　第2版`
    pub(super) fn shown(&self) -> String {
        let edition = self.edition.map(|edition| format!("　第{edition}版")).unwrap_or_default();
        format!("{}{edition}", self.batch)
    }
}

/// Whether a file is a job ticket (作業指示書): signed in the print room, it stays when later papers take the place of
/// others.
pub fn is_ticket(file: &str) -> bool {
    file.ends_with("-ticket.pdf")
}

/// The progress of a print run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrintProgress {
    /// Cards written so far.
    pub cards: usize,
    /// Files finished so far.
    pub files: usize,
}

impl CardRenderer {
    /// Lays out what all cards have in common. A template whose fixed texts cannot be printed or do not fit is refused.
    pub fn open(template: Template, fonts: Fonts, sender: Sender) -> Result<Self, Vec<TemplateFault>> {
        let (dates, routes) = (DateStyle::Wareki, RouteCheck::default());
        let layout = Layout { template, fonts, sender, dates, routes };
        let mut faults = Vec::new();
        let mut fixed = Vec::new();
        for kind in CardKind::ALL {
            let pages = Side::ALL.iter().map(|side| {
                layout.fixed(*kind, *side).unwrap_or_else(|found| {
                    faults.extend(found);
                    PageContent::default()
                })
            });
            fixed.push((*kind, pages.collect()));
        }
        faults.extend(words::faults(&layout));
        faults.sort_by_key(|fault| fault.line);
        faults.dedup();
        if faults.is_empty() {
            let (calibration, password_length) = (Calibration::NONE, PasswordPolicy::LENGTH);
            Ok(Self { layout, calibration, password_length, pages: Pages::Real, fixed })
        } else {
            Err(faults)
        }
    }

    /// With dates in another style (R4).
    pub fn dated(mut self, dates: DateStyle) -> Self {
        self.layout.dates = dates;
        self
    }

    /// With the corrections for a printer.
    pub fn calibrated(self, calibration: Calibration) -> Self {
        Self { calibration, ..self }
    }

    /// B2: with 見本 across every page.
    pub fn as_sample(self) -> Self {
        Self { pages: Pages::Sample, ..self }
    }

    /// For passwords of another length (S1), so that preflight knows whether they fit.
    pub fn for_passwords_of(self, password_length: usize) -> Self {
        Self { password_length, ..self }
    }

    /// B4: every reason to hold the card, or else the notes on it.
    pub fn preflight(&self, card: &CardContent) -> Result<Vec<PreflightNote>, Vec<PreflightFault>> {
        self.layout.preflight(card, self.password_length)
    }

    /// Writes two pages for each card, in the given order, to `staging` in files of `cards_per_file`:
    /// `B20261122-001-01.pdf`, … `watch` is called after each card and may cancel the run.
    pub fn cards(
        &self,
        run: &PrintRun<'_>,
        cards: impl IntoIterator<Item = (CardContent, Secret)>,
        staging: &mut Staging,
        watch: &mut dyn FnMut(PrintProgress) -> ControlFlow<()>,
    ) -> Result<(), PrintError> {
        let mut cards = cards.into_iter().peekable();
        let mut progress = PrintProgress { cards: 0, files: 0 };
        while cards.peek().is_some() {
            let name = format!("{}-{:02}.pdf", run.batch, progress.files + 1);
            let mut pdf = self.document();
            let failed = |error| PrintError::document(&name, error);
            let forms = self.forms(&mut pdf).map_err(failed)?;
            let Template { panels, .. } = &self.layout.template;
            self.mark(&mut pdf, panels.iter().map(|panel| panel.area)).map_err(failed)?;
            for (card, secret) in cards.by_ref().take(run.cards_per_file.max(1)) {
                self.card(&name, &mut pdf, &forms, &card, &secret)?;
                progress.cards += 1;
                if watch(progress).is_break() {
                    return Err(PrintError::Cancelled);
                }
            }
            document::save(pdf, &name, &self.metadata(run, &name, Duplex::LongEdge), run.passphrase, staging)?;
            progress.files += 1;
        }
        Ok(())
    }

    /// Writes masked cards into a file that stands by itself; how many pages. Title and errors call it `name`.
    pub fn sample(
        &self,
        cards: &[CardContent],
        date: NaiveDate,
        name: &str,
        out: &mut impl Write,
    ) -> Result<usize, PrintError> {
        let mut pdf = self.document();
        let failed = |error| PrintError::document(name, error);
        let forms = self.forms(&mut pdf).map_err(failed)?;
        self.mark(&mut pdf, self.layout.template.panels.iter().map(|panel| panel.area)).map_err(failed)?;
        for card in cards {
            self.card(name, &mut pdf, &forms, card, &Secret::Masked { length: self.password_length })?;
        }
        let run = PrintRun {
            batch: name,
            date,
            cards_per_file: cards.len(),
            passphrase: None,
            edition: None,
            fingerprint: None,
        };
        document::save_to(out, pdf, name, &self.metadata(&run, name, Duplex::LongEdge))
    }

    pub(super) fn metadata(&self, run: &PrintRun<'_>, file: &str, duplex: Duplex) -> Metadata {
        Metadata { title: file.to_owned(), author: self.layout.sender.name.clone(), date: run.date, duplex }
    }

    pub(super) fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Marks the pages of a sample; those of the real thing stay as they are.
    pub(super) fn mark(&self, pdf: &mut Pdf<'_>, areas: impl Iterator<Item = Area>) -> Result<(), PdfError> {
        match self.pages {
            Pages::Real => Ok(()),
            Pages::Sample => {
                let mut different: Vec<Area> = Vec::new();
                for area in areas {
                    if !different.contains(&area) {
                        different.push(area);
                    }
                }
                pdf.mark_as_sample(&different)
            }
        }
    }

    fn document(&self) -> Pdf<'_> {
        let Template { sheet, panels, .. } = &self.layout.template;
        let panels = panels.iter().map(|panel| Placement::new(*sheet, &panel.area, panel.turn)).collect();
        Pdf::new(&self.layout.fonts, *sheet, panels)
    }

    fn forms(&self, pdf: &mut Pdf<'_>) -> Result<Vec<(CardKind, Vec<SharedForm>)>, PdfError> {
        let mut forms = |pages: &[PageContent]| pages.iter().map(|page| pdf.form(page)).collect::<Result<_, _>>();
        self.fixed.iter().map(|(kind, pages)| Ok((*kind, forms(pages)?))).collect()
    }

    /// The two pages of one card.
    fn card(
        &self,
        file: &str,
        pdf: &mut Pdf<'_>,
        forms: &[(CardKind, Vec<SharedForm>)],
        card: &CardContent,
        secret: &Secret,
    ) -> Result<(), PrintError> {
        let forms = forms.iter().find(|(kind, _)| *kind == card.kind).map_or(&[][..], |(_, forms)| forms);
        for (at, side) in Side::ALL.iter().enumerate() {
            let page = self.layout.variable(card, secret, *side);
            let mut page = page.map_err(|faults| PrintError::Card { serial: card.serial.clone(), faults })?;
            let set = pdf.page(forms.get(at).copied(), &page, self.calibration.of(*side));
            page.zeroize();
            set.map_err(|error| PrintError::document(file, error))?;
        }
        Ok(())
    }
}
