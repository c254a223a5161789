//! 期限切れ (B16): the PDF of a batch, or of a remake, is gone before it was printed. Nothing of it is printed or
//! dispatched any more; its cards are queued again without the passwords that they had.

use super::cancel::requeue;
use super::files::{self, ExportClaim};
use super::{get, save};
use crate::domain::{BatchNumber, BatchState, BatchStep};
use crate::print;
use crate::store::{self, Tx, batch::Batch, remake::FIRST_RUN};
use crate::text::japan::day_of;
use crate::usecases::actor::Allowed;
use crate::usecases::audit::{AuditEvent, GoneBecause};
use crate::usecases::{AppContext, Error, UnitOfWork};
use chrono::{DateTime, Days, NaiveDate, Utc};
use std::path::Path;

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
    let mut gone = Vec::new();
    let mut tx = ctx.read(&Allowed::system()).await?;
    for batch in store::batch::with_paper(&mut tx).await? {
        let Some(waiting) = unprinted(&mut tx, &batch).await? else { continue };
        if waiting.exported_at < ctx.expired() {
            gone.push((batch, waiting, GoneBecause::Overdue));
        } else if is_missing(&mut tx, &batch, waiting).await? {
            gone.push((batch, waiting, GoneBecause::Missing));
        }
    }
    drop(tx);
    let mut expired = Vec::new();
    for (batch, waiting, why) in gone {
        if expire(ctx, &batch, waiting, why).await? {
            expired.push(batch.number);
        }
    }
    Ok(expired)
}

/// Whether a file with its passwords has vanished from where it was written. Without the mark of that run the file may be
/// on another terminal's disk, though a folder of that name is here: nothing is said then.
async fn is_missing(tx: &mut Tx, batch: &Batch, waiting: Unprinted) -> Result<bool, Error> {
    let Some(folder) = batch.folder.as_deref().map(Path::new).filter(|folder| folder.is_dir()) else {
        return Ok(false);
    };
    let files = store::batch_file::of_batch(tx, batch.id).await?;
    let secret = |file: &&store::batch_file::BatchFile| file.secret && file.run == waiting.run;
    let written_here = files::marked(folder, waiting.run);
    let gone =
        |file: &store::batch_file::BatchFile| written_here.contains(&file.sha256) && !folder.join(&file.name).exists();
    Ok(files.iter().filter(secret).any(gone))
}

/// Whether the batch, or its remake, has expired now. It is read again: it may have been printed or cancelled since.
async fn expire(ctx: &AppContext, seen: &Batch, waiting: Unprinted, why: GoneBecause) -> Result<bool, Error> {
    // An export that is giving its files their names has the claim; one that was interrupted is finished first.
    let folder = seen.folder.as_deref().map(Path::new);
    let claim = match folder.filter(|folder| why == GoneBecause::Missing && folder.is_dir()) {
        Some(folder) => {
            let claim = ExportClaim::of(folder)?;
            if claim.is_none() || print::is_unfinished(folder) {
                return Ok(false);
            }
            claim
        }
        None => None,
    };
    // Asked again with the claim, and before any writer has to wait.
    let is_gone = match why {
        GoneBecause::Missing => is_missing(&mut ctx.read(&Allowed::system()).await?, seen, waiting).await?,
        GoneBecause::Overdue => true,
    };
    let mut uow = ctx.begin(&Allowed::system()).await?;
    let mut batch = get(&mut uow, &seen.number).await?;
    let still = unprinted(&mut uow, &batch).await?.is_some_and(|now| now.run == waiting.run);
    if !still || !is_gone {
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
