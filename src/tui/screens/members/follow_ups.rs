//! 次の連絡: callers to get back to, the longest due first.

use super::day_calls;
use super::note_list::{self, DETAIL};
use super::notes::topic;
use super::requests::{CompleteFollowUp, ListFollowUps, MembersMsg};
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::layers::{Form, FormRow};
use crate::tui::request::RefusalText;
use crate::tui::screen::{KeyAction, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::list_view::{ListItem, ListView};
use crate::tui::widgets::table::{Row, TableColumn};
use crate::tui::widgets::{Focus, area};
use crate::usecases::notes::FollowUp;
use ratatui::layout::{Margin, Rect};

/// The keys of the list.
pub(crate) const FOLLOW_UPS: &[Binding] = bindings![Open, FollowUpDone, CopyPhone; list];

impl ListItem for FollowUp {
    type Key = i64;

    fn key(&self) -> i64 {
        self.note.id
    }

    fn cells(&self, cx: &Context) -> Row {
        let (words, theme) = (&cx.labels.notes, cx.theme);
        let Self { note, overdue } = self;
        let style = if *overdue > 0 { theme.attention } else { theme.text };
        vec![
            (note.follow_up_on.map(common::short).unwrap_or_default(), style),
            (words.days(*overdue), style),
            (note_list::key(note), theme.text),
            (note.name.clone(), theme.text),
            (note.staff.clone(), theme.quiet),
            (note_list::one_line(&note.body), theme.text),
            (topic(&note.topic, cx.labels), theme.quiet),
        ]
    }
}

/// What is due.
#[derive(Default)]
pub(super) struct FollowUps {
    pub(super) due: ListView<FollowUp>,
}

impl FollowUps {
    pub(super) fn load(&mut self) -> Vec<KeyAction> {
        self.due.wait();
        vec![KeyAction::request(ListFollowUps, MembersMsg::FollowUps)]
    }

    pub(super) fn loaded(&mut self, reply: Result<Vec<FollowUp>, RefusalText>, cx: &Context) -> Vec<KeyAction> {
        common::loaded(&mut self.due, reply, cx)
    }

    pub(super) fn command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        match command {
            Command::Reload => self.load(),
            Command::Open => note_list::open(self.due.selected().map(|due| &due.note)),
            Command::CopyPhone => {
                let phone = self.due.selected().map(|due| due.note.phone.as_str()).unwrap_or_default();
                day_calls::copy(phone, cx)
            }
            Command::FollowUpDone => self.due.selected().map_or_else(nothing, |due| done(due, cx)),
            _ => nothing(),
        }
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let (words, theme) = (&canvas.cx.labels.notes, canvas.cx.theme);
        canvas.text(area.x + 2, area.y, area.width, words.due_title, theme.title);
        if !self.due.draw_state(canvas, area, (words.due_none, words.due_none_next)) {
            return;
        }
        let late = self.due.rows().iter().filter(|due| due.overdue > 0).count();
        let totals = words.totals(self.due.len(), late);
        canvas.text_right(area.inner(Margin::new(1, 0)), area.y, &totals, theme.strong);
        let mut columns = vec![
            TableColumn::cells(words.due, 5),
            TableColumn::number(words.overdue, 5),
            TableColumn::key(canvas.cx.labels.words.member, 13),
            TableColumn::cells(canvas.cx.labels.words.name, 14),
            TableColumn::cells(words.staff, 8),
            TableColumn::rest(words.text),
        ];
        // Where it does not fit, the note below tells the topic.
        if area.width >= WIDE {
            columns.push(TableColumn::rest(words.topic));
        }
        let [above, below] = area::split_bottom(area, DETAIL);
        let [_, list] = area::split_top(above, 1);
        self.due.draw_rows(canvas, list, (&columns, Focus::Here));
        if let Some(due) = self.due.selected() {
            note_list::draw_detail(canvas, below, &due.note);
        }
    }
}

/// Cells from which on the topic has its column.
const WIDE: u16 = 110;

/// Asks what came of it.
fn done(due: &FollowUp, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.notes;
    let who = format!("{} {}", note_list::key(&due.note), due.note.name);
    let (id, named) = (due.note.id, who.clone());
    let form = Form::new(words.done_title, vec![FormRow::area(words.done_closing)], move |mut filled| {
        let who = named.clone();
        vec![KeyAction::request_ok(CompleteFollowUp { id, closing: filled.text() }, |()| MembersMsg::FollowUpDone {
            who,
        })]
    });
    vec![KeyAction::dialog(form.saying([who, words.done_hint.to_owned()]))]
}
