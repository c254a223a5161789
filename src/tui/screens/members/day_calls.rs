//! 電話の一覧: the calls of a day, and what was said.

use super::requests::{ListCalls, MembersMsg};
use crate::domain::PhoneNumber;
use crate::domain::request::Channel;
use crate::labels::{calls as names, codes};
use crate::text::japan::local;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::request::RefusalText;
use crate::tui::screen::{KeyAction, StatusTone, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::list_view::{ListItem, ListView};
use crate::tui::widgets::table::{Row, TableColumn};
use crate::tui::widgets::{Focus, area, cells};
use crate::usecases::calls::{CallLine, CallState};
use chrono::{Days, NaiveDate};
use ratatui::layout::Rect;

/// The keys of the list.
pub(crate) const DAY_CALLS: &[Binding] = bindings![Open, CopyPhone, DayBefore, DayAfter; list];

/// Lines of the call below the list, with the rule above it.
const DETAIL: u16 = 6;

impl ListItem for CallLine {
    type Key = i64;

    fn key(&self) -> i64 {
        self.id
    }

    fn cells(&self, cx: &Context) -> Row {
        let (lang, theme) = (cx.labels.lang, cx.theme);
        let style = if self.state == CallState::Open { theme.attention } else { theme.text };
        let caller = match self.draft.channel {
            Channel::Phone => names::caller(lang, self.caller()),
            other => codes::channel(lang, other),
        };
        let text = self.draft.body.split_whitespace().collect::<Vec<_>>().join(" ");
        vec![
            (local(self.started_at).format("%H:%M").to_string(), theme.quiet),
            (cx.labels.calls.state(self.state).to_owned(), style),
            (names::about(self), theme.text),
            (caller.to_owned(), theme.text),
            (self.staff.clone(), theme.quiet),
            (text, theme.text),
        ]
    }
}

/// A day and its calls.
#[derive(Default)]
pub(super) struct DayCalls {
    /// Today where none was chosen.
    day: Option<NaiveDate>,
    pub(super) calls: ListView<CallLine>,
}

impl DayCalls {
    pub(super) fn today(&mut self) {
        self.day = None;
    }

    pub(super) fn load(&mut self, cx: &Context) -> Vec<KeyAction> {
        self.calls.wait();
        let day = self.day.unwrap_or_else(|| cx.today());
        vec![KeyAction::request(ListCalls(day), move |reply| MembersMsg::CallsOfDay { day, reply })]
    }

    pub(super) fn loaded(
        &mut self,
        day: NaiveDate,
        reply: Result<Vec<CallLine>, RefusalText>,
        cx: &Context,
    ) -> Vec<KeyAction> {
        if day == self.day.unwrap_or_else(|| cx.today()) {
            common::loaded(&mut self.calls, reply, cx)
        } else {
            nothing()
        }
    }

    pub(super) fn command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        let day = self.day.unwrap_or_else(|| cx.today());
        match command {
            Command::Reload => self.load(cx),
            Command::DayBefore => self.turn(day - Days::new(1), cx),
            Command::DayAfter if day >= cx.today() => {
                vec![KeyAction::Say(StatusTone::Quiet, cx.labels.calls.last_day.to_owned())]
            }
            Command::DayAfter => self.turn(day + Days::new(1), cx),
            Command::CopyPhone => {
                copy(self.calls.selected().map(|call| call.draft.phone.as_str()).unwrap_or_default(), cx)
            }
            Command::Open => self.calls.selected().map_or_else(nothing, |call| match (call.state, &call.member) {
                (CallState::Open, _) => vec![KeyAction::send(MembersMsg::TakeUp(call.id))],
                (CallState::Done, Some(key)) => common::visit_key(key),
                (CallState::Done, None) => {
                    vec![KeyAction::Say(StatusTone::Quiet, cx.labels.calls.without_member.to_owned())]
                }
            }),
            _ => nothing(),
        }
    }

    fn turn(&mut self, day: NaiveDate, cx: &Context) -> Vec<KeyAction> {
        self.day = Some(day);
        self.calls.clear();
        self.load(cx)
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let (words, theme) = (&canvas.cx.labels.calls, canvas.cx.theme);
        let day = self.day.unwrap_or_else(|| canvas.cx.today());
        canvas.text(area.x + 2, area.y, area.width, &words.of_day(&day.to_string()), theme.title);
        if !self.calls.draw_state(canvas, area, (words.none, words.none_next)) {
            return;
        }
        let columns = [
            TableColumn::cells(words.at, 5),
            TableColumn::cells(words.state_name, 6),
            TableColumn::rest(words.about),
            TableColumn::cells(canvas.cx.labels.notes.caller, 14),
            TableColumn::cells(canvas.cx.labels.notes.staff, 8),
            TableColumn::rest(canvas.cx.labels.notes.text),
        ];
        let [above, below] = area::split_bottom(area, DETAIL);
        let [_, list] = area::split_top(above, 1);
        self.calls.draw_rows(canvas, list, (&columns, Focus::Here));
        if let Some(call) = self.calls.selected() {
            draw_detail(canvas, below, call);
        }
    }
}

/// As much of what was said as there is room for, with the number to call back.
fn draw_detail(canvas: &mut Canvas<'_, '_>, area: Rect, call: &CallLine) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    canvas.rule(area);
    let inner = area::inset(area);
    let phone = Some(call.draft.phone.as_str()).filter(|phone| !phone.is_empty());
    let facts = [Some(names::about(call)), phone.map(|phone| labels.notes.call_back(phone))];
    let head = facts.into_iter().flatten().collect::<Vec<_>>().join("  ");
    canvas.text(inner.x, inner.y + 1, inner.width, &head, theme.quiet);
    for (line, y) in cells::wrap(&call.draft.body, inner.width).iter().zip(inner.y + 2..area.bottom()) {
        canvas.text(inner.x, y, inner.width, line, theme.text);
    }
}

/// Puts the digits that are dialled into the clipboard.
pub(super) fn copy(phone: &str, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.calls;
    match PhoneNumber::parse(phone) {
        Ok(Some(number)) => {
            let said = KeyAction::Say(StatusTone::Good, words.copied(number.shown()));
            vec![KeyAction::Copy(number.dialled()), said]
        }
        Ok(None) => vec![KeyAction::Say(StatusTone::Attention, words.no_phone.to_owned())],
        Err(_) => vec![KeyAction::Say(StatusTone::Attention, cx.labels.notes.phone_bad.to_owned())],
    }
}
