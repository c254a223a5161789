//! 発送待ち: what waits, by employer or card by card.

use super::actor::Allowed;
use super::audit::SearchScope;
use super::{Actor, AppContext, Error, apart};
use crate::domain::Permission;
use crate::store;
pub use crate::store::card::{QueueFilter, QueueLine, QueuedCard};

/// The most cards of one list.
const LIMIT: i64 = 10_000;

/// Queued and held cards, oldest first; a look.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn list(ctx: &AppContext, actor: &Actor, filter: &QueueFilter) -> Result<Vec<QueuedCard>, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let cards = waiting(ctx, &allowed, filter).await?;
    let query = filter.employer.as_deref().unwrap_or_default();
    let members = cards.iter().map(|card| card.member_id).collect();
    ctx.record_list(&allowed, SearchScope::Queue, query, cards.len(), members).await?;
    Ok(cards)
}

/// The same for a step of all of them.
pub(super) async fn waiting(
    ctx: &AppContext,
    allowed: &Allowed,
    filter: &QueueFilter,
) -> Result<Vec<QueuedCard>, Error> {
    let mut tx = ctx.read(allowed).await?;
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
