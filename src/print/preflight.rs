//! B4: why a card is held, and what is worth knowing about one that is not.

use super::font::Unprintable;
use super::slot::Slot;
use std::fmt;

/// A reason to hold a card. The words for it are in `labels`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// R2: something that must be there is empty.
    Missing(Slot),
    /// A character that cannot be printed.
    Unprintable {
        /// Where it stands.
        slot: Slot,
        /// The character.
        character: Unprintable,
    },
    /// Too long even at the smallest size.
    DoesNotFit {
        /// The field's name in the template.
        field: String,
    },
}

/// Worth knowing, but no reason to hold the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// No usable postcode, so no カスタマバーコード.
    NoBarcode,
}

/// Code points: `U+20BB7`, `U+845B U+E0101`.
impl fmt::Display for Unprintable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Replacement => f.write_str("U+FFFD"),
            Self::PrivateUse(c) | Self::Control(c) | Self::NoGlyph(c, None) => write!(f, "U+{:04X}", u32::from(c)),
            Self::NoGlyph(c, Some(selector)) => write!(f, "U+{:04X} U+{:04X}", u32::from(c), u32::from(selector)),
        }
    }
}
