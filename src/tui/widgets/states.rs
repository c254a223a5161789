//! What stands in the place of rows or facts that are not there: loading, failed, empty.

use super::cells;
use crate::tui::canvas::Canvas;
use ratatui::layout::Rect;

/// The answer is on its way.
pub(crate) fn draw_loading(canvas: &mut Canvas<'_, '_>, area: Rect) {
    let (labels, theme) = (&canvas.cx.labels.frame, canvas.cx.theme);
    canvas.centred(area, top(area), labels.loading, theme.quiet);
}

/// Loading has failed: why, and how to try again.
pub(crate) fn draw_failed(canvas: &mut Canvas<'_, '_>, area: Rect, why: &str) {
    let (labels, theme) = (&canvas.cx.labels.frame, canvas.cx.theme);
    let mut y = top(area);
    canvas.centred(area, y, labels.failed, theme.bad);
    for line in &cells::wrap(why, area.width.saturating_sub(4)) {
        y += 1;
        canvas.centred(area, y, line, theme.text);
    }
    canvas.centred(area, y + 2, labels.reload_hint, theme.quiet);
}

/// There is nothing: says so, and what to do next.
pub(crate) fn draw_empty(canvas: &mut Canvas<'_, '_>, area: Rect, what: &str, next: &str) {
    let theme = canvas.cx.theme;
    canvas.centred(area, top(area), what, theme.strong);
    canvas.centred(area, top(area) + 2, next, theme.quiet);
}

/// A third down, where the eye looks first.
const fn top(area: Rect) -> u16 {
    area.y + area.height / 3
}
