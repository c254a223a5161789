//! 対応記録を探す: words in, notes out. Every search is a look, so it waits for Enter.

use super::note_list::{self, DETAIL};
use super::requests::{MembersMsg, SearchNotes};
use crate::text::japan::local;
use crate::tui::canvas::Canvas;
use crate::tui::request::Refusal;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::keys::{DOWN, UP};
use crate::tui::screen::{Action, Load, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::table::{self, Column, Selection};
use crate::tui::widgets::{Field, Focus, cells};
use crate::usecases::notes::Found;
use ratatui::layout::Rect;

/// The keys of the search. Letters are text here.
pub(crate) const NOTE_SEARCH: &[Binding] = bindings![Open, Down.on(&[DOWN]), Up.on(&[UP]), PageUp, PageDown, Back];

/// The words and what they found.
pub(super) struct NoteSearch {
    pub(super) field: Field,
    /// What was searched last.
    asked: String,
    found: Load<Vec<Found>>,
    at: Selection,
}

impl Default for NoteSearch {
    fn default() -> Self {
        Self { field: Field::new(), asked: String::new(), found: Load::Idle, at: Selection::default() }
    }
}

impl NoteSearch {
    fn typed(&self) -> &str {
        self.field.text().trim()
    }

    fn selected(&self) -> Option<&Found> {
        let found = self.found.ready()?;
        found.get(self.at.row(found.len())?)
    }

    /// Enter searches for new words, and opens what stands for the old ones.
    pub(super) fn command(&mut self, command: Command) -> Vec<Action> {
        match command {
            Command::Open if self.typed() != self.asked || self.found.ready().is_none() => self.ask(),
            Command::Open => note_list::open(self.selected().map(|found| &found.note)),
            other => {
                self.at.moved(other, self.found.ready().map_or(0, Vec::len));
                nothing()
            }
        }
    }

    fn ask(&mut self) -> Vec<Action> {
        self.asked = self.typed().to_owned();
        self.at.select(0);
        if self.asked.is_empty() {
            self.found = Load::Idle;
            return nothing();
        }
        self.found = Load::Waiting;
        let words = self.asked.clone();
        vec![Action::request(SearchNotes(words.clone()), |reply| MembersMsg::NotesFound { words, reply })]
    }

    pub(super) fn found(&mut self, words: &str, reply: Result<Vec<Found>, Refusal>) {
        if words == self.asked {
            self.found = match reply {
                Ok(found) => Load::Ready(found),
                Err(refusal) => Load::Failed(refusal.text),
            };
        }
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let (words, theme) = (&canvas.cx.labels.notes, canvas.cx.theme);
        let label = cells::width(words.search) + 2;
        canvas.text(area.x + 2, area.y, label, words.search, theme.strong);
        self.field.draw(canvas, Rect::new(area.x + 2 + label, area.y, 40, 1), Focus::Here);
        let below = Rect { y: area.y + 2, height: area.height - 2, ..area };
        match &self.found {
            Load::Idle => common::draw_empty(canvas, below, "", words.search_hint),
            Load::Ready(found) if found.is_empty() => {
                common::draw_empty(canvas, below, &words.search_none(&self.asked), words.search_none_next);
            }
            Load::Ready(found) => self.draw_found(canvas, below, found),
            other => {
                common::ready(canvas, below, other);
            }
        }
    }

    fn draw_found(&self, canvas: &mut Canvas<'_, '_>, area: Rect, found: &[Found]) {
        let (words, theme) = (&canvas.cx.labels.notes, canvas.cx.theme);
        let columns = [
            Column::cells(words.at, 10),
            Column::cells(words.member, 13),
            Column::cells(words.name, 14),
            Column::rest(words.text),
        ];
        let list = Rect { height: area.height - DETAIL, ..area };
        table::draw(canvas, list, &columns, (&self.at, found.len(), Focus::Here), |index| {
            let Found { note, snippet } = &found[index];
            vec![
                (local(note.at).date_naive().to_string(), theme.quiet),
                (note_list::key(note), theme.text),
                (note.name.clone(), theme.text),
                (snippet.clone(), theme.text),
            ]
        });
        if let Some(selected) = self.selected() {
            let below = Rect { y: area.bottom() - DETAIL, height: DETAIL, ..area };
            note_list::draw_detail(canvas, below, &selected.note);
        }
        let range = table::range(canvas, &self.at, found.len());
        canvas.text_right(Rect { width: area.width - 1, ..area }, area.y - 2, &range, theme.quiet);
    }
}
