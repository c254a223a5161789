//! The imports so far, newest first.

use crate::labels::files;
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::screens::common;
use crate::tui::widgets::Focus;
use crate::tui::widgets::list_view::{ListItem, ListLook, ListView};
use crate::tui::widgets::table::{Row, TableColumn};
use crate::usecases::import::FileKind;
use crate::usecases::import::{ImportRun, RunState};
use ratatui::layout::Rect;

impl ListItem for ImportRun {
    type Key = i64;

    fn key(&self) -> i64 {
        self.id
    }

    fn cells(&self, cx: &Context) -> Row {
        let (lang, theme) = (cx.labels.lang, cx.theme);
        let kind = self.kind.parse::<FileKind>().map_or(self.kind.as_str(), |kind| files::kind(lang, kind));
        let rejected = if self.rejected > 0 { theme.attention } else { theme.text };
        vec![
            (common::minute(self.at), theme.text),
            (kind.to_owned(), theme.text),
            match self.state {
                RunState::Applying => (format!("{}{}", self.file, cx.labels.cli.import.applying), theme.attention),
                RunState::Applied => (self.file.clone(), theme.quiet),
            },
            (common::count(self.added), theme.text),
            (common::count(self.changed), theme.text),
            (common::count(self.rejected), rejected),
            (self.staff.clone(), theme.quiet),
        ]
    }
}

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, runs: &ListView<ImportRun>) {
    let words = &canvas.cx.labels.import;
    let columns = [
        TableColumn::cells(words.when, 11),
        TableColumn::cells(words.kind, 13),
        TableColumn::rest(words.file),
        TableColumn::number(words.added, 6),
        TableColumn::number(words.changed, 7),
        TableColumn::number(words.rejected, 8),
        TableColumn::cells(words.who, 8),
    ];
    let look = ListLook { columns: &columns, empty: (words.empty, words.empty_next), focus: Focus::Here, foot: 0 };
    runs.draw(canvas, area, &look);
}
