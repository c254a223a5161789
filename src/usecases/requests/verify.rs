//! The identity check, and pointing a request at another member.

use super::view::{RequestView, view};
use super::{get, save, step};
use crate::domain::request::{Checklist, RequestStep};
use crate::domain::{MemberKey, Permission};
use crate::store;
use crate::usecases::audit::Act;
use crate::usecases::{Actor, AppContext, Error, Refusal};

/// Stores which checks were made, by whom and when.
pub async fn verify(ctx: &AppContext, actor: &Actor, receipt: &str, checked: &Checklist) -> Result<RequestView, Error> {
    actor.must(Permission::Requests)?;
    let mut tx = ctx.write().await?;
    let mut request = get(&mut tx, receipt).await?;
    let from = request.state;
    step(&mut request, RequestStep::Verify)?;
    request.checked = checked.codes();
    request.checked_by = Some(actor.id.clone());
    request.checked_at = Some(ctx.clock.now());
    request.reason = None;
    request.reply = None;
    save(&mut tx, ctx, actor, &request, from, Act::RequestVerified).await?;
    let view = view(&mut tx, ctx, request).await?;
    tx.commit().await?;
    Ok(view)
}

/// The clerk has found the right member: what was checked before, was checked against another, and so was a hold.
pub async fn choose(ctx: &AppContext, actor: &Actor, receipt: &str, key: &MemberKey) -> Result<RequestView, Error> {
    actor.must(Permission::Requests)?;
    let mut tx = ctx.write().await?;
    let mut request = get(&mut tx, receipt).await?;
    let member = store::member::by_key(&mut tx, key).await?;
    let member = member.ok_or_else(|| Refusal::MemberUnknown(key.to_string()))?;
    let from = request.state;
    step(&mut request, RequestStep::Verify)?;
    request.member_id = Some(member.id);
    request.checked = String::new();
    request.checked_by = None;
    request.checked_at = None;
    request.reason = None;
    request.reply = None;
    save(&mut tx, ctx, actor, &request, from, Act::RequestMatched).await?;
    let view = view(&mut tx, ctx, request).await?;
    tx.commit().await?;
    Ok(view)
}
