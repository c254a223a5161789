//! One import from its transaction's beginning to its end.

use super::preview::{Change, Item, Preview, Warned, keep};
use super::reader::{Opened, Parsed};
use super::rejects::Rejects;
use super::threshold::{self, Facts};
use super::{Job, Mode, Outcome, Progress};
use crate::interchange::{FileFacts, OwnedRecord, Report, Row, RowError};
use crate::store::Tx;
use crate::store::bulk::{self, ImportNote, ImportRun};
use crate::usecases::audit::{self, Act};
use crate::usecases::{Actor, AppContext, Error, Refusal, accounts};
use std::sync::atomic::Ordering;

pub(super) struct Run<'a> {
    pub(super) ctx: &'a AppContext,
    pub(super) actor: &'a Actor,
    pub(super) job: &'a Job<'a>,
    pub(super) tx: Tx,
    pub(super) report: Report,
    pub(super) preview: Preview,
    /// Members in force before the import, where that matters.
    pub(super) in_force: u64,
    rejects: Rejects,
    total: u64,
    tx_mode: TxMode,
}

/// What the import's transaction may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TxMode {
    /// Read what was there when this import was the latest.
    Reads { latest: Option<i64> },
    /// Write; everybody else waits.
    Writes,
}

impl<'a> Run<'a> {
    pub(super) async fn begin(ctx: &'a AppContext, actor: &'a Actor, job: &'a Job<'a>) -> Result<Self, Error> {
        let mut tx = ctx.read().await?;
        let latest = bulk::latest_run(&mut tx).await?;
        Ok(Self {
            ctx,
            actor,
            job,
            tx,
            report: Report::default(),
            preview: Preview::default(),
            in_force: 0,
            rejects: Rejects::none(),
            total: 0,
            tx_mode: TxMode::Reads { latest },
        })
    }

    /// The transaction that writes. It is taken as late as possible; what was read before still holds then, because
    /// no other import came between.
    pub(super) async fn writing(&mut self) -> Result<&mut Tx, Error> {
        if let TxMode::Reads { latest } = self.tx_mode {
            self.tx = self.ctx.write().await?;
            self.tx_mode = TxMode::Writes;
            if bulk::latest_run(&mut self.tx).await? != latest {
                return Err(Refusal::ImportOvertaken.into());
            }
        }
        Ok(&mut self.tx)
    }

    /// The same for very many rows, whose indexes want memory.
    pub(super) async fn writing_much(&mut self) -> Result<&mut Tx, Error> {
        let first = !self.writes();
        let tx = self.writing().await?;
        if first {
            bulk::before(tx).await?;
        }
        Ok(tx)
    }

    /// Ends what [`Self::writing_much`] began.
    pub(super) async fn give_back_memory(&mut self) -> Result<(), Error> {
        Ok(bulk::after(&mut self.tx).await?)
    }

    /// Whether the writer is in hand.
    pub(super) fn writes(&self) -> bool {
        self.tx_mode == TxMode::Writes
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

    /// ValueKind a row, or counts and writes what the reader rejected.
    ///
    /// `named` says whose row it is, and a name or what happened, where that is worth telling.
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

    pub(super) fn added(&mut self, item: impl FnOnce() -> Item) {
        self.report.added += 1;
        keep(&mut self.preview.added, item);
    }

    pub(super) fn unchanged(&mut self, item: impl FnOnce() -> Item) {
        self.report.unchanged += 1;
        keep(&mut self.preview.unchanged, item);
    }

    /// A new record, if it follows one under a former number.
    pub(super) fn renumbered(&mut self, former: Option<String>, key: impl FnOnce() -> String) {
        if let Some(former) = former {
            self.preview.effects.renumbered += 1;
            keep(&mut self.preview.effects.renumberings, || (former, key()));
        }
    }

    pub(super) fn changed(&mut self, change: Change) {
        self.report.changed += 1;
        self.preview.change(change);
    }

    /// Says how far it is, and stops where the person wants it.
    pub(super) fn step(&self, rows: u64, bytes: u64) -> Result<(), Error> {
        if self.job.cancel.load(Ordering::Relaxed) {
            return Err(Refusal::Cancelled.into());
        }
        (self.job.progress)(Progress { rows, bytes, total: self.total });
        Ok(())
    }

    /// Closes the accounts whose members are lost or renumbered (A3, A9), and remembers whose.
    pub(super) async fn close_ended(&mut self) -> Result<(), Error> {
        self.writing().await?;
        let ended = accounts::close_ended(&mut self.tx, self.ctx, self.actor).await?;
        self.preview.effects.ends(ended);
        Ok(())
    }

    /// Commits with one entry in the audit log, or rolls back.
    pub(super) async fn finish(mut self, facts: FileFacts) -> Result<Outcome, Error> {
        if self.job.expected.is_some_and(|expected| expected != facts.sha256) {
            return Err(Refusal::ImportFileChanged(self.job.path.to_owned()).into());
        }
        let refused = threshold::refusal(&Facts {
            report: &self.report,
            effects: &self.preview.effects,
            in_force: self.in_force,
            percent: self.ctx.settings.import_abort_percent,
        });
        let rejects = self.rejects.finish()?;
        let applied = self.job.mode == Mode::Apply && refused.is_none();
        if applied {
            self.writing().await?;
            self.note(&facts).await?;
            self.tx.commit().await?;
        }
        Ok(Outcome { sha256: facts.sha256, report: self.report, preview: self.preview, applied, refused, rejects })
    }

    async fn note(&mut self, facts: &FileFacts) -> Result<(), Error> {
        let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let Report { rows, added, changed, unchanged, rejected, .. } = self.report;
        let file = self.job.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let kind = self.job.kind.code();
        let detail = format!(
            "{kind} {file} sha256={} rows={rows} added={added} changed={changed} unchanged={unchanged} rejected={rejected}",
            facts.sha256
        );
        audit::write(&mut self.tx, self.ctx, self.actor, Act::Imported.detail(detail)).await?;
        let notes = self.preview.warnings.iter().map(|it| ImportNote {
            line: count(it.line),
            key: it.key.clone(),
            code: it.warning.code().to_owned(),
        });
        let notes: Vec<ImportNote> = notes.collect();
        let run = ImportRun {
            // The database gives it one.
            id: 0,
            at: self.ctx.clock.now(),
            staff: self.actor.id.clone(),
            kind: kind.to_owned(),
            file,
            sha256: facts.sha256.clone(),
            row_count: count(rows),
            added: count(added),
            changed: count(changed),
            unchanged: count(unchanged),
            rejected: count(rejected),
        };
        bulk::add_run(&mut self.tx, &run, &notes).await?;
        Ok(())
    }
}
