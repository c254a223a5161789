//! Taking requests in, from the form's file or from a call.

use super::matching::candidates;
use super::recovered::recover;
use super::view::{RequestView, commit_and_show};
use super::{get, member_of, note, save};
use crate::domain::Permission;
use crate::domain::request::{Channel, Claim, RequestKind};
use crate::store;
use crate::store::request::{NewRequest, Request};
use crate::text;
use crate::usecases::audit::AuditEvent;
use crate::usecases::{Actor, AppContext, Error, Refusal, UnitOfWork};
use chrono::NaiveDate;

/// What became of it.
#[derive(Debug, Clone)]
pub enum Taken {
    /// Stored and matched.
    Added,
    /// the receipt number is known, with this.
    Known(Box<Request>),
}

/// Stores a request with the member that it fits. One of the form is a part of an import. L4: where that member has used
/// the login since the request was sent, it is closed at once.
pub async fn take(uow: &mut UnitOfWork, new: &NewRequest<'_>) -> Result<Taken, Error> {
    let member = candidates(uow, new.claim).await?.proposed;
    let inserted = store::request::insert(uow, new, member.as_ref().map(|member| member.id)).await?;
    let Some(id) = inserted else {
        return Ok(Taken::Known(Box::new(get(uow, new.receipt).await?)));
    };
    if let Some(member) = member
        && let Some(account) = store::account::open_of(uow, member.id).await?
        && let Some(mut request) = store::request::get(uow, id).await?
    {
        let from = request.state();
        if let Some(note) = recover(&mut request, &member, account.login_in_use_at(), uow.now())? {
            save(uow, &request, from).await?;
            uow.record(note).await?;
        }
    }
    Ok(Taken::Added)
}

/// No person of a register of today was born before the first year of the western calendar in Japan.
const EARLIEST_BIRTH: NaiveDate = match NaiveDate::from_ymd_opt(1873, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// A request made by phone.
#[derive(Debug, Clone, Default)]
pub struct IncomingCall {
    /// What the caller gave.
    pub claim: Claim,
    /// The number to call back.
    pub phone: String,
    /// What the caller said.
    pub body: String,
}

/// Stores a request made by phone: the same checks as for a form.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn take_call(ctx: &AppContext, actor: &Actor, call: &IncomingCall) -> Result<RequestView, Error> {
    let allowed = actor.allowed(Permission::Requests)?;
    let today = ctx.clock.today();
    if let Some(given) = call.claim.born_on.filter(|born| *born > today) {
        return Err(Refusal::BadDay { given, earliest: EARLIEST_BIRTH, latest: today }.into());
    }
    let mut uow = ctx.begin(&allowed).await?;
    let prefix = format!("P{}-", ctx.clock.today().format("%Y%m%d"));
    let number = store::request::count_with_prefix(&mut uow, &prefix).await? + 1;
    let receipt = format!("{prefix}{number:03}");
    let new = NewRequest {
        receipt: &receipt,
        received_at: ctx.clock.now(),
        channel: Channel::Phone,
        kind: RequestKind::LoginInfo,
        claim: &plain(&call.claim),
        phone: &text::plain_line(&call.phone),
        email: "",
        body: &text::plain_lines(&call.body),
    };
    take(&mut uow, &new).await?;
    let request = get(&mut uow, &receipt).await?;
    let member = member_of(&mut uow, &request).await?;
    let taken = note(AuditEvent::RequestTaken { receipt }, member.as_ref());
    commit_and_show(uow, ctx, &allowed, taken, request).await
}

fn plain(claim: &Claim) -> Claim {
    let line = |text: &str| text::plain_line(text).trim().to_owned();
    Claim {
        symbol: line(&claim.symbol),
        number: line(&claim.number),
        branch: line(&claim.branch),
        name: line(&claim.name),
        kana: line(&text::widen(&claim.kana)),
        born_on: claim.born_on,
        employer: line(&claim.employer),
    }
}
