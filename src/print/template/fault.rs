//! What can be wrong with a template, and where.

/// One fault, by line.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateFault {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: TemplateProblem,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq)]
pub enum TemplateProblem {
    /// Not TOML.
    Syntax(String),
    /// A key that nobody reads; a typing error, most likely.
    UnknownKey(String),
    /// A key that must be there.
    Missing(&'static str),
    /// Another type of value was expected.
    Type {
        /// The key.
        key: String,
        /// What it should be: `number`, `text`, `table`, `list of 4 numbers`.
        expected: &'static str,
    },
    /// A number that is too small or too large.
    Range {
        /// The key.
        key: &'static str,
        /// The least allowed.
        least: f32,
        /// The most allowed.
        most: f32,
    },
    /// A word that is not one of those allowed.
    Choice {
        /// The key.
        key: &'static str,
        /// What was found.
        found: String,
        /// What is allowed.
        allowed: String,
    },
    /// `{…}` with a name that does not exist.
    UnknownSlot(String),
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
    /// A field that shows nothing, or two things.
    NoContent(String),
    /// `size = [smallest, largest]` the wrong way round.
    Sizes,
    /// The barcode needs 10 mm to every edge of the panel and room for its bars and quiet zones.
    BarcodeRoom {
        /// The field.
        field: String,
        /// mm across
        width: f32,
        /// mm down
        height: f32,
    },
    /// Two fields of one kind of card that print over each other.
    Overlap(String, String),
    /// Fixed words with a character that no font has.
    Unprintable {
        /// The field.
        field: String,
        /// The character, as a code point: `U+20BB7`.
        character: String,
    },
    /// Fixed words that do not fit their box.
    DoesNotFit(String),
    /// A card needs one password field, on the inside.
    NoPassword,
    /// An outside field that shows the kind of card, the member's key or the login ID.
    TellsTooMuch(String),
}
