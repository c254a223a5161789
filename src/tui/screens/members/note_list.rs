//! A note in full, below a list of notes.

use super::notes::topic;
use crate::labels::codes;
use crate::tui::canvas::Canvas;
use crate::tui::screen::{KeyAction, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::{area, cells};
use crate::usecases::notes::NoteLine;
use ratatui::layout::Rect;

/// Lines that the note below a list takes, with the rule above it.
pub(super) const DETAIL: u16 = 6;

/// What it was about, its author, and as much of the text as there is room for.
pub(super) fn draw_detail(canvas: &mut Canvas<'_, '_>, area: Rect, note: &NoteLine) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    canvas.rule(area);
    let channel = codes::channel(labels.lang, note.channel);
    let head = format!("{}  {} {channel}  {}", topic(&note.topic, labels), common::minute(note.at), note.staff);
    let inner = area::inset(area);
    canvas.text(inner.x, inner.y + 1, inner.width, &head, theme.quiet);
    for (line, y) in cells::wrap(&note.body, inner.width).iter().zip(inner.y + 2..area.bottom()) {
        canvas.text(inner.x, y, inner.width, line, theme.text);
    }
}

/// Opens the member that a note is about.
pub(super) fn open(note: Option<&NoteLine>) -> Vec<KeyAction> {
    note.map_or_else(nothing, |note| common::visit_member(&note.key))
}

/// `260-1-00`
pub(super) fn key(note: &NoteLine) -> String {
    note.key.to_string()
}

/// The text on one line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
