//! 作り直し (B13): the spoiled cards of a printed batch are made again inside it, with new passwords and new serials, in
//! a run of their own. The approval is the same: what would be printed differently waits for another batch.

use super::cancel::requeue;
use super::export::{self, ExportProgress, Made};
use super::files::{self, BatchFileKind, Encryption, ExportClaim};
use super::in_hand::remake_is_open;
use super::print_job::{PrintJob, approvals, print_job, replaces_the_same};
use super::{approval, get, letters, same, save};
use crate::domain::{BatchNumber, BatchState, CardState, CardStep, Permission};
use crate::secrets::Passphrase;
use crate::store::approved_card::{self, ApprovedCard, Printing};
use crate::store::batch::Batch;
use crate::store::remake::{FIRST_RUN, RemakeRun};
use crate::store::{self, Tx};
use crate::usecases::actor::Allowed;
use crate::usecases::audit::AuditEvent;
use crate::usecases::card_steps;
use crate::usecases::exports::Exports;
use crate::usecases::refusal::BatchRefusal;
use crate::usecases::{Actor, AppContext, Error, UnitOfWork};
use std::ops::ControlFlow;
use std::path::PathBuf;

/// A finished remake.
#[derive(Debug, serde::Serialize)]
pub struct Remade {
    /// Number of the batch.
    pub batch: BatchNumber,
    /// The number of this run; the export of the batch was 1.
    pub run: i64,
    /// はがき番号 of the cards that were made.
    pub serials: Vec<String>,
    /// Members whose cards wait in the queue instead: they cannot be printed as they were approved.
    pub left: Vec<String>,
    /// Paths of the files.
    pub files: Vec<PathBuf>,
}

/// Makes the spoiled cards of a printed batch again. `watch` is called with the progress; where it breaks the
/// work off, nothing is left.
///
/// # Errors
/// [`BatchRefusal::NeedsPassphrase`] where the batch was exported with one, and none is given (S4).
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn remake(
    ctx: &AppContext,
    actor: &Actor,
    number: &BatchNumber,
    passphrase: Option<Passphrase>,
    watch: impl FnMut(ExportProgress) -> ControlFlow<()> + Send,
) -> Result<Remade, Error> {
    let allowed = actor.allowed(Permission::Export)?;
    export::may_start(ctx, passphrase.as_ref())?;
    let mut tx = ctx.read(&allowed).await?;
    let batch = get(&mut tx, number).await?;
    if batch.state() != BatchState::Printed {
        return Err(BatchRefusal::NothingToRemake(number.clone()).into());
    }
    // S4: what was exported with a passphrase is not written in clear by a later run.
    let files = store::batch_file::of_batch(&mut tx, batch.id).await?;
    drop(tx);
    if passphrase.is_none() && files.iter().any(|file| file.encrypted) {
        return Err(BatchRefusal::NeedsPassphrase(number.clone()).into());
    }
    let claim = letters::claim(ctx, &batch).await?;
    take(ctx, &allowed, number).await?;
    let made = make(ctx, &allowed, &claim, number, passphrase, watch).await;
    if made.is_err() {
        give_back(ctx, number).await?;
    }
    made
}

/// Takes the cards that replace spoiled ones out of the queue, into their batch.
async fn take(ctx: &AppContext, allowed: &Allowed, number: &BatchNumber) -> Result<(), Error> {
    let mut uow = ctx.begin(allowed).await?;
    let batch = get(&mut uow, number).await?;
    let cards = store::card::of_batch(&mut uow, batch.id).await?;
    if cards.iter().any(|card| card.state() == CardState::Exported) {
        return Err(BatchRefusal::RemakeOpen(number.clone()).into());
    }
    let mut replacements = store::card::replacing(&mut uow, batch.id).await?;
    // What an interrupted remake had taken is there already.
    if replacements.is_empty() && !remake_is_open(&cards) || batch.state() != BatchState::Printed {
        return Err(BatchRefusal::NothingToRemake(number.clone()).into());
    }
    for card in &mut replacements {
        card_steps::step(card, CardStep::Draft)?;
        card.batch_id = Some(batch.id);
    }
    card_steps::save_all(&mut uow, &replacements, CardState::Queued).await?;
    let cards = replacements.iter().map(|card| card.id).collect();
    uow.commit(AuditEvent::RemakeBegun { cards }.batch(number)).await
}

/// Gives back what an interrupted remake had taken. A remake that is at work has the claim.
pub(super) async fn give_back_interrupted(ctx: &AppContext) -> Result<(), Error> {
    let mut tx = ctx.read(&Allowed::system()).await?;
    let mut interrupted = Vec::new();
    for batch in store::batch::with_paper(&mut tx).await? {
        let cards = store::card::of_batch(&mut tx, batch.id).await?;
        if batch.state() == BatchState::Printed && cards.iter().any(|card| card.state() == CardState::Drafted) {
            interrupted.push(batch);
        }
    }
    drop(tx);
    if interrupted.is_empty() {
        return Ok(());
    }
    let Some(mut exports) = Exports::unless_copy(ctx).await? else { return Ok(()) };
    for batch in interrupted {
        // Where its folder is not on this machine, it may be at work on another.
        let Some(recorded) = &batch.folder else { continue };
        let folder = match exports.of_batch(&batch.number, recorded).await {
            Ok(Some(folder)) => folder,
            Ok(None) | Err(Error::Refused(_)) => continue,
            Err(error) => return Err(error),
        };
        let Some(_claim) = ExportClaim::of(&folder)? else { continue };
        give_back(ctx, &batch.number).await?;
    }
    Ok(())
}

/// Cards that were taken and not made wait in the queue again.
async fn give_back(ctx: &AppContext, number: &BatchNumber) -> Result<(), Error> {
    let mut uow = ctx.begin(&Allowed::system()).await?;
    let batch = get(&mut uow, number).await?;
    let drafted: Vec<_> = store::card::of_batch(&mut uow, batch.id)
        .await?
        .into_iter()
        .filter(|card| card.state() == CardState::Drafted)
        .collect();
    if drafted.is_empty() {
        return Ok(());
    }
    let requeued = requeue(&mut uow, number, drafted).await?;
    uow.commit(AuditEvent::RemakeEnded { requeued }.batch(number)).await
}

async fn make(
    ctx: &AppContext,
    allowed: &Allowed,
    claim: &ExportClaim,
    number: &BatchNumber,
    passphrase: Option<Passphrase>,
    watch: impl FnMut(ExportProgress) -> ControlFlow<()> + Send,
) -> Result<Remade, Error> {
    let mut tx = ctx.read(allowed).await?;
    let seen = get(&mut tx, number).await?;
    // V5: the date that stands on the other cards of the batch.
    let date = seen.planned_on.unwrap_or_else(|| ctx.clock.today());
    let mut job = print_job(&mut tx, ctx, &seen, date).await?;
    approval::settings_hold(ctx, &seen, &job.template_sha256)?;
    keep_the_same(&mut tx, &mut job).await?;
    let run = store::remake::of_batch(&mut tx, seen.id).await?.last().map_or(FIRST_RUN, |last| last.run) + 1;
    let first = store::batch_card::last_position(&mut tx, seen.id).await? + 1;
    drop(tx);
    if job.sheets.is_empty() {
        return Err(BatchRefusal::NothingToRemake(number.clone()).into());
    }
    for (sheet, place) in job.sheets.iter_mut().zip(first..) {
        sheet.card.serial = number.serial(place);
    }
    let name = format!("{number}-r{run}");
    let encryption = Encryption::by(passphrase.as_ref());
    let Made { hashes, staging, .. } =
        export::make(ctx, claim, &name, date, passphrase, &job, |_, _| Ok(()), watch).await?;
    files::mark(claim, run, staging.files())?;

    let mut uow = ctx.begin(allowed).await?;
    let batch = same(&mut uow, &seen).await?;
    export::set(&mut uow, batch.id, &job.sheets, &hashes, date, first).await?;
    let now = ctx.clock.now();
    let approved_at = batch.approved_at.unwrap_or(now);
    // A run that expired had made some of them already.
    let ids: Vec<i64> = job.sheets.iter().map(|sheet| sheet.card_id).collect();
    approved_card::take_back(&mut uow, number, &ids).await?;
    let same = approvals(&job.sheets).into_iter().map(|card| ApprovedCard::new(number, approved_at, card));
    approved_card::add(&mut uow, &same.collect::<Vec<_>>()).await?;
    let template = &ctx.settings.template;
    approved_card::printed(&mut uow, number, Printing { template, template_sha256: &job.template_sha256, at: now })
        .await?;
    let cards = job.sheets.len();
    let new = RemakeRun {
        run,
        cards: i64::try_from(cards).unwrap_or(i64::MAX),
        exported_by: uow.staff().to_owned(),
        exported_at: ctx.clock.now(),
        printed_by: None,
        printed_at: None,
        expired_at: None,
    };
    store::remake::insert(&mut uow, batch.id, &new).await?;
    files::record(&mut uow, batch.id, staging.files(), BatchFileKind::Passwords { run, encryption }).await?;
    let left = leave(&mut uow, &batch).await?;
    save(&mut uow, &batch).await?;
    let committed = uow.commit(AuditEvent::BatchRemade { run, cards: ids.into_iter().collect() }.batch(number)).await;
    let files = files::publish(ctx, claim, number, staging, committed).await?;
    Ok(Remade {
        batch: number.clone(),
        run,
        serials: job.sheets.into_iter().map(|sheet| sheet.card.serial).collect(),
        left,
        files: claim.paths(files),
    })
}

/// B13: only what is printed as it was approved.
async fn keep_the_same(tx: &mut Tx, job: &mut PrintJob) -> Result<(), Error> {
    let mut same = Vec::with_capacity(job.sheets.len());
    for sheet in std::mem::take(&mut job.sheets) {
        if replaces_the_same(tx, &sheet, &job.template_sha256).await? {
            same.push(sheet);
        }
    }
    job.sheets = same;
    Ok(())
}

/// Cards that were not made go back to the queue; whose they are.
async fn leave(uow: &mut UnitOfWork, batch: &Batch) -> Result<Vec<String>, Error> {
    let left =
        store::card::of_batch(uow, batch.id).await?.into_iter().filter(|card| card.state() == CardState::Drafted);
    let left: Vec<_> = left.collect();
    let mut members = Vec::with_capacity(left.len());
    for card in &left {
        members.extend(store::member::get(uow, card.member_id).await?.map(|member| member.key()));
    }
    requeue(uow, &batch.number, left).await?;
    Ok(members)
}
