//! A terminal of 80 by 24 around the real program. Waits for text, never for time.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZero;
use std::path::PathBuf;
use std::process::Command;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// So long nobody waits for a screen; a slow machine under load may come near.
const PATIENCE: Duration = Duration::from_secs(60);
const BIN: &str = env!("CARGO_BIN_EXE_mykempo");

/// An empty society in a folder of its own: an admin, a clerk, a supervisor.
pub(crate) struct Society {
    folder: TempDir,
}

impl Society {
    pub(crate) fn new() -> Self {
        let society = Self { folder: tempfile::tempdir().unwrap() };
        society.runs(&["init", "--insurer", "06139992", "--society", "試験健康保険組合", "--admin", "admin"], "");
        for key in [("hash.memory_kib", "8192"), ("hash.passes", "1")] {
            society.runs(&["settings", "set", key.0, key.1], "");
        }
        society.runs(&["staff", "add", "sato", "--name", "佐藤", "--role", "clerk"], "first-password");
        society
    }

    fn runs(&self, arguments: &[&str], new_password: &str) {
        let mut command = self.command(arguments);
        command.env("MYKEMPO_STAFF", "admin").env("MYKEMPO_PASSWORD", "admin-password");
        let output = command.env("MYKEMPO_NEW_PASSWORD", new_password).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// The program in the society's folder, without a terminal.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(BIN);
        command.args(arguments).current_dir(self.folder.path()).env("MYKEMPO_DB", "mykempo.db");
        command.stdin(std::process::Stdio::null());
        command
    }

    /// The console in a terminal.
    pub(crate) fn console(&self, arguments: &[&str]) -> Terminal {
        Terminal::open(self.folder.path().to_owned(), arguments)
    }

    /// The clerk's console with home in front.
    pub(crate) fn signed_in(&self) -> Terminal {
        let mut command = self.command(&["staff", "password"]);
        command.env("MYKEMPO_STAFF", "sato").env("MYKEMPO_PASSWORD", "first-password");
        let output = command.env("MYKEMPO_NEW_PASSWORD", "clerks-password").output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut screen = self.console(&[]);
        screen.sees("職員ID").types("sato\rclerks-password\r").sees("待っているもの");
        screen
    }

    /// A demo file in the registry's format.
    pub(crate) fn sample(&self, name: &str) -> String {
        format!("{}/assets/demo/{name}.csv", env!("CARGO_MANIFEST_DIR"))
    }
}

/// The program in a pseudo-terminal, and the screen that it has drawn.
pub(crate) struct Terminal {
    master: Box<dyn MasterPty + Send>,
    input: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    child: Box<dyn Child + Send + Sync>,
    screen: vt100::Parser,
    raw: Vec<u8>,
}

impl Terminal {
    fn open(folder: PathBuf, arguments: &[&str]) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(BIN);
        command.args(arguments);
        command.cwd(folder);
        command.env("MYKEMPO_DB", "mykempo.db");
        command.env("TERM", "xterm-256color");
        command.env_remove("MYKEMPO_STAFF");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (to, output) = channel();
        std::thread::spawn(move || {
            let mut chunk = [0; 8192];
            while let Ok(count) = reader.read(&mut chunk) {
                if count == 0 || to.send(chunk[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let input = pair.master.take_writer().unwrap();
        let screen = vt100::Parser::new(cells(24), cells(80), 0);
        Self { master: pair.master, input, output, child, screen, raw: Vec::new() }
    }

    /// The screen as text. Wide characters leave no gap behind.
    pub(crate) fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Row and column of the cursor.
    pub(crate) fn cursor(&self) -> (u16, u16) {
        self.screen.screen().cursor_position()
    }

    /// Waits until the text stands on the screen.
    pub(crate) fn sees(&mut self, text: &str) -> &mut Self {
        let until = Instant::now() + PATIENCE;
        while !self.text().contains(text) {
            self.reads(until, text);
        }
        self
    }

    /// Waits until the cursor stands there.
    pub(crate) fn has_cursor_at(&mut self, place: (u16, u16)) -> &mut Self {
        let until = Instant::now() + PATIENCE;
        while self.cursor() != place {
            self.reads(until, "the cursor");
        }
        self
    }

    fn reads(&mut self, until: Instant, wanted: &str) {
        match self.output.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(bytes) => {
                self.screen.process(&bytes);
                self.raw.extend(bytes);
            }
            Err(RecvTimeoutError::Timeout) => panic!("{wanted:?} does not come:\n{}", self.text()),
            Err(RecvTimeoutError::Disconnected) => panic!("gone before {wanted:?}:\n{}", self.text()),
        }
    }

    pub(crate) fn types(&mut self, keys: &str) -> &mut Self {
        self.input.write_all(keys.as_bytes()).unwrap();
        self.input.flush().unwrap();
        self
    }

    pub(crate) fn pastes(&mut self, text: &str) -> &mut Self {
        self.types(&format!("\x1b[200~{text}\x1b[201~"))
    }

    pub(crate) fn resize(&mut self, rows: u16, cols: u16) -> &mut Self {
        self.master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        self.screen.screen_mut().set_size(cells(rows), cells(cols));
        self
    }

    pub(crate) fn signal(&mut self, name: &str) {
        let id = self.child.process_id().unwrap();
        let sent = Command::new("kill").args(["-s", name, &id.to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Leaves by keys; the terminal must be as it was.
    pub(crate) fn leaves_by(&mut self, keys: &str) {
        self.types(keys);
        self.has_left();
    }

    /// The program has ended and has switched everything off that it had switched on.
    pub(crate) fn has_left(&mut self) {
        let until = Instant::now() + PATIENCE;
        while let Ok(bytes) = self.output.recv_timeout(until.saturating_duration_since(Instant::now())) {
            self.screen.process(&bytes);
            self.raw.extend(bytes);
        }
        assert!(self.child.wait().unwrap().success());
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
        let entered = count(&self.raw, b"\x1b[?1049h");
        assert_eq!(entered, count(&self.raw, b"\x1b[?1049l"), "entered and left as often");
    }
}

fn cells(number: u16) -> NonZero<u16> {
    NonZero::new(number).unwrap()
}

fn count(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes.windows(wanted.len()).filter(|window| window == &wanted).count()
}
