//! The search: results while one types, the best match selected.

use super::requests::{FindMembers, LookTrigger, MembersMsg, RecordSearch};
use crate::tui::canvas::Canvas;
use crate::tui::commands::Command;
use crate::tui::request::RefusalText;
use crate::tui::screen::{KeyAction, Load, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::table::{self, Selection, TableColumn};
use crate::tui::widgets::{Focus, InputField, cells};
use crate::usecases::members::{FoundMember, Member};
use chrono::Datelike;
use ratatui::layout::Rect;

/// Members remembered of this session.
const RECENT: usize = 10;

/// The field and what it found.
pub(super) struct Find {
    pub(super) field: InputField,
    query: String,
    found: Load<Vec<FoundMember>>,
    /// What `found` answers; while one types it may be older than the query.
    answered: String,
    /// Enter came before the answer.
    pending_command: Option<Command>,
    at: Selection,
    recent: Vec<FoundMember>,
}

impl Default for Find {
    fn default() -> Self {
        let field = InputField::new();
        Self {
            field,
            query: String::new(),
            found: Load::Idle,
            answered: String::new(),
            pending_command: None,
            at: Selection::default(),
            recent: Vec::new(),
        }
    }
}

impl Find {
    /// Searches for what stands in the field; an empty field shows who was opened last.
    pub(super) fn ask(&mut self) -> Vec<KeyAction> {
        self.query = self.field.text().trim().to_owned();
        self.pending_command = None;
        if self.query.is_empty() {
            self.found = Load::Idle;
        }
        // The empty query is asked, too: it replaces one that may still be open.
        let query = self.query.clone();
        vec![KeyAction::request(FindMembers(query.clone()), move |reply| MembersMsg::Found { query, reply })]
    }

    /// The field is empty again; the result of before is gone.
    pub(super) fn again(&mut self) {
        self.field.take();
        self.query.clear();
        self.pending_command = None;
        self.found = Load::Idle;
        self.at.select(0);
    }

    /// Whether the list on the screen answers an older query than the one in the field.
    pub(super) fn is_behind(&self) -> bool {
        !self.query.is_empty() && self.answered != self.query
    }

    /// Does this as soon as the answer is here.
    pub(super) fn pending_command(&mut self, command: Command) {
        self.pending_command = Some(command);
    }

    /// The command that waited for the answer, now that it is here.
    pub(super) fn take_pending(&mut self) -> Option<Command> {
        self.pending_command.take().filter(|_| self.selected().is_some())
    }

    pub(super) fn has_result(&self) -> bool {
        !self.query.is_empty()
    }

    /// What came back. Where that is a refusal, what was found before answers an older query: it does not stay.
    pub(super) fn found(&mut self, query: String, reply: Result<Vec<FoundMember>, RefusalText>) -> Vec<KeyAction> {
        if query != self.query || query.is_empty() {
            return nothing();
        }
        match reply {
            Ok(members) => {
                self.found = Load::Ready(members);
                self.answered = query;
                self.at.select(0);
                self.settled(LookTrigger::Stands)
            }
            Err(refusal) => {
                self.found = Load::Failed(refusal.text);
                self.pending_command = None;
                nothing()
            }
        }
    }

    /// For the record: the result has been used, or may stand.
    pub(super) fn settled(&self, settled: LookTrigger) -> Vec<KeyAction> {
        match self.found.ready() {
            Some(found) if !self.query.is_empty() => {
                let record = RecordSearch { query: self.query.clone(), count: found.len(), settled };
                vec![KeyAction::request_ok(record, |()| ())]
            }
            _ => nothing(),
        }
    }

    /// Leaving the list opens no member of it.
    pub(super) fn clear_pending(&mut self) {
        self.pending_command = None;
    }

    pub(super) fn remember(&mut self, opened: FoundMember) {
        self.recent.retain(|known| known.member.id != opened.member.id);
        self.recent.insert(0, opened);
        self.recent.truncate(RECENT);
    }

    fn listed(&self) -> &[FoundMember] {
        match &self.found {
            Load::Ready(found) => found,
            _ if self.query.is_empty() => &self.recent,
            _ => &[],
        }
    }

    pub(super) fn selected(&self) -> Option<&Member> {
        let listed = self.listed();
        listed.get(self.at.row(listed.len())?).map(|found| &found.member)
    }

    pub(super) fn moved(&mut self, command: Command) {
        let length = self.listed().len();
        self.at.moved(command, length);
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
        let words = &labels.members;
        let label = cells::width(words.prompt) + 2;
        canvas.text(area.x + 2, area.y, label, words.prompt, theme.strong);
        let field = Rect::new(area.x + 2 + label, area.y, 40, 1);
        self.field.draw(canvas, field, Focus::Here);
        let list = Rect { y: area.y + 2, height: area.height - 2, ..area };
        match &self.found {
            Load::Idle if self.recent.is_empty() => common::draw_empty(canvas, list, "", words.hint),
            Load::Idle => {
                canvas.text_right(Rect { width: area.width - 2, ..area }, area.y, words.recent, theme.quiet);
                self.draw_list(canvas, list);
            }
            Load::Ready(found) if found.is_empty() => {
                common::draw_empty(canvas, list, &words.none(&self.query), words.none_next);
            }
            Load::Ready(_) => self.draw_list(canvas, list),
            other => {
                common::ready(canvas, list, other);
            }
        }
    }

    fn draw_list(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let words = &canvas.cx.labels.members;
        let columns = [
            TableColumn::cells(canvas.cx.labels.words.member, 14),
            TableColumn::rest(canvas.cx.labels.words.name),
            TableColumn::rest(words.kana),
            TableColumn::cells(words.relation, 8),
            TableColumn::cells(words.workplace, 14),
        ];
        let listed = self.listed();
        let list = Rect { height: area.height - 1, ..area };
        let (today, theme, labels) = (canvas.cx.today(), canvas.cx.theme, canvas.cx.labels);
        table::draw(canvas, list, &columns, (&self.at, listed.len(), Focus::Here), |index| {
            let FoundMember { member, employer } = &listed[index];
            let (workplace, style) = match member.lost_on {
                Some(day) => {
                    let style = if day <= today { theme.bad } else { theme.attention };
                    // The year only where it is another.
                    let form = if day.year() == today.year() { "%m/%d" } else { "%Y/%m" };
                    (words.lost(&day.format(form).to_string()), style)
                }
                None if member.voluntary => (words.voluntary.to_owned(), theme.attention),
                None => (common::company(employer.as_deref().unwrap_or_default()), theme.quiet),
            };
            vec![
                (member.key(), theme.text),
                (narrow(&member.name), theme.text),
                (narrow(&member.kana), theme.quiet),
                (relation(member, labels), theme.text),
                (workplace, style),
            ]
        });
        let range = table::range(canvas, &self.at, listed.len());
        canvas.text_right(Rect { width: area.width - 1, ..area }, area.bottom() - 1, &range, theme.quiet);
    }
}

/// With a narrow blank between family and given name: a whole reading is seen at 80 columns.
fn narrow(name: &str) -> String {
    name.replace('\u{3000}', " ")
}

/// 続柄 where the registry gives one; 本人 otherwise.
fn relation(member: &Member, labels: &crate::labels::Labels) -> String {
    if member.relationship.is_empty() {
        labels.words.relation_short(member.relation).to_owned()
    } else {
        member.relationship.clone()
    }
}
