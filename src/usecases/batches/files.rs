//! The files of batches: who may write them, what a crash left of them, and their destruction (B5, S4).

use crate::domain::{BatchNumber, BatchState};
use crate::files::{Folder, IoFault};
use crate::print::{self, Staging, StagingError, WrittenFile};
use crate::secrets::Passphrase;
use crate::store::batch_file::{BatchFile, RecordedFile};
use crate::store::{self, StoreError, Tx};
use crate::store::{batch::Batch, remake::FIRST_RUN};
use crate::usecases::actor::Allowed;
use crate::usecases::audit::{AuditEvent, ExportOutcome, NoteFacts};
use crate::usecases::exports::Exports;
use crate::usecases::refusal::{BatchRefusal, InstallationRefusal};
use crate::usecases::{AppContext, Error, Refusal, UnitOfWork};
use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The right to write in a batch's folder. Held by one process at a time; freed by its end, however it ends.
#[derive(Debug)]
pub(super) struct ExportClaim {
    folder: Folder,
    _lock: File,
}

const LOCK: &str = ".lock";

impl ExportClaim {
    /// Makes the folder, readable by its owner only, or takes the one where the batch's files are already, and clears what an
    /// interrupted export left in it.
    pub(super) async fn take(ctx: &AppContext, number: &BatchNumber, recorded: Option<&str>) -> Result<Self, Error> {
        let folder = Exports::of(ctx).await?.of_batch_to_write(number, recorded).await?;
        let mut claim = Self::of(&folder)?;
        // Another terminal's start looks into the folder for a moment; another export stays.
        for _ in 0..20 {
            if claim.is_some() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
            claim = Self::of(&folder)?;
        }
        let claim = claim.ok_or_else(|| Refusal::Changed { what: number.to_string() })?;
        settle(ctx, &claim, number).await?;
        Ok(claim)
    }

    /// The claim on an existing folder; nothing where another process has it.
    pub(super) fn of(folder: &Folder) -> Result<Option<Self>, Error> {
        let failed = |e: &io::Error| folder_error(&folder.path_of(LOCK), e);
        let lock = folder.lock_file(LOCK).map_err(|e| failed(&e))?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Self { folder: folder.again().map_err(|e| failed(&e))?, _lock: lock })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(e)) => Err(failed(&e).into()),
        }
    }

    pub(super) const fn folder(&self) -> &Folder {
        &self.folder
    }

    /// The paths of files in it.
    pub(super) fn paths(&self, files: Vec<WrittenFile>) -> Vec<PathBuf> {
        files.into_iter().map(|file| self.folder.path_of(&file.name)).collect()
    }

    /// Begins files in it.
    pub(super) fn staging(&self) -> Result<Staging, Refusal> {
        Ok(Staging::of(self.folder.again().map_err(|e| folder_error(self.folder.path(), &e))?))
    }
}

/// A batch that was never exported has no PDF in its folder: one that is there is of another database with the same
/// folder, or of the time before a restore, and is not written over.
pub(super) fn must_be_unused(claim: &ExportClaim, number: &BatchNumber) -> Result<(), BatchRefusal> {
    let prefix = format!("{number}-");
    let is_cards = |name: &str| {
        let part = name.strip_prefix(&prefix).and_then(|name| name.strip_suffix(".pdf"));
        part.is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let there = claim.folder.names().unwrap_or_default();
    match there.into_iter().find(|name| is_cards(name)) {
        Some(foreign) => Err(BatchRefusal::FolderTaken(claim.folder.path_of(&foreign))),
        None => Ok(()),
    }
}

/// What an interrupted export turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Interrupted {
    /// It counts: its files have their names now.
    Recorded,
    /// It never happened, or there was none.
    Nothing,
}

/// What was found in a claimed folder.
pub(super) struct SettledExport {
    pub(super) export: Interrupted,
    pub(super) cleared: usize,
}

/// Finishes an interrupted export that was recorded, clears one that was not (B5).
pub(super) async fn settle(
    ctx: &AppContext,
    claim: &ExportClaim,
    number: &BatchNumber,
) -> Result<SettledExport, Error> {
    let mut settled = SettledExport { export: Interrupted::Nothing, cleared: 0 };
    if !print::is_unfinished(&claim.folder) {
        return Ok(settled);
    }
    // In turn with all writers: a server may still be committing what a killed program asked of it.
    let mut uow = ctx.begin(&Allowed::system()).await?;
    if let Some(batch) = store::batch::by_number(&mut uow, number).await?.filter(is_recorded)
        && finish(&mut uow, &batch, &claim.folder).await?
    {
        settled.export = Interrupted::Recorded;
    }
    settled.cleared = print::sweep(&claim.folder).map_err(folder_refusal)?;
    let outcome = match settled.export {
        Interrupted::Recorded => ExportOutcome::Finished,
        Interrupted::Nothing => ExportOutcome::NeverRecorded,
    };
    let cleared = settled.cleared as u64;
    uow.commit(AuditEvent::ExportRecovered { outcome, cleared }.batch(number)).await?;
    remove_outdated(ctx).await?;
    Ok(settled)
}

fn is_recorded(batch: &Batch) -> bool {
    matches!(batch.state(), BatchState::Exported | BatchState::Printed)
}

/// S4: how a file with passwords is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encryption {
    /// It is written in clear.
    None,
    /// It opens with a passphrase only.
    Passphrase,
}

impl Encryption {
    /// By the passphrase that was given, if one was.
    pub(super) const fn by(passphrase: Option<&Passphrase>) -> Self {
        if passphrase.is_some() { Self::Passphrase } else { Self::None }
    }
}

/// What a file of a batch is.
#[derive(Debug, Clone, Copy)]
pub(super) enum BatchFileKind {
    /// Cards with their passwords, of an export or a remake.
    Passwords { run: i64, encryption: Encryption },
    /// What the export wrote beside them.
    Record,
    /// Letters, receipts and records of an edition (B12).
    Paper { edition: i64 },
}

/// Says in a folder that the files of a run were written on this machine: one digest a line. An interrupted export may have
/// left such a file.
pub(super) fn mark(claim: &ExportClaim, run: i64, files: &[WrittenFile]) -> Result<(), Refusal> {
    const NEW: &str = ".written.part";
    let (folder, name) = (&claim.folder, mark_of(run));
    let digests: String = files.iter().map(|file| format!("{}\n", file.sha256)).collect();
    let written = folder.create_new(NEW).and_then(|mut file| {
        file.write_all(digests.as_bytes())?;
        file.sync_all()?;
        folder.rename(NEW, &name)
    });
    written.map_err(|e| folder_error(&folder.path_of(&name), &e))
}

/// Digests of the files of a run that were written on this machine.
pub(super) fn marked(folder: &Folder, run: i64) -> BTreeSet<String> {
    let text = folder.read(&mark_of(run)).unwrap_or_default();
    String::from_utf8_lossy(&text).lines().map(str::to_owned).collect()
}

fn mark_of(run: i64) -> String {
    format!(".written-{run}")
}

/// Records files of a batch, in the transaction of the step that made them.
pub(super) async fn record(
    uow: &mut UnitOfWork,
    batch_id: i64,
    files: &[WrittenFile],
    kind: BatchFileKind,
) -> Result<(), Error> {
    let (secret, run, edition, encryption) = match kind {
        BatchFileKind::Passwords { run, encryption } => (true, run, None, encryption),
        BatchFileKind::Record => (false, FIRST_RUN, None, Encryption::None),
        BatchFileKind::Paper { edition } => (false, FIRST_RUN, Some(edition), Encryption::None),
    };
    let encrypted = encryption == Encryption::Passphrase;
    for file in files {
        let pages = i64::try_from(file.pages).unwrap_or(i64::MAX);
        let (name, sha256) = (file.name.clone(), file.sha256.clone());
        let row = BatchFile { batch_id, name, pages, sha256, secret, destroyed_at: None, run, edition, encrypted };
        store::batch_file::insert(uow, &row).await?;
    }
    Ok(())
}

/// Gives staged files their names after a commit, whether it was answered or not.
pub(super) async fn publish(
    ctx: &AppContext,
    claim: &ExportClaim,
    number: &BatchNumber,
    mut staging: Staging,
    committed: Result<(), Error>,
) -> Result<Vec<WrittenFile>, Error> {
    match committed {
        Ok(()) => {
            let unfinished = |why: print::StagingError| BatchRefusal::ExportUnfinished {
                batch: number.clone(),
                why: why.to_string(),
            };
            let files = staging.publish().map_err(unfinished)?;
            remove_outdated(ctx).await?;
            Ok(files)
        }
        // Done or not: the database says it here, or else at the next start.
        Err(Error::Store(StoreError::Unanswered(why))) => {
            let files = staging.leave();
            match settle(ctx, claim, number).await?.export {
                Interrupted::Recorded => Ok(files),
                Interrupted::Nothing => Err(StoreError::Unreachable(why).into()),
            }
        }
        Err(error) => Err(error),
    }
}

/// B12: papers of an earlier edition go once a later one is recorded and has its name. They hold no passwords: one that
/// stays is logged, and tried again at the next start.
pub(super) async fn remove_outdated(ctx: &AppContext) -> Result<(), Error> {
    let Some(mut exports) = Exports::unless_copy(ctx).await? else { return Ok(()) };
    let outdated = store::batch_file::outdated(&mut ctx.read(&Allowed::system()).await?).await?;
    for file in outdated {
        match remove(&mut exports, &file).await {
            Ok(()) => {}
            // On another terminal's disk.
            Err(Error::Refused(Refusal::Folder { why: IoFault::Missing, .. })) => {}
            Err(Error::Refused(refusal)) => {
                tracing::warn!(code = refusal.code(), "a paper of an earlier edition was left")
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Gives recorded files their names; whether there were any without.
async fn finish(tx: &mut Tx, batch: &Batch, folder: &Folder) -> Result<bool, Error> {
    let mut resumed = false;
    for file in store::batch_file::of_batch(tx, batch.id).await? {
        if file.destroyed_at.is_none() && !folder.has(&file.name) {
            resumed |= print::resume(folder, &file.name, &file.sha256).map_err(folder_refusal)?;
        }
    }
    Ok(resumed)
}

/// What the names of a preview's files begin with (B2).
pub(super) fn preview_name(number: &BatchNumber) -> String {
    format!("{number}-preview")
}

/// Removes the previews of a batch: beside the real files they would be taken for them. One that stays is logged.
pub(super) fn remove_previews(folder: &Folder, number: &BatchNumber) {
    let begins = format!("{}-", preview_name(number));
    let previews = folder.names().unwrap_or_default().into_iter().filter(|name| name.starts_with(&begins));
    for name in previews {
        if let Err(error) = folder.remove(&name) {
            tracing::warn!(%error, "a preview was left beside the exported files");
        }
    }
}

/// S4: destroys what should be gone, in the name of the actor: how many files, and the first that stays, with why.
pub(super) async fn destroy_expired(ctx: &AppContext, allowed: &Allowed) -> (usize, Option<String>) {
    match destroy(ctx, allowed).await {
        Ok(Destroyed { count, failed: Some(Refusal::Folder { path, why }) }) => {
            tracing::warn!(?why, "a file with passwords could not be destroyed");
            (count, Some(path.display().to_string()))
        }
        Ok(Destroyed { count, failed: Some(Refusal::Installation(refusal)) }) => {
            tracing::warn!(code = refusal.code(), "a file with passwords was left");
            (count, Some(refusal.path().map_or_else(|| refusal.code().to_owned(), |path| path.display().to_string())))
        }
        Ok(Destroyed { count, failed }) => (count, failed.map(|refusal| refusal.to_string())),
        Err(error) => (0, Some(error.to_string())),
    }
}

/// What was destroyed, and the first file that could not be.
pub(super) struct Destroyed {
    pub(super) count: usize,
    pub(super) failed: Option<Refusal>,
}

/// Removes each file first and notes it then: a crash in between is made good by the next call. A file that stays
/// keeps no other from going. A copy of the database has no files.
pub(super) async fn destroy(ctx: &AppContext, allowed: &Allowed) -> Result<Destroyed, Error> {
    let mut done = Destroyed { count: 0, failed: None };
    let due = store::batch_file::to_destroy(&mut ctx.read(allowed).await?, ctx.expired()).await?;
    if due.is_empty() {
        return Ok(done);
    }
    let Some(mut exports) = Exports::unless_copy(ctx).await? else { return Ok(done) };
    for file in &due {
        match remove(&mut exports, file).await {
            Ok(()) => {}
            Err(Error::Refused(refusal)) => {
                done.failed.get_or_insert(refusal);
                continue;
            }
            Err(error) => return Err(error),
        }
        let mut uow = ctx.begin(allowed).await?;
        // Several programs may start at once: one of them notes it.
        if store::batch_file::destroyed(&mut uow, file.batch_id, &file.name, ctx.clock.now()).await? {
            let destroyed = NoteFacts::from(AuditEvent::FileDestroyed { file: file.name.clone() });
            uow.commit(destroyed.in_batch(BatchNumber::parse(&file.number).as_ref())).await?;
            done.count += 1;
        }
    }
    Ok(done)
}

/// Removes a file that may be gone already; the folder is synced, so that it stays gone. A folder keeps its lock and its
/// letters: where it is missing as a whole, the file may be on another terminal's disk, and is not called destroyed.
async fn remove(exports: &mut Exports<'_>, file: &RecordedFile) -> Result<(), Error> {
    let path = Path::new(&file.folder);
    let number = BatchNumber::parse(&file.number);
    let number = number.ok_or_else(|| InstallationRefusal::StrayPath(path.to_owned()))?;
    let Some(folder) = exports.of_batch(&number, &file.folder).await? else {
        return Err(folder_error(path, &io::ErrorKind::NotFound.into()).into());
    };
    match folder.remove(&file.name) {
        Ok(()) => folder.sync().map_err(|e| folder_error(path, &e).into()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(e) => Err(folder_error(&folder.path_of(&file.name), &e).into()),
    }
}

fn folder_error(path: &Path, why: &io::Error) -> Refusal {
    Refusal::Folder { path: path.to_owned(), why: why.into() }
}

/// A fault of the print room's files, in the terms of a use case.
pub(super) fn folder_refusal(error: StagingError) -> Refusal {
    folder_error(&error.path, &error.source)
}
