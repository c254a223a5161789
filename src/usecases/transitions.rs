//! Who moved a card or a batch to where it is: the refusal of a step that comes too late names them.

use super::{AppContext, Error, LastTransition};
use crate::domain::{BatchNumber, BatchState, CardState};
use crate::store::{self, Tx, batch::Batch, card::Card};
use chrono::{DateTime, Utc};

/// Who brought a batch to its state.
pub(super) async fn batch(tx: &mut Tx, ctx: &AppContext, batch: &Batch) -> Result<Option<LastTransition>, Error> {
    batch_to(tx, ctx, batch, batch.state()).await
}

/// Who brought a batch to a state, whatever has become of it since.
async fn batch_to(
    tx: &mut Tx,
    ctx: &AppContext,
    batch: &Batch,
    state: BatchState,
) -> Result<Option<LastTransition>, Error> {
    match batch.brought_to(state) {
        Some((by, at)) => Ok(Some(told(tx, ctx, by, at, Some(batch.number.clone())).await?)),
        None => Ok(None),
    }
}

/// Who brought a card to its state: what its batch records, or its own columns. Cards that older versions moved
/// have nothing there.
pub(super) async fn card(tx: &mut Tx, ctx: &AppContext, card: &Card) -> Result<Option<LastTransition>, Error> {
    match card.state() {
        CardState::Held | CardState::Queued | CardState::Cancelled | CardState::Returned => {}
        CardState::Drafted => return of_batch(tx, ctx, card, BatchState::Draft).await,
        CardState::Exported => return of_batch(tx, ctx, card, BatchState::Exported).await,
        CardState::Printed | CardState::Spoiled => return of_batch(tx, ctx, card, BatchState::Printed).await,
        CardState::Dispatched | CardState::Pulled => return of_batch(tx, ctx, card, BatchState::Dispatched).await,
    }
    match card.changed_by.as_ref().zip(card.changed_at) {
        Some((by, at)) => Ok(Some(told(tx, ctx, by, at, None).await?)),
        None => Ok(None),
    }
}

async fn of_batch(
    tx: &mut Tx,
    ctx: &AppContext,
    card: &Card,
    state: BatchState,
) -> Result<Option<LastTransition>, Error> {
    let Some(id) = card.batch_id else { return Ok(None) };
    match store::batch::get(tx, id).await? {
        Some(found) => batch_to(tx, ctx, &found, state).await,
        None => Ok(None),
    }
}

/// Who drafted the newest batch, where that was another person a moment ago: the wanted cards are in it.
pub(super) async fn drafted_just_now(tx: &mut Tx, ctx: &AppContext, me: &str) -> Result<Option<LastTransition>, Error> {
    const A_MOMENT: chrono::TimeDelta = chrono::TimeDelta::minutes(10);
    let newest = store::batch::latest(tx, 1).await?.into_iter().map(|line| line.batch).next();
    match newest.filter(|batch| batch.drafted_by != me && ctx.clock.now() - batch.drafted_at < A_MOMENT) {
        Some(found) => batch_to(tx, ctx, &found, BatchState::Draft).await,
        None => Ok(None),
    }
}

/// 氏名 of a staff ID; the ID itself where it is not a person's, as with `portal`.
pub(super) async fn name_of(tx: &mut Tx, id: &str) -> Result<String, Error> {
    Ok(store::staff::get(tx, id).await?.map_or_else(|| id.to_owned(), |staff| staff.name))
}

async fn told(
    tx: &mut Tx,
    ctx: &AppContext,
    by: &str,
    at: DateTime<Utc>,
    batch: Option<BatchNumber>,
) -> Result<LastTransition, Error> {
    Ok(LastTransition { who: name_of(tx, by).await?, at, told_on: ctx.clock.today(), batch })
}
