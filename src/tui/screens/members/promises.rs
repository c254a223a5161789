//! P1, P2: who waits, why, and when to act next; the forms about one promise.

use super::requests::{ClosePromise, FollowPromise, ListPromises, MembersMsg};
use crate::domain::promise::OpenPromise;
use crate::domain::query::member_key;
use crate::labels::promises as names;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::days::Days;
use crate::tui::layers::{Form, FormRow};
use crate::tui::request::RefusalText;
use crate::tui::screen::{KeyAction, StatusTone, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::list_view::{ListItem, ListView};
use crate::tui::widgets::table::{Row, TableColumn};
use crate::tui::widgets::{Focus, area};
use crate::usecases::promises::{NextStep, PromiseKind};
use ratatui::layout::{Margin, Rect};

/// The keys of the list.
pub(crate) const PROMISES: &[Binding] = bindings![Open, NextDate, NotNeeded; list];

impl ListItem for OpenPromise {
    type Key = (String, PromiseKind, Option<String>);

    fn key(&self) -> Self::Key {
        (self.member.clone(), self.kind, self.receipt.clone())
    }

    fn cells(&self, cx: &Context) -> Row {
        let (labels, theme, today) = (cx.labels, cx.theme, cx.today());
        let words = &labels.promises;
        let style = if self.is_due(today) { theme.attention } else { theme.text };
        let next = self.next.map_or_else(|| words.undated.to_owned(), common::short);
        vec![
            (next, style),
            (self.member.clone(), theme.text),
            (self.name.clone(), theme.text),
            (names::kind(labels.lang, self.kind).to_owned(), theme.text),
            (names::why(labels.lang, self.why).to_owned(), style),
            (common::short(self.since), theme.quiet),
            (self.owner.clone().unwrap_or_default(), theme.quiet),
        ]
    }
}

/// What is owed and is not on its way.
#[derive(Default)]
pub(super) struct PromiseList {
    pub(super) open: ListView<OpenPromise>,
}

impl PromiseList {
    pub(super) fn load(&mut self) -> Vec<KeyAction> {
        self.open.wait();
        vec![KeyAction::request(ListPromises, MembersMsg::Promises)]
    }

    pub(super) fn loaded(&mut self, reply: Result<Vec<OpenPromise>, RefusalText>, cx: &Context) -> Vec<KeyAction> {
        common::loaded(&mut self.open, reply, cx)
    }

    pub(super) fn command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        let selected = self.open.selected();
        match command {
            Command::Reload => self.load(),
            Command::Open => selected.map_or_else(nothing, |promise| common::visit_key(&promise.member)),
            Command::NextDate => selected.map_or_else(nothing, |promise| follow(promise, cx)),
            Command::NotNeeded => selected.map_or_else(nothing, |promise| close(promise, cx)),
            _ => nothing(),
        }
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let (labels, theme, today) = (canvas.cx.labels, canvas.cx.theme, canvas.cx.today());
        let words = &labels.promises;
        canvas.text(area.x + 2, area.y, area.width, words.title, theme.title);
        if !self.open.draw_state(canvas, area, (words.none, words.none_next)) {
            return;
        }
        let due = self.open.rows().iter().filter(|promise| promise.is_due(today)).count();
        let totals = words.totals(self.open.len(), due);
        canvas.text_right(area.inner(Margin::new(1, 0)), area.y, &totals, theme.strong);
        let mut columns = vec![
            TableColumn::cells(words.next, 8),
            TableColumn::key(labels.words.member, 13),
            TableColumn::rest(labels.words.name),
            TableColumn::cells(words.kind, 12),
            TableColumn::cells(words.why, 18),
        ];
        // Where they do not fit, the line below tells them.
        if area.width >= WIDE {
            columns.extend([TableColumn::cells(words.since, 8), TableColumn::cells(words.owner, 10)]);
        }
        let [above, below] = area::split_bottom(area, 3);
        let [_, list] = area::split_top(above, 1);
        self.open.draw_rows(canvas, list, (&columns, Focus::Here));
        if let Some(promise) = self.open.selected() {
            canvas.rule(below);
            let inner = area::inset(below);
            let receipt = promise.receipt.as_deref().map(|receipt| words.of_request(receipt)).unwrap_or_default();
            let (owner, said) = (promise.owner.as_deref(), promise.note.as_deref());
            let since = words.detail(&common::short(promise.since), owner.unwrap_or("-"));
            let line = [since.as_str(), &receipt, said.unwrap_or_default()].join("  ");
            canvas.text(inner.x, inner.y + 1, inner.width, line.trim_end(), theme.text);
        }
    }
}

/// Cells from which on every column has room.
const WIDE: u16 = 110;

/// Asks for the next date and the owner of a promise.
pub(super) fn follow(promise: &OpenPromise, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.promises;
    let Some(key) = member_key(&promise.member) else { return nothing() };
    let who = format!("{} {}", promise.member, promise.name);
    let what = format!("{} {}", names::kind(cx.labels.lang, promise.kind), names::why(cx.labels.lang, promise.why));
    let rows = vec![
        FormRow::date(words.follow_day, Days::Coming),
        FormRow::text(words.follow_owner).holding(promise.owner.as_deref().unwrap_or_default()),
        FormRow::text(words.follow_note).holding(promise.note.as_deref().unwrap_or_default()),
    ];
    let (kind, done) = (promise.kind, words.followed(&who));
    let form = Form::new(words.follow_title, rows, move |mut filled| {
        let (on, owner, note) = (filled.day(), filled.text(), filled.text());
        let owner = Some(owner.trim().to_owned()).filter(|owner| !owner.is_empty());
        let step = on.map(|on| NextStep { on, owner, note });
        let (key, done) = (key.clone(), done.clone());
        let send = |step| KeyAction::request_ok(FollowPromise { key, kind, step }, |()| MembersMsg::PromiseSaid(done));
        step.map(send).into_iter().collect()
    });
    vec![KeyAction::dialog(form.saying([words.follow_text(&who, &what)]))]
}

/// Asks why a promise needs no answer.
fn close(promise: &OpenPromise, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.promises;
    let Some(key) = member_key(&promise.member) else { return nothing() };
    let who = format!("{} {}", promise.member, promise.name);
    let (kind, done) = (promise.kind, words.closed(&who));
    let form = Form::new(words.close_title, vec![FormRow::text(words.close_reason).required()], move |mut filled| {
        let (key, done) = (key.clone(), done.clone());
        let request = ClosePromise { key, kind, reason: filled.text() };
        vec![KeyAction::request_ok(request, |()| MembersMsg::PromiseSaid(done))]
    });
    vec![KeyAction::dialog(form.saying([who, words.close_hint.to_owned()]))]
}

/// The next date of what is owed to the member in front.
pub(super) fn follow_first(promises: &[OpenPromise], cx: &Context) -> Vec<KeyAction> {
    match promises.iter().find(|promise| promise.kind != PromiseKind::CallBack) {
        Some(promise) => follow(promise, cx),
        None => vec![KeyAction::Say(StatusTone::Quiet, cx.labels.promises.nothing_owed.to_owned())],
    }
}
