//! A few fields to fill in, checked while they are typed.

use super::row::{Row, Takes, Turn};
use crate::labels::Command;
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::keys::{Binding, Key, hidden, shown};
use crate::tui::screen::{Action, Event, Screen, nothing};
use crate::tui::widgets::{Field, Focus, cells};
use crossterm::event::KeyCode;
use ratatui::layout::Rect;
use ratatui::style::Style;

const NEXT: Binding = shown(&[Key::named(KeyCode::Tab), Key::named(KeyCode::Down)], Command::NextField);
const PREVIOUS: Binding = hidden(&[Key::named(KeyCode::BackTab), Key::named(KeyCode::Up)], Command::PreviousField);
const SAVE_KEYS: &[Key] = &[Key::ctrl('s'), Key::named(KeyCode::F(10))];
const BACK: Binding = shown(&[Key::named(KeyCode::Esc), Key::named(KeyCode::F(3))], Command::Back);

/// The keys of a form in a line.
pub(crate) const FORM: &[Binding] =
    &[shown(&[Key::named(KeyCode::Enter)], Command::Submit), hidden(SAVE_KEYS, Command::Save), NEXT, PREVIOUS, BACK];

/// The keys of a form in a text of several lines, where Enter is text.
pub(crate) const AREA_KEYS: &[Binding] = &[shown(SAVE_KEYS, Command::Save), NEXT, PREVIOUS, BACK];

/// The keys of a form at a choice.
pub(crate) const CHOICE: &[Binding] = &[
    shown(&[Key::named(KeyCode::Right), Key::char(' ')], Command::NextChoice),
    hidden(&[Key::named(KeyCode::Left)], Command::PreviousChoice),
    hidden(&[Key::named(KeyCode::Enter)], Command::Submit),
    shown(SAVE_KEYS, Command::Save),
    NEXT,
    PREVIOUS,
    BACK,
];

/// What a filled-in form leads to.
type Done = Box<dyn FnMut(Vec<String>) -> Vec<Action> + Send>;

/// Fields and what they are for.
pub(crate) struct Form {
    title: String,
    text: Vec<String>,
    rows: Vec<Row>,
    at: usize,
    tried: Tried,
    done: Done,
}

/// Complaints about empty fields wait until somebody submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tried {
    NotYet,
    Once,
}

impl std::fmt::Debug for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Form").field("title", &self.title).finish_non_exhaustive()
    }
}

impl Form {
    /// A form; `done` gets the texts in the order of the rows.
    pub(crate) fn new(
        title: impl Into<String>,
        rows: Vec<Row>,
        done: impl FnMut(Vec<String>) -> Vec<Action> + Send + 'static,
    ) -> Self {
        Self { title: title.into(), text: Vec::new(), rows, at: 0, tried: Tried::NotYet, done: Box::new(done) }
    }

    /// Says what the form is for.
    pub(crate) fn saying(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.text.extend(lines);
        self
    }

    /// Begins at another row than the first.
    pub(crate) fn from(mut self, row: usize) -> Self {
        self.at = row.min(self.rows.len().saturating_sub(1));
        self
    }

    fn turn(&mut self, turn: Turn) {
        if let Some(row) = self.rows.get_mut(self.at) {
            row.turn(turn);
        }
    }

    /// What was understood of a row, or what is wrong with it: one line at least, whole sentences always.
    fn note(&self, row: &Row, width: u16, cx: &Context) -> (Vec<String>, Style) {
        if row.takes() == Takes::Choice {
            return (Vec::new(), cx.theme.quiet);
        }
        let (note, style) = match row.verdict(cx) {
            Ok(understood) => (understood, cx.theme.quiet),
            Err(_) if row.text_now().is_empty() && self.tried == Tried::NotYet => (String::new(), cx.theme.quiet),
            Err(reason) => (reason, cx.theme.attention),
        };
        (cells::wrap(&note, width), style)
    }

    fn submit(&mut self, cx: &Context) -> Vec<Action> {
        self.tried = Tried::Once;
        if let Some(wrong) = self.rows.iter().position(|row| row.verdict(cx).is_err()) {
            self.at = wrong;
            return nothing();
        }
        let texts = self.rows.iter_mut().map(Row::take).collect();
        let mut actions = vec![Action::Close];
        actions.append(&mut (self.done)(texts));
        actions
    }
}

impl Screen for Form {
    fn bindings(&self) -> &'static [Binding] {
        match self.rows.get(self.at).map(Row::takes) {
            Some(Takes::Area) => AREA_KEYS,
            Some(Takes::Choice) => CHOICE,
            Some(Takes::Line) | None => FORM,
        }
    }

    fn field(&mut self) -> Option<&mut Field> {
        self.rows.get_mut(self.at)?.field()
    }

    fn on(&mut self, event: Event, cx: &Context) -> Vec<Action> {
        let count = self.rows.len().max(1);
        match event {
            // Enter walks through the fields and submits at the last.
            Event::Command(Command::Submit) if self.at + 1 < self.rows.len() => self.at += 1,
            Event::Command(Command::Submit | Command::Save) => return self.submit(cx),
            Event::Command(Command::NextChoice) => self.turn(Turn::Next),
            Event::Command(Command::PreviousChoice) => self.turn(Turn::Previous),
            Event::Command(Command::NextField) => self.at = (self.at + 1) % count,
            Event::Command(Command::PreviousField) => self.at = (self.at + count - 1) % count,
            Event::Command(Command::Back) => return vec![Action::Close],
            _ => {}
        }
        nothing()
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, _area: Rect) {
        let theme = canvas.cx.theme;
        let width = 68.min(canvas.area().width);
        let text: Vec<String> = self.text.iter().flat_map(|line| cells::wrap(line, width - 4)).collect();
        let label_width = self.rows.iter().map(|row| cells::width(&row.label)).max().unwrap_or(0) + 2;
        let notes: Vec<_> = self.rows.iter().map(|row| self.note(row, width - 4 - label_width, canvas.cx)).collect();
        let rows: u16 = self.rows.iter().map(Row::height).sum();
        let below: usize = notes.iter().map(|(lines, _)| lines.len()).sum();
        let lines = u16::try_from(text.len() + below).unwrap_or(u16::MAX);
        let area = canvas.popup(width, lines.saturating_add(rows + 5).min(canvas.area().height), &self.title);
        let mut y = area.y + 1;
        for line in &text {
            canvas.text(area.x, y, area.width, line, theme.text);
            y += 1;
        }
        y += u16::from(!text.is_empty());
        for (index, row) in self.rows.iter().enumerate() {
            canvas.text(area.x, y, label_width, &row.label, theme.quiet);
            let input = Rect::new(area.x + label_width, y, area.width.saturating_sub(label_width), row.height());
            row.draw(canvas, input, Focus::at(index, self.at));
            y += row.height();
            let (lines, style) = &notes[index];
            for line in lines {
                canvas.text(input.x, y, input.width, line, *style);
                y += 1;
            }
        }
    }
}
