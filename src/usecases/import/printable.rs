//! B4, early: a name that no card can carry is told when it comes in, not when a card is to be printed.

use crate::interchange::RowWarning;
use crate::print::Fonts;
use crate::usecases::{Error, Office, batches};

/// The fonts of the society's cards.
pub(super) struct Printable(Fonts);

impl Printable {
    pub(super) fn new(office: &Office) -> Result<Self, Error> {
        Ok(Self(batches::fonts(office)?))
    }

    /// Adds the warning where the name has a character that no font has.
    pub(super) fn check(&self, name: &str, warnings: &mut Vec<RowWarning>) {
        if !warnings.contains(&RowWarning::UnprintableName) && !self.0.unprintable(name).is_empty() {
            warnings.push(RowWarning::UnprintableName);
        }
    }
}
