//! The files of batches: who may write them, what a crash left of them, and their destruction (B5, S4).

use crate::domain::{BatchNumber, BatchState};
use crate::files::private;
use crate::print::{self, StagingError};
use crate::store::{self, Tx};
use crate::store::{batch::Batch, batch_file::BatchFile};
use crate::usecases::actor::Allowed;
use crate::usecases::audit::{AuditEvent, ExportOutcome, NoteFacts};
use crate::usecases::{AppContext, Error, Refusal};
use std::fs::{self, File, TryLockError};
use std::io;
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
    Ok(settled)
}

fn is_recorded(batch: &Batch) -> bool {
    matches!(batch.state(), BatchState::Exported | BatchState::Printed)
}

/// B12: papers of an earlier edition go once a later one is recorded.
pub(super) async fn remove_outdated(ctx: &AppContext, claim: &ExportClaim, number: &BatchNumber) -> Result<(), Error> {
    let mut tx = ctx.read(&Allowed::system()).await?;
    let Some(batch) = store::batch::by_number(&mut tx, number).await? else { return Ok(()) };
    remove_papers(&store::batch_file::of_batch(&mut tx, batch.id).await?, &claim.folder)
}

fn remove_papers(files: &[BatchFile], folder: &Path) -> Result<(), Error> {
    for file in files.iter().filter(|file| !file.secret && file.destroyed_at.is_some()) {
        remove(&folder.join(&file.name), folder)?;
    }
    Ok(())
}

/// Gives recorded files their names; whether there were any without.
async fn finish(tx: &mut Tx, batch: &Batch, folder: &Path) -> Result<bool, Error> {
    let mut resumed = false;
    let files = store::batch_file::of_batch(tx, batch.id).await?;
    remove_papers(&files, folder)?;
    for file in files {
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
            (count, Some(format!("{}: {why}", path.display())))
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
    Refusal::Folder { path: path.to_owned(), why: why.to_string() }
}

/// A fault of the print room's files, in the terms of a use case.
pub(super) fn folder_refusal(error: StagingError) -> Refusal {
    folder_error(&error.path, &error.source)
}
