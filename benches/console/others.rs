//! Other programs, for comparison.

use crate::measure::{Figures, arrows, memory_kb, rest_ticks, starts};
use crate::pty::{CommandBuilder, SIZE, Terminal};
use crate::society;
use std::path::Path;

/// Those that are installed, by name.
pub(crate) fn measured(folder: &Path, commands: &[String]) -> Vec<(String, Figures)> {
    let list = society::list(folder).display().to_string();
    let usual = [format!("less {list}"), format!("vim -R {list}"), "mc -u --nomouse /usr/bin /usr/bin".to_owned()];
    let commands = if commands.is_empty() { &usual[..] } else { commands };
    commands.iter().filter_map(|command| one(command)).collect()
}

fn one(command: &str) -> Option<(String, Figures)> {
    let words: Vec<&str> = command.split_whitespace().collect();
    let name = *words.first()?;
    if !installed(name) {
        println!("{name} is not installed: left out\n");
        return None;
    }
    let mut command = CommandBuilder::new(name);
    command.args(&words[1..]);
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    let start = starts(&command, |screen| !screen.contents().trim().is_empty());
    let mut terminal = Terminal::open(command, SIZE);
    terminal.settles(std::time::Duration::from_secs(2));
    let rest_ticks = rest_ticks(&mut terminal);
    let (arrow, bytes_per_arrow) = arrows(&mut terminal);
    let memory_kb = memory_kb(&terminal);
    Some((name.to_owned(), Figures { start, arrow, bytes_per_arrow, memory_kb, rest_ticks }))
}

fn installed(name: &str) -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders).any(|folder| folder.join(name).is_file())
}
