//! A text that waits until it was read: a refusal in full, a record's details.

use crate::labels::Command;
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::keys::{Binding, Key, hidden, shown};
use crate::tui::screen::{Action, Event, Screen, Tone, nothing};
use crate::tui::widgets::cells;
use crate::tui::widgets::scroll::Scroll;
use crossterm::event::KeyCode;
use ratatui::layout::Rect;

/// The keys of a text.
pub(crate) const NOTICE: &[Binding] = &[
    shown(&[Key::named(KeyCode::Esc), Key::named(KeyCode::Enter), Key::named(KeyCode::F(3))], Command::Back),
    hidden(&[Key::named(KeyCode::Up), Key::char('k')], Command::Up),
    hidden(&[Key::named(KeyCode::Down), Key::char('j')], Command::Down),
    hidden(&[Key::named(KeyCode::PageUp), Key::named(KeyCode::F(7))], Command::PageUp),
    hidden(&[Key::named(KeyCode::PageDown), Key::named(KeyCode::F(8)), Key::char(' ')], Command::PageDown),
];

/// A title and lines.
#[derive(Debug)]
pub(crate) struct Notice {
    title: String,
    text: String,
    tone: Tone,
    scroll: Scroll,
}

impl Notice {
    /// A text of one or more lines.
    pub(crate) fn new(title: impl Into<String>, tone: Tone, text: impl Into<String>) -> Self {
        Self { title: title.into(), text: text.into(), tone, scroll: Scroll::default() }
    }
}

impl Screen for Notice {
    fn bindings(&self) -> &'static [Binding] {
        NOTICE
    }

    fn on(&mut self, event: Event, _cx: &Context) -> Vec<Action> {
        match event {
            Event::Command(Command::Back) => return vec![Action::Close],
            Event::Command(command) => self.scroll.moved(command),
            _ => {}
        }
        nothing()
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, _area: Rect) {
        let theme = canvas.cx.theme;
        let width = 72.min(canvas.area().width);
        let lines = cells::wrap(&self.text, width - 4);
        let most = canvas.area().height.saturating_sub(4);
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(4).min(most);
        let area = canvas.popup(width, height, &self.title);
        let style = match self.tone {
            Tone::Bad | Tone::Attention => theme.attention,
            Tone::Good | Tone::Quiet => theme.text,
        };
        let room = usize::from(area.height.saturating_sub(2));
        for (y, line) in (area.y + 1..).zip(&lines[self.scroll.window(lines.len(), room)]) {
            canvas.text(area.x, y, area.width, line, style);
        }
        self.scroll.mark(canvas, area, lines.len());
    }
}
