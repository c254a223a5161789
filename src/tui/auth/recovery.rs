//! The recovery codes, shown this once.

use crate::secrets::{Passphrase, grouped};
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::{Context, Person};
use crate::tui::screen::{Action, Event, Screen, nothing};
use crate::tui::widgets::cells;
use ratatui::layout::Rect;

/// The keys of a text that is only read.
pub(crate) const RECOVERY: &[Binding] = bindings![Submit];

/// Waits until they have been written down.
pub(crate) struct Recovery {
    person: Person,
    codes: Vec<Passphrase>,
}

impl Recovery {
    /// For a person who has just enrolled a device.
    pub(crate) fn new(person: Person, codes: Vec<Passphrase>) -> Self {
        Self { person, codes }
    }
}

impl Screen for Recovery {
    fn bindings(&self) -> &'static [Binding] {
        RECOVERY
    }

    fn on(&mut self, event: Event, _cx: &Context) -> Vec<Action> {
        match event {
            Event::Command(Command::Submit) => vec![Action::Enter(self.person.clone())],
            _ => nothing(),
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, _area: Rect) {
        const WIDTH: u16 = 60;
        let (labels, theme) = (&canvas.cx.labels.sign_in, canvas.cx.theme);
        let text = cells::wrap(labels.recovery_text, WIDTH - 4);
        let rows = u16::try_from(text.len() + self.codes.len().div_ceil(2)).unwrap_or(0);
        let area = canvas.popup(WIDTH, rows + 6, labels.recovery_title);
        let mut y = area.y + 1;
        for line in &text {
            canvas.text(area.x, y, area.width, line, theme.text);
            y += 1;
        }
        y += 1;
        for pair in self.codes.chunks(2) {
            for (code, x) in pair.iter().zip([area.x + 2, area.x + 2 + area.width / 2]) {
                canvas.text(x, y, area.width / 2 - 2, &grouped(code.expose()), theme.strong);
            }
            y += 1;
        }
        canvas.text(area.x, y + 1, area.width, labels.recovery_next, theme.quiet);
    }
}
