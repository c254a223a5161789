//! The credential feed for the portal.

use super::audit::{self, Act};
use super::{Actor, AppContext, Error};
use crate::domain::Permission;
use crate::store;
pub use crate::store::feed::{Instruction, Operation};

/// Everything after sequence number `after`, ascending. The same range gives the same rows, always.
pub async fn after(ctx: &AppContext, actor: &Actor, after: i64) -> Result<Vec<Instruction>, Error> {
    actor.must(Permission::Feed)?;
    let mut tx = ctx.write().await?;
    let rows = store::feed::page(&mut tx, after, i64::MAX).await?;
    let last = rows.last().map_or(after, |row| row.seq);
    audit::write(&mut tx, ctx, actor, Act::FeedWritten.detail(format!("{after} < seq <= {last}"))).await?;
    tx.commit().await?;
    Ok(rows)
}
