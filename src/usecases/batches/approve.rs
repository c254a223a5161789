//! 承認: by another person than the one who drafted (B3). What is approved is kept card by card (B11).

use super::approval::PaperSettings;
use super::comments::must_be_answered;
use super::export::stop_all;
use super::print_job::{PrintJob, approvals, default_dispatch_date, print_job};
use super::show::{Approver, approver};
use super::stopped::{ApartCard, HeldCard};
use super::{get, same, save, step};
use crate::domain::{BatchNumber, BatchStep, Permission};
use crate::store::approved_card::{self, ApprovedCard};
use crate::usecases::audit::AuditEvent;
use crate::usecases::refusal::BatchRefusal;
use crate::usecases::{Actor, AppContext, Error, settings, two_people};

/// An approved batch.
#[derive(Debug, serde::Serialize)]
pub struct BatchApproval {
    /// Number of the batch.
    pub batch: BatchNumber,
    /// Cards that were approved.
    pub cards: usize,
    /// Cards that were held instead (B4, B7).
    pub held: Vec<HeldCard>,
    /// Cards that wait in the queue instead (S6).
    pub apart: Vec<ApartCard>,
    /// How many were not wanted any more, and are cancelled (B7).
    pub cancelled: usize,
    /// The digest over all that was approved (B11).
    pub digest: String,
}

/// Approves a draft. Whether two people are needed is asked now: a console is open for days. Cards that cannot be sent leave
/// the batch first; where none is left, the batch is cancelled, and the holds are kept (R2).
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn approve(ctx: &AppContext, actor: &Actor, number: &BatchNumber) -> Result<BatchApproval, Error> {
    let allowed = actor.allowed(Permission::Approve)?;
    let mut tx = ctx.read(&allowed).await?;
    let mut batch = get(&mut tx, number).await?;
    step(&mut tx, ctx, &mut batch, BatchStep::Approve).await?;
    let settings = settings::load(&mut tx).await?;
    if approver(&settings, actor, &batch) == Approver::DraftedIt {
        return Err(BatchRefusal::FourEyes(number.clone()).into());
    }
    if settings.four_eyes {
        two_people::must_be_apart(&mut tx, ctx.clock.now(), &batch.drafted_by, &actor.id).await?;
    }
    must_be_answered(&mut tx, &batch).await?;
    let PrintJob { sheets, stopped, template_sha256, .. } =
        print_job(&mut tx, ctx, &batch, default_dispatch_date(ctx)).await?;
    drop(tx);

    let mut uow = ctx.begin_settled(&allowed).await?;
    // Two may approve at once: the later one is told so.
    same(&mut uow, &batch).await?;
    stop_all(&mut uow, number, &stopped).await?;
    let (cards, stops) = (sheets.len(), stopped.len());
    let apart = ApartCard::of(&stopped);
    let held = HeldCard::of(stopped);
    let now = ctx.clock.now();
    if cards == 0 {
        let mut batch = get(&mut uow, number).await?;
        step(&mut uow, ctx, &mut batch, BatchStep::Cancel).await?;
        batch.cancelled_by = Some(actor.id.clone());
        batch.cancelled_at = Some(now);
        save(&mut uow, &batch).await?;
        uow.commit(AuditEvent::BatchCancelled { requeued: Default::default() }.batch(number)).await?;
        let first = apart.iter().filter_map(|card| card.delay.not_before).min();
        return Err(match apart.len() {
            waiting if waiting == stops => BatchRefusal::AllTooClose { cards: waiting, first },
            _ => BatchRefusal::all_held(held.iter().map(|card| card.reason)),
        }
        .into());
    }
    batch.approved_by = Some(actor.id.clone());
    batch.approved_at = Some(now);
    let rows: Vec<_> = approvals(&sheets).into_iter().map(|card| ApprovedCard::new(number, now, card)).collect();
    let paper = PaperSettings::now(ctx, &template_sha256);
    let digest = paper.digest(&rows)?;
    batch.approval = Some(paper.json()?);
    batch.approval_digest = Some(digest.clone());
    approved_card::add(&mut uow, &rows).await?;
    save(&mut uow, &batch).await?;
    let approved = AuditEvent::BatchApproved { cards: Some(cards as u64), digest: Some(digest.clone()) };
    uow.commit(approved.batch(number)).await?;
    Ok(BatchApproval { batch: number.clone(), cards, cancelled: stops - held.len() - apart.len(), held, apart, digest })
}
