//! Settling a request: a login notice, a hold, a rejection or an answer.

use super::facts::{CaseFacts, MemberStanding, usual_follow_up};
use super::verified::{VerifiedRequest, identified, may_queue};
use super::verify::tick;
use super::view::{RequestView, commit_and_show};
use super::{RequestRefusal, get, member_of, note, save, step};
use crate::domain::diagnosis::{Language, ReplyDetail, Section, Speech};
use crate::domain::request::{CaseVerdict, Ground, IdentityCheck, RequestState, RequestStep};
use crate::domain::{MemberKey, Permission};
use crate::store::{self, member::Member, request::Request};
use crate::text;
use crate::usecases::actor::Allowed;
use crate::usecases::audit::AuditEvent;
use crate::usecases::cards::{self, AskedCard};
use crate::usecases::refusal::NoteRefusal;
use crate::usecases::{Actor, AppContext, Error, UnitOfWork, replies};
use chrono::NaiveDate;

/// Why a request is held, rejected or answered, and what the sender is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// Ground of the decision; it has a reply text.
    pub ground: Ground,
    /// The reply in the clerk's own words; nothing for the proposed one.
    pub reply: Option<String>,
    /// In which language the sender is written to.
    pub language: Language,
    /// The section that answers another matter.
    pub section: Option<Section>,
    /// When a held one goes on; nothing for the usual day.
    pub follow_up_on: Option<NaiveDate>,
}

impl Settlement {
    /// With the proposed reply.
    pub const fn of(ground: Ground) -> Self {
        Self { ground, reply: None, language: Language::Japanese, section: None, follow_up_on: None }
    }
}

/// A6, L1: queues the login notice. Only for an identified member with an account.
///
/// # Errors
/// Those of [`VerifiedRequest`], and [`RequestRefusal::FollowUpNeeded`] where there is no route and no day is given.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn queue(
    ctx: &AppContext,
    actor: &Actor,
    receipt: &str,
    follow_up_on: Option<NaiveDate>,
) -> Result<RequestView, Error> {
    let allowed = may_queue(actor)?;
    let mut uow = ctx.begin(&allowed).await?;
    let verified = VerifiedRequest::check(&mut uow, ctx, receipt).await?;
    Ok(notice(uow, ctx, &allowed, verified, follow_up_on).await?.1)
}

/// One step where everything agrees: birth date and employer are ticked, and the notice is queued.
///
/// # Errors
/// [`RequestRefusal::NotAllAgree`] where a clerk must look: something differs or was left out, another request of the
/// member is open, or a card is not the answer.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn settle_agreed(ctx: &AppContext, actor: &Actor, receipt: &str) -> Result<RequestView, Error> {
    let allowed = may_queue(actor)?;
    let mut uow = ctx.begin(&allowed).await?;
    let mut request = get(&mut uow, receipt).await?;
    let from = request.state();
    step(&mut request, RequestStep::Verify)?;
    let facts = CaseFacts::read(&mut uow, ctx, &request).await?;
    let agree = facts.member.is_some() && CaseVerdict::of(&facts.compared) == CaseVerdict::AllAgree;
    let others = match &facts.member {
        Some(member) => store::request::open_of_member(&mut uow, member.id).await?.len(),
        None => 0,
    };
    if !agree || others > 1 {
        return Err(RequestRefusal::NotAllAgree(request.receipt).into());
    }
    let both = [IdentityCheck::BirthDate, IdentityCheck::Employer].into_iter().collect();
    let verified = tick(&mut uow, &mut request, &facts, &both, None)?;
    request.reason = None;
    save(&mut uow, &request, from).await?;
    replies::withdraw_draft(&mut uow, &request).await?;
    uow.record(note(verified, facts.member.as_ref())).await?;
    let verified = VerifiedRequest::check(&mut uow, ctx, &request.receipt).await?;
    Ok(notice(uow, ctx, &allowed, verified, None).await?.1)
}

/// L7: the same as [`queue`] for a script, which names member and request. Answers what became of the card.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn queue_for(
    ctx: &AppContext,
    actor: &Actor,
    receipt: &str,
    key: &MemberKey,
    follow_up_on: Option<NaiveDate>,
) -> Result<AskedCard, Error> {
    let allowed = may_queue(actor)?;
    let mut uow = ctx.begin(&allowed).await?;
    let verified = VerifiedRequest::of(&mut uow, ctx, receipt, key).await?;
    Ok(notice(uow, ctx, &allowed, verified, follow_up_on).await?.0)
}

async fn notice(
    mut uow: UnitOfWork,
    ctx: &AppContext,
    allowed: &Allowed,
    verified: VerifiedRequest,
    follow_up_on: Option<NaiveDate>,
) -> Result<(AskedCard, RequestView), Error> {
    let asked = cards::ask_login(&mut uow, &verified).await?;
    let key = verified.member().key();
    let mut request = verified.into_request();
    request.follow_up_on = match (asked.held, follow_up_on) {
        (None, _) => None,
        (Some(_), Some(day)) => Some(not_past(&uow, day)?),
        (Some(why), None) => return Err(RequestRefusal::FollowUpNeeded { receipt: request.receipt, why }.into()),
    };
    request.card_id = Some(asked.card);
    settled(&mut request, &uow);
    save(&mut uow, &request, RequestState::Verifying).await?;
    let queued = AuditEvent::RequestQueued { receipt: request.receipt.clone(), card: asked.card };
    Ok((asked, commit_and_show(uow, ctx, allowed, queued.on(&key), request).await?))
}

fn not_past(uow: &UnitOfWork, given: NaiveDate) -> Result<NaiveDate, NoteRefusal> {
    NoteRefusal::follow_up(given, uow.today())
}

/// 保留, with a reason, a reply and the day on which it goes on.
///
/// # Errors
/// [`RequestRefusal::FollowUpNeeded`] where the member's cards have no route and no day is given.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn hold(ctx: &AppContext, actor: &Actor, receipt: &str, why: &Settlement) -> Result<RequestView, Error> {
    let Begun { mut uow, mut request, from, reply } = begin(ctx, actor, receipt, why, RequestStep::Hold).await?;
    let obstacle = CaseFacts::read(&mut uow, ctx, &request).await?.route.and_then(|route| route.obstacle);
    request.follow_up_on = Some(match (why.follow_up_on, obstacle) {
        (Some(day), _) => not_past(&uow, day)?,
        (None, Some(why)) => return Err(RequestRefusal::FollowUpNeeded { receipt: request.receipt, why }.into()),
        (None, None) => usual_follow_up(ctx),
    });
    request.assignee.get_or_insert_with(|| uow.staff().to_owned());
    let (receipt, ground) = (request.receipt.clone(), why.ground);
    let begun = Begun { uow, request, from, reply };
    end(ctx, actor, begun, why.language, AuditEvent::RequestHeld { receipt, ground }).await
}

/// 却下, with a reason and a reply.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn reject(ctx: &AppContext, actor: &Actor, receipt: &str, why: &Settlement) -> Result<RequestView, Error> {
    let mut begun = begin(ctx, actor, receipt, why, RequestStep::Reject).await?;
    settled(&mut begun.request, &begun.uow);
    let (receipt, ground) = (begun.request.receipt.clone(), why.ground);
    end(ctx, actor, begun, why.language, AuditEvent::RequestRejected { receipt, ground }).await
}

/// 回答: nothing is sent; with a reason and a reply.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn answer(ctx: &AppContext, actor: &Actor, receipt: &str, why: &Settlement) -> Result<RequestView, Error> {
    let mut begun = begin(ctx, actor, receipt, why, RequestStep::Answer).await?;
    settled(&mut begun.request, &begun.uow);
    let (receipt, ground) = (begun.request.receipt.clone(), why.ground);
    end(ctx, actor, begun, why.language, AuditEvent::RequestAnswered { receipt, ground }).await
}

/// A request that has made its step, and is not stored yet.
struct Begun {
    uow: UnitOfWork,
    request: Request,
    from: RequestState,
    /// What the sender is told.
    reply: String,
}

/// Steps a request, with its ground and its reply.
async fn begin(
    ctx: &AppContext,
    actor: &Actor,
    receipt: &str,
    why: &Settlement,
    by: RequestStep,
) -> Result<Begun, Error> {
    let allowed = actor.allowed(Permission::Requests)?;
    if !why.ground.fits(by) {
        return Err(RequestRefusal::WrongGround { ground: why.ground, step: by }.into());
    }
    let mut uow = ctx.begin(&allowed).await?;
    let mut request = get(&mut uow, receipt).await?;
    let from = request.state();
    step(&mut request, by)?;
    if why.ground.discloses() {
        let member = identified(&mut uow, ctx, &request).await?;
        must_be_true(&mut uow, why.ground, &request, &member).await?;
    }
    let section = why.section.filter(|_| why.ground == Ground::OtherInquiry);
    request.reason = Some(why.ground.code().to_owned());
    request.refer(section);
    let detail = match why.ground {
        Ground::OtherInquiry => section.map_or(ReplyDetail::None, ReplyDetail::Section),
        Ground::Arranged => planned(&mut uow, &request).await?.map_or(ReplyDetail::None, ReplyDetail::Planned),
        _ => ReplyDetail::None,
    };
    let reply = words(ctx, why, detail)?;
    Ok(Begun { uow, request, from, reply })
}

/// Refuses a reply that the registry contradicts.
async fn must_be_true(uow: &mut UnitOfWork, ground: Ground, request: &Request, member: &Member) -> Result<(), Error> {
    let (today, ids) = (uow.today(), [member.id]);
    let account = store::account::open_of(uow, member.id).await?;
    let notice = store::request::notices(uow, &ids).await?.pop();
    let has_later_number = !store::person::followed_among(uow, &ids, today).await?.is_empty();
    let (account, notice) = (account.as_ref(), notice.as_ref());
    match (MemberStanding { member, today, account, notice, has_later_number }).holds_true(ground, request) {
        true => Ok(()),
        false => Err(RequestRefusal::UntrueGround { receipt: request.receipt.clone(), ground }.into()),
    }
}

/// When the member's notice that is under way is to be sent.
async fn planned(uow: &mut UnitOfWork, request: &Request) -> Result<Option<NaiveDate>, Error> {
    let members: Vec<i64> = request.member_id.into_iter().collect();
    let notices = store::request::notices(uow, &members).await?;
    Ok(notices.last().filter(|notice| notice.dispatched_on.is_none()).and_then(|notice| notice.planned_on))
}

/// Stores the decision, with its reply as a draft in the outbox.
async fn end(
    ctx: &AppContext,
    actor: &Actor,
    begun: Begun,
    language: Language,
    event: AuditEvent,
) -> Result<RequestView, Error> {
    let Begun { mut uow, request, from, reply } = begun;
    save(&mut uow, &request, from).await?;
    replies::draft(&mut uow, &request, language, &reply).await?;
    let member = member_of(&mut uow, &request).await?;
    let allowed = actor.allowed(Permission::Requests)?;
    commit_and_show(uow, ctx, &allowed, note(event, member.as_ref()), request).await
}

/// The clerk's own words, or those that are proposed.
fn words(ctx: &AppContext, why: &Settlement, detail: ReplyDetail) -> Result<String, Error> {
    let own = why.reply.as_deref().map(text::plain_lines).filter(|reply| !reply.trim().is_empty());
    match own {
        Some(reply) => Ok(reply),
        None => {
            let society = ctx.settings.society_words();
            let speech = Speech { language: why.language, today: ctx.clock.today(), society: &society };
            Ok(replies::usable_texts(ctx)?.reply(why.ground, detail, speech))
        }
    }
}

/// Notes who settled it and when. A day on which it was to go on is over.
pub(super) fn settled(request: &mut Request, uow: &UnitOfWork) {
    request.settled_by = Some(uow.staff().to_owned());
    request.settled_at = Some(uow.now());
    if request.state() != RequestState::Queued {
        request.follow_up_on = None;
    }
}
