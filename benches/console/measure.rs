//! Measurements of any program on a pseudo-terminal.

use crate::pty::{CommandBuilder, SIZE, Terminal};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// A frame is finished when no byte has come for this long.
pub(crate) const QUIET: Duration = Duration::from_millis(40);
/// As above, for a program that works before it draws: at its start, or while it queries a database.
pub(crate) const WORKING: Duration = Duration::from_millis(200);

/// The arrow key, as a terminal sends it in either of its modes.
const DOWN: [&str; 2] = ["\x1b[B", "\x1bOB"];
const ARROWS: usize = 300;
const STARTS: usize = 20;

/// Milliseconds, ascending.
pub(crate) struct Times(Vec<f64>);

impl Times {
    pub(crate) fn new(mut times: Vec<f64>) -> Self {
        times.sort_by(f64::total_cmp);
        Self(times)
    }

    pub(crate) fn percentile(&self, percent: usize) -> f64 {
        let at = (self.0.len() * percent / 100).min(self.0.len().saturating_sub(1));
        self.0.get(at).copied().unwrap_or(f64::NAN)
    }
}

/// The figures of one program.
pub(crate) struct Figures {
    pub(crate) start: Times,
    pub(crate) arrow: Times,
    pub(crate) bytes_per_arrow: usize,
    pub(crate) memory_kb: u64,
    pub(crate) rest_ticks: u64,
}

/// Milliseconds from a key to the last byte of what it draws; none where it draws nothing.
pub(crate) fn timed(terminal: &mut Terminal, key: &str, quiet: Duration) -> Option<f64> {
    let begun = Instant::now();
    terminal.presses(key);
    terminal.settles(quiet).map(|end| end.duration_since(begun).as_secs_f64() * 1000.0)
}

/// From process start to the first frame, with warm file caches.
pub(crate) fn starts(command: &CommandBuilder, usable: impl Fn(&vt100::Screen) -> bool) -> Times {
    let start = || {
        let begun = Instant::now();
        let mut terminal = Terminal::open(command.clone(), SIZE);
        terminal.waits("the first frame", &usable).settles(WORKING);
        terminal.last().duration_since(begun).as_secs_f64() * 1000.0
    };
    start();
    Times::new((0..STARTS).map(|_| start()).collect())
}

/// Steps down a list; their times and bytes.
pub(crate) fn arrows(terminal: &mut Terminal) -> (Times, usize) {
    terminal.settles(WORKING);
    terminal.bytes();
    let down = DOWN[usize::from(terminal.screen().application_cursor())];
    let times: Vec<f64> = (0..ARROWS).filter_map(|_| timed(terminal, down, QUIET)).collect();
    let bytes = terminal.bytes().len() / times.len().max(1);
    (Times::new(times), bytes)
}

/// Peak memory of the program.
pub(crate) fn memory_kb(terminal: &Terminal) -> u64 {
    let status = std::fs::read_to_string(process(terminal).join("status")).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches(" kB").parse().unwrap()
}

/// Processor time of ten seconds at rest, in hundredths of a second.
pub(crate) fn rest_ticks(terminal: &mut Terminal) -> u64 {
    terminal.settles(Duration::from_secs(2));
    let before = used_ticks(terminal);
    terminal.settles(Duration::from_secs(10));
    used_ticks(terminal) - before
}

/// In the program and in the system, of threads that have ended, too.
fn used_ticks(terminal: &Terminal) -> u64 {
    let stat = std::fs::read_to_string(process(terminal).join("stat")).unwrap();
    let after_name = stat.rsplit(')').next().unwrap();
    after_name.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<u64>().unwrap()).sum()
}

fn process(terminal: &Terminal) -> PathBuf {
    PathBuf::from("/proc").join(terminal.line.process().to_string())
}
