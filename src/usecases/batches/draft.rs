//! 作成: takes queued cards into a new batch (B1).

use crate::domain::gate::RouteNow;
use crate::domain::{BatchNumber, CardState, CardStep, HoldReason, Permission};
use crate::store::{self, Tx, card::Card, card::NearCard, card::QueueFilter};
use crate::text::japan;
use crate::usecases::audit::AuditEvent;
use crate::usecases::card_steps::{save_all, step};
use crate::usecases::gate::{self, Gated, Stop};
use crate::usecases::refusal::BatchRefusal;
use crate::usecases::{Actor, AppContext, Error, Refusal, UnitOfWork, apart, transitions};
use chrono::Timelike;
use std::collections::BTreeMap;

/// A new draft.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Drafted {
    /// `B20261122-001`
    pub batch: BatchNumber,
    /// Cards in it.
    pub cards: usize,
    /// Cards that fitted the choice but have lost their route since they were asked for: held (R2).
    pub held: usize,
    /// Cards that are not wanted any more: cancelled (B7).
    pub cancelled: usize,
    /// Cards that stay in the queue, because one of the other kind of the same member is too close (S6).
    pub apart: usize,
    /// Cards chosen by hand that are not in the queue any more: another person was faster.
    pub gone: usize,
}

/// Takes at most `limit` queued cards that fit the filter, the oldest first. Where every one of them has lost its route
/// there is no batch, and the holds are kept all the same (R2).
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn draft(
    ctx: &AppContext,
    actor: &Actor,
    filter: &QueueFilter,
    limit: Option<usize>,
) -> Result<Drafted, Error> {
    let allowed = actor.allowed(Permission::Batches)?;
    let mut uow = ctx.begin(&allowed).await?;
    known_employer(&mut uow, filter).await?;
    let filter = QueueFilter { state: Some(CardState::Queued), ..filter.clone() };
    let limit = limit.and_then(|limit| i64::try_from(limit).ok()).unwrap_or(i64::MAX);
    let queued = store::card::queue(&mut uow, &filter, limit).await?;
    let near = apart::queued(&mut uow, ctx).await?;
    let delays = apart::delays(ctx, &near, ctx.clock.today());
    let mut apart = 0;
    let gone = filter.only.as_ref().map_or(0, |only| only.len().saturating_sub(queued.len()));
    let ids: Vec<i64> = queued.iter().map(|line| line.id).collect();
    let judged = gate::judge(store::card::gate_of_cards(&mut uow, &ids).await?, gate::days(ctx));
    let mut judged: BTreeMap<i64, Gated> = judged.into_iter().map(|gated| (gated.row.id, gated)).collect();
    let (mut taken, mut stops) = (Vec::new(), Vec::new());
    for id in ids {
        if delays.contains_key(&id) || goes_with_another(&near, id, &taken) {
            apart += 1;
            continue;
        }
        let (Some(gated), Some(mut card)) = (judged.remove(&id), store::card::get(&mut uow, id).await?) else {
            continue;
        };
        match gate::before_printing(&gated) {
            None => {
                card.employer_id = match gated.facts.route {
                    RouteNow::Employer(_) => gated.row.employer_id,
                    RouteNow::OneOff(_) | RouteNow::Nowhere { .. } => None,
                };
                taken.push(card);
            }
            Some(how) => stops.push(Stop::of(&gated, how)),
        }
    }
    let mut notes = Vec::new();
    for stop in &stops {
        notes.extend(gate::stop(&mut uow, stop, None).await?);
    }
    let held: Vec<HoldReason> = stops.iter().filter_map(Stop::held).collect();
    let last = if taken.is_empty() { notes.pop() } else { None };
    uow.record_all(notes).await?;
    if let Some(last) = last {
        uow.commit(last).await?;
        return Err(BatchRefusal::all_held(held.into_iter()).into());
    }
    if taken.is_empty() && apart > 0 {
        let first = delays.into_values().filter_map(|delay| delay.not_before).min();
        return Err(BatchRefusal::AllTooClose { cards: apart, first }.into());
    }
    if taken.is_empty() {
        drop(uow);
        let taken_by = transitions::drafted_just_now(&mut ctx.read(&allowed).await?, ctx, &actor.id).await?;
        return Err(taken_by.map_or(BatchRefusal::NothingToDraft, BatchRefusal::JustDrafted).into());
    }
    let batch = fill(&mut uow, &mut taken).await?;
    let drafted = AuditEvent::BatchDrafted { cards: taken.iter().map(|card| card.id).collect() };
    uow.commit(drafted.batch(&batch)).await?;
    Ok(Drafted { batch, cards: taken.len(), held: held.len(), cancelled: stops.len() - held.len(), apart, gone })
}

/// The employer that is named is one of the registry.
async fn known_employer(tx: &mut Tx, filter: &QueueFilter) -> Result<(), Error> {
    // The empty code stands for cards without an employer.
    let Some(code) = filter.employer.as_deref().filter(|code| !code.is_empty()) else { return Ok(()) };
    let known = store::employer::by_code(tx, code).await?;
    known.map(|_| ()).ok_or_else(|| Refusal::EmployerUnknown(code.to_owned()).into())
}

/// S6: whether one of the other kind of the same member is in this draft already.
fn goes_with_another(near: &[NearCard], card: i64, taken: &[Card]) -> bool {
    near.iter().any(|pair| pair.card == card && taken.iter().any(|other| other.id == pair.other))
}

/// The batch, with its cards in it.
async fn fill(uow: &mut UnitOfWork, cards: &mut [Card]) -> Result<BatchNumber, Error> {
    let (by, at, today) = (uow.staff().to_owned(), uow.now(), uow.today());
    let before = store::batch::count_with_prefix(uow, &format!("B{}-", today.format("%Y%m%d"))).await?;
    let number = BatchNumber::new(
        today,
        u32::try_from(before.max(given_out_before_restore(uow).await?) + 1).unwrap_or(u32::MAX),
    );
    let batch = store::batch::insert(uow, &number, &by, at).await?;
    for card in cards.iter_mut() {
        step(card, CardStep::Draft)?;
        card.batch_id = Some(batch);
    }
    save_all(uow, cards, CardState::Queued).await?;
    Ok(number)
}

/// B6: how many batches of this day may have had their numbers before a restore, which does not know them: hardly more
/// than a hundred and one a minute.
async fn given_out_before_restore(uow: &mut UnitOfWork) -> Result<i64, Error> {
    let restored = store::portal::position(uow).await?.restored_at.map(japan::local);
    let today = restored.filter(|at| at.date_naive() == uow.today());
    Ok(today.map_or(0, |at| 100 + i64::from(at.time().num_seconds_from_midnight() / 60)))
}
