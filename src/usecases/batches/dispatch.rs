//! 発送確定: the gate (B7), and the one transaction that makes passwords valid (B8).

use super::gate::to_pull;
use super::in_hand::{letters_must_fit, pulled_serials, remake_is_open};
use super::{files, get, save, step};
use crate::domain::{BatchNumber, BatchStep, CardKind, CardState, CardStep, DeadReason, Permission};
use crate::store::card::Card;
use crate::store::{self, batch::Batch, promise::By};
use crate::usecases::audit::{AuditEvent, CardRef};
use crate::usecases::card_steps::{self, batch_of, revoke};
use crate::usecases::refusal::BatchRefusal;
use crate::usecases::{Actor, AppContext, Error, Refusal, UnitOfWork};
use chrono::NaiveDate;
use std::collections::BTreeMap;

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
    let mut uow = ctx.begin(&allowed).await?;
    let mut batch = get(&mut uow, number).await?;
    step(&mut uow, ctx, &mut batch, BatchStep::Dispatch).await?;
    let on = day(ctx, &batch, on)?;
    let print_job = store::card::of_batch(&mut uow, batch.id).await?;
    let pulled = pulled_serials(number, &print_job, pulled)?;
    if remake_is_open(&print_job) {
        return Err(BatchRefusal::RemakeOpen(number.clone()).into());
    }
    let gate = to_pull(&mut uow, ctx, &batch, on).await?;
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
    letters_must_fit(&mut uow, &batch, &sent.iter().map(|card| card.id).collect(), &pulled).await?;
    let pulled: Vec<String> = out.iter().filter_map(|card| card.serial.clone()).collect();
    for card in out {
        let why = card.serial.as_deref().and_then(|serial| reasons.get(serial)).copied();
        pull(&mut uow, card, why.unwrap_or(DeadReason::ByHand)).await?;
    }
    for employer in sent.iter().filter_map(|card| card.employer_id) {
        *bundles.entry(employer).or_default() += 1;
    }
    let left = sent.len() as u64;
    let ends_on = ctx.settings.login_notice_ends(on);
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
    Ok(Dispatched { batch: number.clone(), on, cards, pulled, destroyed, not_destroyed })
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
