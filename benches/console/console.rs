//! The console: start, sign-in, movement, search.

use crate::measure::{Figures, Times, WORKING, arrows, memory_kb, rest_ticks, starts, timed};
use crate::pty::{CommandBuilder, SIZE, Terminal, program};
use crate::society::{self, PASSWORD, STAFF};
use std::path::Path;

/// The figures that other programs have too, and those of the console alone.
pub(crate) struct Own {
    pub(crate) figures: Figures,
    pub(crate) more: Vec<(&'static str, Times)>,
    pub(crate) bytes_per_character: usize,
}

/// Alt and a number: opens a screen, also from a text field.
const SCREENS: [&str; 5] = ["\x1b2", "\x1b3", "\x1b4", "\x1b5", "\x1b1"];
const ERASE: &str = "\x15";

pub(crate) fn measured(folder: &Path) -> Own {
    let command = command(folder);
    let start = starts(&command, |screen| screen.contents().contains("パスワード"));
    let mut terminal = Terminal::open(command, SIZE);
    terminal.sees("パスワード").types(PASSWORD);
    terminal.settles(WORKING);
    let entered = timed(&mut terminal, "\r", WORKING * 4).unwrap();
    terminal.sees("ホーム").sees("佐藤");
    let rest_ticks = rest_ticks(&mut terminal);

    let switched = (0..40).flat_map(|_| SCREENS).filter_map(|key| timed(&mut terminal, key, WORKING / 2)).collect();
    terminal.types("/").settles(WORKING);
    let keys: Vec<String> = society::lines(folder).step_by(401).take(25).map(|line| key_of(&line)).collect();
    let (exact, _) = typed(&mut terminal, &keys.iter().map(String::as_str).collect::<Vec<_>>());
    let (kana, bytes_per_character) = typed(
        &mut terminal,
        &["さとう", "たかはし", "ワタナベ", "こばやし", "ｽｽﾞｷ", "ささき", "やまもと", "はせがわ"].repeat(5),
    );
    let (kanji, _) =
        typed(&mut terminal, &["佐藤", "髙橋", "渡辺", "小林", "鈴木", "佐々木", "山本", "長谷川"].repeat(5));

    terminal.presses(ERASE).types("さとう").settles(WORKING * 2);
    let (arrow, bytes_per_arrow) = arrows(&mut terminal);
    let memory_kb = memory_kb(&terminal);
    Own {
        figures: Figures { start, arrow, bytes_per_arrow, memory_kb, rest_ticks },
        more: vec![
            ("another screen, with what it shows", Times::new(switched)),
            ("results of a number, each character", exact),
            ("results of kana, each character", kana),
            ("results of kanji, each character", kanji),
            ("sign-in, with its deliberately slow hash", Times::new(vec![entered])),
        ],
        bytes_per_character,
    }
}

fn command(folder: &Path) -> CommandBuilder {
    let mut command = program();
    command.args(["--db", &society::database(folder).display().to_string(), "--staff", STAFF]);
    command.env("MYKEMPO_TODAY", "2026-11-24");
    command
}

/// `161-6-02` of a line of the list, as people write it.
fn key_of(line: &str) -> String {
    line.split(' ').next().unwrap().to_owned()
}

/// Types each character of each text; times until its results are drawn.
fn typed(terminal: &mut Terminal, texts: &[&str]) -> (Times, usize) {
    let (mut times, mut bytes) = (Vec::new(), Vec::new());
    for text in texts {
        terminal.presses(ERASE).settles(WORKING);
        for character in text.chars() {
            terminal.bytes();
            times.extend(timed(terminal, &character.to_string(), WORKING));
            bytes.push(echo(&terminal.bytes()));
        }
    }
    (Times::new(times), bytes.iter().sum::<usize>() / bytes.len())
}

/// The first frame is the character itself; the results follow in another.
fn echo(bytes: &[u8]) -> usize {
    const END: &[u8] = b"\x1b[?2026l";
    bytes.windows(END.len()).position(|window| window == END).map_or(bytes.len(), |at| at + END.len())
}
