//! What the papers of a run have in common.

use crate::print::layout::Layout;
use crate::print::renderer::PrintRun;

/// Fonts, sender, style of dates and the words of the template, and the run, which every paper shows.
pub(super) struct PaperContext<'a> {
    pub(super) layout: &'a Layout,
    pub(super) run: &'a PrintRun<'a>,
}
