//! The console's response times: `cargo bench --bench console [-- MEMBERS [COMMAND…]]`.
//!
//! Keys go to the real program through a pseudo-terminal of 80 by 24; measured are the time from the key to the last
//! byte of the frame, and the bytes of the frame. Other programs (less, vim and mc, or the commands given) are
//! measured in the same run; those that are not installed are left out. The society is made once, in target/tmp.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../tests/integration/pty/mod.rs"]
mod pty;

mod console;
mod measure;
mod others;
mod society;

use measure::{Figures, Times};
use std::path::Path;

fn main() {
    let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench");
    let members = args.next().map_or(20_000, |count| count.parse().expect("a number of members"));
    let commands: Vec<String> = args.collect();
    let folder = society::made(members);
    println!("{members} members, 80x24, load {}\n", load());
    let own = console::measured(&folder);
    let others = others::measured(&folder, &commands);
    beside(&own.figures, &others);
    println!("\n| | p50 / p99 |\n|---|---|");
    for (what, times) in &own.more {
        println!("| {what} | {times} |");
    }
    println!("\nbytes per character typed into a field: {}; load {}", own.bytes_per_character, load());
}

/// One column for each program.
fn beside(own: &Figures, others: &[(String, Figures)]) {
    let all: Vec<(&str, &Figures)> = std::iter::once(("mykempo", own))
        .chain(others.iter().map(|(name, figures)| (name.as_str(), figures)))
        .collect();
    let row = |what: &str, cell: &dyn Fn(&Figures) -> String| {
        let cells: Vec<String> = all.iter().map(|(_, figures)| cell(figures)).collect();
        println!("| {what} | {} |", cells.join(" | "));
    };
    println!("| | {} |", all.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(" | "));
    println!("|---|{}", "---|".repeat(all.len()));
    row("start to the first frame, p50 / p99", &|figures| figures.start.to_string());
    row("arrow key in a list to the finished frame, p50 / p99", &|figures| figures.arrow.to_string());
    row("bytes per arrow key, mean", &|figures| figures.bytes_per_arrow.to_string());
    row("peak memory", &|figures| format!("{} MB", figures.memory_kb / 1000));
    row("processor time in ten seconds at rest", &|figures| format!("{} ms", figures.rest_ticks * 10));
}

fn load() -> String {
    let load = std::fs::read_to_string(Path::new("/proc/loadavg")).unwrap_or_default();
    load.split(' ').next().unwrap_or("unknown").to_owned()
}

/// Displayed as `p50 / p99`.
impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.1} / {:.1} ms", self.percentile(50), self.percentile(99))
    }
}
