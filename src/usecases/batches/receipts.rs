//! 受領書と返戻 (B9, B10).

use super::undelivered::{self, Undelivered};
use super::{get, out_of_place};
use crate::domain::{
    BatchNumber, BatchState, CardKind, CardStep, DeadReason, Permission, PromiseKind, Reason, ReturnReason, coded,
};
use crate::store::feed::{Instruction, Operation};
use crate::store::{self, Tx, bundle::Bundle, card::Card, member::Member, promise::By};
use crate::usecases::audit::{AuditEvent, CardRef};
use crate::usecases::card_steps::{self, batch_of, revoke};
use crate::usecases::promises::{self, NextStep};
use crate::usecases::refusal::{BatchAct, BatchRefusal};
use crate::usecases::{Actor, AppContext, Error, Refusal, UnitOfWork, known};
use chrono::NaiveDate;

/// The day of a receipt.
#[derive(Debug, Clone, Copy)]
pub enum ReceiptDay<'a> {
    /// It came back on this day; where none is given, on the day that is recorded already, or today.
    Came(Option<NaiveDate>),
    /// The recorded day was wrong, for this reason.
    Corrected(NaiveDate, &'a Reason),
}

/// Notes that an employer's receipt came back, and which cards could not be handed over (B15); the serials of those.
///
/// # Errors
/// [`BatchRefusal::ReceiptKnown`] where another day is recorded, and this is no correction.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn receipt(
    ctx: &AppContext,
    actor: &Actor,
    number: &BatchNumber,
    employer: &str,
    day: ReceiptDay<'_>,
    undelivered: &[Undelivered],
) -> Result<Vec<String>, Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::Batches)?).await?;
    let batch = get(&mut uow, number).await?;
    let (BatchState::Dispatched, Some(sent)) = (batch.state(), batch.dispatched_on) else {
        return Err(out_of_place(&batch, BatchAct::Receipt));
    };
    let found = known::employer(&mut uow, employer).await?;
    let no_parcel = || BatchRefusal::NoParcel { batch: number.clone(), employer: found.record.code_shown.clone() };
    let known = store::bundle::receipt_of(&mut uow, batch.id, found.id).await?.ok_or_else(no_parcel)?;
    let today = ctx.clock.today();
    let employer = found.record.code;
    let (on, event) = match (day, known) {
        (ReceiptDay::Came(Some(on)), Some(known)) if on != known => {
            return Err(BatchRefusal::ReceiptKnown { batch: number.clone(), employer, on: known }.into());
        }
        (ReceiptDay::Corrected(on, reason), Some(before)) if on != before => {
            (on, AuditEvent::ReceiptCorrected { employer, before, on, reason: reason.into() })
        }
        (ReceiptDay::Corrected(on, _), _) => (on, AuditEvent::ReceiptRecorded { employer, on }),
        (ReceiptDay::Came(given), known) => {
            let on = given.or(known).unwrap_or(today);
            (on, AuditEvent::ReceiptRecorded { employer, on })
        }
    };
    if !(sent..=today).contains(&on) {
        return Err(Refusal::BadDay { given: on, earliest: sent, latest: today }.into());
    }
    store::bundle::receipt(&mut uow, batch.id, found.id, on).await?;
    let noted = undelivered::note(&mut uow, &batch, found.id, on, undelivered).await?;
    uow.commit(event.batch(number)).await?;
    Ok(noted)
}

/// Notes that every missing receipt of a batch came back on one day; of which employers.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn all_receipts(
    ctx: &AppContext,
    actor: &Actor,
    number: &BatchNumber,
    on: Option<NaiveDate>,
) -> Result<Vec<String>, Error> {
    let batch = get(&mut ctx.read(&actor.allowed(Permission::Batches)?).await?, number).await?;
    if batch.state() != BatchState::Dispatched {
        return Err(out_of_place(&batch, BatchAct::Receipt));
    }
    let missing = missing(ctx, actor).await?.into_iter().filter(|line| line.bundle.batch == *number);
    let mut came = Vec::new();
    for line in missing {
        receipt(ctx, actor, number, &line.bundle.employer, ReceiptDay::Came(on), &[]).await?;
        came.push(line.bundle.employer);
    }
    Ok(came)
}

coded! {
    /// Whether a missing receipt is late.
    pub enum Due {
        /// The receipt has not come back yet.
        Awaited = "awaited",
        /// After `policy.receipt_days` business days.
        Overdue = "overdue",
    }
}

/// A parcel whose receipt is missing.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Missing {
    /// The parcel, with the contact to ask.
    #[serde(flatten)]
    pub bundle: Bundle,
    /// Business days since the dispatch.
    pub waited: u32,
    /// Whether that is too long.
    pub due: Due,
}

/// Every parcel whose receipt is missing, oldest first.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn missing(ctx: &AppContext, actor: &Actor) -> Result<Vec<Missing>, Error> {
    missing_in(&mut ctx.read(&actor.allowed(Permission::Look)?).await?, ctx).await
}

async fn missing_in(tx: &mut Tx, ctx: &AppContext) -> Result<Vec<Missing>, Error> {
    let today = ctx.clock.today();
    let tomorrow = today + chrono::Days::new(1);
    let bundles = store::bundle::without_receipt(tx, tomorrow).await?;
    let line = |bundle: Bundle| {
        let waited = bundle.dispatched_on.map_or(0, |sent| ctx.workdays.waited(sent, today));
        let due = if waited > ctx.settings.receipt_days { Due::Overdue } else { Due::Awaited };
        Missing { bundle, waited, due }
    };
    Ok(bundles.into_iter().map(line).collect())
}

/// Bundles whose receipt is missing for longer than `policy.receipt_days` business days, oldest first.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn overdue(ctx: &AppContext, actor: &Actor) -> Result<Vec<Bundle>, Error> {
    overdue_in(&mut ctx.read(&actor.allowed(Permission::Look)?).await?, ctx).await
}

/// The same among other questions.
pub(in crate::usecases) async fn overdue_in(tx: &mut Tx, ctx: &AppContext) -> Result<Vec<Bundle>, Error> {
    let missing = missing_in(tx, ctx).await?;
    Ok(missing.into_iter().filter(|line| line.due == Due::Overdue).map(|line| line.bundle).collect())
}

/// A card that was sent, as one is told before its return is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundCard {
    /// はがき番号 as printed.
    pub serial: String,
    /// What it carries.
    pub kind: CardKind,
    /// Whose: the member's key.
    pub member: String,
    /// 氏名
    pub name: String,
    /// Where it went.
    pub to: String,
    /// 発送日
    pub dispatched_on: Option<NaiveDate>,
    /// Why its password is dead already, if it is.
    pub dead: Option<DeadReason>,
}

/// B10: the dispatched card with this serial, to be shown before it is recorded as returned.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn find(ctx: &AppContext, actor: &Actor, serial: &str) -> Result<FoundCard, Error> {
    let mut tx = ctx.read(&actor.allowed(Permission::Batches)?).await?;
    let (mut card, member) = by_serial(&mut tx, serial).await?;
    let (kind, dispatched_on, dead) = (card.kind, card.dispatched_on, dead(&mut tx, &card).await?);
    card_steps::step_or_told(&mut tx, ctx, &mut card, CardStep::Return).await?;
    let to = match (card.one_off_id, card.employer_id) {
        (Some(id), _) => store::one_off::get(&mut tx, id).await?.map(|to| to.addressee),
        (None, Some(id)) => store::employer::get(&mut tx, id).await?.map(|employer| employer.record.name),
        (None, None) => None,
    };
    Ok(FoundCard {
        serial: card.serial.unwrap_or_default(),
        kind,
        member: member.key(),
        name: member.name,
        to: to.unwrap_or_default(),
        dispatched_on,
        dead,
    })
}

async fn by_serial(tx: &mut Tx, serial: &str) -> Result<(Card, Member), Error> {
    let serial = crate::text::nfkc(serial).to_uppercase();
    let unknown = || BatchRefusal::SerialUnknown(serial.clone());
    let card = store::card::by_serial(tx, serial.trim()).await?.ok_or_else(unknown)?;
    let member = store::member::get(tx, card.member_id).await?.ok_or_else(unknown)?;
    Ok((card, member))
}

/// Why the password of a card that was sent counts no more, if so. A login password that the member has chosen since the
/// portal was told of the notice is the member's own (A8): the notice's is dead by that, and nothing else says so.
pub(in crate::usecases) async fn dead(tx: &mut Tx, card: &Card) -> Result<Option<DeadReason>, Error> {
    if let (CardKind::Login, None, Some(batch)) = (card.kind, card.dead(), card.batch_id) {
        let changed_at = store::account::get(tx, card.account_id).await?.and_then(|account| account.login_changed_at);
        let told_at = store::batch::get(tx, batch).await?.and_then(|batch| batch.dispatched_at);
        let own = changed_at.zip(told_at).is_some_and(|(changed, told)| changed > told);
        return Ok(own.then_some(DeadReason::SelfChanged));
    }
    Ok(card.dead())
}

/// What is known of a card that came back, and who sees to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnFacts {
    /// 返戻の理由
    pub reason: ReturnReason,
    /// When the member or the employer is called; after `policy.promise_days` where not given.
    pub next: Option<NaiveDate>,
    /// Staff ID of who does; who records it where not given.
    pub owner: Option<String>,
}

impl Default for ReturnFacts {
    fn default() -> Self {
        Self { reason: ReturnReason::Other, next: None, owner: None }
    }
}

/// A card that came back.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Returned {
    /// はがき番号 as printed.
    pub serial: String,
    /// The key of the member.
    pub member: String,
    /// 返戻の理由
    pub reason: ReturnReason,
    /// When the member or the employer is called; nothing where the password had ended before.
    pub next: Option<NaiveDate>,
    /// Staff ID of who does.
    pub owner: Option<String>,
}

/// B10, P1: a dispatched card came back: its password is revoked, unless the member has an own one by now, and what it was
/// to bring is owed again, with a date and an owner. The request that a login notice answered is open again.
///
/// # Errors
/// [`Refusal::Promise`] where the date is past or the owner unknown.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn returned(ctx: &AppContext, actor: &Actor, serial: &str, how: ReturnFacts) -> Result<Returned, Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::Batches)?).await?;
    let (mut card, member) = by_serial(&mut uow, serial).await?;
    let serial = card.serial.clone().unwrap_or_default();
    let unknown = || BatchRefusal::SerialUnknown(serial.clone());
    let account = store::account::get(&mut uow, card.account_id).await?.ok_or_else(unknown)?;
    let from = card.state();
    let dead = dead(&mut uow, &card).await?;
    card_steps::step_or_told(&mut uow, ctx, &mut card, CardStep::Return).await?;
    let today = ctx.clock.today();
    card.returned_on = Some(today);
    card.return_reason = Some(how.reason.code().to_owned());
    let mut done = Returned { serial, member: member.key(), reason: how.reason, next: None, owner: None };
    if card.dead().is_none() {
        revoke(&mut card, dead.unwrap_or(DeadReason::Returned), today);
    }
    if dead.is_none() {
        let mut revoke = Instruction::new(Operation::Revoke, Some(card.kind), &member, ctx.clock.now(), today);
        revoke.login_id = account.login_id;
        store::feed::append(&mut uow, &[revoke]).await?;
        store::card::reopen_requests(&mut uow, &[card.id]).await?;
        (done.next, done.owner) = owe_again(&mut uow, ctx, &card, how).await?;
    }
    card_steps::save(&mut uow, &card, from).await?;
    let batch = batch_of(&mut uow, &card).await?;
    let returned = AuditEvent::CardReturned { card: CardRef::from(&card), reason: Some(done.reason) };
    uow.commit(returned.on(member.key()).in_batch(batch.as_ref())).await?;
    Ok(done)
}

/// Says who sees to the card that came back, and when.
async fn owe_again(
    uow: &mut UnitOfWork,
    ctx: &AppContext,
    card: &Card,
    how: ReturnFacts,
) -> Result<(Option<NaiveDate>, Option<String>), Error> {
    let kind = match card.kind {
        CardKind::Viewing => PromiseKind::Viewing,
        CardKind::Login => PromiseKind::Login,
    };
    let on = how.next.unwrap_or_else(|| ctx.workdays.after(ctx.clock.today(), ctx.settings.promise_days));
    let step = NextStep { on, owner: how.owner, note: String::new() };
    let said = promises::said(uow, card.member_id, kind, step).await?;
    let (by, at) = (uow.staff().to_owned(), uow.now());
    store::promise::say(uow, &said, By { staff: &by, at }).await?;
    Ok((said.next_on, said.owner))
}
