//! Large changes that a program has begun and not carried to their end.

use super::actor::Allowed;
use super::{AppContext, Error, import, upkeep, work};
use crate::domain::WorkKind;
use crate::store::retention::may_remove_log;
use crate::store::work::{Work, applying};

/// Carries on what an ended program has left, by itself at the start of the next one. Nothing where there is none, or
/// where another program is at it.
pub async fn carry_on(ctx: &AppContext) -> Result<Option<Work>, Error> {
    let mut tx = ctx.read(&Allowed::system()).await?;
    let Some(work) = applying(&mut tx).await? else { return Ok(None) };
    // On a server a purge of the log takes the owner of the tables: it waits for the next command of theirs.
    if work.kind == WorkKind::Purge && work.subject.is_some() && !may_remove_log(&mut tx).await? {
        return Ok(None);
    }
    drop(tx);
    let Some(claim) = work::try_claim(ctx).await? else { return Ok(None) };
    work::carry_on(ctx, &claim, async |uow, work, content| match work.kind {
        WorkKind::Import => import::apply_stored(uow, work, content).await,
        WorkKind::Purge => upkeep::apply_purge(uow, content).await,
    })
    .await?;
    Ok(Some(work))
}
