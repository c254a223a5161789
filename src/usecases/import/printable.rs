//! B4, early: a name or address that no card can carry is told when it comes in, not when a card is to be printed.

use crate::interchange::RowWarning;
use crate::print::Fonts;
use crate::usecases::{AppContext, Error, batches};

/// The fonts of the society's cards.
pub(super) struct Printable(Fonts);

impl Printable {
    pub(super) fn new(ctx: &AppContext) -> Result<Self, Error> {
        Ok(Self(batches::fonts(ctx)?))
    }

    /// Adds the warning where the text has a character that no font has.
    pub(super) fn check(&self, text: &str, warnings: &mut Vec<RowWarning>) {
        if !warnings.contains(&RowWarning::UnprintableName) && !self.0.unprintable(text).is_empty() {
            warnings.push(RowWarning::UnprintableName);
        }
    }
}
