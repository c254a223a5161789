//! The search: results while one types, the best match selected.

use super::requests::{FindMembers, MembersMsg, RecordSearch, SearchStands};
use crate::labels::Labels;
use crate::labels::persons::kinship;
use crate::tui::canvas::Canvas;
use crate::tui::commands::Command;
use crate::tui::context::Context;
use crate::tui::layers::Notice;
use crate::tui::request::RefusalText;
use crate::tui::screen::{KeyAction, StatusTone, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::list_view::{AnyList, ListItem, ListLook, ListView};
use crate::tui::widgets::table::{Row, TableColumn};
use crate::tui::widgets::{Focus, InputField, area};
use crate::usecases::members::{FoundMember, Member};
use chrono::Datelike;
use ratatui::layout::Rect;

/// Members remembered of this session.
const RECENT: usize = 10;

/// The field and what it found.
pub(super) struct Find {
    pub(super) field: InputField,
    query: String,
    found: ListView<FoundMember>,
    /// What `found` answers; while one types it may be older than the query.
    answered: String,
    /// Whether the log has it: a search counts once, when its result is used or has stood for a second (F3).
    recorded: bool,
    /// Enter came before the answer.
    pending_command: Option<Command>,
    recent: ListView<FoundMember>,
}

impl Default for Find {
    fn default() -> Self {
        let field = InputField::new();
        Self {
            field,
            query: String::new(),
            found: ListView::default(),
            answered: String::new(),
            recorded: false,
            pending_command: None,
            recent: ListView::of(Vec::new()),
        }
    }
}

impl Find {
    /// Searches for what stands in the field; an empty field shows who was opened last.
    pub(super) fn ask(&mut self) -> Vec<KeyAction> {
        self.query = self.field.text().trim().to_owned();
        self.pending_command = None;
        if self.query.is_empty() {
            self.found.clear();
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
        self.found.clear();
        self.recent.select(0);
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
                self.found = ListView::of(members);
                self.answered.clone_from(&query);
                self.recorded = false;
                vec![KeyAction::request_ok(SearchStands, |()| MembersMsg::SearchStood(query))]
            }
            Err(refusal) => {
                self.found.fail_empty(&refusal.text);
                self.pending_command = None;
                nothing()
            }
        }
    }

    /// A result has stood for a second.
    pub(super) fn stood(&mut self, query: &str) -> Vec<KeyAction> {
        if query == self.query && query == self.answered { self.used() } else { nothing() }
    }

    /// For the log: the result was used, or has stood.
    pub(super) fn used(&mut self) -> Vec<KeyAction> {
        if !self.found.is_ready() || self.query.is_empty() || std::mem::replace(&mut self.recorded, true) {
            return nothing();
        }
        let members = self.found.rows().iter().map(|found| found.member.id).collect();
        let record = RecordSearch { query: self.query.clone(), members };
        vec![KeyAction::request_ok(record, |()| ())]
    }

    /// Leaving the list opens no member of it.
    pub(super) fn clear_pending(&mut self) {
        self.pending_command = None;
    }

    pub(super) fn remember(&mut self, opened: FoundMember, cx: &Context) {
        let others = self.recent.rows().iter().filter(|known| known.key() != opened.key()).cloned();
        self.recent.set(std::iter::once(opened.clone()).chain(others).take(RECENT).collect(), cx);
    }

    fn listed(&self) -> &ListView<FoundMember> {
        if self.query.is_empty() { &self.recent } else { &self.found }
    }

    /// The list in front.
    pub(super) fn list(&mut self) -> &mut dyn AnyList {
        if self.query.is_empty() { &mut self.recent } else { &mut self.found }
    }

    pub(super) fn selected(&self) -> Option<&Member> {
        self.listed().selected().map(|found| &found.member)
    }

    /// A11: what is said instead of opening a number that is another person's by now.
    pub(super) fn former_holder(&self, labels: &Labels) -> Option<KeyAction> {
        let member = self.selected()?;
        let until = member.replaced_on?.pred_opt()?;
        let words = &labels.members;
        let told = words.former_holder(&member.name, &member.key(), &until.to_string());
        Some(KeyAction::dialog(Notice::new(words.former_title, StatusTone::Attention, told)))
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
        let words = &labels.members;
        let [prompt, list] = area::split_top(area, 2);
        self.field.draw_search(canvas, prompt, words.prompt);
        let is_recent = self.query.is_empty() && !self.recent.rows().is_empty();
        let why = self.listed().selected().map(|found| words.why(found.why));
        let told = if is_recent { Some(words.recent) } else { why.filter(|_| !self.query.is_empty()) };
        if let Some(told) = told {
            canvas.text_right(area::inset(prompt), prompt.y, told, theme.quiet);
        }
        let columns = [
            TableColumn::key(canvas.cx.labels.words.member, 14),
            TableColumn::rest(canvas.cx.labels.words.name),
            TableColumn::rest(words.kana),
            TableColumn::cells(words.relation, 8),
            TableColumn::rest(words.workplace),
        ];
        let none = words.none(&self.query);
        let empty = if self.query.is_empty() { ("", words.hint) } else { (none.as_str(), words.none_next) };
        if self.listed().draw(canvas, list, &ListLook { columns: &columns, empty, focus: Focus::Here, foot: 1 }) {
            self.listed().draw_range(canvas, list, list.bottom() - 1);
        }
    }
}

impl ListItem for FoundMember {
    type Key = i64;

    fn key(&self) -> i64 {
        self.member.id
    }

    fn cells(&self, cx: &Context) -> Row {
        let (words, theme, today) = (&cx.labels.members, cx.theme, cx.today());
        let Self { member, employer, protected_since, .. } = self;
        let told = protected_since.map(|_| words.protected_first).unwrap_or_default();
        let name = (format!("{told}{}", narrow(&member.name)), protected_since.map_or(theme.text, |_| theme.attention));
        let (workplace, style) = match member.lost_on {
            // R7: where the person works is nothing that the list of a family should tell.
            _ if protected_since.is_some() => (words.protected_name.to_owned(), theme.attention),
            _ if member.replaced_on.is_some() => (words.former_short.to_owned(), theme.bad),
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
            name,
            (narrow(&member.kana), theme.quiet),
            (relation(member, cx.labels), theme.text),
            (workplace, style),
        ]
    }
}

/// With a narrow blank between family and given name: a whole reading is seen at 80 columns.
fn narrow(name: &str) -> String {
    name.replace('\u{3000}', " ")
}

/// 続柄 where the registry gives one; 本人 otherwise.
fn relation(member: &Member, labels: &Labels) -> String {
    if member.relationship.is_empty() {
        labels.words.relation_short(member.relation).to_owned()
    } else {
        kinship(labels.lang, &member.relationship).to_owned()
    }
}
