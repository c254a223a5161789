//! S6: a member's login notice and viewing-password card never travel together: one stolen parcel must not open an
//! account.

use super::{AppContext, Error};
use crate::domain::CardState;
use crate::domain::gate::Delay;
use crate::store::Tx;
use crate::store::batch::Batch;
use crate::store::card::{self, NearCard};
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;

/// Delays by the card's row ID.
pub type Delays = BTreeMap<i64, Delay>;

/// The first day on which the other kind may leave.
pub(super) fn free_on(ctx: &AppContext, dispatched_on: NaiveDate) -> NaiveDate {
    ctx.workdays.after(dispatched_on, ctx.settings.separate_days + 1)
}

/// Whether this other card keeps one from leaving on `day`.
pub(super) fn delay(ctx: &AppContext, near: &NearCard, day: NaiveDate) -> Option<Delay> {
    let because = |not_before| Delay { other: near.kind, batch: near.batch.clone(), not_before };
    match (near.state, near.dispatched_on) {
        (CardState::Dispatched, Some(on)) => {
            Some(free_on(ctx, on)).filter(|free| day < *free).map(|free| because(Some(free)))
        }
        _ => goes_first(near).then(|| because(None)),
    }
}

/// Whether the other card leaves before this one: it is in a batch and further on, or as far and was asked for first. Of two
/// cards one waits, and never both.
fn goes_first(near: &NearCard) -> bool {
    match (way(near.state), way(near.own)) {
        (0, _) => false,
        (other, own) => (other, -near.other) > (own, -near.card),
    }
}

/// How far a card is on its way.
const fn way(state: CardState) -> u8 {
    match state {
        CardState::Drafted => 1,
        CardState::Exported => 2,
        CardState::Printed => 3,
        CardState::Dispatched => 4,
        CardState::Queued
        | CardState::Held
        | CardState::Returned
        | CardState::Cancelled
        | CardState::Spoiled
        | CardState::Pulled => 0,
    }
}

/// Dispatches from before this day are far enough from `day`, however many holidays lie between.
fn since(ctx: &AppContext, day: NaiveDate) -> NaiveDate {
    day - Days::new(u64::from(ctx.settings.separate_days) * 2 + 15)
}

/// The pairs of the queue.
pub(super) async fn queued(tx: &mut Tx, ctx: &AppContext) -> Result<Vec<NearCard>, Error> {
    Ok(card::near_queued(tx, since(ctx, ctx.clock.today())).await?)
}

/// Why a member's cards wait today.
pub(super) async fn of_member(tx: &mut Tx, ctx: &AppContext, member: i64) -> Result<Delays, Error> {
    let near = card::near_of_member(tx, since(ctx, ctx.clock.today()), member).await?;
    Ok(delays(ctx, &near, ctx.clock.today()))
}

/// Why cards of a batch cannot leave on `day`.
pub(super) async fn in_batch(tx: &mut Tx, ctx: &AppContext, batch: &Batch, day: NaiveDate) -> Result<Delays, Error> {
    let near = card::near_in_batch(tx, since(ctx, day), batch.id).await?;
    Ok(delays(ctx, &near, day))
}

/// The longest delay of each card.
pub(super) fn delays(ctx: &AppContext, near: &[NearCard], day: NaiveDate) -> Delays {
    let mut found = Delays::new();
    for pair in near {
        let Some(delay) = delay(ctx, pair, day) else { continue };
        let longer = found.get(&pair.card).is_none_or(|known| {
            known.not_before.is_some() && delay.not_before.is_none_or(|day| known.not_before < Some(day))
        });
        if longer {
            found.insert(pair.card, delay);
        }
    }
    found
}
