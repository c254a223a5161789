//! Cards that are held, and released again, because of what is on file: no route (R2), an address that is not confirmed
//! (R6), a protective measure (R7), or an insured who is lost while the family is not (A12).

use super::audit::{AuditEvent, CardRef};
use super::card_steps::{batch_of, card_of, save, step};
use super::routes::{Destination, destination, destinations};
use super::{Error, UnitOfWork};
use crate::domain::{CardState, CardStep, HoldReason};
use crate::store::{self, Tx, card::Card, member::Member};
use chrono::NaiveDate;
use std::collections::HashMap;

/// Cards that moved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct HoldChanges {
    /// Cards that wait for something now, or for something else.
    pub(super) held: Vec<(CardAt, HoldReason)>,
    /// Cards that are in the queue again.
    pub(super) released: Vec<CardAt>,
}

/// A card, and the employer that it is listed under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CardAt {
    /// Row ID of the card.
    pub(super) id: i64,
    /// Row ID of the employer.
    pub(super) employer: Option<i64>,
}

impl HoldChanges {
    /// How many cards wait.
    pub(super) const fn held(&self) -> u64 {
        self.held.len() as u64
    }

    /// How many cards are released.
    pub(super) const fn released(&self) -> u64 {
        self.released.len() as u64
    }

    /// The cards of an employer that wait for the confirmation of its address (R6).
    pub(super) fn unconfirmed_of(&self, employer: i64) -> u64 {
        let waits = |(card, reason): &&(CardAt, HoldReason)| {
            card.employer == Some(employer) && *reason == HoldReason::AddressChanged
        };
        self.held.iter().filter(waits).count() as u64
    }

    /// The cards of an employer that are released.
    pub(super) fn released_of(&self, employer: i64) -> Vec<i64> {
        self.released.iter().filter(|card| card.employer == Some(employer)).map(|card| card.id).collect()
    }
}

/// Compares the waiting cards that the registry may have given a route, or taken it from, with what is on file now.
pub(super) async fn follow_registry(uow: &mut UnitOfWork) -> Result<HoldChanges, Error> {
    let today = uow.today();
    let due = due(uow, today).await?;
    store::card::follow_insured(uow).await?;
    follow(uow, &due).await
}

/// The cards among them that move, found in few statements.
pub(super) async fn due(tx: &mut Tx, today: NaiveDate) -> Result<Vec<i64>, Error> {
    let ids = store::card::concerned_by_registry(tx, today).await?;
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
        let (card, member) = card_of(uow, *id).await?;
        match move_of(uow, today, &card, &member).await? {
            Some(Move::Release) => {
                changes.released.push(release(uow, card, &member).await?);
            }
            Some(Move::Hold(reason)) => {
                changes.held.push((CardAt { id: *id, employer: card.employer_id }, reason));
                hold(uow, card, &member, reason).await?;
            }
            Some(Move::ForgetAddress) => {
                forget_address(uow, &card, &member).await?;
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
    /// Its one-off address counts no more: there is an ordinary route again (R1), or it is from before a measure (R7).
    ForgetAddress,
}

async fn move_of(tx: &mut Tx, today: NaiveDate, card: &Card, member: &Member) -> Result<Option<Move>, Error> {
    Ok(move_to(card, destination(tx, today, card.one_off_id, member).await?))
}

/// The same where the card would go there now. A draft without a route is left to its gate (B7), unless nothing of
/// the person may leave.
fn move_to(card: &Card, now: Destination) -> Option<Move> {
    let held = card.held();
    match (card.state(), now) {
        (CardState::Held, Destination::Employer(_) | Destination::OneOff)
            if held.is_some_and(HoldReason::follows_registry) =>
        {
            Some(Move::Release)
        }
        (CardState::Queued | CardState::Held | CardState::Drafted, Destination::Employer(_))
            if card.one_off_id.is_some() =>
        {
            Some(Move::ForgetAddress)
        }
        (CardState::Held, Destination::Nowhere(now))
            if held.is_some_and(|old| old != now && old.follows_registry()) =>
        {
            Some(Move::Hold(now))
        }
        (CardState::Queued, Destination::Nowhere(reason)) => Some(Move::Hold(reason)),
        (CardState::Drafted, Destination::Nowhere(reason)) if reason.is_of_person() => Some(Move::Hold(reason)),
        (CardState::Held, Destination::Nowhere(HoldReason::Protected)) if card.one_off_id.is_some() => {
            Some(Move::ForgetAddress)
        }
        _ => None,
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

async fn release(uow: &mut UnitOfWork, mut card: Card, member: &Member) -> Result<CardAt, Error> {
    step(&mut card, CardStep::Release)?;
    let today = uow.today();
    if let Destination::Employer(employer) = destination(uow, today, card.one_off_id, member).await? {
        card.employer_id = Some(employer);
        card.one_off_id = None;
    }
    card.reason = None;
    card.reason_detail = None;
    save(uow, &card, CardState::Held).await?;
    super::proposals::withdraw(uow, member, card.id).await?;
    uow.record(AuditEvent::CardReleased { card: CardRef::from(&card) }.on(member.key())).await?;
    Ok(CardAt { id: card.id, employer: card.employer_id })
}

/// Takes the one-off address from a card that stays where it is. Where it goes by the ordinary route then, the log says so.
async fn forget_address(uow: &mut UnitOfWork, card: &Card, member: &Member) -> Result<(), Error> {
    let today = uow.today();
    let employer = match destination(uow, today, None, member).await? {
        Destination::Employer(employer) => Some(employer),
        Destination::OneOff | Destination::Nowhere(_) => None,
    };
    store::card::forget_one_off(uow, card.id, employer).await?;
    if employer.is_some() {
        uow.record(AuditEvent::AddressEnded { card: card.id }.on(member.key())).await?;
    }
    Ok(())
}
