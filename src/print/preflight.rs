//! B4: what preflight finds: reasons to hold a card, and notes.

use super::font::Unprintable;
use super::slot::TemplateSlot;
use std::fmt;

/// A reason to hold a card. The words for it are in `labels`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PreflightFault {
    /// R2: a required value is empty.
    Missing(TemplateSlot),
    /// A character that cannot be printed.
    Unprintable {
        /// Where it occurs.
        slot: TemplateSlot,
        /// The character and what is wrong with it.
        character: Unprintable,
    },
    /// Too long even at the smallest size.
    DoesNotFit {
        /// The field's name in the template.
        field: String,
    },
}

/// A remark that is no reason to hold the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreflightNote {
    /// No usable postcode, so no カスタマバーコード.
    NoBarcode,
    /// Postcode and address name different places.
    PostcodeMismatch,
}

/// Code points: `U+20BB7`, `U+845B U+E0101`.
impl fmt::Display for Unprintable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Replacement(c) | Self::PrivateUse(c) | Self::Control(c) | Self::NoGlyph(c, None) => {
                write!(f, "U+{:04X}", u32::from(c))
            }
            Self::NoGlyph(c, Some(selector)) => write!(f, "U+{:04X} U+{:04X}", u32::from(c), u32::from(selector)),
        }
    }
}
