//! The last line: the keys that work now. What does not fit is left to the help, whose key is always there.

use super::canvas::Canvas;
use super::screen::Screen;
use super::widgets::{area, cells};
use crate::labels::Labels;
use crate::tui::commands::{Binding, Command, Foot};
use crate::tui::keys::Key;
use ratatui::layout::Rect;

/// Whether a field takes the printable keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Typing {
    Yes,
    No,
}

/// A key and its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FooterItem {
    pub(crate) key: String,
    /// The function key that does the same.
    also: Option<String>,
    pub(crate) name: &'static str,
}

impl FooterItem {
    /// Where a field has the cursor, printable keys are text and not told. Nor are keys
    /// that the screen itself takes.
    fn of(binding: &Binding, typing: Typing, own: &[Binding], labels: &Labels) -> Option<Self> {
        let is_usable = |key: &&Key| (typing == Typing::No || !key.is_printable()) && is_left(binding, **key, own);
        let mut usable = binding.keys.iter().filter(is_usable);
        let key = usable.next()?;
        let also = usable.find(|key| key.is_function()).filter(|_| !key.is_function());
        let name = binding.command.row().short(labels.lang);
        Some(Self { key: key.shown(), also: also.map(|key| Key::shown(*key)), name })
    }

    fn width(&self) -> u16 {
        cells::width(&self.key) + 1 + cells::width(self.name) + GAP
    }

    fn wider(&self) -> u16 {
        self.also.as_ref().map_or(0, |key| cells::width(key) + 1)
    }
}

const GAP: u16 = 2;

/// Whether a screen with these keys leaves a key to a command.
pub(crate) fn is_left(binding: &Binding, key: Key, own: &[Binding]) -> bool {
    own.iter().all(|other| other.command == binding.command || !other.keys.contains(&key))
}

/// What a footer of that width tells: the rows of the screen, those that work everywhere, then, where there is room,
/// the spare ones and the function keys that do the same. Help comes last and always, but in itself.
pub(crate) fn fitting(
    own: &[Binding],
    common: &[Binding],
    typing: Typing,
    width: u16,
    labels: &Labels,
) -> Vec<FooterItem> {
    let free = |row: &&Binding| own.iter().all(|other| other.command != row.command);
    // Where one types, what a letter does elsewhere is left to the help.
    let told =
        |row: &&Binding| free(row) && (typing == Typing::No || !row.keys.first().is_some_and(|key| key.is_printable()));
    let rows = || own.iter().chain(common.iter().filter(told)).filter(|binding| binding.command != Command::Help);
    let of =
        |foot| rows().filter(move |row| row.foot == foot).filter_map(|row| FooterItem::of(row, typing, own, labels));
    let help = common
        .iter()
        .filter(free)
        .find(|row| row.command == Command::Help)
        .and_then(|row| FooterItem::of(row, typing, own, labels));
    let screens = FooterItem { key: labels.frame.screens_key.to_owned(), also: None, name: labels.frame.screens };
    let goes = typing == Typing::Yes && common.iter().any(|row| row.command == Command::Home);
    // The last item needs no gap behind it.
    let mut left = (width + GAP).saturating_sub(help.as_ref().map_or(0, FooterItem::width));
    let mut items = Vec::new();
    for item in of(Foot::Shown).chain(goes.then_some(screens)).chain(of(Foot::Spare)) {
        if item.width() <= left {
            left -= item.width();
            items.push(item);
        }
    }
    items.extend(help);
    if items.iter().map(FooterItem::wider).sum::<u16>() > left {
        items.iter_mut().for_each(|item| item.also = None);
    }
    items
}

/// Drawn last, when it is known whether a field has the cursor.
pub(super) fn draw(canvas: &mut Canvas<'_, '_>, row: Rect, screen: &dyn Screen, common: &[Binding]) {
    let (theme, labels) = (canvas.cx.theme, canvas.cx.labels);
    let typing = if canvas.has_cursor() { Typing::Yes } else { Typing::No };
    let cx = canvas.cx;
    let offered = |row: &&Binding| screen.meets(row.command.row().when) && cx.lacks(row.command).is_none();
    let own: Vec<Binding> = screen.bindings().iter().filter(offered).copied().collect();
    let [_, mut rest] = area::split_left(row, 1);
    for item in fitting(&own, common, typing, rest.width, labels) {
        let also = item.also.map(|key| format!(" {key}")).unwrap_or_default();
        let pieces = [(item.key.as_str(), theme.key), (&also, theme.key), (" ", theme.text), (item.name, theme.text)];
        let used = canvas.pieces(rest, rest.y, &pieces) + GAP;
        [_, rest] = area::split_left(rest, used);
    }
}
