//! 次の連絡: whom to get back to, the longest due first.

use super::note_list::{self, DETAIL};
use super::notes::topic;
use super::requests::{CompleteFollowUp, ListFollowUps, MembersMsg};
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::layers::{Form, Row};
use crate::tui::screen::{Action, Load, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::Focus;
use crate::tui::widgets::table::{self, Column, Selection};
use crate::usecases::notes::FollowUp;
use ratatui::layout::Rect;

/// The keys of the list.
pub(crate) const FOLLOW_UPS: &[Binding] = bindings![Open, FollowUpDone, Up, Down, PageUp, PageDown, First, Last, Back];

/// What is due.
#[derive(Default)]
pub(super) struct FollowUps {
    pub(super) due: Load<Vec<FollowUp>>,
    at: Selection,
}

impl FollowUps {
    pub(super) fn load(&mut self) -> Vec<Action> {
        self.due.wait();
        vec![Action::request(ListFollowUps, MembersMsg::FollowUps)]
    }

    fn selected(&self) -> Option<&FollowUp> {
        let due = self.due.ready()?;
        due.get(self.at.row(due.len())?)
    }

    pub(super) fn command(&mut self, command: Command, cx: &Context) -> Vec<Action> {
        match command {
            Command::Reload => return self.load(),
            Command::Open => return note_list::open(self.selected().map(|due| &due.note)),
            Command::FollowUpDone => {
                return self.selected().map_or_else(nothing, |due| done(due, cx));
            }
            other => {
                self.at.moved(other, self.due.ready().map_or(0, Vec::len));
            }
        }
        nothing()
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let (words, theme) = (&canvas.cx.labels.notes, canvas.cx.theme);
        canvas.text(area.x + 2, area.y, area.width, words.due_title, theme.title);
        let Some(due) = common::ready(canvas, area, &self.due) else { return };
        let late = due.iter().filter(|due| due.overdue > 0).count();
        if due.is_empty() {
            return common::draw_empty(canvas, area, words.due_none, words.due_none_next);
        }
        canvas.text_right(Rect { width: area.width - 1, ..area }, area.y, &words.totals(due.len(), late), theme.strong);
        let mut columns = vec![
            Column::cells(words.due, 5),
            Column::number(words.overdue, 5),
            Column::cells(words.member, 13),
            Column::cells(words.name, 14),
            Column::cells(words.staff, 8),
            Column::rest(words.text),
        ];
        // Where it does not fit, the note below tells the topic.
        if area.width >= WIDE {
            columns.push(Column::rest(words.topic));
        }
        let list = Rect { y: area.y + 1, height: area.height - 1 - DETAIL, ..area };
        table::draw(canvas, list, &columns, (&self.at, due.len(), Focus::Here), |index| {
            let FollowUp { note, overdue } = &due[index];
            let style = if *overdue > 0 { theme.attention } else { theme.text };
            vec![
                (note.follow_up_on.map(common::short).unwrap_or_default(), style),
                (words.days(*overdue), style),
                (note_list::key(note), theme.text),
                (note.name.clone(), theme.text),
                (note.staff.clone(), theme.quiet),
                (note_list::one_line(&note.body), theme.text),
                (topic(&note.topic, canvas.cx.labels), theme.quiet),
            ]
        });
        if let Some(due) = self.selected() {
            let below = Rect { y: area.bottom() - DETAIL, height: DETAIL, ..area };
            note_list::draw_detail(canvas, below, &due.note);
        }
    }
}

/// Cells from which on the topic has its column.
const WIDE: u16 = 110;

/// Asks what came of it.
fn done(due: &FollowUp, cx: &Context) -> Vec<Action> {
    let words = &cx.labels.notes;
    let who = format!("{} {}", note_list::key(&due.note), due.note.name);
    let (id, named) = (due.note.id, who.clone());
    let form = Form::new(words.done_title, vec![Row::area(words.done_closing)], move |mut filled| {
        let who = named.clone();
        vec![Action::request_ok(CompleteFollowUp { id, closing: filled.text() }, |()| MembersMsg::FollowUpDone { who })]
    });
    vec![Action::dialog(form.saying([who, words.done_hint.to_owned()]))]
}
