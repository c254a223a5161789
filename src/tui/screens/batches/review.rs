//! What an approver looks at before the batch binds, and what has changed since (B11).

use crate::labels::batch_review::{self, ReviewTone};
use crate::tui::canvas::Canvas;
use crate::tui::widgets::{area, cells};
use crate::usecases::batches::BatchView;
use ratatui::layout::Rect;

/// Cells of the names in front.
const NAMES: u16 = 26;

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, within: Rect, view: &BatchView) {
    let (lang, theme) = (canvas.cx.labels.lang, canvas.cx.theme);
    let within = area::inset(within);
    let mut y = within.y;
    for line in batch_review::lines(lang, view) {
        let (name, text) = match line.tone {
            ReviewTone::Count => (theme.quiet, theme.text),
            ReviewTone::Attention => (theme.attention, theme.text),
        };
        let texts = cells::wrap(&line.text, within.width.saturating_sub(NAMES));
        if y >= within.bottom() {
            return;
        }
        canvas.text(within.x, y, NAMES - 1, line.name, name);
        for row in texts {
            if y >= within.bottom() {
                return;
            }
            canvas.text(within.x + NAMES, y, within.width.saturating_sub(NAMES), &row, text);
            y += 1;
        }
    }
}
