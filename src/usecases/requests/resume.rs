//! 再開: a settled request is taken up again for a day, and 担当: who works on one.

use super::facts::{is_sent, resumable_until};
use super::view::{RequestView, commit_and_show};
use super::{RequestRefusal, get, member_of, note, save, step};
use crate::domain::Permission;
use crate::domain::request::RequestStep;
use crate::store;
use crate::usecases::audit::AuditEvent;
use crate::usecases::{Actor, AppContext, Error, Refusal, cards, replies};

/// Opens a settled request again. A notice that waits for it is cancelled, and so is a reply
/// that was not exported yet; what was ticked stays.
///
/// # Errors
/// [`RequestRefusal::Sent`] where the notice was dispatched, [`RequestRefusal::ResumeTooLate`] after that day, and a refused
/// step of the card where it is in print.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn resume(ctx: &AppContext, actor: &Actor, receipt: &str) -> Result<RequestView, Error> {
    actor.allowed(Permission::Requests)?;
    let allowed = actor.allowed(Permission::Queue)?;
    let mut uow = ctx.begin(&allowed).await?;
    let mut request = get(&mut uow, receipt).await?;
    let from = request.state();
    step(&mut request, RequestStep::Resume)?;
    if is_sent(&mut uow, &request).await? {
        return Err(RequestRefusal::Sent(request.receipt).into());
    }
    if let Some(until) = resumable_until(ctx, &request).filter(|until| *until < uow.today()) {
        return Err(RequestRefusal::ResumeTooLate { receipt: request.receipt, until }.into());
    }
    let card = request.card_id.take();
    request.unsettle();
    request.assignee = Some(uow.staff().to_owned());
    save(&mut uow, &request, from).await?;
    replies::withdraw_draft(&mut uow, &request).await?;
    if let Some(card) = card {
        cards::cancel_unsent(&mut uow, ctx, card).await?;
    }
    let member = member_of(&mut uow, &request).await?;
    let resumed = AuditEvent::RequestResumed { receipt: request.receipt.clone() };
    commit_and_show(uow, ctx, &allowed, note(resumed, member.as_ref()), request).await
}

/// Says who works on a request; no one in particular where none is named.
///
/// # Errors
/// [`Refusal::StaffUnknown`] for who is not of the staff any more, and a settled request.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn assign(ctx: &AppContext, actor: &Actor, receipt: &str, to: Option<&str>) -> Result<RequestView, Error> {
    let allowed = actor.allowed(Permission::Requests)?;
    let mut uow = ctx.begin(&allowed).await?;
    let mut request = get(&mut uow, receipt).await?;
    let from = request.state();
    if !from.is_open() {
        let step = RequestStep::Verify;
        return Err(RequestRefusal::Step { receipt: request.receipt, state: from, step }.into());
    }
    if let Some(id) = to
        && id != actor.id
        && store::staff::get(&mut uow, id).await?.is_none_or(|person| person.disabled_at.is_some())
    {
        return Err(Refusal::StaffUnknown(id.to_owned()).into());
    }
    request.assignee = to.map(str::to_owned);
    save(&mut uow, &request, from).await?;
    let member = member_of(&mut uow, &request).await?;
    let assigned = AuditEvent::RequestAssigned { receipt: request.receipt.clone(), to: request.assignee.clone() };
    commit_and_show(uow, ctx, &allowed, note(assigned, member.as_ref()), request).await
}
