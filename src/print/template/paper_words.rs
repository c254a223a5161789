//! 送付状・受領書: the words of the papers in a parcel, which a society writes in its template.

use super::fault::TemplateProblem;
use super::toml_table::{FaultCollector, TomlTable};
use super::{Template, Wording};

/// A text of the papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperPart {
    /// The heading of the letter.
    LetterTitle,
    /// What the letter begins with.
    LetterGreeting,
    /// What the employer is asked to do.
    LetterRequests,
    /// What the employer signs.
    ReceiptStatement,
    /// Above the list of the receipt.
    ReceiptNote,
    /// In its place where the list stands on further pages.
    ReceiptFurther,
}

impl PaperPart {
    /// All of them, in the order of the papers.
    pub const ALL: [Self; 6] = [
        Self::LetterTitle,
        Self::LetterGreeting,
        Self::LetterRequests,
        Self::ReceiptStatement,
        Self::ReceiptNote,
        Self::ReceiptFurther,
    ];

    /// Its table and its key in a template.
    const fn place(self) -> (&'static str, &'static str) {
        match self {
            Self::LetterTitle => ("letter", "title"),
            Self::LetterGreeting => ("letter", "greeting"),
            Self::LetterRequests => ("letter", "requests"),
            Self::ReceiptStatement => ("receipt", "statement"),
            Self::ReceiptNote => ("receipt", "note"),
            Self::ReceiptFurther => ("receipt", "further"),
        }
    }

    /// As faults name it: `letter.title`.
    pub fn name(self) -> String {
        let (table, key) = self.place();
        format!("{table}.{key}")
    }
}

/// A text as a template has it.
#[derive(Debug, Clone)]
pub struct PaperText {
    /// Which one it is.
    pub part: PaperPart,
    /// The line of the file on which it begins; 0 where it is the program's.
    pub line: usize,
    /// Its words; only what is the same for every employer is filled in.
    pub wording: Wording,
}

/// The texts of a template. Those that it leaves out are the ones that come with the program.
pub(super) fn read(root: &mut TomlTable<'_, '_>, collector: &mut FaultCollector<'_>) -> Vec<PaperText> {
    let mut own: Vec<PaperText> = Vec::new();
    for name in ["letter", "receipt"] {
        let Some(mut table) = root.table(collector, name) else { continue };
        let here = PaperPart::ALL.into_iter().filter(|part| part.place().0 == name);
        own.extend(here.filter_map(|part| text(part, &mut table, collector)));
        table.close(collector);
    }
    if own.len() < PaperPart::ALL.len() {
        let shipped = Template::v_fold().map(|template| template.papers).unwrap_or_default();
        let missing = shipped.into_iter().filter(|text| own.iter().all(|known| known.part != text.part));
        let missing: Vec<PaperText> = missing.map(|text| PaperText { line: 0, ..text }).collect();
        own.extend(missing);
    }
    own
}

fn text(part: PaperPart, table: &mut TomlTable<'_, '_>, collector: &mut FaultCollector<'_>) -> Option<PaperText> {
    let (_, key) = part.place();
    let wording = table.wording(collector, key)?;
    let span = table.span_of(key);
    for slot in wording.slots().filter(|slot| !slot.is_fixed()) {
        collector.add(&span, TemplateProblem::PaperSlot(slot));
    }
    Some(PaperText { part, line: collector.line(&span), wording })
}
