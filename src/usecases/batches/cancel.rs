//! 取消: before the printing; its cards go back to the queue, its passwords never become valid.

use super::{files, get, save, step};
use crate::domain::{BatchNumber, BatchStep, CardState, CardStep, Permission};
use crate::store::{self, card::Card};
use crate::usecases::audit::{AuditEvent, CardRef, IdRanges};
use crate::usecases::card_steps::{self, card_of};
use crate::usecases::{Actor, AppContext, Error, UnitOfWork};

/// A cancelled batch.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Cancelled {
    /// Number of the cancelled batch.
    pub batch: BatchNumber,
    /// Cards that wait in the queue again.
    pub back_in_queue: usize,
    /// A file with passwords that could not be destroyed, and why: it is tried again at every start. None of the
    /// passwords in it is valid, and none ever will be.
    pub not_destroyed: Option<String>,
}

/// Cancels a batch.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn cancel(ctx: &AppContext, actor: &Actor, number: &BatchNumber) -> Result<Cancelled, Error> {
    let allowed = actor.allowed(Permission::Batches)?;
    let mut uow = ctx.begin(&allowed).await?;
    let mut batch = get(&mut uow, number).await?;
    step(&mut uow, ctx, &mut batch, BatchStep::Cancel).await?;
    batch.cancelled_by = Some(actor.id.clone());
    batch.cancelled_at = Some(ctx.clock.now());
    let mut back = Vec::new();
    for card in store::card::of_batch(&mut uow, batch.id).await? {
        let id = card.id;
        match send_back(&mut uow, card).await? {
            Some(CardState::Queued) => back.push(id),
            Some(_) => ended(&mut uow, number, id).await?,
            None => {}
        }
    }
    store::batch::clear_bundles(&mut uow, batch.id).await?;
    save(&mut uow, &batch).await?;
    let requeued: IdRanges = back.iter().copied().collect();
    uow.commit(AuditEvent::BatchCancelled { requeued }.batch(number)).await?;
    // The batch is cancelled whatever happens to its file: one that stays is reported beside it, as at dispatch.
    let (_, not_destroyed) = files::destroy_expired(ctx, &allowed).await;
    Ok(Cancelled { batch: number.clone(), back_in_queue: back.len(), not_destroyed })
}

/// The entry of a card that does not wait again.
async fn ended(uow: &mut UnitOfWork, number: &BatchNumber, id: i64) -> Result<(), Error> {
    let (card, member) = card_of(uow, id).await?;
    let cancelled = AuditEvent::CardCancelled { card: CardRef::from(&card), reason: card.dead() };
    uow.record(cancelled.on(member.key()).in_batch(Some(number))).await
}

/// A card that is dead by now ends; every other waits again, without the password it had. What it became, if it moved.
async fn send_back(uow: &mut UnitOfWork, mut card: Card) -> Result<Option<CardState>, Error> {
    let from = card.state();
    let back = match from {
        CardState::Drafted => CardStep::Undraft,
        CardState::Exported if card.dead().is_some() => CardStep::Discard,
        CardState::Exported => CardStep::Unexport,
        CardState::Queued
        | CardState::Held
        | CardState::Printed
        | CardState::Dispatched
        | CardState::Returned
        | CardState::Cancelled
        | CardState::Spoiled
        | CardState::Pulled => return Ok(None),
    };
    card_steps::step(&mut card, back)?;
    card.batch_id = None;
    card.position = None;
    card.serial = None;
    card.hash = None;
    card.issue_on = None;
    card_steps::save(uow, &card, from).await?;
    Ok(Some(card.state()))
}
