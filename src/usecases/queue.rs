//! 発送待ち: what waits, by employer or card by card.

use super::{Actor, AppContext, Error};
use crate::domain::Permission;
use crate::store;
pub use crate::store::card::{QueueFilter, QueueLine, QueuedCard};

/// The most cards of one list.
const LIMIT: i64 = 10_000;

/// Queued and held cards, oldest first.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn list(ctx: &AppContext, actor: &Actor, filter: &QueueFilter) -> Result<Vec<QueuedCard>, Error> {
    Ok(store::card::queue(&mut ctx.read(&actor.allowed(Permission::Look)?).await?, filter, LIMIT).await?)
}

/// The queue by employer, oldest first.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn by_employer(ctx: &AppContext, actor: &Actor) -> Result<Vec<QueueLine>, Error> {
    Ok(store::card::queue_by_employer(&mut ctx.read(&actor.allowed(Permission::Look)?).await?).await?)
}
