//! The keys that work on the screen below, and everywhere.

use crate::labels::Command;
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::keys::{Binding, EVERYWHERE, Key, shown};
use crate::tui::screen::{Action, Event, Screen, nothing};
use crossterm::event::KeyCode;
use ratatui::layout::Rect;

/// The keys of the help itself.
pub(crate) const HELP: &[Binding] = &[shown(
    &[Key::named(KeyCode::Esc), Key::char('?'), Key::named(KeyCode::Enter), Key::named(KeyCode::F(3))],
    Command::Back,
)];

/// The width of the keys' column.
const KEYS: u16 = 13;

/// Two columns of keys.
#[derive(Debug)]
pub(crate) struct Help {
    here: &'static [Binding],
}

impl Help {
    /// Help about a table.
    pub(crate) fn new(here: &'static [Binding]) -> Self {
        Self { here }
    }
}

impl Screen for Help {
    fn bindings(&self) -> &'static [Binding] {
        HELP
    }

    fn on(&mut self, event: Event, _cx: &Context) -> Vec<Action> {
        match event {
            Event::Command(Command::Back) => vec![Action::Close],
            _ => nothing(),
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, _area: Rect) {
        let (labels, all) = (canvas.cx.labels, canvas.area());
        let rows = self.here.len().max(EVERYWHERE.len());
        let height = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(5).min(all.height - 2);
        let area = canvas.popup(78, height, labels.dialogs.help_title);
        let half = area.width / 2;
        let left = Rect { width: half - 1, ..area };
        let right = Rect { x: area.x + half + 1, width: area.width - half - 1, ..area };
        column(canvas, left, labels.dialogs.help_here, self.here);
        column(canvas, right, labels.dialogs.help_everywhere, EVERYWHERE);
    }
}

fn column(canvas: &mut Canvas<'_, '_>, area: Rect, title: &str, bindings: &[Binding]) {
    let theme = canvas.cx.theme;
    canvas.text(area.x, area.y + 1, area.width, title, theme.strong);
    for (binding, y) in bindings.iter().zip(area.y + 2..area.bottom()) {
        canvas.text(area.x, y, KEYS - 1, &keys(binding), theme.key);
        let name = binding.command.name();
        canvas.text(area.x + KEYS, y, area.width - KEYS, name.long(canvas.cx.labels.lang), theme.text);
    }
}

/// The first keys of a row, as many as the column holds.
pub(crate) fn keys(binding: &Binding) -> String {
    let mut text = String::new();
    for key in binding.keys.iter().map(|key| key.shown()) {
        if text.is_empty() {
            text = key;
        } else if text.len() + key.len() + 2 < usize::from(KEYS) {
            text = format!("{text} {key}");
        }
    }
    text
}
