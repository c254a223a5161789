//! The recovery codes, shown this once.

use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::{Context, OpenPerson};
use crate::tui::screen::{KeyAction, Screen, ScreenEvent, nothing};
use crate::tui::widgets::{area, cells};
use crate::usecases::staff::{Passphrase, grouped};
use ratatui::layout::Constraint::Length;
use ratatui::layout::{Layout, Rect};

/// The keys of a text that is only read.
pub(crate) const RECOVERY: &[Binding] = bindings![Submit];

/// Waits until they have been written down.
pub(crate) struct Recovery {
    person: OpenPerson,
    codes: Vec<Passphrase>,
}

impl Recovery {
    /// For a person who has just enrolled a device.
    pub(crate) fn new(person: OpenPerson, codes: Vec<Passphrase>) -> Self {
        Self { person, codes }
    }
}

impl Screen for Recovery {
    fn bindings(&self) -> &'static [Binding] {
        RECOVERY
    }

    fn on(&mut self, event: ScreenEvent, _cx: &Context) -> Vec<KeyAction> {
        match event {
            ScreenEvent::Command(Command::Submit) => vec![KeyAction::Enter(self.person.clone())],
            _ => nothing(),
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, _area: Rect) {
        const WIDTH: u16 = 60;
        let (labels, theme) = (&canvas.cx.labels.sign_in, canvas.cx.theme);
        let text = cells::wrap(labels.recovery_text, WIDTH - 4);
        let codes = area::height(&self.codes).div_ceil(2);
        let popup = canvas.popup(WIDTH, area::height(&text) + codes + 6, labels.recovery_title);
        let rows = [Length(1), Length(area::height(&text)), Length(1), Length(codes), Length(1), Length(1)];
        let [_, above, _, middle, _, below] = popup.layout(&Layout::vertical(rows));
        canvas.lines(above, &text, theme.text);
        for (pair, row) in self.codes.chunks(2).zip(middle.rows()) {
            for (code, column) in pair.iter().zip(area::split_left(row, row.width / 2)) {
                canvas.text(column.x + 2, row.y, column.width - 2, &grouped(code.expose()), theme.strong);
            }
        }
        canvas.lines(below, &[labels.recovery_next], theme.quiet);
    }
}
