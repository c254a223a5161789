//! Closing accounts, and what that does to their cards (A3, A9): parts of a larger change.

use super::audit::{AuditEvent, CardRef};
use super::card_steps::{batch_of, revoke, save, step};
use super::{Error, UnitOfWork, proposals};
use crate::domain::{BatchNumber, CardKind, CardState, CardStep, DeadReason};
use crate::store::feed::{Instruction, Operation};
use crate::store::{self, account::Account, member::Member};

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
    for kind in CardKind::ALL {
        stopped.extend(revoke_card(uow, member, account, *kind, why, Tell::Silent).await?);
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

/// Ends every password of a kind: waiting cards are cancelled, the others revoked, and a viewing password that the member
/// had chosen is no longer valid. Returns the cards that are not sent any more.
pub(super) async fn revoke_card(
    uow: &mut UnitOfWork,
    member: &Member,
    account: &mut Account,
    kind: CardKind,
    why: DeadReason,
    tell: Tell,
) -> Result<Vec<StoppedCard>, Error> {
    let today = uow.today();
    let mut usable = false;
    let mut stopped = Vec::new();
    for mut card in store::card::of_account(uow, account.id).await? {
        if card.kind != kind || card.dead().is_some() {
            continue;
        }
        let from = card.state();
        let batch = batch_of(uow, &card).await?;
        if from.is_waiting() {
            step(&mut card, CardStep::Cancel)?;
            card.batch_id = None;
        } else if !from.is_under_way() && from != CardState::Dispatched {
            continue;
        }
        usable |= from == CardState::Dispatched;
        revoke(&mut card, why, today);
        save(uow, &card, from).await?;
        let ended = CardRef::from(&card);
        let event = if from.is_waiting() {
            AuditEvent::CardCancelled { card: ended, reason: Some(why) }
        } else {
            AuditEvent::CardDead { card: ended, reason: why, step: None }
        };
        uow.record(event.on(member.key()).in_batch(batch.as_ref())).await?;
        if from.is_waiting() {
            proposals::withdraw(uow, member, card.id).await?;
        }
        if from != CardState::Dispatched {
            stopped.push(StoppedCard { member: member.key(), kind, was: from, batch, serial: card.serial });
        }
    }
    if kind == CardKind::Viewing && account.viewing_changed_at.take().is_some() {
        store::account::update(uow, account).await?;
        usable = true;
    }
    if usable && tell == Tell::Portal {
        let now = uow.now();
        let mut instruction = Instruction::new(Operation::Revoke, Some(kind), member, now, today);
        instruction.login_id = account.login_id.clone();
        store::feed::append(uow, &instruction).await?;
    }
    Ok(stopped)
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
