//! A screen that has nothing to show yet.

use crate::labels::Command;
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::keys::{Binding, Key, hidden};
use crate::tui::screen::{Action, Event, Screen, nothing};
use crossterm::event::KeyCode;
use ratatui::layout::Rect;

const SOON: &[Binding] = &[hidden(&[Key::named(KeyCode::Esc), Key::named(KeyCode::F(3))], Command::Back)];

/// Nothing yet.
pub(crate) struct Soon;

impl Screen for Soon {
    fn bindings(&self) -> &'static [Binding] {
        SOON
    }

    fn on(&mut self, event: Event, _cx: &Context) -> Vec<Action> {
        match event {
            Event::Command(Command::Back) => vec![Action::Leave],
            _ => nothing(),
        }
    }

    fn draw(&self, _canvas: &mut Canvas<'_, '_>, _area: Rect) {}
}
