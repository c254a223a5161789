//! All batches, newest first.

use crate::domain::{BatchNumber, BatchState};
use crate::labels::codes;
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::screens::common;
use crate::tui::theme::Theme;
use crate::tui::widgets::Focus;
use crate::tui::widgets::list_view::{ListItem, ListLook, ListView};
use crate::tui::widgets::table::{Row, TableColumn};
use crate::usecases::batches::BatchLine;
use ratatui::layout::Rect;
use ratatui::style::Style;

impl ListItem for BatchLine {
    type Key = BatchNumber;

    fn key(&self) -> BatchNumber {
        self.batch.number.clone()
    }

    fn cells(&self, cx: &Context) -> Row {
        let (lang, theme, batch) = (cx.labels.lang, cx.theme, &self.batch);
        vec![
            (batch.number.to_string(), theme.text),
            match self.sent_back {
                true => (cx.labels.batches.is_sent_back.to_owned(), theme.attention),
                false => (codes::batch_state(lang, batch.state()).to_owned(), style(batch.state(), &theme)),
            },
            (common::count(self.viewing), theme.text),
            (common::count(self.login), theme.text),
            (common::count(self.employers), theme.text),
            (format!("{} {}", common::day(batch.drafted_at), self.drafter), theme.quiet),
            (batch.planned_on.map(common::short).unwrap_or_default(), theme.text),
        ]
    }
}

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, lines: &ListView<BatchLine>) {
    let labels = canvas.cx.labels;
    let words = &labels.batches;
    let columns = [
        TableColumn::key(words.number, 14),
        TableColumn::cells(labels.words.state, 10),
        TableColumn::number(words.viewing, 7),
        TableColumn::number(words.login, 8),
        TableColumn::number(words.employers, 9),
        TableColumn::rest(words.drafted),
        TableColumn::cells(words.planned, 8),
    ];
    let look = ListLook { columns: &columns, empty: (words.empty, words.empty_next), focus: Focus::Here, foot: 1 };
    if lines.draw(canvas, area, &look) {
        lines.draw_range(canvas, area, area.bottom() - 1);
    }
}

/// Finished states are calm; states that wait for a person stand out.
pub(super) const fn style(state: BatchState, theme: &Theme) -> Style {
    match state {
        BatchState::Draft => theme.attention,
        BatchState::Approved | BatchState::Exported | BatchState::Printed => theme.moving,
        BatchState::Dispatched => theme.good,
        BatchState::Cancelled | BatchState::Expired => theme.quiet,
    }
}
