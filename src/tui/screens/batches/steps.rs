//! The line of steps, with who and when.

use crate::domain::BatchState;
use crate::tui::canvas::Canvas;
use crate::tui::screens::common;
use crate::usecases::batches::BatchView;
use chrono::{DateTime, Utc};
use ratatui::layout::Rect;

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, view: &BatchView) {
    let batch = &view.batch;
    let full = |id: &'_ str| view.names.get(id).map_or(id.to_owned(), Clone::clone);
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let words = &labels.batches;
    if let (BatchState::Cancelled, Some(who), Some(at)) = (batch.state(), &batch.cancelled_by, batch.cancelled_at) {
        let text = words.cancelled_by(&full(who), &common::minute(at));
        canvas.text(area.x, area.y, area.width, &text, theme.bad);
        return;
    }
    let done: [Option<(&str, DateTime<Utc>)>; 5] = [
        Some((&batch.drafted_by, batch.drafted_at)),
        batch.approved_by.as_deref().zip(batch.approved_at),
        batch.exported_by.as_deref().zip(batch.exported_at),
        batch.printed_by.as_deref().zip(batch.printed_at),
        batch.dispatched_by.as_deref().zip(batch.dispatched_at),
    ];
    let next = done.iter().position(Option::is_none);
    let width = area.width / 5;
    for (index, (name, step)) in words.steps.iter().zip(done).enumerate() {
        let x = area.x + u16::try_from(index).unwrap_or(0) * width;
        let style = match step {
            Some(_) => theme.good,
            None if next == Some(index) => theme.page_on,
            None => theme.quiet,
        };
        let used = canvas.text(x, area.y, width - 4, name, style);
        if index < 4 {
            canvas.text(x + used.max(width - 4), area.y, 3, theme.glyphs.step, theme.rule);
        }
        if let Some((who, at)) = step {
            canvas.text(x, area.y + 1, width - 1, &full(who), theme.text);
            canvas.text(x, area.y + 2, width - 1, &common::minute(at), theme.quiet);
        }
    }
}
