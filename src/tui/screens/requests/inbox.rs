//! The inbox, what can be done now first, the oldest first.

use crate::domain::request::RequestState;
use crate::labels::codes;
use crate::tui::canvas::Canvas;
use crate::tui::screen::Load;
use crate::tui::screens::common;
use crate::tui::theme::Theme;
use crate::tui::widgets::Focus;
use crate::tui::widgets::table::{self, Selection, TableColumn};
use crate::usecases::requests::{InboxLine, Scope};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Business days from which a request counts as late.
const LATE: u32 = 3;

pub(super) fn draw(
    canvas: &mut Canvas<'_, '_>,
    area: Rect,
    lines: &Load<Vec<InboxLine>>,
    at: &Selection,
    scope: Scope,
) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let words = &labels.requests;
    let Some(lines) = common::ready(canvas, area, lines) else { return };
    if lines.is_empty() {
        return common::draw_empty(canvas, area, words.empty, words.empty_next);
    }
    let columns = [
        TableColumn::cells(words.received, 11),
        TableColumn::number(words.waited, 4),
        TableColumn::cells(labels.words.state, 9),
        TableColumn::cells(labels.words.member, 13),
        TableColumn::rest(labels.words.name),
        TableColumn::cells(words.note, 18),
    ];
    let list = Rect { height: area.height - 2, ..area };
    table::draw(canvas, list, &columns, (at, lines.len(), Focus::Here), |index| {
        let line = &lines[index];
        let waited = if line.waited >= LATE { theme.attention } else { theme.text };
        let (member, style) = match &line.member {
            Some(key) => (key.clone(), theme.text),
            None => (words.unmatched.to_owned(), theme.attention),
        };
        let note = if line.together > 1 { words.together(line.together) } else { String::new() };
        vec![
            (common::minute(line.received_at), theme.text),
            (words.days(line.waited), waited),
            (codes::request_state(labels.lang, line.state).to_owned(), state_style(line.state, &theme)),
            (member, style),
            (line.name.clone(), theme.text),
            (note, theme.attention),
        ]
    });
    let late = lines.iter().filter(|line| line.waited >= LATE).count();
    let y = area.bottom() - 1;
    canvas.text(area.x + 2, y, area.width - 4, &words.totals(lines.len(), late), theme.strong);
    let range = table::range(canvas, at, lines.len());
    let right = match scope {
        Scope::Open => range,
        Scope::All => format!("{}  {range}", words.all),
    };
    canvas.text_right(Rect { width: area.width - 1, ..area }, y, &right, theme.quiet);
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
