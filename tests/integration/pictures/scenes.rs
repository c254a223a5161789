//! The screens that are shown: a demo society on a day that does not pass, and the keys that lead there.

use crate::pty::{SIZE, Terminal, program};
use std::path::Path;
use std::process::Command;

/// A society in a folder, and the passwords that its making has told.
pub(crate) struct Demo<'a> {
    folder: &'a Path,
    told: String,
}

impl<'a> Demo<'a> {
    /// Makes it.
    pub(crate) fn new(folder: &'a Path) -> Self {
        let mut command = program();
        command.cwd(folder);
        command.env("MYKEMPO_TODAY", TODAY);
        command.args(["demo", "--dir", "."]);
        let mut screen = Terminal::open(command, SIZE);
        screen.sees("Enter を押してください");
        let told = screen.text();
        screen.enter().sees("職員ID").leaves_by("\x11");
        Self { folder, told }
    }

    /// The console with one of its people signed in.
    pub(crate) fn signed_in(&self, staff: &str, lang: &str) -> Terminal {
        let mut command = program();
        command.cwd(self.folder);
        command.env("MYKEMPO_TODAY", TODAY);
        command.args(["--db", "mykempo.db", "--staff", staff, "--lang", lang]);
        let mut screen = Terminal::open(command, SIZE);
        screen.sees("MyKempo").types(self.password(staff)).enter();
        screen.sees(if lang == "ja" { "対応待ち" } else { "Waiting" });
        screen
    }

    /// An export takes so long that its bars are seen moving.
    pub(crate) fn makes_hashing_slow(&self) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mykempo"));
        command.current_dir(self.folder).env("MYKEMPO_PASSWORD", self.password("admin"));
        command.args(["--db", "mykempo.db", "--staff", "admin", "settings", "set", "hash.memory_kib", "131072"]);
        assert!(command.status().unwrap().success());
    }

    fn password(&self, staff: &str) -> &str {
        let line = self.told.lines().find(|line| line.trim_start().starts_with(staff)).unwrap();
        line.split_whitespace().nth(1).unwrap()
    }
}

/// A busy morning; the clock stands still.
const TODAY: &str = "2026-11-24T10:42";
