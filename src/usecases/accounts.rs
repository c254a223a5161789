//! Closing accounts, and what that does to their cards (A3, A9): parts of a larger change.

use super::audit::{AuditEvent, CardRef};
use super::card_steps::{batch_of, revoke, save, step};
use super::{Error, UnitOfWork, one_off};
use crate::domain::{BatchNumber, CardKind, CardState, CardStep, DeadReason};
use crate::store::feed::{Instruction, Operation};
use crate::store::{self, account::Account, card::Card, member::Member};
use crate::text::japan;
use chrono::{DateTime, NaiveDate, Utc};

/// Counts of closed accounts and cancelled cards.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Closed {
    /// Accounts that were closed.
    pub accounts: u64,
    /// Waiting cards that were cancelled.
    pub cards: u64,
}

impl Closed {
    /// Counts the accounts and their cancelled cards.
    pub fn of(ended: &[Ended]) -> Self {
        let cancelled = |it: &Ended| it.cards.iter().filter(|card| card.is_cancelled()).count() as u64;
        Self { accounts: ended.len() as u64, cards: ended.iter().map(cancelled).sum() }
    }
}

/// An account that was closed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Ended {
    /// The member's key.
    pub member: String,
    /// 氏名
    pub name: String,
    /// Why the account was closed.
    pub why: DeadReason,
    /// The member's cards that are not sent any more.
    pub cards: Vec<StoppedCard>,
}

/// A card that is not sent any more: cancelled while it waited, or revoked under way and to be pulled before the dispatch
/// (B7).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct StoppedCard {
    /// The member's key.
    pub member: String,
    /// The kind of password on it.
    pub kind: CardKind,
    /// Its state before.
    pub was: CardState,
    /// The batch that it was in.
    pub batch: Option<BatchNumber>,
    /// Its serial, where it has one.
    pub serial: Option<String>,
}

impl StoppedCard {
    /// Whether it waited, and is cancelled; otherwise it is under way, and must be pulled.
    pub fn is_cancelled(&self) -> bool {
        self.was.is_waiting()
    }
}

/// A9: closes an account: login data and hashes erased, waiting cards cancelled, passwords revoked, the portal instructed.
/// Returns the cards that are not sent any more.
pub(super) async fn close(
    uow: &mut UnitOfWork,
    member: &Member,
    account: &mut Account,
    why: DeadReason,
) -> Result<Vec<StoppedCard>, Error> {
    let mut stopped = Vec::new();
    let lost_on = member.lost_on.filter(|on| why == DeadReason::MemberLost && *on <= uow.today());
    for kind in CardKind::ALL {
        let ended = EndCause { why, on: lost_on };
        stopped.extend(revoke_card(uow, member, account, *kind, ended, Tell::Silent).await?);
    }
    let now = uow.now();
    store::account::close(uow, account.id, now, why.code()).await?;
    store::card::erase_hashes(uow, account.id).await?;
    let mut instruction = Instruction::new(Operation::Close, None, member, now, uow.today());
    instruction.login_id = account.login_id.clone();
    store::feed::append(uow, &instruction).await?;
    uow.record(AuditEvent::AccountClosed { reason: why }.on(member.key())).await?;
    Ok(stopped)
}

/// Whether the feed gets an instruction about a revoked password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tell {
    /// An instruction of its own.
    Portal,
    /// None: the portal did it, or is instructed otherwise.
    Silent,
}

/// What ends passwords, and on which day, which may be long before it is heard of (V7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct EndCause {
    why: DeadReason,
    /// Today where it is not given.
    on: Option<NaiveDate>,
}

impl EndCause {
    /// At this instant.
    pub(super) fn at(why: DeadReason, at: DateTime<Utc>) -> Self {
        Self { why, on: Some(japan::day_of(at)) }
    }
}

impl From<DeadReason> for EndCause {
    fn from(why: DeadReason) -> Self {
        Self { why, on: None }
    }
}

/// Ends every password of a kind: waiting cards are cancelled, the others revoked, and a viewing password that the member
/// had chosen is no longer valid. Returns the cards that are not sent any more.
pub(super) async fn revoke_card(
    uow: &mut UnitOfWork,
    member: &Member,
    account: &mut Account,
    kind: CardKind,
    ended: impl Into<EndCause>,
    tell: Tell,
) -> Result<Vec<StoppedCard>, Error> {
    let ended = ended.into();
    let mut usable = false;
    let mut stopped = Vec::new();
    for card in store::card::of_account(uow, account.id).await? {
        let from = card.state();
        if card.kind != kind || card.dead().is_some() || !(is_to_come(from) || from == CardState::Dispatched) {
            continue;
        }
        usable |= from == CardState::Dispatched;
        let card = stop(uow, member, card, ended).await?;
        if from != CardState::Dispatched {
            stopped.push(card);
        }
    }
    if kind == CardKind::Viewing && account.viewing_changed_at.take().is_some() {
        store::account::update(uow, account).await?;
        usable = true;
    }
    if usable && tell == Tell::Portal {
        let (now, today) = (uow.now(), uow.today());
        let mut instruction = Instruction::new(Operation::Revoke, Some(kind), member, now, today);
        instruction.login_id = account.login_id.clone();
        store::feed::append(uow, &instruction).await?;
    }
    Ok(stopped)
}

/// L4: the member uses the login again since `at`. A notice that was asked for before and is not dispatched yet is not
/// needed; one that was dispatched later was passed over by the portal, which knew already (docs/portal.md).
pub(super) async fn recover_login(
    uow: &mut UnitOfWork,
    member: &Member,
    account: &Account,
    at: DateTime<Utc>,
) -> Result<Vec<StoppedCard>, Error> {
    let mut stopped = Vec::new();
    for card in store::card::of_account(uow, account.id).await? {
        let passed_over = card.dispatched_at().is_some_and(|dispatched| at < dispatched);
        if card.kind != CardKind::Login || card.dead().is_some() || !(is_to_come(card.state()) || passed_over) {
            continue;
        }
        let asked = store::request::received_of_card(uow, card.id).await?.unwrap_or(card.asked_at);
        if asked < at {
            let was = card.state();
            let card = stop(uow, member, card, EndCause::at(DeadReason::Recovered, at)).await?;
            if was != CardState::Dispatched {
                stopped.push(card);
            }
        }
    }
    Ok(stopped)
}

/// Whether a card in this state has not left yet.
const fn is_to_come(state: CardState) -> bool {
    state.is_waiting() || state.is_under_way()
}

/// Ends one card: cancelled where it waits, its password dead where it has one.
async fn stop(uow: &mut UnitOfWork, member: &Member, mut card: Card, ended: EndCause) -> Result<StoppedCard, Error> {
    let (from, why) = (card.state(), ended.why);
    let batch = batch_of(uow, &card).await?;
    if from.is_waiting() {
        step(&mut card, CardStep::Cancel)?;
        card.batch_id = None;
    }
    revoke(&mut card, why, ended.on.unwrap_or(uow.today()));
    save(uow, &card, from).await?;
    let card_ref = CardRef::from(&card);
    let event = if from.is_waiting() {
        AuditEvent::CardCancelled { card: card_ref, reason: Some(why) }
    } else {
        AuditEvent::CardDead { card: card_ref, reason: why, step: None }
    };
    uow.record(event.on(member.key()).in_batch(batch.as_ref())).await?;
    if from.is_waiting() {
        one_off::withdraw(uow, member, card.id).await?;
    }
    Ok(StoppedCard { member: member.key(), kind: card.kind, was: from, batch, serial: card.serial })
}

/// Closes the accounts of members whose number changed (A3), and of members lost by today (A9). For a member who is both
/// the new number is the reason: it is the one to register with.
pub async fn close_ended(uow: &mut UnitOfWork) -> Result<Vec<Ended>, Error> {
    let today = uow.today();
    let renumbered = store::account::of_renumbered_members(uow, today).await?;
    let lost = store::account::of_lost_members(uow, today).await?;
    let renumbered = renumbered.into_iter().map(|id| (id, DeadReason::NumberChanged));
    let mut closed = Vec::new();
    for (id, why) in renumbered.chain(lost.into_iter().map(|id| (id, DeadReason::MemberLost))) {
        let member = store::member::get(uow, id).await?;
        // A member who is renumbered and lost at once has no open account the second time.
        if let (Some(member), Some(mut account)) = (member, store::account::open_of(uow, id).await?) {
            let cards = close(uow, &member, &mut account, why).await?;
            closed.push(Ended { member: member.key(), name: member.name, why, cards });
        }
    }
    Ok(closed)
}
