//! The press: opened once with a template, fonts and a sender; then it checks cards and prints batches.

use super::card::{Card, Secret, Sender};
use super::fault::{Fault, Note};
use super::font::Fonts;
use super::layout::Layout;
use super::page::Page;
use super::pdf::{self, Form, Metadata, Pdf, PdfError};
use super::pdf_content::Placement;
use super::staging::{FileError, Staging};
use super::template::{Calibration, Side, Template, TemplateFault};
use crate::domain::CardKind;
use crate::secrets::{Passphrase, PasswordPolicy};
use chrono::NaiveDate;
use std::ops::ControlFlow;
use zeroize::Zeroize;

/// Everything that is the same for all cards.
#[derive(Debug, Clone)]
pub struct Press {
    layout: Layout,
    calibration: Calibration,
    /// By kind, then side.
    fixed: Vec<(CardKind, Vec<Page>)>,
}

/// One print run: a batch, or a preview of it.
#[derive(Debug, Clone)]
pub struct Run<'a> {
    /// Begins the names of its files: `B20261122-001`.
    pub batch: &'a str,
    /// V5: the planned dispatch date, also the date of the documents.
    pub date: NaiveDate,
    /// `export.cards_per_file`
    pub cards_per_file: usize,
    /// S4: encrypts the files.
    pub passphrase: Option<&'a Passphrase>,
}

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Cards set so far.
    pub cards: usize,
    /// Files finished so far.
    pub files: usize,
}

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

impl Press {
    /// Sets what all cards have in common. A template whose own words cannot be printed or do not fit is refused.
    pub fn open(template: Template, fonts: Fonts, sender: Sender) -> Result<Self, Vec<TemplateFault>> {
        let layout = Layout { template, fonts, sender };
        let mut faults = Vec::new();
        let mut fixed = Vec::new();
        for kind in CardKind::ALL {
            let pages = Side::ALL.iter().map(|side| {
                layout.fixed(*kind, *side).unwrap_or_else(|found| {
                    faults.extend(found);
                    Page::default()
                })
            });
            fixed.push((*kind, pages.collect()));
        }
        faults.sort_by_key(|fault| fault.line);
        faults.dedup();
        if faults.is_empty() { Ok(Self { layout, calibration: Calibration::NONE, fixed }) } else { Err(faults) }
    }

    /// The same, corrected for a printer.
    pub fn calibrated(self, calibration: Calibration) -> Self {
        Self { calibration, ..self }
    }

    /// B4: every reason to hold the card, or else notes on it. Passwords have the default length.
    pub fn preflight(&self, card: &Card) -> Result<Vec<Note>, Vec<Fault>> {
        self.layout.preflight(card, PasswordPolicy::LENGTH)
    }

    /// Sets cards two pages each, in the order they come, and writes them to `staging` in files of
    /// `cards_per_file`: `B20261122-001-01.pdf`, … Between cards `watch` may break it off.
    pub fn cards(
        &self,
        run: &Run<'_>,
        cards: impl IntoIterator<Item = (Card, Secret)>,
        staging: &mut Staging,
        watch: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<(), PrintError> {
        let mut cards = cards.into_iter().peekable();
        let mut progress = Progress { cards: 0, files: 0 };
        while cards.peek().is_some() {
            let name = format!("{}-{:02}.pdf", run.batch, progress.files + 1);
            let mut pdf = self.document();
            let forms = self.forms(&mut pdf).map_err(|error| unmade(&name, &error))?;
            let mut pages = 0;
            for (card, secret) in cards.by_ref().take(run.cards_per_file.max(1)) {
                pages += self.card(&name, &mut pdf, &forms, &card, &secret)?;
                progress.cards += 1;
                if watch(progress).is_break() {
                    return Err(PrintError::Cancelled);
                }
            }
            self.file(run, &name, pages, pdf, staging)?;
            progress.files += 1;
        }
        Ok(())
    }

    fn document(&self) -> Pdf<'_> {
        let Template { sheet, panels, .. } = &self.layout.template;
        let panels = panels.iter().map(|panel| Placement::new(*sheet, &panel.area, panel.turn)).collect();
        Pdf::new(&self.layout.fonts, *sheet, panels, self.calibration)
    }

    fn forms(&self, pdf: &mut Pdf<'_>) -> Result<Vec<(CardKind, Vec<Form>)>, PdfError> {
        let mut forms = |pages: &[Page]| pages.iter().map(|page| pdf.form(page)).collect::<Result<_, _>>();
        self.fixed.iter().map(|(kind, pages)| Ok((*kind, forms(pages)?))).collect()
    }

    /// The two pages of one card.
    fn card(
        &self,
        file: &str,
        pdf: &mut Pdf<'_>,
        forms: &[(CardKind, Vec<Form>)],
        card: &Card,
        secret: &Secret,
    ) -> Result<usize, PrintError> {
        let forms = forms.iter().find(|(kind, _)| *kind == card.kind).map_or(&[][..], |(_, forms)| forms);
        for (at, side) in Side::ALL.iter().enumerate() {
            let page = self.layout.own(card, secret, *side);
            let mut page = page.map_err(|faults| PrintError::Card { serial: card.serial.clone(), faults })?;
            let set = pdf.page(forms.get(at).copied(), &page);
            page.zeroize();
            set.map_err(|error| unmade(file, &error))?;
        }
        Ok(Side::ALL.len())
    }

    fn file(
        &self,
        run: &Run<'_>,
        name: &str,
        pages: usize,
        pdf: Pdf<'_>,
        staging: &mut Staging,
    ) -> Result<(), PrintError> {
        let metadata = Metadata { title: name.to_owned(), author: self.layout.sender.name.clone(), date: run.date };
        let failed = |error: PdfError| unmade(name, &error);
        staging.write(
            name,
            |mut out| pdf.write(&metadata, run.passphrase, &mut out).map_err(failed),
            |bytes| {
                let found = pdf::count_pages(bytes, run.passphrase).map_err(failed)?;
                let same = found == pages;
                same.then_some(found).ok_or_else(|| PrintError::Pages { file: name.to_owned(), written: pages, found })
            },
        )
    }
}

fn unmade(file: &str, error: &PdfError) -> PrintError {
    PrintError::Document { file: file.to_owned(), reason: error.to_string() }
}
