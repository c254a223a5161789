//! 期限切れ (B16): the PDF of a batch, or of a remake, is gone before it was printed. Nothing of it is printed or
//! dispatched any more; its cards are queued again without the passwords that they had.

use super::cancel::requeue;
use super::files::{self, ExportClaim};
use super::{get, save};
use crate::domain::{BatchNumber, BatchState, BatchStep};
use crate::files::Folder;
use crate::print;
use crate::store::{self, Tx, batch::Batch, remake::FIRST_RUN};
use crate::text::japan::day_of;
use crate::usecases::actor::Allowed;
use crate::usecases::audit::{AuditEvent, GoneBecause};
use crate::usecases::exports::Exports;
use crate::usecases::{AppContext, Error, UnitOfWork};
use chrono::{DateTime, Days, NaiveDate, Utc};

/// How many days before the end of its time an unprinted batch is warned of.
const WARNED_BEFORE: i64 = 4;

/// An unprinted batch whose PDF is to be destroyed soon.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Expiring {
    /// Number of the batch.
    pub batch: BatchNumber,
    /// The last day on which it can be printed; its PDF is destroyed after it.
    pub on: NaiveDate,
}

/// What waits for the printer: the whole batch, or its last remake.
#[derive(Debug, Clone, Copy)]
struct Unprinted {
    run: i64,
    exported_at: DateTime<Utc>,
}

async fn unprinted(tx: &mut Tx, batch: &Batch) -> Result<Option<Unprinted>, Error> {
    Ok(match batch.state() {
        BatchState::Exported => batch.exported_at.map(|exported_at| Unprinted { run: FIRST_RUN, exported_at }),
        BatchState::Printed => {
            let runs = store::remake::of_batch(tx, batch.id).await?;
            let open = runs.into_iter().find(store::remake::RemakeRun::is_open);
            open.map(|run| Unprinted { run: run.run, exported_at: run.exported_at })
        }
        BatchState::Draft
        | BatchState::Approved
        | BatchState::Dispatched
        | BatchState::Cancelled
        | BatchState::Expired => None,
    })
}

/// The last day on which a batch can be printed: its PDF is destroyed after it; none where nothing of it waits for the printer.
pub(super) async fn print_by(tx: &mut Tx, ctx: &AppContext, batch: &Batch) -> Result<Option<NaiveDate>, Error> {
    let time = Days::new(u64::from(ctx.settings.export_ttl_days));
    Ok(unprinted(tx, batch).await?.and_then(|waiting| day_of(waiting.exported_at).checked_add_days(time)))
}

/// Batches that must be printed within days, the most urgent first.
pub(in crate::usecases) async fn expiring(tx: &mut Tx, ctx: &AppContext) -> Result<Vec<Expiring>, Error> {
    let today = ctx.clock.today();
    let mut soon = Vec::new();
    for batch in store::batch::with_paper(tx).await? {
        if let Some(on) = print_by(tx, ctx, &batch).await?.filter(|on| (*on - today).num_days() <= WARNED_BEFORE) {
            soon.push(Expiring { batch: batch.number, on });
        }
    }
    soon.sort_by_key(|expiring| expiring.on);
    Ok(soon)
}

/// The same for an operator, who is not signed in.
pub async fn expiring_soon(ctx: &AppContext) -> Result<Vec<Expiring>, Error> {
    expiring(&mut ctx.read(&Allowed::system()).await?, ctx).await
}

/// Ends every batch and remake whose PDF is gone unprinted, or is to be destroyed now. Safe at any time, also while
/// others work. Files are destroyed afterwards, as those of a cancelled batch.
pub(super) async fn expire_due(ctx: &AppContext) -> Result<Vec<BatchNumber>, Error> {
    let (mut gone, mut printable) = (Vec::new(), Vec::new());
    let mut tx = ctx.read(&Allowed::system()).await?;
    for batch in store::batch::with_paper(&mut tx).await? {
        let Some(waiting) = unprinted(&mut tx, &batch).await? else { continue };
        if waiting.exported_at < ctx.expired() {
            gone.push((batch, waiting, GoneBecause::Overdue));
        } else {
            printable.push((batch, waiting));
        }
    }
    drop(tx);
    let mut exports = if printable.is_empty() { None } else { Exports::unless_copy(ctx).await? };
    for (batch, waiting) in printable {
        let Some(folder) = written_here(exports.as_mut(), &batch).await? else { continue };
        if is_missing(&mut ctx.read(&Allowed::system()).await?, &folder, &batch, waiting).await? {
            gone.push((batch, waiting, GoneBecause::Missing));
        }
    }
    let mut expired = Vec::new();
    for (batch, waiting, why) in gone {
        if expire(ctx, exports.as_mut(), &batch, waiting, why).await? {
            expired.push(batch.number);
        }
    }
    Ok(expired)
}

/// The folder of a batch, where it is here and this database's own.
async fn written_here(exports: Option<&mut Exports<'_>>, batch: &Batch) -> Result<Option<Folder>, Error> {
    let (Some(exports), Some(recorded)) = (exports, &batch.folder) else { return Ok(None) };
    match exports.of_batch(&batch.number, recorded).await {
        // Nothing can be said of what is in it.
        Err(Error::Refused(_)) => Ok(None),
        found => found,
    }
}

/// Whether a file with its passwords has vanished from where it was written. Without the mark of that run the file may be
/// on another terminal's disk, though a folder of that name is here: nothing is said then.
async fn is_missing(tx: &mut Tx, folder: &Folder, batch: &Batch, waiting: Unprinted) -> Result<bool, Error> {
    let files = store::batch_file::of_batch(tx, batch.id).await?;
    let secret = |file: &&store::batch_file::BatchFile| file.secret && file.run == waiting.run;
    let written_here = files::marked(folder, waiting.run);
    let gone = |file: &store::batch_file::BatchFile| written_here.contains(&file.sha256) && !folder.has(&file.name);
    Ok(files.iter().filter(secret).any(gone))
}

/// Whether the batch, or its remake, has expired now. It is read again: it may have been printed or cancelled since.
async fn expire(
    ctx: &AppContext,
    exports: Option<&mut Exports<'_>>,
    seen: &Batch,
    waiting: Unprinted,
    why: GoneBecause,
) -> Result<bool, Error> {
    let claim = match why {
        GoneBecause::Overdue => None,
        GoneBecause::Missing => {
            let Some(folder) = written_here(exports, seen).await? else { return Ok(false) };
            // An export that is giving its files their names has the claim; one that was interrupted is finished first.
            let Some(claim) = ExportClaim::of(&folder)? else { return Ok(false) };
            // Asked again with the claim, and before any writer has to wait.
            let mut tx = ctx.read(&Allowed::system()).await?;
            if print::is_unfinished(&folder) || !is_missing(&mut tx, &folder, seen, waiting).await? {
                return Ok(false);
            }
            Some(claim)
        }
    };
    let mut uow = ctx.begin(&Allowed::system()).await?;
    let mut batch = get(&mut uow, &seen.number).await?;
    let still = unprinted(&mut uow, &batch).await?.is_some_and(|now| now.run == waiting.run);
    if !still {
        return Ok(false);
    }
    let cards = store::card::of_batch(&mut uow, batch.id).await?;
    let requeued = requeue(&mut uow, &batch.number, cards).await?;
    end(&mut uow, &mut batch, waiting.run).await?;
    save(&mut uow, &batch).await?;
    uow.commit(AuditEvent::BatchExpired { run: waiting.run, why, requeued }.batch(&batch.number)).await?;
    drop(claim);
    Ok(true)
}

async fn end(uow: &mut UnitOfWork, batch: &mut Batch, run: i64) -> Result<(), Error> {
    let now = uow.now();
    if batch.step(BatchStep::Expire).is_ok() {
        batch.expired_at = Some(now);
        store::bundle::clear(uow, batch.id).await?;
    } else {
        store::remake::expired(uow, batch.id, run, now).await?;
    }
    Ok(())
}

/// Before a step that paper must exist for: the batch is not printed where its PDF is gone.
pub(super) async fn expire_now(ctx: &AppContext, allowed: &Allowed) -> Result<(), Error> {
    if !expire_due(ctx).await?.is_empty() {
        // A file that stays is tried again at every start, and is worth nothing by now.
        let _ = files::destroy_expired(ctx, allowed).await;
    }
    Ok(())
}
