//! What the papers of a run have in common.

use crate::print::card::Sender;
use crate::print::date::DateStyle;
use crate::print::font::Fonts;
use crate::print::layout::Layout;
use crate::print::renderer::PrintRun;

/// Fonts, sender and run, which every paper shows.
pub(super) struct PaperContext<'a> {
    /// With the words of the template.
    pub(super) layout: &'a Layout,
    pub(super) fonts: &'a Fonts,
    pub(super) sender: &'a Sender,
    pub(super) dates: DateStyle,
    pub(super) run: &'a PrintRun<'a>,
}
