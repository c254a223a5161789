//! 発送待ち: what waits, by employer or card by card.

use super::{Actor, AppContext, Error, apart};
use crate::domain::Permission;
use crate::store;
pub use crate::store::card::{QueueFilter, QueueLine, QueuedCard};

/// The most cards of one list.
const LIMIT: i64 = 10_000;

/// Queued and held cards, oldest first.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn list(ctx: &AppContext, actor: &Actor, filter: &QueueFilter) -> Result<Vec<QueuedCard>, Error> {
    let mut tx = ctx.read(&actor.allowed(Permission::Look)?).await?;
    let mut cards = store::card::queue(&mut tx, filter, LIMIT).await?;
    let near = apart::queued(&mut tx, ctx).await?;
    let mut delays = apart::delays(ctx, &near, ctx.clock.today());
    for card in &mut cards {
        if let Some(delay) = delays.remove(&card.id) {
            card.apart_from = Some(delay.other);
            card.not_before = delay.not_before;
        }
    }
    Ok(cards)
}

/// The queue by employer, oldest first.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn by_employer(ctx: &AppContext, actor: &Actor) -> Result<Vec<QueueLine>, Error> {
    Ok(store::card::queue_by_employer(&mut ctx.read(&actor.allowed(Permission::Look)?).await?).await?)
}
