//! A text that waits until it was read: a refusal in full, a record's details.

use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::keys::{ENTER, ESC, PAGE_DOWN, f, key};
use crate::tui::screen::{Action, Event, Screen, Tone, nothing};
use crate::tui::widgets::cells;
use crate::tui::widgets::scroll::Scroll;
use ratatui::layout::Rect;

/// The keys of a text.
pub(crate) const NOTICE: &[Binding] =
    bindings![Back.on(&[ESC, ENTER, f(3)]), Up, Down, PageUp, PageDown.on(&[PAGE_DOWN, f(8), key(' ')])];

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
