//! R6: 代表住所の変更, of every employer at which one waits to be confirmed, with cards or without.

use crate::labels::addresses;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, bindings};
use crate::tui::context::Context;
use crate::tui::screens::common;
use crate::tui::widgets::list_view::{ListItem, ListLook, ListView};
use crate::tui::widgets::table::{Row, TableColumn};
use crate::tui::widgets::{Focus, area, cells};
use crate::usecases::addresses::ChangedAddress;
use ratatui::layout::Rect;

/// The keys of the list.
pub(crate) const CHANGED_ADDRESSES: &[Binding] = bindings![Open, Filter; list];

/// Rows of the change at hand, below the list.
const DETAIL: u16 = 6;

impl ListItem for ChangedAddress {
    type Key = i64;

    fn key(&self) -> i64 {
        self.change
    }

    fn cells(&self, cx: &Context) -> Row {
        let theme = cx.theme;
        vec![
            (self.code.clone(), theme.text),
            (common::company(&self.after.company), theme.text),
            (format!("{} {}", self.after.address1, self.after.address2).trim_end().to_owned(), theme.text),
            (common::day(self.changed_at), theme.quiet),
            (self.changed_by.clone(), theme.quiet),
        ]
    }
}

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, changes: &ListView<ChangedAddress>) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let words = &labels.queue;
    let columns = [
        TableColumn::cells(words.address_code, 6),
        TableColumn::rest(words.employer),
        TableColumn::rest(words.address_after),
        TableColumn::cells(words.address_changed_on, 6),
        TableColumn::cells(words.address_changed_by, 6),
    ];
    let empty = (addresses::none(labels.lang), words.address_none_next);
    if !changes.draw(canvas, area, &ListLook { columns: &columns, empty, focus: Focus::Here, foot: DETAIL }) {
        return;
    }
    let [_, below] = area::split_bottom(area, DETAIL);
    canvas.rule(area::row(below, below.y));
    if let Some(change) = changes.selected() {
        let below = area::inset(area::below(below, below.y + 1));
        let text = addresses::change(labels.lang, change);
        let lines: Vec<String> = text.lines().flat_map(|line| cells::wrap(line, below.width)).collect();
        canvas.lines(below, &lines, theme.text);
    }
}
