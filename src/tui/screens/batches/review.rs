//! What an approver looks at before the batch binds, and what has changed since (B11).

use crate::labels::batch_review::{self, ReviewTone};
use crate::tui::canvas::Canvas;
use crate::tui::widgets::{area, cells};
use crate::usecases::batches::BatchView;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Cells of the names in front.
const NAMES: u16 = 26;

/// A row: a name where a line begins, and a part of its text.
struct ReviewRow {
    name: &'static str,
    style: Style,
    text: String,
}

fn rows(canvas: &Canvas<'_, '_>, width: u16, view: &BatchView) -> Vec<ReviewRow> {
    let (lang, theme) = (canvas.cx.labels.lang, canvas.cx.theme);
    let lines = batch_review::lines(lang, view).into_iter();
    let rows = lines.flat_map(|line| {
        let style = match line.tone {
            ReviewTone::Count => theme.quiet,
            ReviewTone::Attention => theme.attention,
        };
        let texts = cells::wrap(&line.text, width.saturating_sub(NAMES));
        let row = move |(at, text)| ReviewRow { name: if at == 0 { line.name } else { "" }, style, text };
        texts.into_iter().enumerate().map(row)
    });
    rows.collect()
}

/// The rows that a review takes, so that what it is about stands below.
pub(super) fn height(canvas: &Canvas<'_, '_>, within: Rect, view: &BatchView) -> u16 {
    area::height(&rows(canvas, area::inset(within).width, view))
}

/// Draws a review, as far as there is room; where there is not, it says so.
pub(super) fn draw(canvas: &mut Canvas<'_, '_>, within: Rect, view: &BatchView) {
    let within = area::inset(within);
    let (text, attention) = (canvas.cx.theme.text, canvas.cx.theme.attention);
    let mut rows = rows(canvas, within.width, view);
    let room = usize::from(within.height);
    if room > 0 && rows.len() > room {
        let shown = room.saturating_sub(1);
        let more = batch_review::more(canvas.cx.labels.lang, rows.len() - shown);
        canvas.text(within.x, within.bottom().saturating_sub(1), within.width, &more, attention);
        rows.truncate(shown);
    }
    for (row, y) in rows.iter().zip(within.y..within.bottom()) {
        canvas.text(within.x, y, NAMES - 1, row.name, row.style);
        canvas.text(within.x + NAMES, y, within.width.saturating_sub(NAMES), &row.text, text);
    }
}
