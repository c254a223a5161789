//! Whatever happens to the console, the terminal is given back as it was.
#![allow(clippy::unwrap_used)]

use crate::pty::{CommandBuilder, SIZE, Society, Terminal};
use std::path::Path;
use std::time::{Duration, Instant};

/// Ctrl-Z, Ctrl-L, Ctrl-P.
const SUSPEND: &str = "\x1a";
const REDRAW: &str = "\x0c";
const PALETTE: &str = "\x10";

#[test]
fn signals_end_the_console_and_give_the_terminal_back() {
    for signal in ["TERM", "HUP", "INT", "QUIT"] {
        let society = Society::new();
        let mut screen = society.signed_in();
        screen.line.signal(signal);
        screen.has_left(0);
    }
}

#[test]
fn keys_end_the_console_and_give_the_terminal_back() {
    let society = Society::new();
    society.console(&[]).sees("職員ID").leaves_by("\x03");
    society.signed_in().leaves();
}

/// `MYKEMPO_BREAK` does nothing in a release.
#[cfg(debug_assertions)]
#[test]
fn a_panic_gives_the_terminal_back_and_says_what_broke() {
    let society = Society::new();
    for (place, code) in [("draw", 101), ("order", 1)] {
        let mut command = society.program();
        command.env("MYKEMPO_BREAK", place);
        let mut screen = Terminal::open(command, SIZE);
        screen.sees("職員ID").types("sato\rwhatever\r");
        screen.has_left(code);
        assert!(screen.text().contains("broken on purpose"), "{}", screen.text());
    }
}

/// Between two sizes a terminal cuts off what it shows; the console must not rely on it.
#[test]
fn a_terminal_may_change_its_size_at_any_moment() {
    let society = Society::new();
    let mut screen = society.signed_in();
    for (keys, seen) in
        [("", "まだありません"), ("?", "どの画面でも"), (PALETTE, "操作を探す"), ("/", "番号、カナ、漢字")]
    {
        // What was said goes with the next key: Ctrl-L, as below.
        screen.types(keys).sees(seen).types(REDRAW).sees_no("おつかれさま");
        let before = below_clock(&screen.text());
        for size in [(20, 5), (5, 20), (70, 250), (1, 1), (23, 79), (24, 80), (36, 120), (24, 80)] {
            screen.resize(size);
        }
        screen.waits("the same screen as before", |screen| below_clock(&screen.contents()) == before);
        // Esc and the next key in one breath would be Alt.
        match keys {
            "" => screen.types("\x1b").sees("Esc は"),
            _ => screen.types("\x1b").sees_no(seen),
        };
    }
    screen.resize((20, 60)).sees("80x24 以上に広げてください").resize((36, 120)).sees("対応待ち");
    screen.leaves();
}

fn below_clock(screen: &str) -> String {
    screen.lines().skip(1).map(str::trim_end).collect::<Vec<_>>().join("\n")
}

#[test]
fn suspended_console_returns_the_terminal_and_resumes() {
    let society = Society::new();
    let mut command = CommandBuilder::new("sh");
    command.arg("-i");
    command.cwd(society.program().get_cwd().unwrap());
    command.env("PS1", "shell> ");
    command.env("TERM", "xterm-256color");
    command.env("MYKEMPO_DB", "mykempo.db");
    let mut shell = Terminal::open(command, SIZE);
    let before = asked(prompted(&mut shell), "stty -g", 0);
    // Typed before the prompt, the screen behind the console would end in a prompt that is not the one waited for.
    prompted(&mut shell).types(&format!("'{}'\r", env!("CARGO_BIN_EXE_mykempo"))).sees("パスワード");
    for (turn, typed, shown) in [(1, "qx", "qx"), (2, "yz", "qxyz")] {
        shell.types(typed).sees(shown).types(SUSPEND);
        assert_eq!(asked(prompted(&mut shell), "stty -g", turn), before);
        assert!(!shell.screen().bracketed_paste() && !shell.screen().hide_cursor());
        prompted(&mut shell)
            .types("fg\r")
            .sees(shown)
            .waits("the console", |screen| screen.alternate_screen() && screen.bracketed_paste());
    }
    shell.types("\x03");
    assert_eq!(asked(prompted(&mut shell), "stty -g", 3), before);
    prompted(&mut shell).leaves_by("exit\r");
}

/// Waits until the shell, and not the console, reads what is typed.
fn prompted(shell: &mut Terminal) -> &mut Terminal {
    shell.waits("the prompt", |screen| !screen.alternate_screen() && screen.contents().trim_end().ends_with("shell>"))
}

fn asked(shell: &mut Terminal, question: &str, turn: usize) -> String {
    shell.types(&format!("clear; {question} | tr -d '\\n'; echo ' answer'{turn}\r")).sees(&format!(" answer{turn}"));
    let text = shell.text();
    text.lines().find_map(|line| line.split_once(" answer")).unwrap().0.to_owned()
}

/// Stopped by somebody else, it could not leave the terminal; when it goes on, it takes it again.
#[test]
fn console_redraws_after_sigstop_and_sigcont() {
    let society = Society::new();
    let mut screen = society.signed_in();
    screen.line.signal("STOP");
    screen.bytes();
    screen.line.signal("CONT");
    screen.waits("the screen again", |screen| screen.alternate_screen());
    let again = |bytes: &[u8]| crate::pty::count(bytes, b"\x1b[?1049h") == 1;
    let until = Instant::now() + Duration::from_secs(60);
    let mut seen = Vec::new();
    while !again(&seen) {
        assert!(Instant::now() < until);
        screen.settles(Duration::from_millis(50));
        seen.extend(screen.bytes());
    }
    screen.sees("対応待ち").leaves();
}

/// `script` holds the terminal; when it is killed, the terminal is gone. Without a session nobody says so.
#[test]
fn console_ends_when_its_terminal_goes_away() {
    for session in ["", "setsid --wait "] {
        let society = Society::new();
        let folder = society.program().get_cwd().unwrap().clone();
        let folder = Path::new(&folder);
        let run = format!("{session}sh -c 'echo $$ > pid; exec \"{}\"'", env!("CARGO_BIN_EXE_mykempo"));
        let mut command = CommandBuilder::new("script");
        command.args(["-q", "-c", &run, "/dev/null"]);
        command.cwd(folder);
        command.env("MYKEMPO_DB", "mykempo.db");
        command.env("TERM", "xterm");
        let mut screen = Terminal::open(command, SIZE);
        screen.sees("職員ID").types("sato\r");
        let pid = std::fs::read_to_string(folder.join("pid")).unwrap();
        screen.line.signal("KILL");
        let process = Path::new("/proc").join(pid.trim()).join("cmdline");
        let until = Instant::now() + Duration::from_secs(60);
        // An ended process has no command line any more, even where nobody has asked for its exit code yet.
        while std::fs::read(&process).is_ok_and(|line| !line.is_empty()) {
            assert!(Instant::now() < until, "{session}the console goes on without its terminal");
            std::thread::yield_now();
        }
    }
}

#[test]
fn without_a_terminal_the_console_says_so_and_fails() {
    let society = Society::new();
    let output = society.command(&[]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("コンソールは端末で開いてください"));
    for closed in ["<&-", ">&-", "| cat; exit 1"] {
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", &format!("\"{}\" {closed}", env!("CARGO_BIN_EXE_mykempo"))]);
        command.cwd(society.program().get_cwd().unwrap());
        command.env("MYKEMPO_DB", "mykempo.db");
        let mut screen = Terminal::open(command, SIZE);
        screen.sees("コンソールは端末で開いてください").has_left(1);
    }
}

#[test]
fn terminal_that_cannot_draw_is_refused_at_the_start() {
    let society = Society::new();
    let mut command = society.program();
    command.env("TERM", "dumb");
    let mut screen = Terminal::open(command, SIZE);
    screen.sees("TERM=dumb").has_left(1);
    assert!(!screen.bytes().contains(&0x1b));
}
