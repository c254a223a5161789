//! 取消: before the printing; its cards go back to the queue, its passwords never become valid.

use super::{files, get, save, step};
use crate::domain::{BatchNumber, BatchStep, CardState, CardStep, Permission};
use crate::store::{self, card::Card};
use crate::usecases::audit::{AuditEvent, CardRef, IdRanges};
use crate::usecases::card_steps::{self, card_of};
use crate::usecases::{Actor, AppContext, Error, Refusal, UnitOfWork, holds};
use std::collections::BTreeMap;

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
    let cards = store::card::of_batch(&mut uow, batch.id).await?;
    let requeued = requeue(&mut uow, number, cards).await?;
    let back_in_queue = usize::try_from(requeued.count()).unwrap_or(0);
    store::bundle::clear(&mut uow, batch.id).await?;
    save(&mut uow, &batch).await?;
    uow.commit(AuditEvent::BatchCancelled { requeued }.batch(number)).await?;
    // The batch is cancelled whatever happens to its file: one that stays is reported beside it, as at dispatch.
    let (_, not_destroyed) = files::destroy_expired(ctx, &allowed).await;
    Ok(Cancelled { batch: number.clone(), back_in_queue, not_destroyed })
}

/// The cards that have no paper yet leave the batch; those that wait in the queue again. What has lost its route meanwhile
/// is held (R2).
pub(super) async fn requeue(uow: &mut UnitOfWork, number: &BatchNumber, cards: Vec<Card>) -> Result<IdRanges, Error> {
    let mut back = Vec::new();
    // Cards that take the same step, by the states before and after.
    let mut moved: BTreeMap<(CardState, CardState), Vec<Card>> = BTreeMap::new();
    for card in cards {
        let from = card.state();
        if let Some(card) = sent_back(card)? {
            moved.entry((from, card.state())).or_default().push(card);
        }
    }
    for ((from, to), cards) in moved {
        card_steps::save_all(uow, &cards, from).await?;
        for card in cards {
            if to == CardState::Queued { back.push(card.id) } else { ended(uow, number, card.id).await? }
        }
    }
    let today = uow.today();
    let mut due = holds::due(uow, today).await?;
    due.retain(|id| back.contains(id));
    let held = holds::follow(uow, &due).await?.held;
    back.retain(|id| held.iter().all(|(card, _)| card.id != *id));
    Ok(back.into_iter().collect())
}

/// The entry of a card that does not wait again.
async fn ended(uow: &mut UnitOfWork, number: &BatchNumber, id: i64) -> Result<(), Error> {
    let (card, member) = card_of(uow, id).await?;
    let cancelled = AuditEvent::CardCancelled { card: CardRef::from(&card), reason: card.dead() };
    uow.record(cancelled.on(member.key()).in_batch(Some(number))).await
}

/// A card that is dead by now ends; every other waits again, without the password it had. What it became, if it moved.
fn sent_back(mut card: Card) -> Result<Option<Card>, Refusal> {
    let back = match card.state() {
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
    Ok(Some(card))
}
