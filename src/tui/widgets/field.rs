//! A line of text that people type, paste and compose with an input method.
//!
//! The text is kept as it was typed; parsing folds it. The terminal's own cursor stands where the caret is, so that
//! the input method's window follows it.

use super::cells;
use crate::tui::canvas::Canvas;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;
use zeroize::Zeroize;

/// Whether the text may be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sight {
    Open,
    Hidden,
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

/// One line of text with a caret.
pub(crate) struct Field {
    text: String,
    /// In bytes, always between two graphemes.
    caret: usize,
    sight: Sight,
}

impl Field {
    /// An empty field.
    pub(crate) fn new() -> Self {
        Self { text: String::new(), caret: 0, sight: Sight::Open }
    }

    /// An empty field for a password: nothing of it is drawn, not even its length; wiped when dropped.
    pub(crate) fn password() -> Self {
        // Room enough that typing never moves the text and leaves a copy behind.
        Self { text: String::with_capacity(256), caret: 0, sight: Sight::Hidden }
    }

    /// What was typed.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Replaces the text; the caret goes to its end.
    pub(crate) fn set(&mut self, text: &str) {
        self.text.zeroize();
        self.text = single_line(text);
        self.caret = self.text.len();
    }

    /// Takes the text out and leaves the field empty.
    pub(crate) fn take(&mut self) -> String {
        self.caret = 0;
        std::mem::take(&mut self.text)
    }

    /// Handles an editing key.
    pub(crate) fn key(&mut self, event: KeyEvent) -> Edit {
        if event.modifiers.contains(KeyModifiers::CONTROL) {
            return self.control(event.code);
        }
        match event.code {
            KeyCode::Char(c) if !event.modifiers.contains(KeyModifiers::ALT) => self.insert(c.encode_utf8(&mut [0; 4])),
            KeyCode::Backspace => self.delete(self.before(), self.caret),
            KeyCode::Delete => self.delete(self.caret, self.after()),
            KeyCode::Left => self.go(self.before()),
            KeyCode::Right => self.go(self.after()),
            KeyCode::Home => self.go(0),
            KeyCode::End => self.go(self.text.len()),
            _ => Edit::Ignored,
        }
    }

    fn control(&mut self, code: KeyCode) -> Edit {
        match code {
            KeyCode::Char('a') => self.go(0),
            KeyCode::Char('e') => self.go(self.text.len()),
            KeyCode::Char('u') => self.delete(0, self.caret),
            KeyCode::Char('k') => self.delete(self.caret, self.text.len()),
            KeyCode::Char('w') => self.delete(self.word_start(), self.caret),
            KeyCode::Char('h') => self.delete(self.before(), self.caret),
            _ => Edit::Ignored,
        }
    }

    /// Inserts pasted text on one line: a newline never submits.
    pub(crate) fn paste(&mut self, text: &str) -> Edit {
        let line = single_line(text);
        self.insert(line.trim())
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
        let (shown, caret) = self.window(area.width);
        canvas.text(area.x, area.y, area.width, &shown, style);
        if focus == Focus::Here {
            canvas.cursor(area.x + caret, area.y);
        }
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

impl Drop for Field {
    fn drop(&mut self) {
        self.text.zeroize();
    }
}

/// Whether keys go to a field or list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Focus {
    /// Here.
    Here,
    /// To another.
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
mod tests {
    use super::*;

    fn typed(text: &str) -> Field {
        let mut field = Field::new();
        for c in text.chars() {
            field.key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
        }
        field
    }

    fn press(field: &mut Field, code: KeyCode) -> Edit {
        field.key(KeyEvent::new(code, KeyModifiers::NONE))
    }

    #[test]
    fn backspace_takes_a_whole_grapheme() {
        let mut field = typed("渡辺葛\u{E0100}");
        press(&mut field, KeyCode::Backspace);
        assert_eq!(field.text(), "渡辺");
        let mut field = typed("か\u{3099}");
        press(&mut field, KeyCode::Left);
        press(&mut field, KeyCode::Delete);
        assert_eq!(field.text(), "");
    }

    #[test]
    fn a_paste_is_one_line_and_submits_nothing() {
        let mut field = Field::new();
        assert_eq!(field.paste("1234-567\r\n"), Edit::Changed);
        assert_eq!(field.text(), "1234-567");
        field.paste("\n02\n");
        assert_eq!(field.text(), "1234-56702");
    }

    #[test]
    fn the_caret_stands_behind_full_width_text_by_cells() {
        assert_eq!(typed("東海林").window(20), ("東海林".to_owned(), 6));
        assert_eq!(typed("ﾜﾀﾅﾍﾞ").window(20), ("ワタナベ".to_owned(), 8));
    }

    #[test]
    fn a_long_text_scrolls_so_that_the_caret_is_seen() {
        let (shown, caret) = typed("東京電子機械工業").window(8);
        assert_eq!((shown.as_str(), caret), ("械工業", 6));
    }

    #[test]
    fn a_password_shows_nothing_not_even_its_length() {
        let mut field = Field::password();
        field.paste("correct horse");
        assert_eq!(field.window(20), (String::new(), 0));
    }

    #[test]
    fn ctrl_w_deletes_back_to_the_hyphen() {
        let mut field = typed("1234-567");
        field.key(KeyEvent::new(KeyCode::Char('w'), KeyModifiers::CONTROL));
        assert_eq!(field.text(), "1234-");
    }
}
