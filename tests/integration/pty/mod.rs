//! The real program in a terminal of its own: keys in, screen out. Waits for text, never for time.

#![allow(dead_code, unreachable_pub, unused_imports, clippy::unwrap_used, clippy::panic)]

mod line;
mod society;

pub use line::{Chunk, Line, SIZE, Size, program};
pub use portable_pty::CommandBuilder;
pub use society::Society;

use std::num::NonZero;
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

/// So long nobody waits for a screen; a slow machine under load may come near.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program in a terminal, and the screen that it has drawn.
pub struct Terminal {
    pub line: Line,
    parser: vt100::Parser,
    raw: Vec<u8>,
    /// How the terminal was set before.
    modes: String,
    pressed: usize,
    last: Instant,
}

impl Terminal {
    /// Runs a command in a terminal of rows and columns.
    pub fn open(command: CommandBuilder, size: Size) -> Self {
        let (line, modes) = Line::open(command, size);
        let parser = vt100::Parser::new(cells(size.0), cells(size.1), 0);
        Self { line, parser, raw: Vec::new(), modes, pressed: 0, last: Instant::now() }
    }

    /// Types as a person or an input method does: whatever text, Japanese too.
    pub fn types(&mut self, text: &str) -> &mut Self {
        self.pressed += text.chars().count();
        self.line.send(text.as_bytes());
        self
    }

    /// One key that is more than one byte.
    pub fn presses(&mut self, key: &str) -> &mut Self {
        self.pressed += 1;
        self.line.send(key.as_bytes());
        self
    }

    /// Pastes, as terminals do it in brackets.
    pub fn pastes(&mut self, text: &str) -> &mut Self {
        self.line.send(format!("\x1b[200~{text}\x1b[201~").as_bytes());
        self
    }

    /// Enter.
    pub fn enter(&mut self) -> &mut Self {
        self.types("\r")
    }

    /// Keys pressed since this was asked last.
    pub fn pressed(&mut self) -> usize {
        std::mem::take(&mut self.pressed)
    }

    /// Waits until a text stands on the screen.
    pub fn sees(&mut self, text: &str) -> &mut Self {
        self.waits(&format!("「{text}」"), |screen| screen.contents().contains(text))
    }

    /// Waits until a text is gone.
    pub fn sees_no(&mut self, text: &str) -> &mut Self {
        self.waits(&format!("no 「{text}」"), |screen| !screen.contents().contains(text))
    }

    /// Waits until the cursor stands there.
    pub fn has_cursor_at(&mut self, place: (u16, u16)) -> &mut Self {
        self.waits("the cursor", |screen| screen.cursor_position() == place)
    }

    /// Waits until a whole frame is so: while one is drawn, its first rows are new and its last ones old.
    pub fn waits(&mut self, what: &str, so: impl Fn(&vt100::Screen) -> bool) -> &mut Self {
        let until = Instant::now() + PATIENCE;
        while self.is_drawing() || !so(self.parser.screen()) {
            match self.line.receive(until) {
                Ok(chunk) => self.take(&chunk),
                Err(RecvTimeoutError::Timeout) => panic!("{what} does not come:\n{}", self.text()),
                Err(RecvTimeoutError::Disconnected) => panic!("gone before {what}:\n{}", self.text()),
            }
        }
        self
    }

    /// Takes in whatever comes until nothing has come for so long; when the last of it came.
    pub fn settles(&mut self, quiet: Duration) -> Option<Instant> {
        let mut last = None;
        while let Ok(chunk) = self.line.receive(Instant::now() + quiet) {
            self.take(&chunk);
            last = Some(chunk.at);
        }
        last
    }

    /// Lets everything come that is on its way; for pictures, not for assertions.
    pub fn settled(&mut self) -> &mut Self {
        self.settles(Duration::from_secs(1));
        self
    }

    /// A frame has begun and not ended.
    fn is_drawing(&self) -> bool {
        let last = |mark: &[u8; 8]| self.raw.windows(mark.len()).rposition(|bytes| bytes == mark);
        last(b"\x1b[?2026h") > last(b"\x1b[?2026l")
    }

    fn take(&mut self, chunk: &Chunk) {
        self.last = chunk.at;
        self.parser.process(&chunk.bytes);
        self.raw.extend_from_slice(&chunk.bytes);
    }

    /// The window's title is the shell's: it would keep what stood on the screen.
    pub fn has_set_no_title(&self) -> bool {
        let is_set = |set: &[u8]| self.raw.windows(set.len()).any(|bytes| bytes == set);
        !["\x1b]0;", "\x1b]1;", "\x1b]2;"].iter().any(|set| is_set(set.as_bytes()))
    }

    /// When something came last.
    pub fn last(&self) -> Instant {
        self.last
    }

    /// What is drawn.
    pub fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// The screen as text. Wide characters leave no gap behind.
    pub fn text(&self) -> String {
        self.screen().contents()
    }

    /// Row and column of the cursor.
    pub fn cursor(&self) -> (u16, u16) {
        self.screen().cursor_position()
    }

    /// Every byte that came since this was asked last.
    pub fn bytes(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.raw)
    }

    /// Another size.
    pub fn resize(&mut self, size: Size) -> &mut Self {
        // The screen first: what the program draws after hearing of it must fit.
        self.parser.screen_mut().set_size(cells(size.0), cells(size.1));
        self.line.resize(size);
        self
    }

    /// Leaves by keys; the terminal must be as it was.
    pub fn leaves_by(&mut self, keys: &str) {
        self.types(keys);
        self.has_left(0);
    }

    /// Leaves with Ctrl-Q from a screen without a dialog.
    pub fn leaves(&mut self) {
        self.types("\x11").sees("終了").leaves_by("y");
    }

    /// The program has ended with that code and has switched everything off that it had switched on.
    pub fn has_left(&mut self, code: u32) {
        let until = Instant::now() + PATIENCE;
        // Until the program's end, not the line's: a server that another test starts at this moment may hold it open.
        while !self.line.has_ended() {
            assert!(Instant::now() < until, "does not end:\n{}", self.text());
            self.settles(Duration::from_millis(5));
        }
        // The last bytes may come later than the end, on a machine under load.
        while self.screen().alternate_screen() && Instant::now() < until {
            self.settles(Duration::from_millis(20));
        }
        self.settles(Duration::from_millis(100));
        assert_eq!(self.line.exit_code(until), code, "{}", self.text());
        self.is_given_back();
    }

    /// The terminal is as it was before.
    pub fn is_given_back(&self) {
        let screen = self.screen();
        assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
        assert!(!screen.bold() && !screen.inverse() && screen.fgcolor() == vt100::Color::Default);
        assert_eq!(self.line.modes(), self.modes, "the line's modes");
    }
}

/// How often something stands in bytes.
pub fn count(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes.windows(wanted.len()).filter(|window| window == &wanted).count()
}

fn cells(number: u16) -> NonZero<u16> {
    NonZero::new(number).unwrap()
}
