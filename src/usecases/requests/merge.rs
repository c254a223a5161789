//! two open requests of one member become one.

use super::view::{RequestView, view};
use super::{get, save, step};
use crate::domain::Permission;
use crate::domain::request::RequestStep;
use crate::usecases::audit::Act;
use crate::usecases::{Actor, AppContext, Error, Refusal};

/// Ends a request in favour of another open one of the same member; a supervisor's step.
pub async fn merge(ctx: &AppContext, actor: &Actor, receipt: &str, into: &str) -> Result<RequestView, Error> {
    actor.must(Permission::Release)?;
    let mut tx = ctx.write().await?;
    let mut request = get(&mut tx, receipt).await?;
    let kept = get(&mut tx, into).await?;
    let same_member = request.member_id.is_some() && request.member_id == kept.member_id;
    if request.id == kept.id || !same_member || !kept.state.is_open() {
        return Err(Refusal::CannotMerge { receipt: request.receipt, into: kept.receipt }.into());
    }
    let from = request.state;
    step(&mut request, RequestStep::Merge)?;
    request.merged_into = Some(kept.id);
    request.settled_by = Some(actor.id.clone());
    request.settled_at = Some(ctx.clock.now());
    save(&mut tx, ctx, actor, &request, from, Act::RequestMerged).await?;
    let view = view(&mut tx, ctx, kept).await?;
    tx.commit().await?;
    Ok(view)
}
