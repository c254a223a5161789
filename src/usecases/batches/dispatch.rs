//! 発送確定: the gate (B7), and the one transaction that makes passwords valid (B8).

use super::gate::to_pull;
use super::in_hand::{letters_must_fit, pulled_serials, remake_is_open};
use super::{files, get, save, step};
use crate::domain::{BatchNumber, BatchStep, CardState, CardStep, DeadReason, Permission};
use crate::store::card::Card;
use crate::store::{self, Tx, batch::Batch, promise::By};
use crate::usecases::audit::{AuditEvent, CardRef};
use crate::usecases::card_steps::{self, batch_of, revoke};
use crate::usecases::context::Before;
use crate::usecases::installation::must_be_own;
use crate::usecases::refusal::BatchRefusal;
use crate::usecases::{Actor, AppContext, Error, Refusal, UnitOfWork};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};

/// A finished dispatch.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Dispatched {
    /// Number of the dispatched batch.
    pub batch: BatchNumber,
    /// From which day the passwords count.
    pub on: NaiveDate,
    /// Cards on their way.
    pub cards: usize,
    /// はがき番号 of the cards that were pulled.
    pub pulled: Vec<String>,
    /// Files with passwords that were destroyed (S4).
    pub destroyed: usize,
    /// The one that could not be, and why: it is tried again at every start until it is gone (B8).
    pub not_destroyed: Option<String>,
}

/// Confirms that the batch was handed to the carrier on `on` (today where not given). Every card of the gate must be among
/// `pulled`; others may be, too, and are void then.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn dispatch(
    ctx: &AppContext,
    actor: &Actor,
    number: &BatchNumber,
    on: Option<NaiveDate>,
    pulled: &str,
) -> Result<Dispatched, Error> {
    let allowed = actor.allowed(Permission::Batches)?;
    let mut before = Before::default();
    let (mut uow, Ready { mut batch, on, pulled, out, sent, bundles }) = loop {
        let mut tx = ctx.read_before(&allowed, &mut before).await?;
        let ready = ready(&mut tx, ctx, number, on, pulled).await?;
        drop(tx);
        if let Some(uow) = ctx.begin_where_unchanged(&allowed, &before).await? {
            break (uow, ready);
        }
    };
    for (card, why) in out {
        pull(&mut uow, card, why).await?;
    }
    let left = sent.len() as u64;
    let ends_on = ctx.settings.login_notice_ends(on);
    activate(&mut uow, sent, on, ends_on).await?;
    store::bundle::recount(&mut uow, batch.id, &bundles).await?;
    batch.dispatched_by = Some(actor.id.clone());
    batch.dispatched_at = Some(ctx.clock.now());
    batch.dispatched_on = Some(on);
    save(&mut uow, &batch).await?;
    let dispatched = AuditEvent::BatchDispatched { on, cards: left, pulled: pulled.len() as u64 };
    uow.commit(dispatched.batch(number)).await?;

    // From here on the dispatch is a fact: a file that stays is reported beside it, not instead of it.
    let (destroyed, not_destroyed) = files::destroy_expired(ctx, &allowed).await;
    let cards = usize::try_from(left).unwrap_or(0);
    Ok(Dispatched { batch: number.clone(), on, cards, pulled, destroyed, not_destroyed })
}

/// A batch that may be dispatched.
struct Ready {
    batch: Batch,
    on: NaiveDate,
    /// Serials of the cards that are pulled.
    pulled: Vec<String>,
    /// Cards that are pulled, and what their passwords die of.
    out: Vec<(Card, DeadReason)>,
    /// Cards on their way.
    sent: Vec<Card>,
    /// Cards of each employer.
    bundles: BTreeMap<i64, i64>,
}

async fn ready(
    tx: &mut Tx,
    ctx: &AppContext,
    number: &BatchNumber,
    on: Option<NaiveDate>,
    pulled: &str,
) -> Result<Ready, Error> {
    must_be_own(tx, ctx).await?;
    let mut batch = get(tx, number).await?;
    step(tx, ctx, &mut batch, BatchStep::Dispatch).await?;
    let on = day(ctx, &batch, on)?;
    let print_job = store::card::of_batch(tx, batch.id).await?;
    let pulled = pulled_serials(number, &print_job, pulled)?;
    if remake_is_open(&print_job) {
        return Err(BatchRefusal::RemakeOpen(number.clone()).into());
    }
    let gate = to_pull(tx, ctx, &batch, on).await?;
    let missing: Vec<String> =
        gate.iter().filter(|card| !pulled.contains(&card.serial)).map(|card| card.serial.clone()).collect();
    if !missing.is_empty() {
        return Err(BatchRefusal::MustPull(missing).into());
    }
    let reasons: BTreeMap<&str, DeadReason> =
        gate.iter().map(|card| (card.serial.as_str(), card.reason().ends_as())).collect();

    // An employer whose cards were all spoiled or pulled gets no parcel, and no receipt is waited for (B9).
    let mut bundles: BTreeMap<i64, i64> = print_job.iter().filter_map(|card| Some((card.employer_id?, 0))).collect();
    let printed = print_job.into_iter().filter(|card| card.state() == CardState::Printed);
    let (out, sent): (Vec<Card>, Vec<Card>) =
        printed.partition(|card| card.serial.as_ref().is_some_and(|serial| pulled.contains(serial)));
    letters_must_fit(tx, &batch, &sent.iter().map(|card| card.id).collect(), &pulled).await?;
    for employer in sent.iter().filter_map(|card| card.employer_id) {
        *bundles.entry(employer).or_default() += 1;
    }
    let with_reason = |card: Card| {
        let why = card.serial.as_deref().and_then(|serial| reasons.get(serial)).copied();
        (card, why.unwrap_or(DeadReason::ByHand))
    };
    let pulled = out.iter().filter_map(|card| card.serial.clone()).collect();
    let out = out.into_iter().map(with_reason).collect();
    Ok(Ready { batch, on, pulled, out, sent, bundles })
}

/// V5: not before the printed date, not in the future.
fn day(ctx: &AppContext, batch: &Batch, on: Option<NaiveDate>) -> Result<NaiveDate, Refusal> {
    let today = ctx.clock.today();
    let planned = batch.planned_on.unwrap_or(today);
    if today < planned {
        return Err(BatchRefusal::TooEarly { batch: batch.number.clone(), planned }.into());
    }
    let on = on.unwrap_or(today);
    let fits = (planned..=today).contains(&on);
    if fits { Ok(on) } else { Err(Refusal::BadDay { given: on, earliest: planned, latest: today }) }
}

/// B7: out of the pile; its password stays dead.
async fn pull(uow: &mut UnitOfWork, mut card: Card, reason: DeadReason) -> Result<(), Error> {
    card_steps::step(&mut card, CardStep::Pull)?;
    card.hash = None;
    if card.dead().is_none() {
        revoke(&mut card, reason, uow.today());
    }
    card_steps::save(uow, &card, CardState::Printed).await?;
    let Some(member) = store::member::get(uow, card.member_id).await? else { return Ok(()) };
    let batch = batch_of(uow, &card).await?;
    let dead = AuditEvent::CardDead { card: CardRef::from(&card), reason, step: Some(CardStep::Pull) };
    uow.record(dead.on(member.key()).in_batch(batch.as_ref())).await
}

/// V1, L2: from now on the passwords of these cards count, and no earlier ones of their kinds.
async fn activate(uow: &mut UnitOfWork, mut cards: Vec<Card>, on: NaiveDate, ends_on: NaiveDate) -> Result<(), Error> {
    for card in &mut cards {
        card_steps::step(card, CardStep::Dispatch)?;
    }
    card_steps::dispatch_all(uow, &cards, on, ends_on).await?;
    let ids: Vec<i64> = cards.iter().map(|card| card.id).collect();
    let earlier = store::card::superseded(uow, &ids).await?;
    supersede(uow, earlier, on).await?;
    store::card::settle_requests(uow, &ids).await?;
    let (by, now) = (uow.staff().to_owned(), uow.now());
    store::promise::keep(uow, &ids, By { staff: &by, at: now }).await?;
    store::feed::activate(uow, &ids, now, on).await?;
    Ok(())
}

/// L2: the passwords of these earlier cards are dead.
async fn supersede(uow: &mut UnitOfWork, mut earlier: Vec<Card>, on: NaiveDate) -> Result<(), Error> {
    let reason = DeadReason::Superseded;
    earlier.iter_mut().for_each(|card| revoke(card, reason, on));
    card_steps::save_all(uow, &earlier, CardState::Dispatched).await?;
    let members: Vec<i64> = earlier.iter().map(|card| card.member_id).collect();
    let members = store::member::by_ids(uow, &members).await?;
    let keys: HashMap<i64, String> = members.iter().map(|member| (member.id, member.key())).collect();
    let batches: Vec<i64> = earlier.iter().filter_map(|card| card.batch_id).collect();
    let batches: HashMap<i64, String> = store::batch::numbers(uow, &batches).await?.into_iter().collect();
    let dead = |card: &Card| {
        let batch = card.batch_id.and_then(|id| BatchNumber::parse(batches.get(&id)?));
        let dead = AuditEvent::CardDead { card: CardRef::from(card), reason, step: None };
        Some(dead.on(keys.get(&card.member_id)?.clone()).in_batch(batch.as_ref()))
    };
    let notes: Vec<_> = earlier.iter().filter_map(dead).collect();
    if notes.is_empty() { Ok(()) } else { uow.record_all(notes).await }
}
