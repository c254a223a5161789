//! 対応記録を探す: words in, notes out. Every search is a look, so it waits for Enter.

use super::note_list::{self, DETAIL};
use super::requests::{MembersMsg, SearchNotes};
use crate::text::japan::local;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::keys::{DOWN, UP};
use crate::tui::request::RefusalText;
use crate::tui::screen::{KeyAction, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::list_view::{ListItem, ListView};
use crate::tui::widgets::table::{Row, TableColumn};
use crate::tui::widgets::{Focus, InputField, area};
use crate::usecases::notes::NoteHits;
use ratatui::layout::Rect;

/// The keys of the search. Letters are text here.
pub(crate) const NOTE_SEARCH: &[Binding] = bindings![Open, Down.on(&[DOWN]), Up.on(&[UP]), PageUp, PageDown, Back];

impl ListItem for NoteHits {
    type Key = i64;

    fn key(&self) -> i64 {
        self.note.id
    }

    fn cells(&self, cx: &Context) -> Row {
        let Self { note, snippet } = self;
        vec![
            (local(note.at).date_naive().to_string(), cx.theme.quiet),
            (note_list::key(note), cx.theme.text),
            (note.name.clone(), cx.theme.text),
            (snippet.clone(), cx.theme.text),
        ]
    }
}

/// The words and what they found.
pub(super) struct NoteSearch {
    pub(super) field: InputField,
    /// What was searched last.
    asked: String,
    pub(super) found: ListView<NoteHits>,
}

impl Default for NoteSearch {
    fn default() -> Self {
        Self { field: InputField::new(), asked: String::new(), found: ListView::default() }
    }
}

impl NoteSearch {
    fn typed(&self) -> &str {
        self.field.text().trim()
    }

    /// Enter searches for new words, and opens what stands for the old ones.
    pub(super) fn command(&mut self, command: Command) -> Vec<KeyAction> {
        match command {
            Command::Open if self.typed() != self.asked || !self.found.is_ready() => self.ask(),
            Command::Open => note_list::open(self.found.selected().map(|found| &found.note)),
            _ => nothing(),
        }
    }

    fn ask(&mut self) -> Vec<KeyAction> {
        self.asked = self.typed().to_owned();
        self.found.clear();
        if self.asked.is_empty() {
            return nothing();
        }
        self.found.wait();
        let words = self.asked.clone();
        vec![KeyAction::request(SearchNotes(words.clone()), |reply| MembersMsg::NotesFound { words, reply })]
    }

    pub(super) fn found(&mut self, words: &str, reply: Result<Vec<NoteHits>, RefusalText>, cx: &Context) {
        if words == self.asked {
            match reply {
                Ok(found) => self.found.set(found, cx),
                Err(refusal) => self.found.fail_empty(&refusal.text),
            }
        }
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let words = &canvas.cx.labels.notes;
        let [prompt, below] = area::split_top(area, 2);
        self.field.draw_search(canvas, prompt, words.search);
        if self.asked.is_empty() {
            common::draw_empty(canvas, below, "", words.search_hint);
        } else if self.found.draw_state(canvas, below, (&words.search_none(&self.asked), words.search_none_next)) {
            self.draw_found(canvas, below);
        }
    }

    fn draw_found(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let words = &canvas.cx.labels.notes;
        let columns = [
            TableColumn::cells(words.at, 10),
            TableColumn::key(canvas.cx.labels.words.member, 13),
            TableColumn::cells(canvas.cx.labels.words.name, 14),
            TableColumn::rest(words.text),
        ];
        let [list, below] = area::split_bottom(area, DETAIL);
        self.found.draw_rows(canvas, list, (&columns, Focus::Here));
        if let Some(selected) = self.found.selected() {
            note_list::draw_detail(canvas, below, &selected.note);
        }
        self.found.draw_range(canvas, area, area.y - 2);
    }
}
