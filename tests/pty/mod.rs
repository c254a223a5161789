//! The real program in a terminal of its own: keys in, screen out. Waits for text, never for time.

#![allow(dead_code, unreachable_pub)]

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// Longer than anything takes; only a failure waits for it.
const PATIENCE: Duration = Duration::from_secs(30);

type Keys = Arc<Mutex<Box<dyn Write + Send>>>;
type Seen = Arc<(Mutex<vt100::Parser>, Condvar)>;

/// A console somebody sits at.
pub struct Terminal {
    seen: Seen,
    keys: Keys,
    child: Box<dyn Child + Send + Sync>,
    // Closing it hangs the program up.
    _master: Box<dyn MasterPty + Send>,
    pressed: usize,
}

impl Terminal {
    /// Opens the console of a database, with Japan's business date of the tests.
    pub fn open(database: &str, staff: &str, (rows, cols): (u16, u16)) -> Self {
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_mykempo"));
        command.args(["--db", database, "--staff", staff, "--lang", "ja"]);
        command.env("TERM", "xterm-256color");
        command.env("MYKEMPO_TODAY", "2026-11-24");
        command.env_remove("NO_COLOR");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let seen: Seen = Arc::new((Mutex::new(vt100::Parser::new(cells(rows), cells(cols), 0)), Condvar::new()));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keys: Keys = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let (screen, answers) = (Arc::clone(&seen), Arc::clone(&keys));
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                let mut parser = screen.0.lock().unwrap();
                parser.process(&buffer[..count]);
                let (row, column) = parser.screen().cursor_position();
                screen.1.notify_all();
                drop(parser);
                // Programs ask where the cursor stands, and terminals answer.
                if buffer[..count].windows(ASKS_CURSOR.len()).any(|bytes| bytes == ASKS_CURSOR) {
                    send(&answers, format!("\x1b[{};{}R", row + 1, column + 1).as_bytes());
                }
            }
        });
        Self { seen, keys, child, _master: pair.master, pressed: 0 }
    }

    /// Types as a person or an input method does: whatever text, Japanese too.
    pub fn types(&mut self, text: &str) -> &mut Self {
        self.pressed += text.chars().count();
        send(&self.keys, text.as_bytes());
        self
    }

    /// Pastes, as terminals do it in brackets.
    pub fn pastes(&mut self, text: &str) -> &mut Self {
        send(&self.keys, format!("\x1b[200~{text}\x1b[201~").as_bytes());
        self
    }

    /// Enter.
    pub fn enter(&mut self) -> &mut Self {
        self.types("\r")
    }

    /// Waits until a text is on the screen.
    pub fn sees(&mut self, text: &str) -> &mut Self {
        let deadline = Instant::now() + PATIENCE;
        let (parser, changed) = &*self.seen;
        let mut parser = parser.lock().unwrap();
        while !parser.screen().contents().contains(text) {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let screen = parser.screen().contents();
                drop(parser);
                panic!("「{text}」 never came:\n{screen}");
            }
            parser = changed.wait_timeout(parser, left).unwrap().0;
        }
        drop(parser);
        self
    }

    /// What is on the screen now.
    pub fn screen(&self) -> String {
        self.seen.0.lock().unwrap().screen().contents()
    }

    /// Keys pressed since this was asked last.
    pub fn pressed(&mut self) -> usize {
        std::mem::take(&mut self.pressed)
    }

    /// Leaves with Ctrl-Q and waits for the program to end well.
    pub fn leaves(mut self) {
        self.types("\x11").sees("終了").types("y");
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.child.try_wait().unwrap() {
                Some(status) => return assert!(status.success(), "{status:?}"),
                None => assert!(Instant::now() < deadline, "does not end:\n{}", self.screen()),
            }
            std::thread::yield_now();
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A test that failed leaves no program behind.
        let _ = self.child.kill();
    }
}

const ASKS_CURSOR: &[u8] = b"\x1b[6n";

/// A program that is gone reads nothing any more.
fn send(keys: &Keys, bytes: &[u8]) {
    let mut keys = keys.lock().unwrap();
    let _ = keys.write_all(bytes).and_then(|()| keys.flush());
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}
