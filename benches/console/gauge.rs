//! What is measured of any program on a pseudo-terminal.

use crate::pty::{CommandBuilder, SIZE, Terminal};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// A frame is finished when nothing has come for so long after it.
pub(crate) const QUIET: Duration = Duration::from_millis(40);
/// The same for a program that works before it draws: at its start, or when it asks a database.
pub(crate) const WORKING: Duration = Duration::from_millis(200);

const DOWN: &str = "\x1b[B";
const ARROWS: usize = 300;
const STARTS: usize = 20;

/// Milliseconds, in order.
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

/// What one program costs.
pub(crate) struct Figures {
    pub(crate) start: Times,
    pub(crate) arrow: Times,
    pub(crate) bytes_per_arrow: usize,
    pub(crate) memory_kb: u64,
    pub(crate) rest_ms: f64,
}

/// Milliseconds from a key to the last byte of what it draws; none where it draws nothing.
pub(crate) fn timed(terminal: &mut Terminal, key: &str, quiet: Duration) -> Option<f64> {
    let begun = Instant::now();
    terminal.presses(key);
    terminal.settles(quiet).map(|end| end.duration_since(begun).as_secs_f64() * 1000.0)
}

/// From nothing to the first frame, on files that have been read before.
pub(crate) fn starts(command: &CommandBuilder, warm: impl Fn(&Terminal) -> bool) -> Times {
    let start = || {
        let begun = Instant::now();
        let mut terminal = Terminal::open(command.clone(), SIZE);
        let end = terminal.settles(Duration::from_secs(2)).expect("a first frame");
        assert!(warm(&terminal), "not a first frame:\n{}", terminal.text());
        end.duration_since(begun).as_secs_f64() * 1000.0
    };
    start();
    Times::new((0..STARTS).map(|_| start()).collect())
}

/// Down a list, and how many bytes each step took.
pub(crate) fn arrows(terminal: &mut Terminal) -> (Times, usize) {
    terminal.settles(WORKING);
    terminal.bytes();
    let times: Vec<f64> = (0..ARROWS).filter_map(|_| timed(terminal, DOWN, QUIET)).collect();
    let bytes = terminal.bytes().len() / times.len().max(1);
    (Times::new(times), bytes)
}

/// The most memory that the program ever had.
pub(crate) fn memory_kb(terminal: &Terminal) -> u64 {
    let status = std::fs::read_to_string(process(terminal).join("status")).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches(" kB").parse().unwrap()
}

/// Processor time of ten seconds in which nobody does anything.
pub(crate) fn rest_ms(terminal: &mut Terminal) -> f64 {
    terminal.settles(Duration::from_secs(2));
    let before = used_ns(terminal);
    terminal.settles(Duration::from_secs(10));
    (used_ns(terminal) - before) as f64 / 1e6
}

fn used_ns(terminal: &Terminal) -> u64 {
    let threads = std::fs::read_dir(process(terminal).join("task")).unwrap();
    let of_thread = |thread: PathBuf| {
        let line = std::fs::read_to_string(thread.join("schedstat")).unwrap_or_default();
        line.split(' ').next().and_then(|time| time.parse::<u64>().ok()).unwrap_or(0)
    };
    threads.map(|thread| of_thread(thread.unwrap().path())).sum()
}

fn process(terminal: &Terminal) -> PathBuf {
    PathBuf::from("/proc").join(terminal.line.process().to_string())
}
