//! A word, looked for through the whole manual.

use super::page;
use crate::labels::{Chapter, Lang};
use crate::tui::canvas::Canvas;
use crate::tui::commands::Command;
use crate::tui::widgets::InputField;
use ratatui::layout::{Margin, Rect};

/// A place where the word was found: chapter and line.
pub(super) type Hit = (usize, usize);

/// The word, where it was found last, and the field while it is typed.
#[derive(Default)]
pub(super) struct Search {
    prompt: Option<InputField>,
    word: String,
    hit: Option<Hit>,
}

impl Search {
    /// Asks for a word.
    pub(super) fn begin(&mut self) {
        self.prompt = Some(InputField::new());
    }

    /// Whether a word is being typed.
    pub(super) fn is_typed(&self) -> bool {
        self.prompt.is_some()
    }

    /// The field for the word.
    pub(super) fn field(&mut self) -> Option<&mut InputField> {
        self.prompt.as_mut()
    }

    /// The place that was found last.
    pub(super) fn hit(&self) -> Option<Hit> {
        self.hit
    }

    /// The word is typed, or shall not be looked for. Whether it is looked for.
    pub(super) fn end(&mut self, command: Command) -> bool {
        match (command, self.prompt.take()) {
            (Command::Submit, Some(prompt)) => {
                (self.word, self.hit) = (prompt.text().trim().to_owned(), None);
                true
            }
            _ => false,
        }
    }

    /// Every line with the word, through the whole book, at that width.
    fn hits(&self, (width, lang): (u16, Lang)) -> Vec<Hit> {
        let fold = crate::text::kana_key;
        let word = fold(&self.word);
        let lines = |(at, chapter): (usize, Chapter)| {
            page::lines(chapter.text(lang), width).into_iter().enumerate().map(move |(line, text)| ((at, line), text))
        };
        let all = Chapter::ALL.into_iter().enumerate().flat_map(lines);
        all.filter(|(_, line)| !word.is_empty() && fold(&line.plain()).contains(&word)).map(|(hit, _)| hit).collect()
    }

    /// Finds a place with the word: the first from that chapter on, or the next or previous one; around the end.
    pub(super) fn seek(&mut self, command: Command, from: Hit, how: (u16, Lang)) -> Option<Hit> {
        let hits = self.hits(how);
        let here = self.hit.unwrap_or(from);
        let found = match command {
            Command::PreviousHit => hits.iter().rev().find(|hit| **hit < here).or(hits.last()),
            Command::NextHit => hits.iter().find(|hit| **hit > here).or(hits.first()),
            _ => hits.iter().find(|hit| **hit >= (from.0, 0)).or(hits.first()),
        };
        self.hit = found.copied();
        self.hit
    }

    /// The field, or what was found, in one line.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, row: Rect, width: u16) {
        let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
        let words = &labels.manual;
        if let Some(prompt) = &self.prompt {
            return prompt.draw_prompt(canvas, row, words.search);
        }
        canvas.fill(row, theme.text);
        let inner = row.inner(Margin::new(1, 0));
        if let Some(hit) = self.hit {
            let hits = self.hits((width, labels.lang));
            let at = hits.iter().position(|other| *other == hit).map_or(0, |at| at + 1);
            canvas.lines(inner, &[words.found(at, hits.len())], theme.quiet);
        } else if !self.word.is_empty() {
            canvas.lines(inner, &[words.nowhere(&self.word)], theme.attention);
        }
    }
}
