//! One of a few: a letter or the arrows choose.

use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::keys::{DOWN, TAB, UP};
use crate::tui::screen::{KeyAction, Screen, ScreenEvent, nothing};
use crate::tui::widgets::list_view::{AnyList, ListItem, ListView};
use crate::tui::widgets::table::Row;
use crate::tui::widgets::{Focus, InputField, area, cells};
use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};

/// The keys of a choice; the letters of its rows work besides.
pub(crate) const PICK: &[Binding] = bindings![Submit, Back, Up.on(&[UP]), Down.on(&[DOWN, TAB])];

/// A row: its letter, its words, what it does.
#[derive(Debug)]
pub(crate) struct Choice {
    /// Pressed alone, it chooses.
    pub(crate) letter: char,
    /// What it is.
    pub(crate) text: String,
    /// What then happens.
    pub(crate) then: Vec<KeyAction>,
}

impl ListItem for Choice {
    type Key = char;

    fn key(&self) -> char {
        self.letter
    }

    fn cells(&self, cx: &Context) -> Row {
        vec![(self.letter.to_string(), cx.theme.key), (self.text.clone(), cx.theme.text)]
    }
}

/// A list of choices.
pub(crate) struct Pick {
    title: String,
    text: Vec<String>,
    choices: ListView<Choice>,
    /// Catches the letters.
    letters: InputField,
}

impl std::fmt::Debug for Pick {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pick")
            .field("title", &self.title)
            .field("choices", &self.choices.rows())
            .finish_non_exhaustive()
    }
}

impl Pick {
    /// A choice among rows.
    pub(crate) fn new(title: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self { title: title.into(), text: Vec::new(), choices: ListView::of(choices), letters: InputField::new() }
    }

    /// Says what the choice is about.
    pub(crate) fn saying(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.text.extend(lines);
        self
    }

    /// Begins at another row than the first.
    pub(crate) fn at(mut self, row: usize) -> Self {
        self.choices.select(row);
        self
    }

    fn chosen(&mut self) -> Vec<KeyAction> {
        let mut actions = vec![KeyAction::Close];
        if let Some(choice) = self.choices.selected_mut() {
            actions.append(&mut choice.then);
        }
        actions
    }
}

impl Screen for Pick {
    fn bindings(&self) -> &'static [Binding] {
        PICK
    }

    fn field(&mut self) -> Option<&mut InputField> {
        Some(&mut self.letters)
    }

    fn list(&mut self) -> Option<&mut dyn AnyList> {
        Some(&mut self.choices)
    }

    fn on(&mut self, event: ScreenEvent, _cx: &Context) -> Vec<KeyAction> {
        match event {
            ScreenEvent::Edited => {
                let typed = crate::text::nfkc(&self.letters.take());
                if let Some(row) = self.choices.rows().iter().position(|choice| typed.starts_with(choice.letter)) {
                    self.choices.select(row);
                    return self.chosen();
                }
            }
            ScreenEvent::Command(Command::Submit) => return self.chosen(),
            ScreenEvent::Command(Command::Back) => return vec![KeyAction::Close],
            _ => {}
        }
        nothing()
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, _area: Rect) {
        let theme = canvas.cx.theme;
        let widest = self.choices.rows().iter().map(|choice| cells::width(&choice.text)).max().unwrap_or(0);
        let most = canvas.area().width.saturating_sub(12);
        let text: Vec<String> = self.text.iter().flat_map(|line| cells::wrap(line, most.min(60))).collect();
        let widest = text.iter().map(|line| cells::width(line)).fold(widest, u16::max);
        let width = (widest.max(cells::width(&self.title)) + 12).min(canvas.area().width);
        let gap = u16::from(!text.is_empty());
        let height = area::height(&text).saturating_add(area::height(self.choices.rows())).saturating_add(4 + gap);
        let popup = canvas.popup(width, height, &self.title);
        let rows = [Length(1), Length(area::height(&text)), Length(gap), Fill(1)];
        let [_, above, _, list] = popup.layout(&Layout::vertical(rows));
        canvas.lines(above, &text, theme.text);
        for (row, choice, focus) in self.choices.page(list, 1) {
            let letter = format!(" {}  ", choice.letter);
            canvas.pieces(row, row.y, &[(&letter, theme.key), (&choice.text, theme.text)]);
            if focus == Focus::Here {
                canvas.tint(row, theme.selected);
            }
        }
    }
}
