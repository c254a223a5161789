//! 取消: before the printing; its cards go back to the queue, its passwords never become valid.

use super::{files, get, save, step};
use crate::domain::{BatchNumber, BatchStep, CardState, CardStep, Permission};
use crate::store::{self, card::Card};
use crate::usecases::audit::Act;
use crate::usecases::{Actor, Error, Office, cards};

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
pub async fn cancel(office: &Office, actor: &Actor, number: &BatchNumber) -> Result<Cancelled, Error> {
    actor.must(Permission::Batches)?;
    let mut tx = office.write().await?;
    let mut batch = get(&mut tx, number).await?;
    step(&mut tx, office, &mut batch, BatchStep::Cancel).await?;
    batch.cancelled_by = Some(actor.id.clone());
    batch.cancelled_at = Some(office.clock.now());
    let mut back = 0;
    for card in store::card::of_batch(&mut tx, batch.id).await? {
        back += usize::from(send_back(&mut tx, card).await? == CardState::Queued);
    }
    store::batch::clear_bundles(&mut tx, batch.id).await?;
    save(&mut tx, office, actor, &batch, Act::BatchCancelled.batch(number).and_detail(back)).await?;
    tx.commit().await?;
    // The batch is cancelled whatever happens to its file: one that stays is reported beside it, as at dispatch.
    let (_, not_destroyed) = files::destroy_expired(office, actor).await;
    Ok(Cancelled { batch: number.clone(), back_in_queue: back, not_destroyed })
}

/// A card that is dead by now ends; every other waits again, without the password it had.
async fn send_back(tx: &mut store::Tx, mut card: Card) -> Result<CardState, Error> {
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
        | CardState::Pulled => return Ok(from),
    };
    cards::step(&mut card, back)?;
    card.batch_id = None;
    card.position = None;
    card.serial = None;
    card.hash = None;
    card.issue_on = None;
    cards::save(tx, &card, from).await?;
    Ok(card.state)
}
