//! 点検: every check with what it found; the remedy of the selected one below.

use crate::labels::doctor as words;
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::widgets::list_view::{ListItem, ListLook, ListView};
use crate::tui::widgets::table::{Row, TableColumn};
use crate::tui::widgets::{Focus, area, cells};
use crate::usecases::upkeep::doctor::{DoctorCheck, DoctorRow, State};
use ratatui::layout::Rect;

/// Lines below the list: the finding whole, and its remedy.
const DETAIL: u16 = 6;

/// A finding in words.
pub(super) struct CheckLine {
    check: DoctorCheck,
    state: State,
    found: String,
    remedy: String,
}

impl CheckLine {
    /// All of them, what must be acted on first.
    pub(super) fn all(rows: &[DoctorRow], cx: &Context) -> Vec<Self> {
        let line = |row: &DoctorRow| {
            let (found, remedy) = words::finding(cx.labels.lang, &row.finding);
            Self { check: row.check, state: row.finding.state(), found, remedy }
        };
        let mut lines: Vec<Self> = rows.iter().map(line).collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.state));
        lines
    }
}

impl ListItem for CheckLine {
    type Key = (DoctorCheck, String);

    fn key(&self) -> Self::Key {
        (self.check, self.found.clone())
    }

    fn cells(&self, cx: &Context) -> Row {
        let (lang, theme) = (cx.labels.lang, cx.theme);
        let style = match self.state {
            State::Good => theme.good,
            State::Notice => theme.attention,
            State::Wrong => theme.bad,
        };
        vec![
            (words::state(lang, self.state).to_owned(), style),
            (words::check(lang, self.check).to_owned(), theme.text),
            (self.found.clone(), theme.text),
        ]
    }
}

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, checks: &ListView<CheckLine>) {
    let labels = canvas.cx.labels;
    let columns = [
        TableColumn::cells(labels.words.state, 6),
        TableColumn::cells(labels.admin.checked, 18),
        TableColumn::rest(labels.admin.found),
    ];
    let look = ListLook { columns: &columns, empty: ("", ""), focus: Focus::Here, foot: DETAIL };
    if !checks.draw(canvas, area, &look) {
        return;
    }
    let [_, below] = area::split_bottom(area, DETAIL);
    canvas.rule(area::row(below, below.y));
    checks.draw_range(canvas, area, below.y + 1);
    if let Some(line) = checks.selected() {
        draw_detail(canvas, area::inset(area::below(below, below.y + 1)), line);
    }
}

/// The whole finding, and what helps.
fn draw_detail(canvas: &mut Canvas<'_, '_>, area: Rect, line: &CheckLine) {
    const RANGE: u16 = 14;
    let theme = canvas.cx.theme;
    let found = cells::wrap(&line.found, area.width.saturating_sub(RANGE));
    let remedy = cells::wrap(&line.remedy, area.width);
    let found = found.into_iter().map(|text| (text, theme.strong));
    let lines: Vec<_> = found.chain(remedy.into_iter().map(|text| (text, theme.text))).collect();
    canvas.styled(area, &lines);
}
