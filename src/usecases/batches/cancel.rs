//! 取消: before the printing; its cards go back to the queue, its passwords never become valid.

use super::{files, get, save, step};
use crate::domain::{BatchNumber, BatchStep, CardState, CardStep, DeadReason, Permission};
use crate::store::{self, Tx, card::Card};
use crate::usecases::audit::{self, Act};
use crate::usecases::{Actor, AppContext, Error, cards};

/// A cancelled batch.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Cancelled {
    /// Which.
    pub batch: BatchNumber,
    /// Cards that wait in the queue again.
    pub back_in_queue: usize,
    /// A file with passwords that could not be destroyed, and why: it is tried again at every start. None of the
    /// passwords in it is valid, and none ever will be.
    pub not_destroyed: Option<String>,
}

/// Cancels a batch.
pub async fn cancel(ctx: &AppContext, actor: &Actor, number: &BatchNumber) -> Result<Cancelled, Error> {
    actor.must(Permission::Batches)?;
    let mut tx = ctx.write().await?;
    let mut batch = get(&mut tx, number).await?;
    step(&mut tx, ctx, &mut batch, BatchStep::Cancel).await?;
    batch.cancelled_by = Some(actor.id.clone());
    batch.cancelled_at = Some(ctx.clock.now());
    let mut back = Vec::new();
    for card in store::card::of_batch(&mut tx, batch.id).await? {
        let id = card.id;
        match send_back(&mut tx, card).await? {
            Some(CardState::Queued) => back.push(id),
            Some(_) => ended(&mut tx, ctx, actor, number, id).await?,
            None => {}
        }
    }
    store::batch::clear_bundles(&mut tx, batch.id).await?;
    let detail = format!("{} in the queue again: card {}", back.len(), crate::text::ranges(&back));
    save(&mut tx, ctx, actor, &batch, Act::BatchCancelled.batch(number).and_detail(detail)).await?;
    tx.commit().await?;
    // The batch is cancelled whatever happens to its file: one that stays is reported beside it, as at dispatch.
    let (_, not_destroyed) = files::destroy_expired(ctx, actor).await;
    Ok(Cancelled { batch: number.clone(), back_in_queue: back.len(), not_destroyed })
}

/// The entry of a card that does not wait again.
async fn ended(tx: &mut Tx, ctx: &AppContext, actor: &Actor, number: &BatchNumber, id: i64) -> Result<(), Error> {
    let (card, member) = cards::card_of(tx, id).await?;
    let why = card.dead().map_or("", DeadReason::code);
    let entry = Act::CardCancelled.on(member.key()).in_batch(Some(number)).and_detail(format!("{id} {why}"));
    Ok(audit::write(tx, ctx, actor, entry).await?)
}

/// A card that is dead by now ends; every other waits again, without the password it had. What it became, if it moved.
async fn send_back(tx: &mut Tx, mut card: Card) -> Result<Option<CardState>, Error> {
    let from = card.state;
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
    cards::step(&mut card, back)?;
    card.batch_id = None;
    card.position = None;
    card.serial = None;
    card.hash = None;
    card.issue_on = None;
    cards::save(tx, &card, from).await?;
    Ok(Some(card.state))
}
