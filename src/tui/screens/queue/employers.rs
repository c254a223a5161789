//! The queue by employer.

use super::names::{employer_name, reason};
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::screens::common;
use crate::tui::widgets::Focus;
use crate::tui::widgets::list_view::{ListItem, ListLook, ListView};
use crate::tui::widgets::table::{Row, TableColumn};
use crate::usecases::queue::QueueLine;
use ratatui::layout::Rect;

impl ListItem for QueueLine {
    type Key = Option<String>;

    fn key(&self) -> Option<String> {
        self.employer.clone()
    }

    fn cells(&self, cx: &Context) -> Row {
        let (labels, theme) = (cx.labels, cx.theme);
        let held = match (self.held, &self.reason) {
            (0, _) => String::new(),
            (count, code) => labels.queue.held(count, &reason(code.as_deref().unwrap_or_default(), labels)),
        };
        vec![
            (common::company(&employer_name(self, labels)), theme.text),
            (common::postcode(self.postcode.as_deref()), theme.quiet),
            (common::count(self.viewing), theme.text),
            (common::count(self.login), theme.text),
            (common::day(self.oldest), theme.text),
            (held, theme.attention),
        ]
    }
}

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, lines: &ListView<QueueLine>, marked: usize) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let words = &labels.queue;
    let columns = [
        TableColumn::rest(words.employer),
        TableColumn::key(words.postcode, 8),
        TableColumn::number(words.viewing, 7),
        TableColumn::number(words.login, 8),
        TableColumn::cells(words.oldest, 6),
        TableColumn::cells(labels.words.state, 17),
    ];
    let look = ListLook { columns: &columns, empty: (words.empty, words.empty_next), focus: Focus::Here, foot: 2 };
    if !lines.draw(canvas, area, &look) {
        return;
    }
    let sum = |of: fn(&QueueLine) -> i64| lines.rows().iter().map(of).sum::<i64>();
    let totals = words.totals(sum(|line| line.viewing + line.login), lines.rows().len(), sum(|line| line.held));
    let y = area.bottom() - 1;
    let used = canvas.text(area.x + 2, y, area.width - 4, &totals, theme.strong) + 6;
    if marked > 0 {
        canvas.text(area.x + used, y, area.width.saturating_sub(used + 20), &words.marked(marked), theme.good);
    }
    lines.draw_range(canvas, area, y);
}
