//! Settling a request: a login notice, a hold or a rejection.

use super::view::{RequestView, compare, view};
use super::{get, member_of, note, save, step};
use crate::domain::diagnosis::{Language, Scripts};
use crate::domain::request::{Checklist, Ground, RequestStep};
use crate::domain::{MemberKey, Permission};
use crate::store::Tx;
use crate::store::request::Request;
use crate::text;
use crate::usecases::audit::AuditEvent;
use crate::usecases::{Actor, AppContext, DataError, Error, Refusal, cards};

/// Why a request is held or rejected, and what the sender is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// Ground of the decision; it has a reply text.
    pub ground: Ground,
    /// The reply in the clerk's own words; nothing for the proposed one.
    pub reply: Option<String>,
}

/// A6, L1: queues the login notice. Only for an identified member with an account.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn queue(ctx: &AppContext, actor: &Actor, receipt: &str) -> Result<RequestView, Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::Requests)?).await?;
    let mut request = get(&mut uow, receipt).await?;
    let from = request.state();
    step(&mut request, RequestStep::Queue)?;
    let key = identified(&mut uow, ctx, &request).await?;
    let asked = cards::ask_login_in(&mut uow, &key).await?;
    request.card_id = Some(asked.card);
    settled(&mut request, ctx, actor);
    save(&mut uow, &request, from).await?;
    let queued = AuditEvent::RequestQueued { receipt: request.receipt.clone(), card: asked.card };
    let view = view(&mut uow, ctx, request).await?;
    uow.commit(queued.on(&key)).await?;
    Ok(view)
}

/// 保留, with a reason and a reply.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn hold(ctx: &AppContext, actor: &Actor, receipt: &str, why: &Settlement) -> Result<RequestView, Error> {
    end(ctx, actor, receipt, why, RequestStep::Hold).await
}

/// 却下, with a reason and a reply.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn reject(ctx: &AppContext, actor: &Actor, receipt: &str, why: &Settlement) -> Result<RequestView, Error> {
    end(ctx, actor, receipt, why, RequestStep::Reject).await
}

async fn end(
    ctx: &AppContext,
    actor: &Actor,
    receipt: &str,
    why: &Settlement,
    by: RequestStep,
) -> Result<RequestView, Error> {
    let allowed = actor.allowed(Permission::Requests)?;
    if why.ground.step() != by {
        return Err(Refusal::WrongGround { ground: why.ground, step: by }.into());
    }
    let mut uow = ctx.begin(&allowed).await?;
    let mut request = get(&mut uow, receipt).await?;
    let from = request.state();
    step(&mut request, by)?;
    if why.ground.discloses() {
        identified(&mut uow, ctx, &request).await?;
    }
    request.reason = Some(why.ground.code().to_owned());
    request.reply = Some(words(why)?);
    let (receipt, ground) = (request.receipt.clone(), why.ground);
    let event = if by == RequestStep::Reject {
        settled(&mut request, ctx, actor);
        AuditEvent::RequestRejected { receipt, ground }
    } else {
        AuditEvent::RequestHeld { receipt, ground }
    };
    save(&mut uow, &request, from).await?;
    let member = member_of(&mut uow, &request).await?;
    let view = view(&mut uow, ctx, request).await?;
    uow.commit(note(event, member.as_ref())).await?;
    Ok(view)
}

/// the member that it was matched to, once the checklist suffices; before that, nothing of the registry goes out.
async fn identified(tx: &mut Tx, ctx: &AppContext, request: &Request) -> Result<MemberKey, Error> {
    let member = member_of(tx, request).await?.ok_or_else(|| Refusal::NobodyMatched(request.receipt.clone()))?;
    let compared = compare(tx, ctx, request, &member).await?;
    let checked = Checklist::parse(&request.checked).unwrap_or_default();
    if let Err(lacking) = checked.suffices(&compared) {
        return Err(Refusal::NotIdentified { receipt: request.receipt.clone(), lacking: lacking.0 }.into());
    }
    let key = MemberKey::parse(&member.symbol, &member.number, &member.branch);
    Ok(key.map_err(|_| Refusal::BadKey(member.key()))?)
}

/// The sender reads Japanese, whatever the clerk's screen speaks.
fn words(why: &Settlement) -> Result<String, Error> {
    let own = why.reply.as_deref().map(text::plain_lines).filter(|reply| !reply.trim().is_empty());
    match own {
        Some(reply) => Ok(reply),
        None => {
            let scripts = Scripts::embedded().map_err(DataError::from)?;
            Ok(scripts.reply(why.ground, Language::Japanese).to_owned())
        }
    }
}

fn settled(request: &mut Request, ctx: &AppContext, actor: &Actor) {
    request.settled_by = Some(actor.id.clone());
    request.settled_at = Some(ctx.clock.now());
}
