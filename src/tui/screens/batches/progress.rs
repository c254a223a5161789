//! How far an export is.

use crate::tui::canvas::Canvas;
use crate::tui::progress::WorkProgress;
use crate::tui::widgets::{cells, progress_bar};
use ratatui::layout::Rect;

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, progress: &WorkProgress) {
    let (theme, words) = (canvas.cx.theme, &canvas.cx.labels.batches);
    let label = progress.parts.iter().map(|part| cells::width(part.name)).max().unwrap_or(0) + 3;
    let mut y = area.y;
    for part in &progress.parts {
        canvas.text(area.x, y, label, part.name, theme.text);
        let bar = area.width.saturating_sub(label + 16).min(40);
        progress_bar::bar(canvas, (area.x + label, y, bar), part.done, progress.total, theme.moving);
        let count = format!("{}/{}", part.done, progress.total);
        canvas.text(area.x + label + bar + 2, y, 14, &count, theme.text);
        y += 2;
    }
    canvas.text(area.x, y + 1, area.width, words.export_safe, theme.quiet);
}
