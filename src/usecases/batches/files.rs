//! The files of batches: who may write them, what a crash left of them, and their destruction (B5, S4).

use crate::domain::{BatchNumber, BatchState};
use crate::files::private;
use crate::print::{self, Staging, StagingError, WrittenFile};
use crate::secrets::Passphrase;
use crate::store::{self, StoreError, Tx};
use crate::store::{batch::Batch, batch_file::BatchFile, remake::FIRST_RUN};
use crate::usecases::actor::Allowed;
use crate::usecases::audit::{AuditEvent, ExportOutcome, NoteFacts};
use crate::usecases::refusal::BatchRefusal;
use crate::usecases::{AppContext, Error, Refusal, UnitOfWork};
use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The right to write in a batch's folder. Held by one process at a time; freed by its end, however it ends.
#[derive(Debug)]
pub(super) struct ExportClaim {
    folder: PathBuf,
    _lock: File,
}

const LOCK: &str = ".lock";

impl ExportClaim {
    /// Makes the folder, readable by its owner only, and clears what an interrupted export left in it.
    pub(super) async fn take(ctx: &AppContext, number: &BatchNumber) -> Result<Self, Error> {
        Self::take_in(ctx, ctx.export_folder().join(number.as_str()), number).await
    }

    /// The same where its files are already.
    pub(super) async fn take_in(ctx: &AppContext, folder: PathBuf, number: &BatchNumber) -> Result<Self, Error> {
        private::create_folder(&folder).map_err(|e| folder_error(&folder, &e))?;
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
    pub(super) fn of(folder: &Path) -> Result<Option<Self>, Error> {
        if folder.is_symlink() {
            return Err(folder_error(folder, &io::ErrorKind::NotADirectory.into()).into());
        }
        let path = folder.join(LOCK);
        let lock = private::open(&path).map_err(|e| folder_error(&path, &e))?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Self { folder: folder.to_owned(), _lock: lock })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(e)) => Err(folder_error(&path, &e).into()),
        }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
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
    let mut there = fs::read_dir(&claim.folder).into_iter().flatten().flatten();
    match there.find(|entry| is_cards(&entry.file_name().to_string_lossy())) {
        Some(foreign) => Err(BatchRefusal::FolderTaken(foreign.path())),
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

/// Says in a folder that the files of a run were written on this machine: one digest a line.
pub(super) fn mark(claim: &ExportClaim, run: i64, files: &[WrittenFile]) -> Result<(), Refusal> {
    let path = mark_of(&claim.folder, run);
    let digests: String = files.iter().map(|file| format!("{}\n", file.sha256)).collect();
    let written = private::open(&path).and_then(|mut file| {
        file.set_len(0)?;
        file.write_all(digests.as_bytes())?;
        file.sync_all()
    });
    written.map_err(|e| folder_error(&path, &e))
}

/// Digests of the files of a run that were written on this machine.
pub(super) fn marked(folder: &Path, run: i64) -> BTreeSet<String> {
    let text = fs::read_to_string(mark_of(folder, run)).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

fn mark_of(folder: &Path, run: i64) -> PathBuf {
    folder.join(format!(".written-{run}"))
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
    let outdated = store::batch_file::outdated(&mut ctx.read(&Allowed::system()).await?).await?;
    for (folder, name) in outdated {
        let folder = Path::new(&folder);
        let path = folder.join(name);
        if !path.exists() {
            continue;
        }
        if let Err(refusal) = remove(&path, folder) {
            tracing::warn!(code = refusal.code(), "a paper of an earlier edition was left");
        }
    }
    Ok(())
}

/// Gives recorded files their names; whether there were any without.
async fn finish(tx: &mut Tx, batch: &Batch, folder: &Path) -> Result<bool, Error> {
    let mut resumed = false;
    for file in store::batch_file::of_batch(tx, batch.id).await? {
        if file.destroyed_at.is_none() && !folder.join(&file.name).exists() {
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
pub(super) fn remove_previews(folder: &Path, number: &BatchNumber) {
    let begins = format!("{}-", preview_name(number));
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(&begins)
            && let Err(error) = fs::remove_file(entry.path())
        {
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
/// keeps no other from going.
pub(super) async fn destroy(ctx: &AppContext, allowed: &Allowed) -> Result<Destroyed, Error> {
    let due = store::batch_file::to_destroy(&mut ctx.read(allowed).await?, ctx.expired()).await?;
    let mut done = Destroyed { count: 0, failed: None };
    for (batch_id, folder, name) in &due {
        let path = Path::new(folder).join(name);
        if let Err(refusal) = remove(&path, Path::new(folder)) {
            done.failed.get_or_insert(refusal);
            continue;
        }
        let mut uow = ctx.begin(allowed).await?;
        // Several programs may start at once: one of them notes it.
        if store::batch_file::destroyed(&mut uow, *batch_id, name, ctx.clock.now()).await? {
            let number = store::batch::get(&mut uow, *batch_id).await?.map(|batch| batch.number);
            let destroyed = NoteFacts::from(AuditEvent::FileDestroyed { file: name.clone() });
            uow.commit(destroyed.in_batch(number.as_ref())).await?;
            done.count += 1;
        }
    }
    Ok(done)
}

/// Removes a file that may be gone already; the folder is synced, so that it stays gone. A folder keeps its lock and its
/// letters: where it is missing as a whole, the file may be on another terminal's disk, and is not called destroyed.
fn remove(path: &Path, folder: &Path) -> Result<(), Refusal> {
    match fs::remove_file(path) {
        Ok(()) => sync(folder).map_err(|e| folder_error(folder, &e)),
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(folder_error(path, &e)),
        Err(_) if folder.is_dir() => Ok(()),
        Err(e) => Err(folder_error(folder, &e)),
    }
}

fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

fn folder_error(path: &Path, why: &io::Error) -> Refusal {
    Refusal::Folder { path: path.to_owned(), why: why.into() }
}

/// A fault of the print room's files, in the terms of a use case.
pub(super) fn folder_refusal(error: StagingError) -> Refusal {
    folder_error(&error.path, &error.source)
}
