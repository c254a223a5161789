//! The prompt for the filter of the list below it: what is typed takes effect at once.

use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::keys::{DOWN, UP};
use crate::tui::screen::{KeyAction, Screen, ScreenEvent, nothing};
use crate::tui::widgets::{InputField, area};
use ratatui::layout::Rect;

/// The keys of the prompt. Letters are text here; arrows move in the list.
pub(crate) const FILTER: &[Binding] =
    bindings![Submit, ClearFilter, Down.on(&[DOWN]), Up.on(&[UP]), PageUp.hidden(), PageDown];

/// A text that rows must have to be shown.
pub(crate) struct FilterPrompt {
    field: InputField,
}

impl FilterPrompt {
    /// Begins with the text of the filter so far.
    pub(crate) fn new(text: &str) -> Self {
        let mut field = InputField::new();
        field.set(text);
        Self { field }
    }
}

impl Screen for FilterPrompt {
    fn bindings(&self) -> &'static [Binding] {
        FILTER
    }

    fn field(&mut self) -> Option<&mut InputField> {
        Some(&mut self.field)
    }

    fn on(&mut self, event: ScreenEvent, _cx: &Context) -> Vec<KeyAction> {
        match event {
            ScreenEvent::Edited => vec![KeyAction::Filter(self.field.text().to_owned())],
            ScreenEvent::Command(Command::Submit) => vec![KeyAction::Close],
            ScreenEvent::Command(Command::ClearFilter) => vec![KeyAction::Filter(String::new()), KeyAction::Close],
            ScreenEvent::Command(moving) => vec![KeyAction::Move(moving)],
            _ => nothing(),
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        // In place of the message line, above the footer.
        let row = area::row(area, area.bottom().saturating_sub(2));
        self.field.draw_prompt(canvas, row, canvas.cx.labels.frame.filter);
    }
}
