//! A program on a pseudo-terminal: bytes in, bytes out, each with its time.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::process::Command;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Instant;

/// Rows and columns.
pub type Size = (u16, u16);

/// What every screen must make do with.
pub const SIZE: Size = (24, 80);

/// The console, in surroundings that every run has alike.
pub fn program() -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_mykempo"));
    for (name, _) in std::env::vars_os() {
        if ["NO_COLOR", "COLORTERM", "COLORFGBG"].iter().any(|known| name == *known)
            || name.to_string_lossy().starts_with("MYKEMPO_")
        {
            command.env_remove(name);
        }
    }
    command.env("TERM", "xterm-256color");
    // A panic is told in a line.
    command.env("RUST_BACKTRACE", "0");
    command
}

/// Some of what a program wrote.
pub struct Chunk {
    pub at: Instant,
    pub bytes: Vec<u8>,
}

/// A running program and its end of the line.
pub struct Line {
    master: Box<dyn MasterPty + Send>,
    input: Box<dyn Write + Send>,
    output: Receiver<Chunk>,
    child: Box<dyn Child + Send + Sync>,
}

impl Line {
    /// Runs a command; also tells how the line was set before.
    pub fn open(command: CommandBuilder, size: Size) -> (Self, String) {
        let pair = native_pty_system().openpty(pty(size)).unwrap();
        let modes = format!("{:?}", pair.master.get_termios());
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (to, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 65536];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if to.send(Chunk { at: Instant::now(), bytes: buffer[..count].to_vec() }).is_err() {
                    return;
                }
            }
        });
        let input = pair.master.take_writer().unwrap();
        (Self { master: pair.master, input, output, child }, modes)
    }

    /// Keys, or whatever else comes from a terminal. A program that is gone reads nothing any more.
    pub fn send(&mut self, bytes: &[u8]) {
        let _ = self.input.write_all(bytes).and_then(|()| self.input.flush());
    }

    /// What the program writes next.
    pub fn receive(&self, until: Instant) -> Result<Chunk, RecvTimeoutError> {
        self.output.recv_timeout(until.saturating_duration_since(Instant::now()))
    }

    /// Another size.
    pub fn resize(&self, size: Size) {
        self.master.resize(pty(size)).unwrap();
    }

    /// How the line is set: raw or not, and so on.
    pub fn modes(&self) -> String {
        format!("{:?}", self.master.get_termios())
    }

    /// The program's process.
    pub fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Sends a signal, by its name without SIG.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.process().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Whether the program has ended.
    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Waits for the end.
    pub fn exit_code(&mut self, until: Instant) -> u32 {
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(Instant::now() < until, "the program does not end");
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        // A test that failed leaves no program behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn pty((rows, cols): Size) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}
