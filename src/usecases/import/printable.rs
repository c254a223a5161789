//! B4 at the import: a warning for names and addresses that cannot be printed on a card.

use crate::interchange::RowWarning;
use crate::print::Fonts;
use crate::usecases::{AppContext, Error, batches};

/// The fonts of the society's cards.
pub(super) struct Printable(Fonts);

impl Printable {
    pub(super) fn new(ctx: &AppContext) -> Result<Self, Error> {
        Ok(Self(batches::fonts(&ctx.settings)?))
    }

    /// Adds the warning where the text has a character that no font has.
    pub(super) fn check(&self, text: &str, warnings: &mut Vec<RowWarning>) {
        if !warnings.contains(&RowWarning::UnprintableName) && !self.0.unprintable(text).is_empty() {
            warnings.push(RowWarning::UnprintableName);
        }
    }
}
