//! The queue by employer.

use super::names::{employer_name, reason};
use crate::tui::canvas::Canvas;
use crate::tui::screen::Load;
use crate::tui::screens::common;
use crate::tui::widgets::Focus;
use crate::tui::widgets::table::{self, Selection, TableColumn};
use crate::usecases::queue::QueueLine;
use ratatui::layout::Rect;

pub(super) fn draw(
    canvas: &mut Canvas<'_, '_>,
    area: Rect,
    (lines, at): (&Load<Vec<QueueLine>>, &Selection),
    marked: usize,
) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let words = &labels.queue;
    let Some(lines) = common::ready(canvas, area, lines) else { return };
    if lines.is_empty() {
        return common::draw_empty(canvas, area, words.empty, words.empty_next);
    }
    let columns = [
        TableColumn::rest(words.employer),
        TableColumn::cells(words.postcode, 8),
        TableColumn::number(words.viewing, 7),
        TableColumn::number(words.login, 8),
        TableColumn::cells(words.oldest, 6),
        TableColumn::cells(labels.words.state, 17),
    ];
    let list = Rect { height: area.height - 2, ..area };
    table::draw(canvas, list, &columns, (at, lines.len(), Focus::Here), |index| {
        let line = &lines[index];
        let held = match (line.held, &line.reason) {
            (0, _) => String::new(),
            (count, code) => words.held(count, &reason(code.as_deref().unwrap_or_default(), labels)),
        };
        vec![
            (common::company(&employer_name(line, labels)), theme.text),
            (common::postcode(line.postcode.as_deref()), theme.quiet),
            (common::count(line.viewing), theme.text),
            (common::count(line.login), theme.text),
            (common::day(line.oldest), theme.text),
            (held, theme.attention),
        ]
    });
    let sum = |of: fn(&QueueLine) -> i64| lines.iter().map(of).sum::<i64>();
    let totals = words.totals(sum(|line| line.viewing + line.login), lines.len(), sum(|line| line.held));
    let y = area.bottom() - 1;
    let used = canvas.text(area.x + 2, y, area.width - 4, &totals, theme.strong) + 6;
    if marked > 0 {
        canvas.text(area.x + used, y, area.width.saturating_sub(used + 20), &words.marked(marked), theme.good);
    }
    let range = table::range(canvas, at, lines.len());
    canvas.text_right(Rect { width: area.width - 1, ..area }, y, &range, theme.quiet);
}
