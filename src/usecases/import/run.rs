//! One import, from the beginning of its transaction to the end.

mod stopped_cards;

use super::job::{Job, Mode, Outcome, Progress};
use super::pieces::{self, Piece};
use super::preview::{Preview, PreviewChange, PreviewItem, Warned, keep};
use super::reader::{Opened, Parsed};
use super::rejects::Rejects;
use super::threshold::{self, LossCounts};
use crate::domain::gate::RouteNow;
use crate::domain::{GateReason, WorkKind};
use crate::interchange::{FileFacts, OwnedRecord, Report, Row, RowError};
use crate::store::bulk::{self, ImportNote, RunResult};
use crate::store::{self, Tx};
use crate::usecases::actor::Allowed;
use crate::usecases::audit::AuditEvent;
use crate::usecases::refusal::ImportRefusal;
use crate::usecases::work::{Applied, StagedPieces, WorkGuard, carry_on, claim, unpack};
use crate::usecases::{AppContext, Error, Refusal, UnitOfWork};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;

pub(super) struct Run<'a> {
    pub(super) ctx: &'a AppContext,
    allowed: Allowed,
    pub(super) job: &'a Job<'a>,
    work: ImportTx,
    pub(super) report: Report,
    pub(super) preview: Preview,
    /// Members in force before the import, where that matters.
    pub(super) in_force: u64,
    rejects: Rejects,
    total: u64,
    staging: StagedPieces,
    /// B7: the cards in batches, and the reasons that they had before.
    gated: BTreeSet<(i64, GateReason)>,
    /// R1: where the waiting cards go before the import.
    routes: BTreeMap<i64, RouteNow>,
}

/// What comes after the rows of every file, in this order, as often as there is something left.
const LAST: [fn() -> Piece; 3] = [|| Piece::Joins, || Piece::Closings, || Piece::Holds];

/// New members after which the statistics of the query planner are updated.
const MANY: u64 = 10_000;

/// The import's transaction.
enum ImportTx {
    /// Reads. `latest` was the last import when it began.
    Reads { tx: Tx, latest: Option<i64> },
    /// Holds the writer: every other one waits. What is written names the import by its number.
    Writes { uow: UnitOfWork, run: i64 },
}

impl<'a> Run<'a> {
    pub(super) async fn begin(ctx: &'a AppContext, allowed: Allowed, job: &'a Job<'a>) -> Result<Self, Error> {
        let mut tx = ctx.read(&allowed).await?;
        tx.lift_time_limits().await?;
        let latest = bulk::latest_run(&mut tx).await?;
        Ok(Self {
            ctx,
            allowed,
            job,
            work: ImportTx::Reads { tx, latest },
            report: Report::default(),
            preview: Preview::default(),
            in_force: 0,
            rejects: Rejects::none(),
            total: 0,
            staging: StagedPieces::new(WorkKind::Import),
            gated: BTreeSet::new(),
            routes: BTreeMap::new(),
        })
    }

    /// The writing transaction. It is begun as late as possible; what was read before is still true then, because no
    /// other import was applied in between.
    ///
    /// # Errors
    /// [`ImportRefusal::Overtaken`] where one was.
    pub(super) async fn writing(&mut self) -> Result<&mut UnitOfWork, Error> {
        if let ImportTx::Reads { latest, .. } = self.work {
            let mut uow = self.ctx.begin_alone(&self.allowed).await?;
            uow.lift_time_limits().await?;
            if bulk::latest_run(&mut uow).await? != latest {
                return Err(ImportRefusal::Overtaken.into());
            }
            let (now, kind, file) = (self.ctx.clock.now(), self.job.kind.code(), self.file());
            let run = bulk::begin_run(&mut uow, now, self.allowed.staff(), kind, &file).await?;
            self.remember_gated(store::card::gate_of_batches(&mut uow).await?);
            self.work = ImportTx::Writes { uow, run };
        }
        match &mut self.work {
            ImportTx::Writes { uow, .. } => Ok(uow),
            ImportTx::Reads { .. } => Err(Error::Stopped("import")),
        }
    }

    /// Adds a piece of what is applied once the whole file was found good; a dry run has none.
    pub(super) async fn plan(&mut self, piece: &Piece) -> Result<(), Error> {
        match self.job.mode {
            Mode::DryRun => Ok(()),
            Mode::Apply => self.staging.add(self.ctx, &self.allowed, piece).await,
        }
    }

    /// Staff ID of the importer.
    pub(super) fn staff(&self) -> &str {
        self.allowed.staff()
    }

    /// The writing transaction with the number of the import.
    pub(super) async fn writing_as(&mut self) -> Result<(&mut UnitOfWork, i64), Error> {
        self.writing().await?;
        match &mut self.work {
            ImportTx::Writes { uow, run } => Ok((uow, *run)),
            ImportTx::Reads { .. } => Err(Error::Stopped("import")),
        }
    }

    /// The file's name without its folder.
    fn file(&self) -> String {
        self.job.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// The transaction, reading or writing.
    pub(super) fn tx(&mut self) -> &mut Tx {
        match &mut self.work {
            ImportTx::Reads { tx, .. } => tx,
            ImportTx::Writes { uow, .. } => uow,
        }
    }

    /// Whether the writer is held.
    pub(super) fn writes(&self) -> bool {
        matches!(self.work, ImportTx::Writes { .. })
    }

    /// Opens the file; its header decides how rejected rows are written.
    pub(super) fn open<T: Row>(&mut self) -> Result<Opened<T>, Error> {
        let opened = super::reader::open::<T>(self.job.path)?;
        let to = self.job.rejects.clone();
        let (encoding, titles) = (opened.table.encoding(), opened.table.titles());
        self.rejects = Rejects::new(to, self.job.path, self.ctx, encoding, titles)?;
        self.preview.ignored = opened.table.ignored().to_vec();
        self.total = opened.total;
        Ok(opened)
    }

    /// Keeps what deserves a look of an accepted row.
    pub(super) fn warn(&mut self, warned: Warned) {
        self.report.warn(&[warned.warning]);
        keep(&mut self.preview.warnings, || warned);
    }

    /// Counts a row, and gives it where it was not rejected; a rejected one goes to the rejects file.
    ///
    /// `named` gives a row's key and name for a warning.
    pub(super) fn take<T>(
        &mut self,
        parsed: Parsed<T>,
        named: impl Fn(&T) -> (String, String),
    ) -> Result<Option<(u64, T, Option<OwnedRecord>)>, Error> {
        self.report.rows += 1;
        match parsed.row {
            Ok(row) => {
                self.report.warn(&parsed.warnings);
                for warning in parsed.warnings {
                    keep(&mut self.preview.warnings, || {
                        let (key, what) = named(&row);
                        Warned { line: parsed.line, key, what, warning }
                    });
                }
                Ok(Some((parsed.line, row, parsed.raw)))
            }
            Err(errors) => {
                self.reject(parsed.raw.as_ref(), &errors)?;
                Ok(None)
            }
        }
    }

    /// Rejects a row.
    pub(super) fn reject(&mut self, raw: Option<&OwnedRecord>, errors: &[RowError]) -> Result<(), Error> {
        self.report.reject(errors);
        self.preview.error(errors);
        if let Some(raw) = raw {
            let reasons: Vec<String> = errors.iter().map(self.job.reason).collect();
            self.rejects.write(raw.raw(), errors, &reasons.join(" "))?;
        }
        Ok(())
    }

    pub(super) fn added(&mut self, item: impl FnOnce() -> PreviewItem) {
        self.report.added += 1;
        keep(&mut self.preview.added, item);
    }

    pub(super) fn unchanged(&mut self, item: impl FnOnce() -> PreviewItem) {
        self.report.unchanged += 1;
        keep(&mut self.preview.unchanged, item);
    }

    /// Counts a new record that follows one under a former number.
    pub(super) fn renumbered(&mut self, former: Option<String>, key: impl FnOnce() -> String) {
        if let Some(former) = former {
            self.preview.effects.renumbered += 1;
            keep(&mut self.preview.effects.renumberings, || (former, key()));
        }
    }

    pub(super) fn changed(&mut self, change: impl FnOnce() -> PreviewChange) {
        self.report.changed += 1;
        keep(&mut self.preview.changes, change);
    }

    /// Reports how far the import is, and stops where the person wants it.
    ///
    /// # Errors
    /// [`Refusal::Cancelled`] where the import was cancelled.
    pub(super) fn step(&self, rows: u64, bytes: u64) -> Result<(), Error> {
        if self.job.cancel.load(Ordering::Relaxed) {
            return Err(Refusal::Cancelled.into());
        }
        (self.job.progress)(Progress { rows, bytes, total: self.total });
        Ok(())
    }

    /// Commits with the import's entry in the log, or rolls back.
    pub(super) async fn finish(mut self, facts: FileFacts) -> Result<Outcome, Error> {
        if self.job.expected.is_some_and(|expected| expected != facts.sha256) {
            return Err(ImportRefusal::FileChanged(self.job.path.to_owned()).into());
        }
        self.name_stopped().await?;
        let refused = threshold::refusal(&LossCounts {
            kind: self.job.kind,
            report: &self.report,
            effects: &self.preview.effects,
            in_force: self.in_force,
            percent: self.ctx.settings.import_abort_percent,
        });
        let rejects = self.rejects.finish()?;
        if self.job.mode == Mode::DryRun || refused.is_some() {
            let Self { report, preview, .. } = self;
            return Ok(Outcome { sha256: facts.sha256, report, preview, applied: false, refused, rejects });
        }
        let claim = self.apply_few().await?;
        let imported = self.note(&facts).await?;
        let Self { ctx, allowed, work, staging, report, preview, .. } = self;
        let ImportTx::Writes { mut uow, run } = work else { return Err(Error::Stopped("import")) };
        match claim {
            None => uow.commit(imported).await?,
            Some(claim) => {
                let work = staging.begin(&mut uow, Some(run)).await?;
                uow.commit_piece(&work).await?;
                carry_on(ctx, &claim, async |uow, work, content| pieces::apply_stored(uow, work, content).await)
                    .await?;
            }
        }
        if report.added >= MANY {
            let mut stage = ctx.stage(&allowed).await?;
            bulk::analyze(&mut stage).await?;
            stage.keep().await?;
        }
        ctx.fold().await;
        Ok(Outcome { sha256: facts.sha256, report, preview, applied: true, refused: None, rejects })
    }

    /// Applies a few pieces in the transaction of the import; more are stored, to be applied one by one under
    /// the guard that is returned.
    async fn apply_few(&mut self) -> Result<Option<WorkGuard>, Error> {
        if self.writes() {
            return Ok(None);
        }
        if let Some(pieces) = self.staging.few() {
            let (uow, run) = self.writing_as().await?;
            for piece in pieces {
                pieces::apply(uow, run, unpack(&piece)?).await?;
            }
            for more in LAST {
                while let Applied::InPart = pieces::apply(uow, run, more()).await? {}
            }
            return Ok(None);
        }
        for piece in LAST.iter().map(|last| last()).chain([Piece::Finish]) {
            self.plan(&piece).await?;
        }
        self.staging.store(self.ctx, &self.allowed).await?;
        Ok(Some(claim(self.ctx).await?))
    }

    /// Stores the run with its notes, and gives the event about it.
    async fn note(&mut self, facts: &FileFacts) -> Result<AuditEvent, Error> {
        let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let Report { rows, added, changed, unchanged, rejected, .. } = self.report;
        let notes = self.preview.warnings.iter().map(|it| ImportNote {
            line: count(it.line),
            key: it.key.clone(),
            code: it.warning.code().to_owned(),
        });
        let notes: Vec<ImportNote> = notes.collect();
        let result = RunResult {
            sha256: &facts.sha256,
            rows: count(rows),
            added: count(added),
            changed: count(changed),
            unchanged: count(unchanged),
            rejected: count(rejected),
        };
        let (uow, run) = self.writing_as().await?;
        bulk::finish_run(uow, run, &result, &notes).await?;
        let (kind, file, sha256) = (self.job.kind, self.file(), facts.sha256.clone());
        Ok(AuditEvent::Imported { kind, file, sha256, rows, added, changed, unchanged, rejected })
    }
}
