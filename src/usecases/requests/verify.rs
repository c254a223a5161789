//! The identity check, and pointing a request at another member.

use super::view::{RequestView, view};
use super::{get, member_of, note, save, step};
use crate::domain::request::{Checklist, IdentityCheck, RequestStep};
use crate::domain::{MemberKey, Permission};
use crate::store;
use crate::usecases::audit::AuditEvent;
use crate::usecases::{Actor, AppContext, Error, Refusal};

/// Stores which checks were made, who made them and when.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn verify(ctx: &AppContext, actor: &Actor, receipt: &str, checked: &Checklist) -> Result<RequestView, Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::Requests)?).await?;
    let mut request = get(&mut uow, receipt).await?;
    let from = request.state();
    step(&mut request, RequestStep::Verify)?;
    request.checked = checked.codes();
    request.checked_by = Some(actor.id.clone());
    request.checked_at = Some(ctx.clock.now());
    request.reason = None;
    request.reply = None;
    save(&mut uow, &request, from).await?;
    let member = member_of(&mut uow, &request).await?;
    let checks = IdentityCheck::ALL.iter().copied().filter(|check| checked.has(*check)).collect();
    let verified = AuditEvent::RequestVerified { receipt: request.receipt.clone(), checks };
    let view = view(&mut uow, ctx, request).await?;
    uow.commit(note(verified, member.as_ref())).await?;
    Ok(view)
}

/// The clerk has found the right member: what was checked before, was checked against another, and so was a hold.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn choose(ctx: &AppContext, actor: &Actor, receipt: &str, key: &MemberKey) -> Result<RequestView, Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::Requests)?).await?;
    let mut request = get(&mut uow, receipt).await?;
    let member = store::member::by_key(&mut uow, key).await?;
    let member = member.ok_or_else(|| Refusal::MemberUnknown(key.to_string()))?;
    let from = request.state();
    step(&mut request, RequestStep::Verify)?;
    request.member_id = Some(member.id);
    request.checked = String::new();
    request.checked_by = None;
    request.checked_at = None;
    request.reason = None;
    request.reply = None;
    save(&mut uow, &request, from).await?;
    let matched = AuditEvent::RequestMatched { receipt: request.receipt.clone() };
    let view = view(&mut uow, ctx, request).await?;
    uow.commit(matched.on(member.key())).await?;
    Ok(view)
}
