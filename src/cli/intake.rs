//! `intake`: what other systems put into a folder is imported by itself.

use super::context::CliContext;
use super::import::Summary;
use super::output::Failure;
use crate::labels::{files, refusals};
use crate::usecases::import::{FileKind, Mode};
use crate::usecases::intake::{self, Dealt, Fate, IntakeOrder};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};

#[derive(Debug, clap::Args)]
pub(super) struct IntakeArgs {
    /// ファイルが届くフォルダー / the folder in which files arrive
    folder: PathBuf,
    /// この秒数変化のないファイルを、書き終わったものとみなす / a file that has not changed for so many seconds is complete
    #[arg(long, default_value_t = 30, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(0..=3600))]
    settle: u64,
}

impl IntakeArgs {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let (ctx, actor) = cli.signed_in().await?;
        let cancel = Arc::new(AtomicBool::new(false));
        let listener = tokio::spawn(stop_on_signal(cancel.clone()));
        let order = IntakeOrder {
            folder: &self.folder,
            settle: Duration::from_secs(self.settle),
            reason: &|error| files::reason(cli.lang, error),
            report: &|dealt| report(cli, dealt),
            cancel: &cancel,
        };
        let dealt = intake::intake(&ctx, &actor, &order).await;
        listener.abort();
        let dealt = dealt?;
        let document = json!({ "files": dealt.iter().map(|it| facts(cli, it)).collect::<Vec<Value>>() });
        cli.print(&document, || words(cli, &dealt))?;
        if dealt.iter().any(Dealt::wants_a_person) { Err(Failure::Partial) } else { Ok(()) }
    }
}

/// A service is stopped with one signal, a person at a terminal sends the other.
async fn stop_on_signal(cancel: Arc<AtomicBool>) {
    let Ok(mut terminated) = signal(SignalKind::terminate()) else { return };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminated.recv() => {}
    }
    cancel.store(true, Ordering::Relaxed);
}

const fn result(fate: &Fate) -> &'static str {
    match fate {
        Fate::Imported(_) => "imported",
        Fate::Before(_) => "imported_before",
        Fate::Failed(_) => "failed",
        Fate::Waits => "waits",
    }
}

fn facts(cli: &CliContext, dealt: &Dealt) -> Value {
    let Dealt { file, kind, fate, path, report, rejects } = dealt;
    let kind = kind.map(FileKind::code);
    // Names that are not UTF-8 are shown as far as they are.
    let shown = |path: &PathBuf| path.display().to_string();
    let (path, report, rejects) = (shown(path), report.as_ref().map(shown), rejects.as_ref().map(shown));
    let mut facts = json!({
        "file": file, "kind": kind, "result": result(fate), "path": path, "report": report, "rejects": rejects,
    });
    match fate {
        Fate::Imported(outcome) => facts["counts"] = json!(outcome.report),
        Fate::Before(run) => facts["run"] = run.id.into(),
        Fate::Failed(error) => {
            facts["error"] = json!({ "code": error.code(), "message": refusals::explain(cli.lang, error) });
        }
        Fate::Waits => {}
    }
    facts
}

/// Everything about a file: what is written beside it.
fn report(cli: &CliContext, dealt: &Dealt) -> String {
    let body = match (&dealt.fate, dealt.kind) {
        (Fate::Imported(outcome), Some(kind)) => {
            Summary { kind, mode: Mode::Apply, outcome, rejects: dealt.rejects.as_deref() }.words(cli)
        }
        _ => line(cli, dealt),
    };
    let rejects = dealt.rejects.as_ref().map(|path| cli.texts().import.rejects_are_in(path.display()));
    [Some(format!("{}\n{body}", dealt.file)), rejects].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn words(cli: &CliContext, dealt: &[Dealt]) -> String {
    match dealt {
        [] => cli.texts().import.intake_empty.to_owned(),
        dealt => dealt.iter().map(|it| format!("{}: {}", it.file, line(cli, it))).collect::<Vec<_>>().join("\n"),
    }
}

/// One file in one line.
fn line(cli: &CliContext, dealt: &Dealt) -> String {
    let texts = &cli.texts().import;
    let kind = dealt.kind.map_or("", |kind| files::kind(cli.lang, kind));
    match &dealt.fate {
        Fate::Imported(outcome) => {
            let it = &outcome.report;
            let counts = texts.counts(it.rows, it.added, it.changed, it.unchanged, it.rejected);
            texts.intake_imported(kind, &counts)
        }
        Fate::Before(run) => texts.intake_before(kind, run.id),
        Fate::Failed(error) => texts.intake_failed(kind, &refusals::explain(cli.lang, error), dealt.path.display()),
        Fate::Waits => texts.intake_waits.to_owned(),
    }
}
