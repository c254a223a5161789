//! 作成: takes queued cards into a new batch (B1).

use crate::domain::{BatchNumber, CardState, CardStep, HoldReason, Permission};
use crate::store::{self, card::Card, card::NearCard, card::QueueFilter, member::Member};
use crate::text::japan;
use crate::usecases::audit::{AuditEvent, CardRef, NoteFacts};
use crate::usecases::card_steps::{save, save_all, step};
use crate::usecases::routes::{Destination, destination};
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
    let filter = QueueFilter { state: Some(CardState::Queued), ..filter.clone() };
    let limit = limit.and_then(|limit| i64::try_from(limit).ok()).unwrap_or(i64::MAX);
    let mut taken = Vec::new();
    let mut held: BTreeMap<HoldReason, usize> = BTreeMap::new();
    let mut notes = Vec::new();
    let queued = store::card::queue(&mut uow, &filter, limit).await?;
    let near = apart::queued(&mut uow, ctx).await?;
    let delays = apart::delays(ctx, &near, ctx.clock.today());
    let mut apart = 0;
    let gone = filter.only.as_ref().map_or(0, |only| only.len().saturating_sub(queued.len()));
    for line in queued {
        if delays.contains_key(&line.id) || goes_with_another(&near, line.id, &taken) {
            apart += 1;
            continue;
        }
        let Some(mut card) = store::card::get(&mut uow, line.id).await? else { continue };
        let Some(member) = store::member::get(&mut uow, card.member_id).await? else { continue };
        let to = destination(&mut uow, ctx.clock.today(), card.one_off_id, &member).await?;
        card.employer_id = match &to {
            Destination::Employer(employer) => Some(employer.id),
            Destination::OneOff(_) => None,
            Destination::Nowhere(employer, _) => employer.as_ref().map(|employer| employer.id),
        };
        match to {
            Destination::Employer(_) | Destination::OneOff(_) => taken.push(card),
            Destination::Nowhere(_, reason) => {
                notes.push(hold(&mut uow, card, &member, reason).await?);
                *held.entry(reason).or_default() += 1;
            }
        }
    }
    let last = if taken.is_empty() { notes.pop() } else { None };
    for note in notes {
        uow.record(note).await?;
    }
    if let Some(last) = last {
        uow.commit(last).await?;
        return Err(Refusal::AllHeld(held).into());
    }
    if taken.is_empty() && apart > 0 {
        let first = delays.into_values().filter_map(|delay| delay.not_before).min();
        return Err(Refusal::AllTooClose { cards: apart, first }.into());
    }
    if taken.is_empty() {
        drop(uow);
        let taken_by = transitions::drafted_just_now(&mut ctx.read(&allowed).await?, ctx, &actor.id).await?;
        return Err(taken_by.map_or(Refusal::NothingToDraft, Refusal::JustDrafted).into());
    }
    let batch = fill(&mut uow, &mut taken).await?;
    let drafted = AuditEvent::BatchDrafted { cards: taken.iter().map(|card| card.id).collect() };
    uow.commit(drafted.batch(&batch)).await?;
    Ok(Drafted { batch, cards: taken.len(), held: held.into_values().sum(), apart, gone })
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

/// R2: it stays visible, with the reason. The note is still to be recorded.
async fn hold(uow: &mut UnitOfWork, mut card: Card, member: &Member, reason: HoldReason) -> Result<NoteFacts, Error> {
    step(&mut card, CardStep::Hold)?;
    card.reason = Some(reason.code().to_owned());
    save(uow, &card, CardState::Queued).await?;
    Ok(AuditEvent::CardHeld { card: CardRef::from(&card), reason }.on(member.key()))
}
