//! The inbox, what can be done now first, the oldest first.

use crate::domain::request::RequestState;
use crate::labels::codes;
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::screens::common;
use crate::tui::theme::Theme;
use crate::tui::widgets::Focus;
use crate::tui::widgets::list_view::{ListItem, ListLook, ListView};
use crate::tui::widgets::table::{Row, TableColumn};
use crate::usecases::requests::{InboxLine, Scope};
use ratatui::layout::{Margin, Rect};
use ratatui::style::Style;

/// Business days from which a request counts as late.
const LATE: u32 = 3;

impl ListItem for InboxLine {
    type Key = String;

    fn key(&self) -> String {
        self.receipt.clone()
    }

    fn cells(&self, cx: &Context) -> Row {
        let (labels, theme) = (cx.labels, cx.theme);
        let words = &labels.requests;
        let waited = if self.waited >= LATE { theme.attention } else { theme.text };
        let (member, style) = match &self.member {
            Some(key) => (key.clone(), theme.text),
            None => (words.unmatched.to_owned(), theme.attention),
        };
        let note = if self.together > 1 { words.together(self.together) } else { String::new() };
        vec![
            (common::minute(self.received_at), theme.text),
            (words.days(self.waited), waited),
            (codes::request_state(labels.lang, self.state).to_owned(), state_style(self.state, &theme)),
            (member, style),
            (self.name.clone(), theme.text),
            (note, theme.attention),
        ]
    }
}

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, lines: &ListView<InboxLine>, scope: Scope) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let words = &labels.requests;
    let columns = [
        TableColumn::cells(words.received, 11),
        TableColumn::number(words.waited, 4),
        TableColumn::cells(labels.words.state, 9),
        TableColumn::cells(labels.words.member, 13),
        TableColumn::rest(labels.words.name),
        TableColumn::cells(words.note, 18),
    ];
    let look = ListLook { columns: &columns, empty: (words.empty, words.empty_next), focus: Focus::Here, foot: 2 };
    if !lines.draw(canvas, area, &look) {
        return;
    }
    let late = lines.rows().iter().filter(|line| line.waited >= LATE).count();
    let y = area.bottom() - 1;
    canvas.text(area.x + 2, y, area.width - 4, &words.totals(lines.rows().len(), late), theme.strong);
    let range = lines.range(canvas);
    let right = match scope {
        Scope::Open => range,
        Scope::All => format!("{}  {range}", words.all),
    };
    canvas.text_right(area.inner(Margin::new(1, 0)), y, &right, theme.quiet);
}

/// What waits for a clerk is not calm.
pub(super) const fn state_style(state: RequestState, theme: &Theme) -> Style {
    match state {
        RequestState::New => theme.attention,
        RequestState::Verifying | RequestState::Queued => theme.moving,
        RequestState::OnHold => theme.attention,
        RequestState::Done => theme.good,
        RequestState::Rejected => theme.quiet,
    }
}
