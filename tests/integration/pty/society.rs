//! A small society in a folder of its own, made by the program itself.

use super::{CommandBuilder, SIZE, Size, Terminal, program};
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// An admin and a clerk, nobody else.
pub struct Society {
    folder: TempDir,
}

impl Society {
    pub fn new() -> Self {
        let society = Self { folder: tempfile::tempdir().unwrap() };
        let init = ["init", "--insurer", "06139992", "--society", "試験健康保険組合", "--admin", "admin"];
        society.runs(&init, "admin-password");
        society.runs(&["staff", "add", "sato", "--name", "佐藤", "--role", "clerk"], "first-password");
        society
    }

    /// A command of the admin, which must succeed.
    pub fn runs(&self, arguments: &[&str], new_password: &str) {
        let mut command = self.command(arguments);
        command.env("MYKEMPO_STAFF", "admin").env("MYKEMPO_PASSWORD", "admin-password");
        let output = command.env("MYKEMPO_NEW_PASSWORD", new_password).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// The program in the society's folder, without a terminal.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mykempo"));
        command.args(arguments).current_dir(self.folder.path()).env("MYKEMPO_DB", "mykempo.db");
        command.stdin(std::process::Stdio::null());
        command
    }

    /// The program in the society's folder, for a terminal.
    pub fn program(&self) -> CommandBuilder {
        let mut command = program();
        command.cwd(self.folder.path());
        command.env("MYKEMPO_DB", "mykempo.db");
        command
    }

    /// The console in a terminal.
    pub fn console(&self, arguments: &[&str]) -> Terminal {
        let mut command = self.program();
        command.args(arguments);
        Terminal::open(command, SIZE)
    }

    /// The clerk's console with home in front.
    pub fn signed_in(&self) -> Terminal {
        self.signed_in_with(self.program(), SIZE)
    }

    /// The same in other surroundings.
    pub fn signed_in_with(&self, command: CommandBuilder, size: Size) -> Terminal {
        let mut change = self.command(&["staff", "password"]);
        change.env("MYKEMPO_STAFF", "sato").env("MYKEMPO_PASSWORD", "first-password");
        let output = change.env("MYKEMPO_NEW_PASSWORD", CLERKS).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut screen = Terminal::open(command, size);
        screen.sees("職員ID").types(&format!("sato\r{CLERKS}\r")).sees("対応待ち");
        screen
    }

    /// A copy of a demo file, in a folder of its own: rejected rows are written beside it.
    pub fn sample(&self, name: &str) -> String {
        let (file, folder) = (format!("{name}.csv"), self.folder.path().join("samples"));
        let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::copy(demo.join(&file), folder.join(&file)).unwrap();
        folder.join(file).display().to_string()
    }
}

const CLERKS: &str = "clerks-password";
