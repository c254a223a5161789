//! 作成: takes queued cards into a new batch (B1).

use crate::domain::gate::RouteNow;
use crate::domain::{BatchNumber, CardState, CardStep, HoldReason, Permission};
use crate::store::{self, Tx, card::Card, card::QueueFilter};
use crate::text::japan;
use crate::usecases::audit::{AuditEvent, NoteFacts};
use crate::usecases::card_steps::{draft_all, step};
use crate::usecases::context::Before;
use crate::usecases::gate::{self, Gated, Stop};
use crate::usecases::refusal::BatchRefusal;
use crate::usecases::{Actor, AppContext, Error, UnitOfWork, apart, known, transitions};
use chrono::{NaiveDate, Timelike};
use std::collections::{BTreeMap, HashMap, HashSet};

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
///
/// The queue is read and judged before the writer is taken, and once more where it has changed by then.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn draft(
    ctx: &AppContext,
    actor: &Actor,
    filter: &QueueFilter,
    limit: Option<usize>,
) -> Result<Drafted, Error> {
    let allowed = actor.allowed(Permission::Draft)?;
    known_employer(&mut ctx.read(&allowed).await?, filter).await?;
    let filter = QueueFilter { state: Some(CardState::Queued), ..filter.clone() };
    let limit = limit.and_then(|limit| i64::try_from(limit).ok()).unwrap_or(i64::MAX);
    let (mut before, mut stopped) = (Before::default(), Stopped::default());
    let (mut uow, Choice { mut taken, apart, first_free, gone, .. }) = loop {
        let mut tx = ctx.read_before(&allowed, &mut before).await?;
        let mut choice = choose(&mut tx, ctx, &filter, limit).await?;
        drop(tx);
        let Some(mut uow) = ctx.begin_where_unchanged(&allowed, &before).await? else { continue };
        if stopped.take(&mut uow, &mut choice).await? {
            break (uow, choice);
        }
        uow.commit_some().await?;
        before = Before::default();
        ctx.let_others_in().await;
    };
    let Stopped { held, cancelled, mut notes } = stopped;
    let last = if taken.is_empty() { notes.pop() } else { None };
    uow.record_all(notes).await?;
    if taken.is_empty() && (last.is_some() || !held.is_empty()) {
        match last {
            Some(last) => uow.commit(last).await?,
            None => uow.commit_some().await?,
        }
        return Err(BatchRefusal::all_held(held.into_iter()).into());
    }
    if taken.is_empty() && apart > 0 {
        return Err(BatchRefusal::AllTooClose { cards: apart, first: first_free }.into());
    }
    if taken.is_empty() {
        drop(uow);
        let taken_by = transitions::drafted_just_now(&mut ctx.read(&allowed).await?, ctx, &actor.id).await?;
        return Err(taken_by.map_or(BatchRefusal::NothingToDraft, BatchRefusal::JustDrafted).into());
    }
    let batch = fill(&mut uow, &mut taken).await?;
    let drafted = AuditEvent::BatchDrafted { cards: taken.iter().map(|card| card.id).collect() };
    uow.commit(drafted.batch(&batch)).await?;
    Ok(Drafted { batch, cards: taken.len(), held: held.len(), cancelled, apart, gone })
}

/// What becomes of the queue.
struct Choice {
    /// Cards that go into the batch.
    taken: Vec<Card>,
    /// Cards that cannot be sent (R2, B7).
    stops: Vec<Stop>,
    /// How many stay, because one of the other kind is too close (S6).
    apart: usize,
    /// The first day on which one of those may leave.
    first_free: Option<NaiveDate>,
    /// How many of those chosen by hand are not in the queue.
    gone: usize,
}

async fn choose(tx: &mut Tx, ctx: &AppContext, filter: &QueueFilter, limit: i64) -> Result<Choice, Error> {
    let queued = store::card::queue(tx, filter, limit).await?;
    let near = apart::queued(tx, ctx).await?;
    let delays = apart::delays(ctx, &near, ctx.clock.today());
    let gone = filter.only.as_ref().map_or(0, |only| only.len().saturating_sub(queued.len()));
    let ids: Vec<i64> = queued.iter().map(|line| line.id).collect();
    let judged = gate::judge(store::card::gate_of_cards(tx, &ids).await?, gate::days(ctx));
    let mut judged: BTreeMap<i64, Gated> = judged.into_iter().map(|gated| (gated.row.id, gated)).collect();
    let cards = store::card::some(tx, &ids).await?;
    let mut cards: BTreeMap<i64, Card> = cards.into_iter().map(|card| (card.id, card)).collect();
    let mut others: HashMap<i64, Vec<i64>> = HashMap::new();
    near.iter().for_each(|pair| others.entry(pair.card).or_default().push(pair.other));
    let (mut taken, mut stops, mut apart) = (Vec::new(), Vec::new(), 0);
    let mut in_draft = HashSet::new();
    for id in ids {
        // S6: nor with one of the other kind of the same member in this draft.
        let with_another = others.get(&id).is_some_and(|others| others.iter().any(|other| in_draft.contains(other)));
        if delays.contains_key(&id) || with_another {
            apart += 1;
            continue;
        }
        let (Some(gated), Some(mut card)) = (judged.remove(&id), cards.remove(&id)) else { continue };
        match gate::before_printing(&gated) {
            None => {
                card.employer_id = match gated.facts.route {
                    RouteNow::Employer(_) => gated.row.employer_id,
                    RouteNow::OneOff(_) | RouteNow::Nowhere { .. } => None,
                };
                in_draft.insert(id);
                taken.push(card);
            }
            Some(how) => stops.push(Stop::of(&gated, how)),
        }
    }
    let first_free = delays.into_values().filter_map(|delay| delay.not_before).min();
    Ok(Choice { taken, stops, apart, first_free, gone })
}

/// Cards that left the queue instead.
#[derive(Default)]
struct Stopped {
    held: Vec<HoldReason>,
    cancelled: usize,
    /// Entries that are not recorded yet.
    notes: Vec<NoteFacts>,
}

impl Stopped {
    /// Stops the cards that cannot be sent. False where there are more of them than one transaction should have: those that
    /// were stopped are recorded then.
    async fn take(&mut self, uow: &mut UnitOfWork, choice: &mut Choice) -> Result<bool, Error> {
        let mut stops = std::mem::take(&mut choice.stops).into_iter().peekable();
        while let Some(stop) = stops.next() {
            self.notes.extend(gate::stop(uow, &stop, None).await?);
            match stop.held() {
                Some(reason) => self.held.push(reason),
                None => self.cancelled += 1,
            }
            if uow.is_long() && stops.peek().is_some() {
                uow.record_all(std::mem::take(&mut self.notes)).await?;
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// The employer that is named is one of the registry.
async fn known_employer(tx: &mut Tx, filter: &QueueFilter) -> Result<(), Error> {
    // The empty code stands for cards without an employer.
    let Some(code) = filter.employer.as_deref().filter(|code| !code.is_empty()) else { return Ok(()) };
    known::employer(tx, code).await.map(drop)
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
    draft_all(uow, cards, batch).await?;
    Ok(number)
}

/// B6: how many batches of this day may have had their numbers before a restore, which does not know them: hardly more
/// than a hundred and one a minute.
async fn given_out_before_restore(uow: &mut UnitOfWork) -> Result<i64, Error> {
    let restored = store::portal::position(uow).await?.restored_at.map(japan::local);
    let today = restored.filter(|at| at.date_naive() == uow.today());
    Ok(today.map_or(0, |at| 100 + i64::from(at.time().num_seconds_from_midnight() / 60)))
}
