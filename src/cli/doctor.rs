//! `doctor`: everything that an operator would look at.

use super::context::CliContext;
use super::output::Failure;
use crate::config::{Origin, TerminalSetting};
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
    /// この端末の設定と、その出所だけを表示する / the settings of this terminal, and where each comes from
    #[arg(long, conflicts_with = "anchor")]
    settings: bool,
    /// 注意だけのときも終了コード6で終わる / exit code 6 where there are notices only
    #[arg(long, conflicts_with = "settings")]
    strict: bool,
}

impl Doctor {
    /// Without sign-in and without repair: it must run where nothing else does.
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        if self.settings {
            return settings(cli);
        }
        let place = cli.url.clone();
        let scene = Scene { private: private(cli), place, clock: cli.clock, anchor: self.anchor };
        let rows = doctor(&scene).await;
        let count = |state| rows.iter().filter(|row| row.finding.state() == state).count();
        let (wrong, notices) = (count(State::Wrong), count(State::Notice));
        let table: Vec<_> = rows.iter().map(|row| json(cli, row)).collect();
        cli.print(&serde_json::json!({ "checks": table, "wrong": wrong, "notices": notices }), || {
            rows.iter().map(|row| line(cli, row)).collect()
        })?;
        match wrong {
            0 if self.strict && notices > 0 => Err(Failure::Partial),
            0 => Ok(()),
            wrong => Err(Failure::new("unwell", cli.texts().upkeep.unwell(wrong))),
        }
    }
}

/// What this terminal works with, value by value with its origin.
fn settings(cli: &CliContext) -> Result<(), Failure> {
    let rows = cli.settings.settings();
    let table: Vec<_> = rows
        .iter()
        .map(|TerminalSetting { key, shown }| {
            serde_json::json!({
                "key": key, "value": shown.value, "origin": shown.origin.code(), "place": shown.origin.place(),
            })
        })
        .collect();
    cli.print(&serde_json::json!({ "settings": table }), || {
        let words = &cli.texts().man;
        rows.iter()
            .map(|TerminalSetting { key, shown }| {
                let value = if shown.value.is_empty() { words.not_set } else { &shown.value };
                format!("{}{}  {}\n", padded(key, 15), padded(value, 32), words.origin(&shown.origin))
            })
            .collect()
    })
}

/// The settings file that holds the password of a server, where one does.
fn private(cli: &CliContext) -> Vec<PathBuf> {
    match (&cli.url, &cli.settings.url.origin) {
        (DbUrl::Postgres(url), Origin::File(path)) if cli.url.for_tools() != *url => vec![path.clone()],
        _ => Vec::new(),
    }
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
    let line = format!("{}{}{found}\n", padded(state, 8), padded(check, 20));
    match remedy.as_str() {
        "" => line,
        remedy => format!("{line}{}{remedy}\n", padded("", 8)),
    }
}

fn padded(text: &str, cells: usize) -> String {
    format!("{text}{}", " ".repeat(cells.saturating_sub(text.width())))
}
