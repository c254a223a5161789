//! A text that waits until it was read: a refusal in full, a record's details.

use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::keys::{ENTER, ESC, PAGE_DOWN, f, key};
use crate::tui::screen::{KeyAction, Screen, ScreenEvent, StatusTone, nothing};
use crate::tui::widgets::scroll::Scroll;
use crate::tui::widgets::{area, cells};
use ratatui::layout::{Margin, Rect};

/// The keys of a text.
pub(crate) const NOTICE: &[Binding] =
    bindings![Back.on(&[ESC, ENTER, f(3)]), Up, Down, PageUp, PageDown.on(&[PAGE_DOWN, f(8), key(' ')])];

/// A title and lines.
#[derive(Debug)]
pub(crate) struct Notice {
    title: String,
    text: String,
    tone: StatusTone,
    scroll: Scroll,
}

impl Notice {
    /// A text of one or more lines.
    pub(crate) fn new(title: impl Into<String>, tone: StatusTone, text: impl Into<String>) -> Self {
        Self { title: title.into(), text: text.into(), tone, scroll: Scroll::default() }
    }
}

impl Screen for Notice {
    fn bindings(&self) -> &'static [Binding] {
        NOTICE
    }

    fn on(&mut self, event: ScreenEvent, _cx: &Context) -> Vec<KeyAction> {
        match event {
            ScreenEvent::Command(Command::Back) => return vec![KeyAction::Close],
            ScreenEvent::Command(command) => self.scroll.moved(command),
            _ => {}
        }
        nothing()
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, _area: Rect) {
        let theme = canvas.cx.theme;
        let width = 72.min(canvas.area().width);
        let lines = cells::wrap(&self.text, width - 4);
        let most = canvas.area().height.saturating_sub(4);
        let height = area::height(&lines).saturating_add(4).min(most);
        let popup = canvas.popup(width, height, &self.title);
        let inner = popup.inner(Margin::new(0, 1));
        let style = match self.tone {
            StatusTone::Bad | StatusTone::Attention => theme.attention,
            StatusTone::Good | StatusTone::Quiet => theme.text,
        };
        canvas.lines(inner, &lines[self.scroll.window(lines.len(), usize::from(inner.height))], style);
        self.scroll.mark(canvas, popup, lines.len());
    }
}
