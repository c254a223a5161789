//! The identity check, and pointing a request at another member.

use super::facts::CaseFacts;
use super::view::{RequestView, commit_and_show};
use super::{RequestRefusal, get, note, save, step};
use crate::domain::request::{Checklist, Evidence, IdentityCheck, NumberSource, RequestStep, is_same_number};
use crate::domain::{MemberKey, Permission, Reason};
use crate::store::request::Request;
use crate::usecases::audit::AuditEvent;
use crate::usecases::{Actor, AppContext, Error, UnitOfWork, known, replies};

/// Stores which checks were made, who made them and when. `called` is the number that was called back; where it is not
/// given, the sender's own if it is known, or the only known one.
///
/// # Errors
/// [`RequestRefusal::NoEvidence`] for a tick without evidence, [`RequestRefusal::UnknownNumber`] for a call back at
/// a number that only the sender knows.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn verify(
    ctx: &AppContext,
    actor: &Actor,
    receipt: &str,
    checked: &Checklist,
    called: Option<&str>,
) -> Result<RequestView, Error> {
    let allowed = actor.allowed(Permission::Requests)?;
    let mut uow = ctx.begin(&allowed).await?;
    let mut request = get(&mut uow, receipt).await?;
    let from = request.state();
    step(&mut request, RequestStep::Verify)?;
    let facts = CaseFacts::read(&mut uow, ctx, &request).await?;
    let verified = tick(&mut uow, &mut request, &facts, checked, called)?;
    request.reason = None;
    save(&mut uow, &request, from).await?;
    replies::withdraw_draft(&mut uow, &request).await?;
    commit_and_show(uow, ctx, &allowed, note(verified, facts.member.as_ref()), request).await
}

/// Ticks what there is evidence for; what a supervisor let pass stays.
pub(super) fn tick(
    uow: &mut UnitOfWork,
    request: &mut Request,
    facts: &CaseFacts,
    checked: &Checklist,
    called: Option<&str>,
) -> Result<AuditEvent, Error> {
    let let_pass = request.let_pass();
    let ticked: Vec<IdentityCheck> =
        IdentityCheck::ALL.iter().copied().filter(|check| checked.has(*check) && !let_pass.has(*check)).collect();
    let basis = facts.basis();
    let unbacked: Vec<(IdentityCheck, Evidence)> =
        ticked.iter().map(|check| (*check, basis.of(*check))).filter(|(_, of)| *of != Evidence::Confirmed).collect();
    if !unbacked.is_empty() {
        return Err(RequestRefusal::NoEvidence { receipt: request.receipt.clone(), checks: unbacked }.into());
    }
    let number = match ticked.contains(&IdentityCheck::CallBack) {
        true => Some(number(request, facts, called)?),
        false => None,
    };
    request.called = number.as_ref().map(|(number, _)| number.clone());
    request.checked = ticked.iter().copied().collect::<Checklist>().codes();
    request.checked_by = Some(uow.staff().to_owned());
    request.checked_at = Some(uow.now());
    request.assignee.get_or_insert_with(|| uow.staff().to_owned());
    let at = number.map(|(_, source)| source);
    Ok(AuditEvent::RequestVerified { receipt: request.receipt.clone(), checks: ticked, at })
}

/// The number of a call back, and who has it.
fn number(
    request: &Request,
    facts: &CaseFacts,
    called: Option<&str>,
) -> Result<(String, NumberSource), RequestRefusal> {
    let known = |number: &str| facts.numbers.iter().find(|known| is_same_number(&known.number, number));
    let found = match called {
        Some(number) => known(number),
        None => request
            .called
            .as_deref()
            .and_then(known)
            .or_else(|| known(&request.phone))
            .or_else(|| facts.numbers.first().filter(|_| facts.numbers.len() == 1)),
    };
    found.map(|known| (known.number.clone(), known.source)).ok_or_else(|| RequestRefusal::UnknownNumber {
        receipt: request.receipt.clone(),
        number: called.map(str::to_owned),
        known: facts.numbers.iter().map(|known| known.number.clone()).collect(),
    })
}

/// a supervisor lets checks pass for which there is no evidence, with a reason that stays with the request.
///
/// # Errors
/// [`RequestRefusal::NoMember`] before it is known whose request it is, and
/// [`RequestRefusal::NothingToOverride`] where every check that was named has its evidence.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn let_pass(
    ctx: &AppContext,
    actor: &Actor,
    receipt: &str,
    checks: &Checklist,
    reason: &Reason,
) -> Result<RequestView, Error> {
    let allowed = actor.allowed(Permission::Release)?;
    let reason = String::from(reason);
    let mut uow = ctx.begin(&allowed).await?;
    let mut request = get(&mut uow, receipt).await?;
    let from = request.state();
    step(&mut request, RequestStep::Verify)?;
    let facts = CaseFacts::read(&mut uow, ctx, &request).await?;
    if facts.member.is_none() {
        return Err(RequestRefusal::NoMember(request.receipt).into());
    }
    let lacks = |check: &IdentityCheck| checks.has(*check) && facts.basis().of(*check) != Evidence::Confirmed;
    // A call back to a known number is possible, and was not made: a supervisor may let that pass, too.
    let not_called = |check: &IdentityCheck| checks.has(*check) && *check == IdentityCheck::CallBack;
    let checks: Vec<IdentityCheck> =
        IdentityCheck::ALL.iter().copied().filter(|check| lacks(check) || not_called(check)).collect();
    if checks.is_empty() {
        return Err(RequestRefusal::NothingToOverride(request.receipt).into());
    }
    let before = request.let_pass();
    let all = IdentityCheck::ALL.iter().copied().filter(|check| before.has(*check) || checks.contains(check));
    request.overridden = all.collect::<Checklist>().codes();
    request.override_reason = Some(reason.clone());
    request.override_by = Some(uow.staff().to_owned());
    request.override_at = Some(uow.now());
    request.reason = None;
    save(&mut uow, &request, from).await?;
    replies::withdraw_draft(&mut uow, &request).await?;
    let passed = AuditEvent::RequestLetPass { receipt: request.receipt.clone(), checks, reason };
    commit_and_show(uow, ctx, &allowed, note(passed, facts.member.as_ref()), request).await
}

/// The clerk has found the right member: what was checked before, was checked against another, and so was a hold.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn choose(ctx: &AppContext, actor: &Actor, receipt: &str, key: &MemberKey) -> Result<RequestView, Error> {
    let allowed = actor.allowed(Permission::Requests)?;
    let mut uow = ctx.begin(&allowed).await?;
    let mut request = get(&mut uow, receipt).await?;
    let member = known::member(&mut uow, key).await?;
    let from = request.state();
    step(&mut request, RequestStep::Verify)?;
    request.member_id = Some(member.id);
    request.uncheck();
    request.reason = None;
    request.assignee.get_or_insert_with(|| uow.staff().to_owned());
    // The draft was about the other: its end is an entry of that member.
    replies::withdraw_draft(&mut uow, &request).await?;
    save(&mut uow, &request, from).await?;
    let matched = AuditEvent::RequestMatched { receipt: request.receipt.clone() };
    commit_and_show(uow, ctx, &allowed, matched.on(member.key()), request).await
}
