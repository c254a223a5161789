//! 発送確定: the gate (B7), and the one transaction that makes passwords valid (B8).

use super::in_hand::{letters_must_fit, obstacle, remake_is_open, serials};
use super::{files, get, save, step};
use crate::domain::{BatchNumber, BatchStep, CardKind, CardState, CardStep, DeadReason, Permission};
use crate::store::card::{BatchCard, Card};
use crate::store::{self, batch::Batch, promise::By};
use crate::usecases::apart::{self, Delays};
use crate::usecases::audit::{AuditEvent, CardRef};
use crate::usecases::card_steps::{self, batch_of, revoke};
use crate::usecases::{Actor, AppContext, Error, Refusal, Settings, UnitOfWork};
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;

/// A card that must be pulled from the pile, and why.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Gate {
    /// はがき番号 as printed.
    pub serial: String,
    /// Whose: the member's key.
    pub member: String,
    /// 氏名, to find it by.
    pub name: String,
    /// 事業所名
    pub employer: String,
    /// Why the password of the card is dead.
    pub reason: DeadReason,
}

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

/// B7: which cards of a printed batch must be pulled, as things stand now.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn gate(ctx: &AppContext, actor: &Actor, number: &BatchNumber) -> Result<Vec<Gate>, Error> {
    let mut tx = ctx.read(&actor.allowed(Permission::Batches)?).await?;
    let batch = get(&mut tx, number).await?;
    let print_job = store::card::in_batch(&mut tx, batch.id).await?;
    let delays = apart::in_batch(&mut tx, ctx, &batch, ctx.clock.today()).await?;
    Ok(stopped(&print_job, &delays, ctx.clock.today()))
}

fn stopped(print_job: &[BatchCard], delays: &Delays, on: NaiveDate) -> Vec<Gate> {
    let printed = print_job.iter().filter(|card| card.state == CardState::Printed);
    let stopped = printed.filter_map(|card| {
        Some(Gate {
            serial: card.serial.clone()?,
            member: card.key.to_string(),
            name: card.name.clone(),
            employer: card.one_off.clone().or(card.employer_name.clone()).unwrap_or_default(),
            // S6: a card of the other kind is too close.
            reason: obstacle(card, on).or(delays.contains_key(&card.id).then_some(DeadReason::TooClose))?,
        })
    });
    stopped.collect()
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
    let mut uow = ctx.begin(&allowed).await?;
    let mut batch = get(&mut uow, number).await?;
    step(&mut uow, ctx, &mut batch, BatchStep::Dispatch).await?;
    let on = day(ctx, &batch, on)?;
    let print_job = store::card::of_batch(&mut uow, batch.id).await?;
    let pulled = serials(number, &print_job, pulled)?;
    if remake_is_open(&print_job) {
        return Err(Refusal::RemakeOpen(number.clone()).into());
    }
    let delays = apart::in_batch(&mut uow, ctx, &batch, on).await?;
    let gate = stopped(&store::card::in_batch(&mut uow, batch.id).await?, &delays, ctx.clock.today());
    let missing: Vec<String> =
        gate.iter().filter(|card| !pulled.contains(&card.serial)).map(|card| card.serial.clone()).collect();
    if !missing.is_empty() {
        return Err(Refusal::MustPull(missing).into());
    }
    let reasons: BTreeMap<&str, DeadReason> = gate.iter().map(|card| (card.serial.as_str(), card.reason)).collect();

    // An employer whose cards were all spoiled or pulled gets no parcel, and no receipt is waited for (B9).
    let mut bundles: BTreeMap<i64, i64> = print_job.iter().filter_map(|card| Some((card.employer_id?, 0))).collect();
    let printed = print_job.into_iter().filter(|card| card.state() == CardState::Printed);
    let (out, sent): (Vec<Card>, Vec<Card>) =
        printed.partition(|card| card.serial.as_ref().is_some_and(|serial| pulled.contains(serial)));
    letters_must_fit(&mut uow, &batch, &sent.iter().map(|card| card.id).collect(), &pulled).await?;
    for card in out {
        let why = card.serial.as_deref().and_then(|serial| reasons.get(serial)).copied();
        pull(&mut uow, card, why.unwrap_or(DeadReason::ByHand)).await?;
    }
    for employer in sent.iter().filter_map(|card| card.employer_id) {
        *bundles.entry(employer).or_default() += 1;
    }
    let left = sent.len() as u64;
    let ends_on = login_notice_ends(&ctx.settings, on);
    activate(&mut uow, sent, on, ends_on).await?;
    for (employer, count) in bundles {
        store::bundle::recount(&mut uow, batch.id, employer, count).await?;
    }
    batch.dispatched_by = Some(actor.id.clone());
    batch.dispatched_at = Some(ctx.clock.now());
    batch.dispatched_on = Some(on);
    save(&mut uow, &batch).await?;
    let dispatched = AuditEvent::BatchDispatched { on, cards: left, pulled: pulled.len() as u64 };
    uow.commit(dispatched.batch(number)).await?;

    // From here on the dispatch is a fact: a file that stays is reported beside it, not instead of it.
    let (destroyed, not_destroyed) = files::destroy_expired(ctx, &allowed).await;
    let cards = usize::try_from(left).unwrap_or(0);
    Ok(Dispatched { batch: number.clone(), on, cards, pulled: pulled.into_iter().collect(), destroyed, not_destroyed })
}

/// V5: not before the printed date, not in the future.
fn day(ctx: &AppContext, batch: &Batch, on: Option<NaiveDate>) -> Result<NaiveDate, Refusal> {
    let today = ctx.clock.today();
    let planned = batch.planned_on.unwrap_or(today);
    if today < planned {
        return Err(Refusal::TooEarly { batch: batch.number.clone(), planned });
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

/// L5: the last day of a temporary login password that is dispatched on this day; what is printed goes by the planned one.
pub fn login_notice_ends(settings: &Settings, dispatched_on: NaiveDate) -> NaiveDate {
    dispatched_on + Days::new(settings.login_notice_days.into())
}

/// V1, L2: from now on the passwords of these cards count, and no earlier ones of their kinds.
async fn activate(uow: &mut UnitOfWork, mut cards: Vec<Card>, on: NaiveDate, ends_on: NaiveDate) -> Result<(), Error> {
    for card in &mut cards {
        card_steps::step(card, CardStep::Dispatch)?;
        card.dispatched_on = Some(on);
        card.valid_until = (card.kind == CardKind::Login).then_some(ends_on);
    }
    card_steps::save_all(uow, &cards, CardState::Printed).await?;
    let ids: Vec<i64> = cards.iter().map(|card| card.id).collect();
    for mut earlier in store::card::superseded(uow, &ids).await? {
        let reason = DeadReason::Superseded;
        revoke(&mut earlier, reason, on);
        card_steps::save(uow, &earlier, CardState::Dispatched).await?;
        let Some(member) = store::member::get(uow, earlier.member_id).await? else { continue };
        let batch = batch_of(uow, &earlier).await?;
        let dead = AuditEvent::CardDead { card: CardRef::from(&earlier), reason, step: None };
        uow.record(dead.on(member.key()).in_batch(batch.as_ref())).await?;
    }
    store::card::settle_requests(uow, &ids).await?;
    let (by, now) = (uow.staff().to_owned(), uow.now());
    store::promise::keep(uow, &ids, By { staff: &by, at: now }).await?;
    store::feed::activate(uow, &ids, now, on).await?;
    Ok(())
}
