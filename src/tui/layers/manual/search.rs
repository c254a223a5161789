//! A word, looked for through the whole manual.

use super::ManualLayer;
use crate::labels::Chapter;
use crate::tui::canvas::Canvas;
use crate::tui::commands::Command;
use crate::tui::context::Context;
use crate::tui::widgets::{Focus, area, cells};
use ratatui::layout::{Margin, Rect};

/// A place where the word was found: chapter and line.
pub(super) type Hit = (usize, usize);

impl ManualLayer {
    /// Every line with the word, through the whole book.
    fn hits(&self, cx: &Context) -> Vec<Hit> {
        let fold = |text: &str| crate::text::kana_key(text);
        let word = fold(&self.word);
        let lines =
            |chapter| self.lines(chapter, cx).into_iter().enumerate().map(move |(at, line)| ((chapter, at), line));
        let all = (0..Chapter::ALL.len()).flat_map(lines);
        all.filter(|(_, line)| !word.is_empty() && fold(&line.plain()).contains(&word)).map(|(hit, _)| hit).collect()
    }

    /// Goes to a place with the word: the first from here on, or the next or previous one; around the end.
    pub(super) fn seek(&mut self, command: Command, cx: &Context) {
        let hits = self.hits(cx);
        let here = self.hit.unwrap_or((self.chapter, self.scroll.top()));
        let found = match command {
            Command::PreviousHit => hits.iter().rev().find(|hit| **hit < here).or(hits.last()),
            Command::NextHit => hits.iter().find(|hit| **hit > here).or(hits.first()),
            _ => hits.iter().find(|hit| **hit >= (self.chapter, 0)).or(hits.first()),
        };
        self.hit = found.copied();
        if let Some((chapter, line)) = self.hit {
            self.turn(chapter);
            // A little of what stands before is seen, too.
            self.scroll.go(line.saturating_sub(3));
        }
    }

    pub(super) fn finding(&mut self, command: Command, cx: &Context) {
        let Some(prompt) = &mut self.prompt else { return };
        match command {
            Command::Submit => {
                self.word = prompt.text().trim().to_owned();
                self.prompt = None;
                self.hit = None;
                self.seek(Command::FindText, cx);
            }
            Command::Back => self.prompt = None,
            _ => {}
        }
    }

    pub(super) fn draw_search(&self, canvas: &mut Canvas<'_, '_>, row: Rect) {
        let (words, theme) = (&canvas.cx.labels.manual, canvas.cx.theme);
        canvas.fill(row, theme.text);
        let inner = row.inner(Margin::new(1, 0));
        match (&self.prompt, self.hit) {
            (Some(prompt), _) => {
                let [label, field] = area::split_left(inner, cells::width(words.search) + 2);
                canvas.lines(label, &[words.search], theme.quiet);
                prompt.draw(canvas, Rect { width: field.width.min(40), ..field }, Focus::Here);
            }
            (None, Some(hit)) => {
                let hits = self.hits(canvas.cx);
                let at = hits.iter().position(|other| *other == hit).map_or(0, |at| at + 1);
                canvas.lines(inner, &[words.found(at, hits.len())], theme.quiet);
            }
            (None, None) if !self.word.is_empty() => {
                canvas.lines(inner, &[words.nowhere(&self.word)], theme.attention);
            }
            (None, None) => {}
        }
    }
}
