//! two open requests of one member become one.

use super::settle::settled;
use super::view::{RequestView, commit_and_show};
use super::{RequestRefusal, get, member_of, note, save, step};
use crate::domain::Permission;
use crate::domain::request::RequestStep;
use crate::usecases::audit::AuditEvent;
use crate::usecases::{Actor, AppContext, Error, replies};

/// Ends a request in favour of another open one of the same member; a supervisor's step.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn merge(ctx: &AppContext, actor: &Actor, receipt: &str, into: &str) -> Result<RequestView, Error> {
    let allowed = actor.allowed(Permission::Release)?;
    let mut uow = ctx.begin(&allowed).await?;
    let mut request = get(&mut uow, receipt).await?;
    let kept = get(&mut uow, into).await?;
    let same_member = request.member_id.is_some() && request.member_id == kept.member_id;
    if request.id == kept.id || !same_member || !kept.state().is_open() {
        return Err(RequestRefusal::CannotMerge { receipt: request.receipt, into: kept.receipt }.into());
    }
    let from = request.state();
    step(&mut request, RequestStep::Merge)?;
    request.merged_into = Some(kept.id);
    settled(&mut request, &uow);
    save(&mut uow, &request, from).await?;
    replies::withdraw_draft(&mut uow, &request).await?;
    let member = member_of(&mut uow, &request).await?;
    let merged = AuditEvent::RequestMerged { receipt: request.receipt, into: kept.receipt.clone() };
    commit_and_show(uow, ctx, &allowed, note(merged, member.as_ref()), kept).await
}
