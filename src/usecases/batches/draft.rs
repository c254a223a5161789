//! 作成: takes queued cards into a new batch (B1).

use crate::domain::{BatchNumber, CardState, CardStep, HoldReason, Permission};
use crate::store::{self, Tx, card::Card, card::QueueFilter, member::Member};
use crate::usecases::audit::{self, Act};
use crate::usecases::cards::{self, Destination};
use crate::usecases::{Actor, AppContext, Error, Refusal, last_transition};
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
    /// Cards chosen by hand that are not in the queue any more: somebody else was faster.
    pub gone: usize,
}

/// ValueKind at most `limit` queued cards that fit the filter, the oldest first. Where every one of them has lost its route
/// there is no batch, and the holds are kept all the same (R2).
pub async fn draft(
    ctx: &AppContext,
    actor: &Actor,
    filter: &QueueFilter,
    limit: Option<usize>,
) -> Result<Drafted, Error> {
    actor.must(Permission::Batches)?;
    let mut tx = ctx.write().await?;
    let filter = QueueFilter { state: Some(CardState::Queued), ..filter.clone() };
    let limit = limit.and_then(|limit| i64::try_from(limit).ok()).unwrap_or(i64::MAX);
    let mut taken = Vec::new();
    let mut held: BTreeMap<HoldReason, usize> = BTreeMap::new();
    let queued = store::card::queue(&mut tx, &filter, limit).await?;
    let gone = filter.only.as_ref().map_or(0, |only| only.len().saturating_sub(queued.len()));
    for line in queued {
        let Some(mut card) = store::card::get(&mut tx, line.id).await? else { continue };
        let Some(member) = store::member::get(&mut tx, card.member_id).await? else { continue };
        let destination = cards::destination(&mut tx, ctx, card.one_off_id, &member).await?;
        card.employer_id = match &destination {
            Destination::Employer(employer) => Some(employer.id),
            Destination::OneOff(_) => None,
            Destination::Nowhere(employer, _) => employer.as_ref().map(|employer| employer.id),
        };
        match destination {
            Destination::Employer(_) | Destination::OneOff(_) => taken.push(card),
            Destination::Nowhere(_, reason) => {
                hold(&mut tx, ctx, actor, card, &member, reason).await?;
                *held.entry(reason).or_default() += 1;
            }
        }
    }
    if taken.is_empty() && !held.is_empty() {
        tx.commit().await?;
        return Err(Refusal::AllHeld(held).into());
    }
    if taken.is_empty() {
        drop(tx);
        let taken_by = last_transition::drafted_just_now(&mut ctx.read().await?, ctx, &actor.id).await?;
        return Err(taken_by.map_or(Refusal::NothingToDraft, Refusal::JustDrafted).into());
    }
    let batch = fill(&mut tx, ctx, actor, &mut taken).await?;
    tx.commit().await?;
    Ok(Drafted { batch, cards: taken.len(), held: held.into_values().sum(), gone })
}

/// The batch, with its cards in it.
async fn fill(tx: &mut Tx, ctx: &AppContext, actor: &Actor, cards: &mut [Card]) -> Result<BatchNumber, Error> {
    let prefix = format!("B{}-", ctx.clock.today().format("%Y%m%d"));
    let before = store::batch::count_with_prefix(tx, &prefix).await?;
    let number = BatchNumber::new(ctx.clock.today(), u32::try_from(before + 1).unwrap_or(u32::MAX));
    let batch = store::batch::insert(tx, &number, &actor.id, ctx.clock.now()).await?;
    for card in cards.iter_mut() {
        cards::step(card, CardStep::Draft)?;
        card.batch_id = Some(batch);
        cards::save(tx, card, CardState::Queued).await?;
    }
    let ids: Vec<i64> = cards.iter().map(|card| card.id).collect();
    let detail = format!("{}, card {}", ids.len(), crate::text::ranges(&ids));
    audit::write(tx, ctx, actor, Act::BatchDrafted.batch(&number).and_detail(detail)).await?;
    Ok(number)
}

/// R2: it stays visible, with the reason.
async fn hold(
    tx: &mut Tx,
    ctx: &AppContext,
    actor: &Actor,
    mut card: Card,
    member: &Member,
    reason: HoldReason,
) -> Result<(), Error> {
    cards::step(&mut card, CardStep::Hold)?;
    card.reason = Some(reason.code().to_owned());
    cards::save(tx, &card, CardState::Queued).await?;
    let note = Act::CardHeld.on(member.key()).and_detail(format!("{} {}", card.id, reason.code()));
    Ok(audit::write(tx, ctx, actor, note).await?)
}
