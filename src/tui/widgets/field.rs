//! Text that people type, paste and compose with an input method: one line, or several.
//!
//! The text is kept as it was typed; parsing folds it. The terminal's own cursor stands where the caret is, so that
//! the input method's window follows it.

use super::rows::TextRows;
use super::{area, cells};
use crate::text::plain_lines;
use crate::tui::canvas::Canvas;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::{Margin, Rect};
use ratatui::style::Style;
use std::cell::Cell;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;
use zeroize::Zeroize;

/// Whether the text may be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sight {
    Open,
    Hidden,
}

/// How many lines a text may have.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shape {
    Line,
    /// As many as are typed, wrapped to the cells of the last drawing.
    Area(Cell<u16>),
}

/// What a key did to a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edit {
    /// The text is another now.
    Changed,
    /// The caret moved, or stood at the end already.
    Moved,
    /// Not a key for a field.
    Ignored,
}

/// A text with a caret.
pub(crate) struct InputField {
    text: String,
    /// In bytes, always between two graphemes.
    caret: usize,
    sight: Sight,
    shape: Shape,
    /// Whether what is typed next takes the place of the text.
    chosen: bool,
}

impl InputField {
    /// An empty field.
    pub(crate) fn new() -> Self {
        Self { text: String::new(), caret: 0, sight: Sight::Open, shape: Shape::Line, chosen: false }
    }

    /// An empty field of several lines: Enter begins a new one, Up and Down move between them.
    pub(crate) fn area() -> Self {
        Self { text: String::new(), caret: 0, sight: Sight::Open, shape: Shape::Area(Cell::new(40)), chosen: false }
    }

    /// An empty field for a password: nothing of it is drawn, not even its length; wiped when dropped.
    pub(crate) fn password() -> Self {
        // Room enough that typing never moves the text and leaves a copy behind.
        Self { text: String::with_capacity(256), caret: 0, sight: Sight::Hidden, shape: Shape::Line, chosen: false }
    }

    /// What was typed.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Replaces the text; the caret goes to its end.
    pub(crate) fn set(&mut self, text: &str) {
        self.text.zeroize();
        self.text = self.clean(text);
        self.caret = self.text.len();
    }

    /// Keeps the text until something else is typed, which takes its place.
    pub(crate) fn choose(&mut self) {
        self.chosen = !self.text.is_empty();
    }

    /// Takes the text out and leaves the field empty.
    pub(crate) fn take(&mut self) -> String {
        self.caret = 0;
        std::mem::take(&mut self.text)
    }

    /// Handles an editing key.
    pub(crate) fn key(&mut self, event: KeyEvent) -> Edit {
        let edits = matches!(event.code, KeyCode::Char(_) | KeyCode::Backspace | KeyCode::Delete);
        let plain = !event.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        if std::mem::take(&mut self.chosen) && edits && plain {
            self.take();
            if !matches!(event.code, KeyCode::Char(_)) {
                return Edit::Changed;
            }
        }
        if event.modifiers.contains(KeyModifiers::CONTROL) {
            return self.control(event.code);
        }
        match event.code {
            KeyCode::Char(c) if !event.modifiers.contains(KeyModifiers::ALT) => self.insert(c.encode_utf8(&mut [0; 4])),
            KeyCode::Backspace => self.delete(self.before(), self.caret),
            KeyCode::Delete => self.delete(self.caret, self.after()),
            KeyCode::Left => self.go(self.before()),
            KeyCode::Right => self.go(self.after()),
            KeyCode::Home => self.go(self.row().start),
            KeyCode::End => self.go(self.row().end),
            KeyCode::Enter if self.is_area() => self.insert("\n"),
            KeyCode::Up => self.climb(Climb::Up),
            KeyCode::Down => self.climb(Climb::Down),
            _ => Edit::Ignored,
        }
    }

    fn control(&mut self, code: KeyCode) -> Edit {
        match code {
            KeyCode::Char('a') => self.go(self.row().start),
            KeyCode::Char('e') => self.go(self.row().end),
            KeyCode::Char('u') => self.delete(self.row().start, self.caret),
            KeyCode::Char('k') => self.delete(self.caret, self.row().end),
            KeyCode::Char('w') => self.delete(self.word_start(), self.caret),
            KeyCode::Char('h') => self.delete(self.before(), self.caret),
            _ => Edit::Ignored,
        }
    }

    /// Inserts pasted text; a line break never submits.
    pub(crate) fn paste(&mut self, text: &str) -> Edit {
        if std::mem::take(&mut self.chosen) {
            self.take();
        }
        let clean = self.clean(text);
        self.insert(clean.trim())
    }

    /// Whether the text may have several lines.
    pub(crate) fn is_area(&self) -> bool {
        matches!(self.shape, Shape::Area(_))
    }

    fn clean(&self, text: &str) -> String {
        match self.shape {
            Shape::Line => single_line(text),
            // What steers a terminal is left out, not marked: it came along unseen.
            Shape::Area(_) => plain_lines(&text.replace('\t', " ")).replace(char::REPLACEMENT_CHARACTER, ""),
        }
    }

    fn rows(&self) -> Option<TextRows> {
        match &self.shape {
            Shape::Line => None,
            Shape::Area(width) => Some(TextRows::of(&self.text, width.get())),
        }
    }

    /// The row in which the caret stands.
    fn row(&self) -> Range<usize> {
        let all = 0..self.text.len();
        self.rows().and_then(|rows| rows.get(rows.row(self.caret))).unwrap_or(all)
    }

    /// To the row above or below; beyond the first and the last the key is another's.
    fn climb(&mut self, climb: Climb) -> Edit {
        let Some(rows) = self.rows() else { return Edit::Ignored };
        let row = rows.row(self.caret);
        let to = match climb {
            Climb::Up => row.checked_sub(1),
            Climb::Down => Some(row + 1),
        };
        let x = cells::width(&self.text[self.row().start..self.caret]);
        match to.and_then(|row| rows.caret(&self.text, row, x)) {
            Some(caret) => self.go(caret),
            None => Edit::Ignored,
        }
    }

    fn insert(&mut self, text: &str) -> Edit {
        if text.is_empty() {
            return Edit::Moved;
        }
        self.text.insert_str(self.caret, text);
        self.caret += text.len();
        self.settle();
        Edit::Changed
    }

    fn delete(&mut self, from: usize, to: usize) -> Edit {
        if from == to {
            return Edit::Moved;
        }
        self.text.replace_range(from..to, "");
        self.caret = from;
        self.settle();
        Edit::Changed
    }

    fn go(&mut self, to: usize) -> Edit {
        self.caret = to;
        Edit::Moved
    }

    /// A mark that joined the grapheme before it moves the caret behind that grapheme.
    fn settle(&mut self) {
        let boundary = self.text.grapheme_indices(true).map(|(at, _)| at).find(|at| *at >= self.caret);
        self.caret = boundary.unwrap_or(self.text.len());
    }

    fn before(&self) -> usize {
        self.text[..self.caret].grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        self.caret + self.text[self.caret..].graphemes(true).next().map_or(0, str::len)
    }

    fn word_start(&self) -> usize {
        let head = self.text[..self.caret].trim_end();
        head.rfind(|c: char| c.is_whitespace() || c == '-')
            .map_or(0, |at| at + head[at..].chars().next().map_or(0, char::len_utf8))
    }

    /// Draws the text and, where the canvas has the focus, sets the terminal's cursor.
    pub(crate) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, focus: Focus) {
        let theme = canvas.cx.theme;
        let style = match focus {
            Focus::Here => theme.field_focused,
            Focus::Elsewhere => theme.field,
        };
        canvas.fill(area, style);
        let (caret, row) = match &self.shape {
            Shape::Line => {
                let (shown, caret) = self.window(area.width);
                let shown_as = if self.chosen { theme.selected } else { style };
                canvas.text(area.x, area.y, area.width, &shown, shown_as);
                if self.sight == Sight::Hidden && !self.text.is_empty() {
                    // That something is there, and not how much.
                    canvas.text(
                        area.x + 1,
                        area.y,
                        area.width.saturating_sub(1),
                        canvas.cx.labels.dialogs.typed,
                        style,
                    );
                }
                (caret, 0)
            }
            Shape::Area(width) => {
                // The caret behind a full row has a cell of its own.
                width.set(area.width.saturating_sub(1));
                self.draw_rows(canvas, area, style)
            }
        };
        if focus == Focus::Here {
            canvas.cursor(area.x + caret, area.y + row);
        }
    }

    /// A line of its own: what is asked for, and the field behind it.
    pub(crate) fn draw_prompt(&self, canvas: &mut Canvas<'_, '_>, row: Rect, label: &str) {
        let theme = canvas.cx.theme;
        canvas.fill(row, theme.text);
        let [label_area, field] = area::split_left(row.inner(Margin::new(1, 0)), cells::width(label) + 2);
        canvas.lines(label_area, &[label], theme.quiet);
        self.draw(canvas, Rect { width: field.width.min(40), ..field }, Focus::Here);
    }

    /// At the top of a screen: what is searched by, and the field behind it.
    pub(crate) fn draw_search(&self, canvas: &mut Canvas<'_, '_>, area: Rect, label: &str) {
        let row = area::row(area::inset(area), area.y);
        let [label_area, field] = area::split_left(row, cells::width(label) + 2);
        let strong = canvas.cx.theme.strong;
        canvas.lines(label_area, &[label], strong);
        self.draw(canvas, Rect { width: 40, ..field }, Focus::Here);
    }

    /// The rows around the caret; returns where the caret is among them.
    fn draw_rows(&self, canvas: &mut Canvas<'_, '_>, area: Rect, style: Style) -> (u16, u16) {
        let rows = TextRows::of(&self.text, area.width.saturating_sub(1));
        let row = rows.row(self.caret);
        let top = (row + 1).saturating_sub(usize::from(area.height));
        for (range, y) in rows.from(top).zip(area.y..area.bottom()) {
            canvas.text(area.x, y, area.width, &self.text[range], style);
        }
        let x = cells::width(&self.text[self.row().start..self.caret]);
        (x, u16::try_from(row - top).unwrap_or(0))
    }

    /// The part of the text that fits with the caret in it, and the caret's cell.
    fn window(&self, width: u16) -> (String, u16) {
        if self.sight == Sight::Hidden {
            return (String::new(), 0);
        }
        let room = width.saturating_sub(1);
        let mut start = 0;
        for (at, grapheme) in self.text.grapheme_indices(true) {
            if cells::width(&self.text[start..self.caret]) <= room {
                break;
            }
            start = at + grapheme.len();
        }
        let caret = cells::width(&self.text[start..self.caret]);
        (cells::prefix(&cells::fold(&self.text[start..]), width).to_owned(), caret)
    }
}

impl Drop for InputField {
    fn drop(&mut self) {
        self.text.zeroize();
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Climb {
    Up,
    Down,
}

/// Whether keys go to a field or list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Focus {
    Here,
    Elsewhere,
}

impl Focus {
    /// Here where the two are equal.
    pub(crate) fn at<T: PartialEq>(own: T, focused: T) -> Self {
        if own == focused { Self::Here } else { Self::Elsewhere }
    }
}

fn single_line(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '\u{feff}' | '\r')).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests;
