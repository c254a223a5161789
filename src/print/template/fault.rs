//! Faults of a template, with their lines.

use crate::print::slot::TemplateSlot;

/// One fault, by line.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateFault {
    /// Line of the template, from 1.
    pub line: usize,
    /// The problem found there.
    pub problem: TemplateProblem,
}

/// A problem in a template.
#[derive(Debug, Clone, PartialEq)]
pub enum TemplateProblem {
    /// The file is not valid TOML.
    Syntax(String),
    /// An unknown key, probably a typing error.
    UnknownKey(String),
    /// A required key is missing.
    Missing(&'static str),
    /// Another type of value was expected.
    Type {
        /// The key in the template.
        key: String,
        /// What it should be: `number`, `text`, `table`, `list of 4 numbers`.
        expected: &'static str,
    },
    /// A number that is too small or too large.
    Range {
        /// The key in the template.
        key: &'static str,
        /// The least allowed.
        least: f32,
        /// The most allowed.
        most: f32,
    },
    /// A value that is not one of those allowed.
    Choice {
        /// The key in the template.
        key: &'static str,
        /// What was found.
        found: String,
        /// What is allowed.
        allowed: String,
    },
    /// `{…}` with a name that does not exist.
    UnknownSlot(String),
    /// On letters and receipts, a slot that differs from card to card.
    PaperSlot(TemplateSlot),
    /// A `{` without its `}`, or the other way round.
    Brace,
    /// A field on a panel that does not exist.
    UnknownPanel(String),
    /// Two panels or two fields of one name.
    Duplicate(String),
    /// A panel that leaves the sheet.
    OffSheet(String),
    /// A field that leaves its panel.
    OffPanel(String),
    /// A fold that leaves the sheet.
    FoldOffSheet,
    /// A fold through the middle of a panel.
    FoldThrough(String),
    /// No field outside shows the address, or the addressee.
    NoAddressee(TemplateSlot),
    /// A printer's corrections push a field off the sheet, where it is cut off.
    CutOff {
        /// The name of the printer.
        printer: String,
        /// The name of the field.
        field: String,
    },
    /// Nothing hides the password on the sealed card.
    Unconcealed(String),
    /// The postage mark is 20 to 30 mm wide and high, within 70×35 mm of the upper right corner of an outer panel.
    PostagePlace(String),
    /// A two-dimensional code that is too small to be read.
    CodeRoom(String),
    /// The leaf with the address weighs less than 2 g, or the whole card more than 6 g.
    PaperWeight {
        /// The least weight of the paper for these sizes, g/m².
        least: f32,
        /// Largest value that is allowed.
        most: f32,
    },
    /// A field that shows nothing, or two things.
    NoContent(String),
    /// `size = [smallest, largest]` in the wrong order.
    Sizes,
    /// The barcode needs 10 mm to every edge of the panel and space for its bars and quiet zones.
    BarcodeRoom {
        /// The name of the field.
        field: String,
        /// Width needed, mm.
        width: f32,
        /// Height needed, mm.
        height: f32,
    },
    /// Two fields of one kind of card that print over each other.
    Overlap(String, String),
    /// A fixed text with a character that no font has.
    Unprintable {
        /// The name of the field.
        field: String,
        /// The character, as a code point: `U+20BB7`.
        character: String,
    },
    /// A fixed text that does not fit its box.
    DoesNotFit(String),
    /// A card needs one password field, on the inside.
    NoPassword,
    /// A field on the outside that reveals the kind of card, the member's key or the login ID.
    TellsTooMuch(String),
}
