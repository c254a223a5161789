//! `doctor`: everything that an operator would look at.

use super::context::CliContext;
use super::output::Failure;
use crate::domain::Anchor;
use crate::labels::doctor as words;
use crate::usecases::DbUrl;
use crate::usecases::upkeep::doctor::{DoctorRow, Scene, State, doctor};
use std::path::PathBuf;
use unicode_width::UnicodeWidthStr;

#[derive(Debug, clap::Args)]
pub(super) struct Doctor {
    /// 監査記録の控え(番号:ハッシュ) / an anchor that was noted with a backup
    #[arg(long, value_name = "SEQ:HASH")]
    anchor: Option<Anchor>,
}

impl Doctor {
    /// Without sign-in and without repair: it must run where nothing else does.
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let place = cli.url.clone();
        let scene = Scene { private: private(cli), place, clock: cli.clock, anchor: self.anchor };
        let rows = doctor(&scene).await;
        let wrong = rows.iter().filter(|row| row.finding.state() == State::Wrong).count();
        let table: Vec<_> = rows.iter().map(|row| json(cli, row)).collect();
        cli.print(&serde_json::json!({ "checks": table, "wrong": wrong }), || {
            rows.iter().map(|row| line(cli, row)).collect()
        })?;
        match wrong {
            0 => Ok(()),
            wrong => Err(Failure::new("unwell", cli.texts().upkeep.unwell(wrong))),
        }
    }
}

/// The settings file, where it holds the password of a server.
fn private(cli: &CliContext) -> Vec<PathBuf> {
    let DbUrl::Postgres(url) = &cli.url else { return Vec::new() };
    let secret = cli.url.for_tools() != *url;
    if secret { cli.config.iter().cloned().collect() } else { Vec::new() }
}

fn json(cli: &CliContext, row: &DoctorRow) -> serde_json::Value {
    let (found, remedy) = words::finding(cli.lang, &row.finding);
    let (code, state) = (row.finding.code(), row.finding.state());
    serde_json::json!({ "check": row.check, "code": code, "state": state, "finding": found, "remedy": remedy })
}

/// State, check and finding side by side; the remedy below.
fn line(cli: &CliContext, row: &DoctorRow) -> String {
    let (found, remedy) = words::finding(cli.lang, &row.finding);
    let (state, check) = (words::state(cli.lang, row.finding.state()), words::check(cli.lang, row.check));
    let line = format!("{}{}{found}\n", padded(state, 8), padded(check, 18));
    match remedy.as_str() {
        "" => line,
        remedy => format!("{line}{}{remedy}\n", padded("", 8)),
    }
}

fn padded(text: &str, cells: usize) -> String {
    format!("{text}{}", " ".repeat(cells.saturating_sub(text.width())))
}
