//! Frames as bytes: as few as it takes, in one write, shown at once.
//!
//! Every byte counts on a slow line. Ratatui's own backend moves the cursor before every full-width character and names
//! the sixteen colours in the way of 256, which makes a row of kanji four times as long.

use super::sgr::SgrState;
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use std::collections::HashSet;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// A synchronized update: a terminal that knows it shows the frame at once, others ignore it.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
const WIPE: &[u8] = b"\x1b[m\x1b[2J";
/// From so many blanks on, erasing them is shorter than writing them.
const MANY_BLANKS: u16 = 15;

/// A terminal behind a line that may be slow.
pub(crate) struct Output<W> {
    to: W,
    size: fn() -> Size,
    frame: Vec<u8>,
    sgr: SgrState,
    /// Where the terminal's cursor is; unknown after a character on whose width terminals do not agree.
    at: Option<Position>,
    /// Whether the cursor is seen; unknown after another program had the terminal.
    shown: Option<bool>,
    /// Where full-width characters begin.
    wide: HashSet<Position>,
}

/// Blanks of the terminal's own ground, side by side.
struct Blanks {
    start: Position,
    count: u16,
}

impl<W: Write> Output<W> {
    /// Over a terminal of that size.
    pub(crate) fn new(to: W, size: fn() -> Size) -> Self {
        Self { to, size, frame: BEGIN.to_vec(), sgr: SgrState::PLAIN, at: None, shown: None, wide: HashSet::new() }
    }

    fn go(&mut self, to: Position) {
        let Position { x, y } = to;
        match self.at {
            Some(at) if at == to => {}
            Some(at) if at.y == y => self.write(format_args!("\x1b[{}G", x + 1)),
            _ => self.write(format_args!("\x1b[{};{}H", y + 1, x + 1)),
        }
        self.at = Some(to);
    }

    fn write(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to memory cannot fail.
        let _ = self.frame.write_fmt(text);
    }

    fn take(&mut self, sgr: SgrState) {
        self.sgr.change(sgr, &mut self.frame);
        self.sgr = sgr;
    }

    fn put(&mut self, at: Position, cell: &Cell) {
        let symbol = cell.symbol();
        let sgr = SgrState::of(cell);
        let is_wide = symbol.width() > 1;
        if self.wide.remove(&at) && !is_wide && !sgr.has_default_background() {
            // A terminal erases the other half with the pen, and ratatui takes that half for unchanged.
            self.erase(Some(Blanks { start: at, count: 1 }));
        }
        if is_wide {
            self.wide.insert(at);
        }
        self.go(at);
        // A blank shows nothing of the ink.
        self.take(if symbol == " " { sgr.with_foreground_of(self.sgr) } else { sgr });
        self.frame.extend_from_slice(symbol.as_bytes());
        let after = at.x + u16::try_from(symbol.width()).unwrap_or(1);
        let agreed = symbol.chars().count() == 1 && after < (self.size)().width;
        self.at = agreed.then_some(Position::new(after, at.y));
    }

    fn erase(&mut self, blanks: Option<Blanks>) {
        let Some(Blanks { start, count }) = blanks else { return };
        for x in start.x..start.x + count {
            self.wide.remove(&Position::new(x, start.y));
        }
        self.go(start);
        self.take(SgrState::PLAIN.with_foreground_of(self.sgr));
        if count > MANY_BLANKS {
            // The ends are written: tmux does not erase the other half of a wide character that it erases half of.
            self.write(format_args!(" \x1b[{}X\x1b[{}G ", count - 2, start.x + count));
        } else {
            self.frame.extend(std::iter::repeat_n(b' ', count.into()));
        }
        self.at = Some(Position::new(start.x + count, start.y)).filter(|at| at.x < (self.size)().width);
    }

    fn show(&mut self, shown: bool) {
        if self.shown.replace(shown) != Some(shown) {
            self.frame.extend_from_slice(if shown { b"\x1b[?25h" } else { b"\x1b[?25l" });
        }
    }
}

impl<W: Write> Backend for Output<W> {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> io::Result<()> {
        let mut blanks: Option<Blanks> = None;
        for (x, y, cell) in content {
            let at = Position::new(x, y);
            if cell.symbol() != " " || !SgrState::of(cell).has_default_background() {
                self.erase(blanks.take());
                self.put(at, cell);
                continue;
            }
            match &mut blanks {
                Some(run) if run.start.y == y && run.start.x + run.count == x => run.count += 1,
                _ => {
                    self.erase(blanks.take());
                    blanks = Some(Blanks { start: at, count: 1 });
                }
            }
        }
        self.erase(blanks);
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.show(false);
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.show(true);
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.at.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.go(position.into());
        Ok(())
    }

    /// Whatever the terminal showed, and wherever its cursor and pen were: from here on it is known again.
    fn clear(&mut self) -> io::Result<()> {
        if !self.frame.ends_with(WIPE) {
            self.frame.extend_from_slice(WIPE);
        }
        (self.sgr, self.at, self.shown) = (SgrState::PLAIN, None, None);
        self.wide.clear();
        Ok(())
    }

    fn clear_region(&mut self, _region: ClearType) -> io::Result<()> {
        // The console has the whole screen.
        self.clear()
    }

    fn size(&self) -> io::Result<Size> {
        Ok((self.size)())
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: (self.size)(), pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.frame.len() > BEGIN.len() {
            self.frame.extend_from_slice(END);
            let written = self.to.write_all(&self.frame).and_then(|()| self.to.flush());
            self.frame.truncate(BEGIN.len());
            written?;
        }
        Ok(())
    }
}

#[cfg(test)]
impl Output<Vec<u8>> {
    /// What was sent since this was asked last.
    pub(crate) fn taken(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::Terminal;
    use ratatui::style::{Color, Modifier, Style};

    const SIZE: Size = Size::new(20, 2);

    fn terminal() -> Terminal<Output<Vec<u8>>> {
        Terminal::new(Output::new(Vec::new(), || SIZE)).unwrap()
    }

    fn drawn(terminal: &mut Terminal<Output<Vec<u8>>>, lines: [(&str, Style); 2]) -> String {
        terminal
            .draw(|frame| {
                for (y, (text, style)) in (0..).zip(lines) {
                    frame.buffer_mut().set_string(0, y, text, style);
                }
            })
            .unwrap();
        String::from_utf8(terminal.backend_mut().taken()).unwrap().replace('\x1b', "^")
    }

    #[test]
    fn full_width_text_is_one_run_of_bytes_in_a_synchronized_frame() {
        let mut terminal = terminal();
        let cyan = Style::new().fg(Color::Cyan);
        let first = drawn(&mut terminal, [("東海林 拓也", cyan), ("", cyan)]);
        assert_eq!(first, "^[?2026h^[1;1H^[36m東海林 拓也^[?25l^[?2026l");
        assert_eq!(drawn(&mut terminal, [("東海林 拓也", cyan), ("", cyan)]), "", "nothing changed");
        let one = drawn(&mut terminal, [("東海道 拓也", cyan), ("", cyan)]);
        assert_eq!(one, "^[?2026h^[5G道^[?2026l");
    }

    #[test]
    fn a_character_of_doubtful_width_is_followed_by_a_move() {
        let mut terminal = terminal();
        let text = drawn(&mut terminal, [("葛\u{E0100}飾", Style::new()), ("", Style::new())]);
        assert_eq!(text, "^[?2026h^[1;1H葛\u{E0100}^[1;3H飾^[?25l^[?2026l");
    }

    #[test]
    fn many_blanks_are_erased_and_a_selected_row_keeps_its_ground() {
        let mut terminal = terminal();
        let plain = Style::new();
        drawn(&mut terminal, [("abcdefghijklmnopqrst", plain), ("ab", plain)]);
        let gone = drawn(&mut terminal, [("a", plain), ("a ", plain.add_modifier(Modifier::REVERSED))]);
        assert_eq!(gone, "^[?2026h^[1;2H ^[17X^[20G ^[2;1H^[7ma ^[?2026l");
    }

    #[test]
    fn after_a_wipe_everything_is_drawn_with_a_known_pen() {
        let mut terminal = terminal();
        let bold = Style::new().add_modifier(Modifier::BOLD);
        drawn(&mut terminal, [("a", bold), ("", bold)]);
        terminal.resize(ratatui::layout::Rect::new(0, 0, 20, 2)).unwrap();
        assert_eq!(drawn(&mut terminal, [("a", bold), ("", bold)]), "^[?2026h^[m^[2J^[1;1H^[1ma^[?25l^[?2026l");
    }
}
