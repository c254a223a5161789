//! What stands before the desk: sign-in, the first change of password, the second factor, the lock.

mod change;
mod code;
mod enrol;
pub(crate) mod lock;
mod recovery;
mod sign_in;

pub(crate) use change::Change;
pub(crate) use code::Code;
pub(crate) use enrol::Enrol;
pub(crate) use lock::Lock;
pub(crate) use recovery::Recovery;
pub(crate) use sign_in::SignIn;

use super::canvas::Canvas;
use super::widgets::{Field, Focus, cells};
use crate::tui::commands::{Binding, bindings};
use lock::LOCK;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The keys of the gate.
pub(crate) const GATE: &[Binding] = bindings![Submit, NextField, PreviousField];

/// The keys of a text that is only read.
pub(crate) const ENTER: &[Binding] = bindings![Submit];

/// Whether a password is being checked.
#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    Typing,
    Checking,
    Refused(String),
}

/// A title, a line of text, labelled fields and what came of the last try, in the middle of the screen.
fn draw(
    canvas: &mut Canvas<'_, '_>,
    (title, text): (&str, &str),
    fields: &[(&str, &Field, Focus)],
    note: (&str, Style),
) {
    const WIDTH: u16 = 56;
    let theme = canvas.cx.theme;
    let text = cells::wrap(text, WIDTH - 4);
    let rows = u16::try_from(text.len() + fields.len() * 2).unwrap_or(0);
    let area = canvas.popup(WIDTH, rows + 7, title);
    let mut y = area.y + 1;
    for line in &text {
        canvas.text(area.x, y, area.width, line, theme.quiet);
        y += 1;
    }
    y += 1;
    let label_width = fields.iter().map(|(label, ..)| cells::width(label)).max().unwrap_or(0) + 2;
    for (label, field, focus) in fields {
        canvas.text(area.x, y, label_width, label, theme.text);
        field.draw(canvas, Rect::new(area.x + label_width, y, area.width - label_width, 1), *focus);
        y += 2;
    }
    for (line, y) in cells::wrap(note.0, area.width).iter().zip(y..area.bottom()) {
        canvas.text(area.x, y, area.width, line, note.1);
    }
}
