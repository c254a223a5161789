//! What there is to know about a command, whatever screen it is on.

use crate::domain::request::RequestStep;
use crate::domain::{BatchStep, Permission};
use crate::labels::Lang;
use crate::tui::keys::Key;

/// One command. Footer, help, palette, refusals and the manual's tables are made from it.
#[derive(Debug)]
pub(crate) struct CommandRow {
    /// The first is the one that is shown.
    pub(crate) keys: &'static [Key],
    pub(crate) foot: Foot,
    /// What the role must be allowed; none for looking and moving.
    pub(crate) needs: Option<Permission>,
    pub(crate) when: When,
    /// For the footer and the tabs: Japanese, English.
    pub(super) short: [&'static str; 2],
    /// For help and palette: Japanese, English.
    pub(super) long: [&'static str; 2],
    /// The long Japanese name in kana, and other words for it behind a blank.
    pub(crate) reading: &'static str,
}

impl CommandRow {
    /// The name in the footer.
    pub(crate) const fn short(&self, lang: Lang) -> &'static str {
        lang.pick(self.short[0], self.short[1])
    }

    /// The name in help and palette.
    pub(crate) const fn long(&self, lang: Lang) -> &'static str {
        lang.pick(self.long[0], self.long[1])
    }

    /// All names, by which the palette finds it.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.short.into_iter().chain(self.long)
    }
}

/// Whether the footer shows a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Foot {
    Shown,
    /// Where there is room.
    Spare,
    /// Only help, palette and the manual's tables have it.
    Hidden,
}

/// When a command makes sense. The screen in front knows whether that is so (`Screen::meets`); where it is not, the
/// footer leaves the command out, and the screen says why when it is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    Always,
    /// The batch at hand can take the step.
    BatchStep(BatchStep),
    /// The request at hand can take the step.
    RequestStep(RequestStep),
    /// The request at hand is open, and it is known whose it is.
    Matched,
    /// The request at hand is open, and it is not known whose it is.
    Unmatched,
    /// A card may be the answer to the request at hand.
    CardIsAnswer,
    /// The cards at hand have no passwords yet.
    NoPasswordsYet,
    /// The batch at hand is on paper, and has not left yet.
    OnPaper,
    /// The batch at hand is printed, and has not left yet.
    InHand,
    /// The file at hand has rejected rows.
    RowsRejected,
    /// The file at hand has rejected rows that are not in a file yet.
    RejectsUnwritten,
    /// The file at hand has been checked and may be imported.
    FileToApply,
    /// No file waits to be imported.
    NothingToApply,
}
