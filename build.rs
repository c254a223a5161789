//! Writes `MYKEMPO_VERSION`, which `mykempo --version` prints: the package's version, and in a release also the commit
//! and its date, `0.1.0 (5447cc3 2026-11-28)`. The same source gives the same text: `SOURCE_DATE_EPOCH` replaces the
//! date, and without git only the version is left. A debug build does not ask git, so a commit rebuilds nothing.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=SOURCE_DATE_EPOCH");
    let mut known = Vec::new();
    let mut date = source_date();
    if variable("PROFILE").as_deref() == Some("release") && Path::new(".git").exists() {
        if let Some(log) = git(&["rev-parse", "--git-path", "logs/HEAD"]).filter(|log| Path::new(log).exists()) {
            println!("cargo:rerun-if-changed={log}");
        }
        known.extend(git(&["rev-parse", "--short", "HEAD"]));
        date = date.or_else(|| git(&["log", "-1", "--format=%cs"]));
    }
    known.extend(date);
    let version = variable("CARGO_PKG_VERSION").unwrap_or_default();
    let known = if known.is_empty() { String::new() } else { format!(" ({})", known.join(" ")) };
    println!("cargo:rustc-env=MYKEMPO_VERSION={version}{known}");
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The one line that git answers, if there is a git that knows this folder.
fn git(args: &[&str]) -> Option<String> {
    let output = Command::new("git").args(args).output().ok().filter(|output| output.status.success())?;
    let line = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (!line.is_empty()).then_some(line)
}

/// The day of `SOURCE_DATE_EPOCH` (seconds since 1970, UTC) as `2026-11-28`.
fn source_date() -> Option<String> {
    let days = variable("SOURCE_DATE_EPOCH")?.parse::<i64>().ok()?.div_euclid(86_400);
    // Howard Hinnant's `civil_from_days`, with years from March.
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    Some(format!("{year:04}-{month:02}-{day:02}"))
}
