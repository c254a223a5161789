//! Enrolling a device for the second factor: a QR code, the secret for typing, and the first code.

use super::{LOCK, State};
use crate::secrets::{Passphrase, Qr, grouped};
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command};
use crate::tui::context::Context;
use crate::tui::message::{Entry, Outcome, Pairing};
use crate::tui::screen::{Action, Event, Screen, nothing};
use crate::tui::theme::Glyphs;
use crate::tui::widgets::{Field, Focus, cells};
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

/// Shows a secret until its first code was right.
pub(crate) struct Enrol {
    pairing: Pairing,
    qr: Option<Qr>,
    code: Field,
    state: State,
}

impl Enrol {
    /// For a secret that nobody has seen yet.
    pub(crate) fn new(pairing: Pairing) -> Self {
        let qr = Qr::of(&pairing.uri);
        Self { pairing, qr, code: Field::new(), state: State::Typing }
    }
}

impl Screen for Enrol {
    fn bindings(&self) -> &'static [Binding] {
        LOCK
    }

    fn field(&mut self) -> Option<&mut Field> {
        (self.state != State::Checking).then_some(&mut self.code)
    }

    fn on(&mut self, event: Event, _cx: &Context) -> Vec<Action> {
        match event {
            Event::Command(Command::SignOut) => return vec![Action::SignOut],
            _ if self.state == State::Checking => {}
            Event::Command(Command::Submit) if !self.code.text().is_empty() => {
                self.state = State::Checking;
                return vec![Action::Give(Entry::Enrol(Passphrase::new(self.code.take())))];
            }
            Event::Edited => self.state = State::Typing,
            _ => {}
        }
        nothing()
    }

    fn reply(&mut self, outcome: &Outcome, _cx: &Context) -> Vec<Action> {
        self.state = match outcome {
            Ok(_) => State::Typing,
            Err(refusal) => State::Refused(refusal.text.clone()),
        };
        nothing()
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let (labels, theme) = (&canvas.cx.labels.sign_in, canvas.cx.theme);
        let picture = self.qr.as_ref().filter(|_| theme.glyphs != Glyphs::ASCII);
        let left = picture.map_or(2, |qr| draw_qr(canvas, qr) + 2);
        let right = Rect::new(left, 1, area.width - left - 1, area.height - 4);
        canvas.text(right.x, right.y, right.width, labels.enrol_title, theme.strong);
        // Eight groups of four: on paper and on a phone they are read group by group.
        let secret = grouped(self.pairing.secret.expose()).replace('-', " ");
        let first = if picture.is_some() { labels.enrol_scan } else { labels.enrol_type };
        let mut y = right.y + 2;
        for (text, width, style) in [
            (first, right.width, theme.text),
            (&secret, 20, theme.strong),
            (labels.enrol_code, right.width, theme.text),
        ] {
            for line in cells::wrap(text, width) {
                canvas.text(right.x + (right.width - width).min(2), y, width, &line, style);
                y += 1;
            }
            y += 1;
        }
        let label = cells::width(labels.code) + 2;
        canvas.text(right.x, y, label, labels.code, theme.text);
        self.code.draw(canvas, Rect::new(right.x + label, y, 10, 1), Focus::Here);
        let (note, style) = match &self.state {
            State::Typing => ("", theme.quiet),
            State::Checking => (labels.checking, theme.moving),
            State::Refused(why) => (why.as_str(), theme.attention),
        };
        for (line, y) in cells::wrap(note, right.width).iter().zip(y + 2..area.bottom() - 2) {
            canvas.text(right.x, y, right.width, line, style);
        }
    }
}

/// Two modules a cell, always black on white: a camera cannot read another theme. Returns the cells across.
fn draw_qr(canvas: &mut Canvas<'_, '_>, qr: &Qr) -> u16 {
    let side = qr.side();
    let color = |x, y| if y < side && qr.is_dark(x, y) { Color::Black } else { Color::White };
    for (row, y) in (0..side).step_by(2).zip(0..) {
        for (x, column) in (0..side).zip(0..) {
            let style = Style::reset().fg(color(x, row)).bg(color(x, row + 1));
            canvas.text(column, y, 1, "▀", style);
        }
    }
    u16::try_from(side).unwrap_or(u16::MAX)
}
