//! How a device is enrolled for the second factor: a QR code, and its secret for typing.

use super::input::{FormWords, Input};
use crate::tui::authentication::Pairing;
use crate::tui::canvas::Canvas;
use crate::tui::theme::Glyphs;
use crate::tui::widgets::{Focus, cells};
use crate::usecases::staff::{Qr, grouped};
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

/// A secret that no device has yet.
pub(super) struct EnrolmentForm {
    pairing: Pairing,
    qr: Option<Qr>,
}

impl EnrolmentForm {
    pub(super) fn new(pairing: Pairing) -> Self {
        Self { qr: Qr::of(&pairing.uri), pairing }
    }

    /// The QR code on the left; beside it the secret, the field for the first code, and the note.
    pub(super) fn draw(
        &self,
        canvas: &mut Canvas<'_, '_>,
        area: Rect,
        (words, input): (&FormWords, &Input),
        (focus, (note, style)): (Focus, (&str, Style)),
    ) {
        let (labels, theme) = (&canvas.cx.labels.sign_in, canvas.cx.theme);
        let picture = self.qr.as_ref().filter(|_| theme.glyphs != Glyphs::ASCII);
        let left = picture.map_or(2, |qr| draw_qr(canvas, qr) + 2);
        let right = Rect::new(left, 1, area.width - left - 1, area.height - 4);
        canvas.text(right.x, right.y, right.width, &words.title, theme.strong);
        // Eight groups of four: on paper and on a phone they are read group by group.
        let secret = grouped(self.pairing.secret.expose()).replace('-', " ");
        let first = if picture.is_some() { labels.enrol_scan } else { labels.enrol_type };
        let mut y = right.y + 2;
        for (text, width, style) in
            [(first, right.width, theme.text), (&secret, 20, theme.strong), (&words.text, right.width, theme.text)]
        {
            for line in cells::wrap(text, width) {
                canvas.text(right.x + (right.width - width).min(2), y, width, &line, style);
                y += 1;
            }
            y += 1;
        }
        let label = cells::width((input.label)(labels)) + 2;
        canvas.text(right.x, y, label, (input.label)(labels), theme.text);
        input.field.draw(canvas, Rect::new(right.x + label, y, 10, 1), focus);
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
