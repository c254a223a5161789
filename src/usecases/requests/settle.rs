//! Settling a request: a login notice, a hold, a rejection or an answer.

use super::verified::{VerifiedRequest, identified, may_queue};
use super::view::{RequestView, view};
use super::{RequestRefusal, get, member_of, note, save, step};
use crate::domain::diagnosis::{Language, Scripts, Speech};
use crate::domain::request::{Ground, RequestState, RequestStep};
use crate::domain::{MemberKey, Permission};
use crate::store::request::Request;
use crate::text;
use crate::usecases::audit::AuditEvent;
use crate::usecases::cards::{self, Asked};
use crate::usecases::{Actor, AppContext, DataError, Error, UnitOfWork};

/// Why a request is held, rejected or answered, and what the sender is told.
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
    let mut uow = ctx.begin(&may_queue(actor)?).await?;
    let verified = VerifiedRequest::check(&mut uow, ctx, receipt).await?;
    Ok(notice(uow, ctx, verified).await?.1)
}

/// L7: the same for a script, which names member and request. Answers what became of the card.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn queue_for(ctx: &AppContext, actor: &Actor, receipt: &str, key: &MemberKey) -> Result<Asked, Error> {
    let mut uow = ctx.begin(&may_queue(actor)?).await?;
    let verified = VerifiedRequest::of(&mut uow, ctx, receipt, key).await?;
    Ok(notice(uow, ctx, verified).await?.0)
}

async fn notice(
    mut uow: UnitOfWork,
    ctx: &AppContext,
    verified: VerifiedRequest,
) -> Result<(Asked, RequestView), Error> {
    let asked = cards::ask_login(&mut uow, &verified).await?;
    let key = verified.member().key();
    let mut request = verified.into_request();
    request.card_id = Some(asked.card);
    settled(&mut request, ctx, uow.staff());
    save(&mut uow, &request, RequestState::Verifying).await?;
    let queued = AuditEvent::RequestQueued { receipt: request.receipt.clone(), card: asked.card };
    let view = view(&mut uow, ctx, request).await?;
    uow.commit(queued.on(&key)).await?;
    Ok((asked, view))
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

/// 回答: nothing is sent; with a reason and a reply.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn answer(ctx: &AppContext, actor: &Actor, receipt: &str, why: &Settlement) -> Result<RequestView, Error> {
    end(ctx, actor, receipt, why, RequestStep::Answer).await
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
        return Err(RequestRefusal::WrongGround { ground: why.ground, step: by }.into());
    }
    let mut uow = ctx.begin(&allowed).await?;
    let mut request = get(&mut uow, receipt).await?;
    let from = request.state();
    step(&mut request, by)?;
    if why.ground.discloses() {
        identified(&mut uow, ctx, &request).await?;
    }
    request.reason = Some(why.ground.code().to_owned());
    request.reply = Some(words(ctx, why)?);
    let (receipt, ground) = (request.receipt.clone(), why.ground);
    let event = match by {
        RequestStep::Reject => AuditEvent::RequestRejected { receipt, ground },
        RequestStep::Answer => AuditEvent::RequestAnswered { receipt, ground },
        _ => AuditEvent::RequestHeld { receipt, ground },
    };
    if by != RequestStep::Hold {
        settled(&mut request, ctx, &actor.id);
    }
    save(&mut uow, &request, from).await?;
    let member = member_of(&mut uow, &request).await?;
    let view = view(&mut uow, ctx, request).await?;
    uow.commit(note(event, member.as_ref())).await?;
    Ok(view)
}

/// The sender reads Japanese, whatever the clerk's screen speaks.
fn words(ctx: &AppContext, why: &Settlement) -> Result<String, Error> {
    let own = why.reply.as_deref().map(text::plain_lines).filter(|reply| !reply.trim().is_empty());
    match own {
        Some(reply) => Ok(reply),
        None => {
            let scripts = Scripts::embedded().map_err(DataError::from)?;
            let society = ctx.settings.society_words();
            let speech = Speech { language: Language::Japanese, today: ctx.clock.today(), society: &society };
            Ok(scripts.reply(why.ground, speech))
        }
    }
}

/// Notes who settled it and when.
pub(super) fn settled(request: &mut Request, ctx: &AppContext, by: &str) {
    request.settled_by = Some(by.to_owned());
    request.settled_at = Some(ctx.clock.now());
}
