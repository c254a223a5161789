//! The inbox, what can be done now first, the oldest first, or in another order.

use crate::domain::request::{CaseVerdict, Ground, RequestState};
use crate::labels::{cases, codes};
use crate::text::japan::day_of;
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::screens::common;
use crate::tui::theme::Theme;
use crate::tui::widgets::list_view::{ListItem, ListLook, ListView};
use crate::tui::widgets::table::{Row, TableColumn};
use crate::tui::widgets::{Focus, area as areas, cells};
use crate::usecases::requests::{InboxLine, InboxOrder, Scope};
use ratatui::layout::{Margin, Rect};
use ratatui::style::Style;

/// Business days from which a request counts as late.
const LATE: u32 = 3;

/// Whether one key settles it: everything agrees, and nothing else is to be decided.
pub(super) fn settles(line: &InboxLine) -> bool {
    let agrees = line.verdict == Some(CaseVerdict::AllAgree) && line.instead.is_none();
    agrees && line.together < 2 && line.no_route.is_none() && line.state.is_open()
}

impl ListItem for InboxLine {
    type Key = String;

    fn key(&self) -> String {
        self.receipt.clone()
    }

    /// A list shows as many of them as it has room for; a filter finds all.
    fn cells(&self, cx: &Context) -> Row {
        let (labels, theme, lang) = (cx.labels, cx.theme, cx.labels.lang);
        let words = &labels.requests;
        let waited = if self.waited >= LATE && self.state.is_open() { theme.attention } else { theme.text };
        let who = if self.member.is_some() { theme.text } else { theme.attention };
        let verdict = self.verdict.map(|verdict| codes::case_verdict(lang, verdict, &self.differs)).unwrap_or_default();
        let destination = cases::goes_to(lang, self.destination.as_ref(), self.no_route);
        let notice = match &self.notice {
            Some(notice) => cases::notice(lang, Some(notice)),
            None => words.none_arranged.to_owned(),
        };
        let used = self.login_used_at.map(|at| common::short(day_of(at))).unwrap_or_default();
        vec![
            (words.days(self.waited), waited),
            (cases::who(lang, self), who),
            (verdict, verdict_style(self.verdict, &theme)),
            (self.assignee.clone().unwrap_or_default(), theme.quiet),
            (codes::request_state(lang, self.state).to_owned(), state_style(self.state, &theme)),
            (note(self, cx), theme.attention),
            (self.receipt.clone(), theme.quiet),
            (codes::request_kind(lang, self.kind).to_owned(), theme.text),
            (destination, if self.no_route.is_some() { theme.attention } else { theme.text }),
            (notice, theme.text),
            (used, theme.quiet),
        ]
    }
}

/// What is to be known before it is opened.
fn note(line: &InboxLine, cx: &Context) -> String {
    let (words, lang) = (&cx.labels.requests, cx.labels.lang);
    let held = line.follow_up_on.filter(|_| line.state == RequestState::OnHold);
    match (line.instead, line.no_route) {
        _ if !line.state.is_open() => {
            let reason = line.reason.as_deref().unwrap_or_default();
            reason.parse().map_or(reason, |ground| codes::ground(lang, ground)).to_owned()
        }
        _ if held.is_some() => held.map(|day| words.next_on(&common::short(day))).unwrap_or_default(),
        _ if line.together > 1 => words.together(line.together),
        (Some(Ground::Arranged), _) => cases::notice(lang, line.notice.as_ref()),
        // That no member was found is the verdict.
        (Some(Ground::NotIdentified), _) => String::new(),
        (Some(ground), _) => codes::ground(lang, ground).to_owned(),
        (None, Some(_)) => cases::goes_to(lang, None, line.no_route),
        (None, None) => String::new(),
    }
}

pub(super) fn draw(
    canvas: &mut Canvas<'_, '_>,
    area: Rect,
    lines: &ListView<InboxLine>,
    (scope, order, focus): (Scope, InboxOrder, Focus),
) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let words = &labels.requests;
    let mut columns = vec![
        TableColumn::number(words.waited, 4),
        TableColumn::rest(words.who),
        TableColumn::cells(words.verdict, 14),
        TableColumn::cells(words.assignee, 6),
    ];
    // Beside a case there is room for these, and the case says the rest.
    let alone = area.width >= ALONE;
    if alone {
        columns.extend([TableColumn::cells(labels.words.state, 9), TableColumn::cells(words.note, 14)]);
    }
    let look =
        ListLook { columns: &columns, empty: (words.empty, words.empty_next), focus, foot: if alone { 3 } else { 2 } };
    if !lines.draw(canvas, area, &look) {
        return;
    }
    if let Some(line) = lines.selected().filter(|_| alone) {
        draw_detail(canvas, areas::row(area, area.bottom() - 2), line);
    }
    let late = lines.rows().iter().filter(|line| line.waited >= LATE && line.state.is_open()).count();
    let all = lines.rows().iter().filter(|line| scope == Scope::All || line.state.is_open()).count();
    let y = area.bottom() - 1;
    let used =
        canvas.text(area.x + 2, y, area.width - 4, &words.totals(all, if alone { late } else { 0 }), theme.strong);
    let range = lines.range(canvas);
    let settled = (scope == Scope::All).then_some(words.all);
    let sorted = (order != InboxOrder::Turn).then(|| words.sorted(order));
    let right = settled.into_iter().chain(sorted).chain([range.as_str()]).collect::<Vec<_>>().join("  ");
    let right = if cells::width(&right) + used + 6 > area.width { range } else { right };
    canvas.text_right(area.inner(Margin::new(1, 0)), y, &right, theme.quiet);
}

/// Cells from which on a list has no case beside it.
const ALONE: u16 = 72;

/// What the columns have no room for: receipt number, kind, destination, notice, last login.
fn draw_detail(canvas: &mut Canvas<'_, '_>, row: Rect, line: &InboxLine) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let (words, lang) = (&labels.requests, labels.lang);
    let used = line.login_used_at.map(|at| words.last_login(&common::short(day_of(at))));
    let notice = line.notice.as_ref().map(|notice| format!("{} {}", words.arranged, cases::notice(lang, Some(notice))));
    let facts = [
        format!("{}  {}", line.receipt, codes::request_kind(lang, line.kind)),
        cases::goes_to(lang, line.destination.as_ref(), line.no_route),
        notice.unwrap_or_default(),
        used.unwrap_or_default(),
    ];
    let facts = facts.into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join("  ");
    let inner = areas::inset(row);
    canvas.text(inner.x, inner.y, inner.width, &facts, theme.quiet);
}

const fn verdict_style(verdict: Option<CaseVerdict>, theme: &Theme) -> Style {
    match verdict {
        Some(CaseVerdict::AllAgree) => theme.good,
        Some(CaseVerdict::Incomplete) | None => theme.text,
        Some(CaseVerdict::Differs | CaseVerdict::TwoPeople | CaseVerdict::KeyOnly | CaseVerdict::Nobody) => {
            theme.attention
        }
    }
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
