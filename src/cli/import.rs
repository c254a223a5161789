//! `import`: files from the registry, the portal and the form.

mod follows;

use super::context::CliContext;
use super::output::{Failure, Format};
use crate::files::Existing;
use crate::labels::{files, refusals};
use crate::usecases::import::{
    Effects, FileKind, ImportNote, ImportRun, Job, Mode, Outcome, Progress, RejectsTo, Report, RowError, RunState,
    Warned, history, import, kept,
};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct ImportCommand {
    #[command(subcommand)]
    list: Option<List>,
    #[command(flatten)]
    file: Option<OneFile>,
}

#[derive(Debug, Clone, clap::Subcommand)]
enum List {
    /// 取込の履歴 / imports so far
    History {
        /// 件数 / at most so many
        #[arg(long, default_value_t = 50)]
        limit: i64,
    },
    /// 取込一件と、確認していただきたい行 / one import, and its rows that deserve a look
    Show {
        /// 取込の番号 / its number
        run: i64,
    },
}

#[derive(Debug, clap::Args)]
struct OneFile {
    /// employers = 事業所, members = 加入者, portal-events = ポータル, requests = 送付依頼
    kind: FileKind,
    /// 取り込むファイル / file
    file: PathBuf,
    /// 結果だけを確かめ、何も変更しない / say what would happen, change nothing
    #[arg(long)]
    dry_run: bool,
    /// 取り込めなかった行の出力先 / where rejected rows go
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// すでにあるファイルと置き換える / replace a file that is there
    #[arg(long, requires = "rejects")]
    replace: bool,
}

/// As many rows as a person reads.
const FEW: usize = 10;

/// The one document of `--json`.
#[derive(serde::Serialize)]
struct Document<'a> {
    file: &'a PathBuf,
    #[serde(flatten)]
    report: &'a Report,
    applied: bool,
    effects: &'a Effects,
    warned: &'a [Warned],
}

impl ImportCommand {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        match (self.list, self.file) {
            (Some(List::History { limit }), _) => show_history(cli, limit).await,
            (Some(List::Show { run }), _) => show(cli, run).await,
            (None, Some(file)) => file.run(cli).await,
            // clap asks for one of the two.
            (None, None) => Ok(()),
        }
    }
}

/// The latest imports, newest first.
async fn show_history(cli: &CliContext, limit: i64) -> Result<(), Failure> {
    let (ctx, actor) = cli.signed_in().await?;
    cli.list("imports", &history(&ctx, &actor, limit).await?, cli.texts().import.none, |run| line(cli, run))
}

fn line(cli: &CliContext, run: &ImportRun) -> String {
    let ImportRun { id, staff, file, .. } = run;
    let at = crate::text::japan::local(run.at).format("%Y-%m-%d %H:%M");
    let kind = run.kind.parse().map_or(run.kind.as_str(), |kind| files::kind(cli.lang, kind));
    let [rows, added, changed, unchanged, rejected] =
        [run.row_count, run.added, run.changed, run.unchanged, run.rejected].map(i64::unsigned_abs);
    let counts = cli.texts().import.counts(rows, added, changed, unchanged, rejected);
    let state = match run.state {
        RunState::Applying => cli.texts().import.applying,
        RunState::Applied => "",
    };
    format!("{id:>4}  {at}  {staff}  {kind}  {file}: {counts}{state}")
}

/// One import, and its rows that deserve a look.
async fn show(cli: &CliContext, run: i64) -> Result<(), Failure> {
    let (ctx, actor) = cli.signed_in().await?;
    let kept = kept(&ctx, &actor, run).await?;
    cli.print(&kept, || {
        let notes = kept.notes.iter().map(|ImportNote { line, key, code }| {
            let why = code.parse().map_or(code.as_str(), |warning| files::warning(cli.lang, warning));
            cli.texts().import.row(line, key, why)
        });
        std::iter::once(line(cli, &kept.run)).chain(notes).collect::<Vec<_>>().join("\n")
    })
}

impl OneFile {
    async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let (ctx, actor) = cli.signed_in().await?;
        let cancel = Arc::new(AtomicBool::new(false));
        let listener = tokio::spawn(stop_on_ctrl_c(cancel.clone()));
        let meter = Meter::new(cli);
        let job = Job {
            kind: self.kind,
            path: &self.file,
            mode: if self.dry_run { Mode::DryRun } else { Mode::Apply },
            expected: None,
            rejects: self.rejects.clone().map(|path| RejectsTo::File(path, Existing::replaced(self.replace))),
            reason: &|error| files::reason(cli.lang, error),
            progress: &|progress| meter.show(progress),
            cancel: &cancel,
        };
        let outcome = import(&ctx, &actor, &job).await;
        listener.abort();
        meter.clear();
        let outcome = outcome?;
        let document = Document {
            file: &self.file,
            report: &outcome.report,
            applied: outcome.applied,
            effects: &outcome.preview.effects,
            warned: &outcome.preview.warnings,
        };
        let (kind, mode, rejects) = (self.kind, job.mode, self.rejects.as_deref());
        cli.print(&document, || Summary { kind, mode, outcome: &outcome, rejects }.words(cli))?;
        match outcome.refused {
            Some(refusal) if !self.dry_run => Err(refusal.into()),
            None if outcome.applied && outcome.report.rejected > 0 => Err(Failure::Partial),
            Some(_) | None => Ok(()),
        }
    }
}

/// What an import, or a dry run, came to, in words.
pub(super) struct Summary<'a> {
    pub(super) kind: FileKind,
    pub(super) mode: Mode,
    pub(super) outcome: &'a Outcome,
    /// Where the rejected rows are written, where they are.
    pub(super) rejects: Option<&'a Path>,
}

impl Summary<'_> {
    pub(super) fn words(&self, cli: &CliContext) -> String {
        let Report { rows, added, changed, unchanged, rejected, by_code, warnings } = &self.outcome.report;
        let texts = &cli.texts().import;
        let counts = texts.counts(*rows, *added, *changed, *unchanged, *rejected);
        let mut lines = vec![format!("{}: {counts}", files::kind(cli.lang, self.kind))];
        for (code, count) in by_code {
            lines.push(format!("  {count:>6}  {:<21} {}", code.code(), files::row_code(cli.lang, *code)));
        }
        for (warning, count) in warnings {
            lines.push(format!("  {count:>6}  {}", texts.note(files::warning(cli.lang, *warning))));
        }
        lines.extend(warned_rows(cli, self.outcome));
        lines.extend(self.rejected_rows(cli));
        lines.extend(follows::lines(cli, &self.outcome.preview));
        lines.push(self.verdict(cli));
        lines.join("\n")
    }

    /// The first rejected rows, as many as a person reads.
    fn rejected_rows(&self, cli: &CliContext) -> Vec<String> {
        let (texts, errors) = (&cli.texts().import, &self.outcome.preview.errors);
        let row = |error: &RowError| {
            texts.rejected_row(error.line, error.column, &error.value, &files::reason(cli.lang, error))
        };
        let mut lines: Vec<String> = errors.iter().take(FEW).map(row).collect();
        if errors.len() > FEW && self.rejects.is_none() {
            lines.push(texts.more_rejected.to_owned());
        }
        lines
    }

    fn verdict(&self, cli: &CliContext) -> String {
        let texts = &cli.texts().import;
        match (&self.outcome.refused, self.mode) {
            (Some(_), Mode::Apply) => texts.not_imported.to_owned(),
            (Some(refusal), Mode::DryRun) => texts.not_as_it_is(&refusals::explain(cli.lang, &refusal.clone().into())),
            (None, Mode::DryRun) => texts.dry_run.to_owned(),
            (None, Mode::Apply) => texts.imported.to_owned(),
        }
    }
}

/// The first rows that deserve a look.
fn warned_rows(cli: &CliContext, outcome: &Outcome) -> Vec<String> {
    let texts = &cli.texts().import;
    let all: u64 = outcome.report.warnings.values().sum();
    let shown = outcome.preview.warnings.iter().take(FEW).map(|it| {
        let Warned { line, key, what, warning } = it;
        texts.row(line, &format!("{key} {what}"), files::warning(cli.lang, *warning))
    });
    let mut lines: Vec<String> = shown.collect();
    let more = all.saturating_sub(lines.len() as u64);
    if more > 0 {
        lines.push(texts.more_warned(more));
    }
    lines
}

async fn stop_on_ctrl_c(cancel: Arc<AtomicBool>) {
    if tokio::signal::ctrl_c().await.is_ok() {
        cancel.store(true, Ordering::Relaxed);
    }
}

/// One line on a terminal's stderr.
struct Meter<'a> {
    cli: &'a CliContext,
    begun: Instant,
    shown: bool,
}

impl<'a> Meter<'a> {
    fn new(cli: &'a CliContext) -> Self {
        let shown = matches!(cli.format, Format::Words) && std::io::stderr().is_terminal();
        Self { cli, begun: Instant::now(), shown }
    }

    fn show(&self, Progress { rows, bytes, total }: Progress) {
        if !self.shown {
            return;
        }
        let seconds = self.begun.elapsed().as_secs_f64();
        let percent = bytes * 100 / total.max(1);
        let rate = rows as f64 / seconds.max(0.001);
        let left = seconds * total.saturating_sub(bytes) as f64 / bytes.max(1) as f64;
        let line = self.cli.texts().import.progress(percent, rows, rate, left);
        // A terminal that is gone does not stop an import.
        let _ = write!(std::io::stderr(), "\r{line}\x1b[K");
    }

    fn clear(&self) {
        if self.shown {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}
