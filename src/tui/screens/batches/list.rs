//! All batches, newest first.

use crate::domain::BatchState;
use crate::labels::codes;
use crate::tui::canvas::Canvas;
use crate::tui::screen::Load;
use crate::tui::screens::common;
use crate::tui::theme::Theme;
use crate::tui::widgets::Focus;
use crate::tui::widgets::table::{self, Column, Selection};
use crate::usecases::batches::BatchLine;
use ratatui::layout::Rect;
use ratatui::style::Style;

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, lines: &Load<Vec<BatchLine>>, at: &Selection) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let words = &labels.batches;
    let Some(lines) = common::ready(canvas, area, lines) else { return };
    if lines.is_empty() {
        return common::draw_empty(canvas, area, words.empty, words.empty_next);
    }
    let columns = [
        Column::cells(words.number, 14),
        Column::cells(words.state, 10),
        Column::number(words.viewing, 7),
        Column::number(words.login, 8),
        Column::number(words.employers, 9),
        Column::rest(words.drafted),
        Column::cells(words.planned, 8),
    ];
    let list = Rect { height: area.height - 1, ..area };
    table::draw(canvas, list, &columns, (at, lines.len(), Focus::Here), |index| {
        let line = &lines[index];
        let batch = &line.batch;
        vec![
            (batch.number.to_string(), theme.text),
            (codes::batch_state(labels.lang, batch.state()).to_owned(), style(batch.state(), &theme)),
            (common::count(line.viewing), theme.text),
            (common::count(line.login), theme.text),
            (common::count(line.employers), theme.text),
            (format!("{} {}", common::day(batch.drafted_at), line.drafter), theme.quiet),
            (batch.planned_on.map(common::short).unwrap_or_default(), theme.text),
        ]
    });
    let range = table::range(canvas, at, lines.len());
    canvas.text_right(Rect { width: area.width - 1, ..area }, area.bottom() - 1, &range, theme.quiet);
}

/// Done is calm, waiting for somebody is not.
pub(super) const fn style(state: BatchState, theme: &Theme) -> Style {
    match state {
        BatchState::Draft => theme.attention,
        BatchState::Approved | BatchState::Exported | BatchState::Printed => theme.moving,
        BatchState::Dispatched => theme.good,
        BatchState::Cancelled => theme.quiet,
    }
}
