//! Cards that are held, and released again, because of what is on file about a person: a protective measure (R7), or an
//! insured who is lost while the family is not (A12).

use super::audit::{AuditEvent, CardRef};
use super::card_steps::{batch_of, card_of, save, step};
use super::routes::{Destination, destination, destinations};
use super::{Error, UnitOfWork};
use crate::domain::{CardState, CardStep, HoldReason};
use crate::store::{self, Tx, card::Card, member::Member};
use chrono::NaiveDate;
use std::collections::HashMap;

/// Cards that moved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct HoldChanges {
    /// Cards that wait for something now, or for something else.
    pub(super) held: u64,
    /// Cards that are in the queue again.
    pub(super) released: u64,
}

/// Compares the waiting cards that a measure or a lost insured concerns with what is on file now.
pub(super) async fn follow_registry(uow: &mut UnitOfWork) -> Result<HoldChanges, Error> {
    let today = uow.today();
    let due = due(uow, today).await?;
    store::card::follow_insured(uow).await?;
    follow(uow, &due).await
}

/// The cards among them that move, found in few statements.
pub(super) async fn due(tx: &mut Tx, today: NaiveDate) -> Result<Vec<i64>, Error> {
    let ids = store::card::concerned_by_persons(tx, today).await?;
    if ids.is_empty() {
        return Ok(ids);
    }
    let cards = store::card::some(tx, &ids).await?;
    let of_members: Vec<i64> = cards.iter().map(|card| card.member_id).collect();
    let members = store::member::by_ids(tx, &of_members).await?;
    let members: HashMap<i64, &Member> = members.iter().map(|member| (member.id, member)).collect();
    let wanted: Vec<(&Card, &Member)> =
        cards.iter().filter_map(|card| Some((card, *members.get(&card.member_id)?))).collect();
    let asked: Vec<(Option<i64>, &Member)> = wanted.iter().map(|(card, member)| (card.one_off_id, *member)).collect();
    let destinations = destinations(tx, today, &asked).await?;
    let moving = wanted.iter().zip(destinations).filter(|((card, _), now)| move_to(card, *now).is_some());
    Ok(moving.map(|((card, _), _)| card.id).collect())
}

/// The same in parts: moves such cards until the writer was held for long enough. Whether there may be more.
pub(super) async fn follow_some(uow: &mut UnitOfWork) -> Result<bool, Error> {
    let today = uow.today();
    for id in due(uow, today).await? {
        follow(uow, &[id]).await?;
        if uow.is_long() {
            return Ok(true);
        }
    }
    store::card::follow_insured(uow).await?;
    Ok(false)
}

/// Moves these cards, as far as they are still to be moved.
pub(super) async fn follow(uow: &mut UnitOfWork, due: &[i64]) -> Result<HoldChanges, Error> {
    let today = uow.today();
    let mut changes = HoldChanges::default();
    for id in due {
        let (mut card, member) = card_of(uow, *id).await?;
        match move_of(uow, today, &card, &member).await? {
            Some(Move::Release) => {
                release(uow, card, &member).await?;
                changes.released += 1;
            }
            Some(Move::Hold(reason)) => {
                hold(uow, card, &member, reason).await?;
                changes.held += 1;
            }
            Some(Move::ForgetAddress) => {
                card.one_off_id = None;
                save(uow, &card, CardState::Held).await?;
            }
            None => {}
        }
    }
    Ok(changes)
}

/// What becomes of a waiting card.
#[derive(Debug, Clone, Copy)]
enum Move {
    Release,
    Hold(HoldReason),
    /// It is stopped for another reason, and stays so: but no longer with an address from before the measure.
    ForgetAddress,
}

async fn move_of(tx: &mut Tx, today: NaiveDate, card: &Card, member: &Member) -> Result<Option<Move>, Error> {
    Ok(move_to(card, destination(tx, today, card.one_off_id, member).await?))
}

/// The same where the card would go there now.
fn move_to(card: &Card, now: Destination) -> Option<Move> {
    let obstacle = match now {
        Destination::Employer(_) | Destination::OneOff => None,
        Destination::Nowhere(reason) => Some(reason),
    };
    match (card.state(), card.held(), obstacle) {
        (CardState::Held, Some(HoldReason::InsuredLost | HoldReason::Protected), None) => Some(Move::Release),
        (CardState::Held, Some(reason), Some(now)) if reason != now && follows(reason, now) => Some(Move::Hold(now)),
        (
            CardState::Queued | CardState::Drafted,
            _,
            Some(reason @ (HoldReason::InsuredLost | HoldReason::Protected)),
        ) => Some(Move::Hold(reason)),
        (CardState::Held, _, Some(HoldReason::Protected)) if card.one_off_id.is_some() => Some(Move::ForgetAddress),
        _ => None,
    }
}

/// Whether a hold gets another reason by itself: the program set the old one and knows better now. What a person has
/// stopped, and what cannot be printed, stays so.
const fn follows(old: HoldReason, now: HoldReason) -> bool {
    match old {
        HoldReason::InsuredLost | HoldReason::Protected => true,
        HoldReason::Voluntary | HoldReason::Withdrawn | HoldReason::NoEmployer | HoldReason::NoAddress => {
            matches!(now, HoldReason::InsuredLost | HoldReason::Protected)
        }
        HoldReason::Unprintable | HoldReason::ByHand | HoldReason::AddressChanged | HoldReason::TooClose => false,
    }
}

async fn hold(uow: &mut UnitOfWork, mut card: Card, member: &Member, reason: HoldReason) -> Result<(), Error> {
    let from = card.state();
    let batch = batch_of(uow, &card).await?;
    if from != CardState::Held {
        step(&mut card, CardStep::Hold)?;
        card.batch_id = None;
    }
    card.reason = Some(reason.code().to_owned());
    card.reason_detail = None;
    if reason == HoldReason::Protected {
        // R7: an address from before the measure, approved or proposed, may be the family's home.
        card.one_off_id = None;
        super::proposals::withdraw(uow, member, card.id).await?;
    }
    save(uow, &card, from).await?;
    let held = AuditEvent::CardHeld { card: CardRef::from(&card), reason };
    uow.record(held.on(member.key()).in_batch(batch.as_ref())).await
}

async fn release(uow: &mut UnitOfWork, mut card: Card, member: &Member) -> Result<(), Error> {
    step(&mut card, CardStep::Release)?;
    let today = uow.today();
    if let Destination::Employer(employer) = destination(uow, today, card.one_off_id, member).await? {
        card.employer_id = Some(employer);
    }
    card.reason = None;
    card.reason_detail = None;
    save(uow, &card, CardState::Held).await?;
    super::proposals::withdraw(uow, member, card.id).await?;
    uow.record(AuditEvent::CardReleased { card: CardRef::from(&card) }.on(member.key())).await
}
