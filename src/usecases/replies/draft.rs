//! Drafts: written with the decision about a request, changed until they are sent, withdrawn where the decision is.

use super::folder;
use super::line::ReplyLine;
use super::send::{about, get, refused, save};
use super::texts::usable_texts;
use crate::domain::Permission;
use crate::domain::diagnosis::Language;
use crate::domain::request::{ReplyStep, Withheld, given_away};
use crate::store::{self, request::Request};
use crate::text;
use crate::usecases::audit::AuditEvent;
use crate::usecases::refusal::ReplyRefusal;
use crate::usecases::{Actor, AppContext, Error, Refusal, UnitOfWork, routes};

/// The reply to a request that is held, rejected or answered; an earlier draft is withdrawn. Part of a larger change.
pub(in crate::usecases) async fn draft(
    uow: &mut UnitOfWork,
    request: &Request,
    language: Language,
    body: &str,
) -> Result<(), Error> {
    let body = checked(uow, request, body).await?;
    withdraw_draft(uow, request).await?;
    let (by, at) = (uow.staff().to_owned(), uow.now());
    store::reply::insert(uow, request.id, (language, &body), &by, at).await?;
    Ok(())
}

/// A draft whose request is decided in another way, or is open again, is not sent. What was exported may have been sent,
/// and stays for a clerk to say. Part of a larger change.
pub(in crate::usecases) async fn withdraw_draft(uow: &mut UnitOfWork, request: &Request) -> Result<(), Error> {
    let Some(mut reply) = store::reply::draft_of(uow, request.id).await? else { return Ok(()) };
    let (from, at) = (reply.state(), uow.now());
    reply.withdraw(None, at).map_err(refused(&reply.clone(), ReplyStep::Withdraw))?;
    save(uow, &reply, from).await?;
    let withdrawn = AuditEvent::ReplyWithdrawn { reply: reply.id, receipt: reply.receipt.clone() };
    uow.record(about(withdrawn, &reply)).await
}

/// Gives a reply other words. One that was exported is a draft again, and its mail file is removed.
///
/// # Errors
/// Empty words, and Q-8: [`ReplyRefusal::GivesAway`].
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn edit(ctx: &AppContext, actor: &Actor, reply: i64, body: &str) -> Result<ReplyLine, Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::Requests)?).await?;
    let mut found = get(&mut uow, reply).await?;
    let from = found.state();
    let request = store::request::get(&mut uow, found.request_id).await?;
    let request = request.ok_or(ReplyRefusal::Unknown(reply))?;
    let body = checked(&mut uow, &request, body).await?;
    let (before, at) = (found.clone(), uow.now());
    found.edit(body, &actor.id, at).map_err(refused(&before, ReplyStep::Edit))?;
    save(&mut uow, &found, from).await?;
    let edited = AuditEvent::ReplyEdited { reply, receipt: found.receipt.clone() };
    uow.commit(about(edited, &found)).await?;
    folder::remove(ctx, reply).await?;
    Ok(ReplyLine::of(ctx, &usable_texts(ctx)?, &found))
}

/// Words that may go to the sender.
async fn checked(uow: &mut UnitOfWork, request: &Request, body: &str) -> Result<String, Error> {
    let body = text::plain_lines(body);
    if body.trim().is_empty() {
        return Err(Refusal::EmptyText.into());
    }
    let member = match request.member_id {
        Some(id) => store::member::get(uow, id).await?,
        None => None,
    };
    let Some(member) = member else { return Ok(body) };
    let account = store::account::open_of(uow, member.id).await?;
    let today = uow.today();
    let route = routes::route_of(uow, today, &member).await?;
    let withheld = Withheld {
        login_id: account.as_ref().and_then(|account| account.login_id.as_deref()),
        mail: account.as_ref().and_then(|account| account.email.as_deref()),
        born_on: Some(member.born_on),
        address: route.employer.as_ref().map(|employer| employer.record.address1.as_str()),
    };
    let written = [request.name.as_str(), &request.employer, &request.email, &request.body].join("\n");
    let secrets = given_away(&body, &written, &withheld);
    match secrets.is_empty() {
        true => Ok(body),
        false => Err(ReplyRefusal::GivesAway { receipt: request.receipt.clone(), secrets }.into()),
    }
}
