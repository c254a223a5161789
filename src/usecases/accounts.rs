//! Accounts and what their end does to cards (A3, A9). Everything here runs inside somebody else's transaction.

use super::audit::{self, Act};
use super::{Actor, Error, Office, cards};
use crate::domain::{CardKind, CardStep, DeadReason};
use crate::store::feed::{Instruction, Operation};
use crate::store::{self, Tx, account::Account, member::Member};
use chrono::NaiveDate;

/// What a sweep did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Closed {
    /// Accounts.
    pub accounts: u64,
    /// Cards that were still waiting.
    pub cards: u64,
}

/// A9: closes an account: login data and hashes erased, waiting cards cancelled, passwords dead, the portal told.
pub async fn close(
    tx: &mut Tx,
    office: &Office,
    actor: &Actor,
    member: &Member,
    account: &mut Account,
    why: DeadReason,
) -> Result<u64, Error> {
    let mut cancelled = 0;
    for kind in CardKind::ALL {
        cancelled += kill(tx, office, actor, member, account, *kind, why, Tell::Nobody).await?;
    }
    let now = office.clock.now();
    store::account::close(tx, account.id, now, why.code()).await?;
    store::card::erase_hashes(tx, account.id).await?;
    let mut instruction = Instruction::new(Operation::Close, None, member, now, office.clock.today());
    instruction.login_id = account.login_id.clone();
    store::feed::append(tx, &instruction).await?;
    audit::write(tx, office, actor, Act::AccountClosed.on(member.key()).and_detail(why.code())).await?;
    Ok(cancelled)
}

/// Whether the portal hears of a dead password by itself, or with something larger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tell {
    /// An instruction of its own.
    Portal,
    /// The portal did it, or hears of it otherwise.
    Nobody,
}

/// Ends every password of a kind: waiting cards are cancelled, the others marked dead, and a viewing password that the
/// member had chosen is forgotten. How many were cancelled.
#[expect(clippy::too_many_arguments, reason = "one transaction, one account, one reason: nothing to bundle")]
pub async fn kill(
    tx: &mut Tx,
    office: &Office,
    actor: &Actor,
    member: &Member,
    account: &mut Account,
    kind: CardKind,
    why: DeadReason,
    tell: Tell,
) -> Result<u64, Error> {
    let today = office.clock.today();
    let mut usable = false;
    let mut cancelled = 0;
    for mut card in store::card::of_account(tx, account.id).await? {
        if card.kind != kind || card.dead().is_some() {
            continue;
        }
        let from = card.state;
        let batch = cards::batch_of(tx, &card).await?;
        if from.is_waiting() {
            cards::step(&mut card, CardStep::Cancel)?;
            card.batch_id = None;
            cancelled += 1;
        } else if !from.is_under_way() && from != crate::domain::CardState::Dispatched {
            continue;
        }
        usable |= from == crate::domain::CardState::Dispatched;
        mark_dead(&mut card, why, today);
        cards::save(tx, &card, from).await?;
        let act = if from.is_waiting() { Act::CardCancelled } else { Act::CardDead };
        let named = card.serial.clone().unwrap_or_else(|| card.id.to_string());
        let entry = act.on(member.key()).in_batch(batch.as_ref()).and_detail(format!("{named} {}", why.code()));
        audit::write(tx, office, actor, entry).await?;
    }
    if kind == CardKind::Viewing && account.viewing_changed_at.take().is_some() {
        store::account::update(tx, account).await?;
        usable = true;
    }
    if usable && tell == Tell::Portal {
        let now = office.clock.now();
        let mut instruction = Instruction::new(Operation::Revoke, Some(kind), member, now, today);
        instruction.login_id = account.login_id.clone();
        store::feed::append(tx, &instruction).await?;
    }
    Ok(cancelled)
}

/// Notes since when and why a card's password is dead.
pub(super) fn mark_dead(card: &mut store::card::Card, why: DeadReason, on: NaiveDate) {
    card.dead_on = Some(on);
    card.dead_reason = Some(why.code().to_owned());
}

/// Closes what the registry says is over: members lost by today (A9), numbers that changed (A3).
pub async fn close_ended(tx: &mut Tx, office: &Office, actor: &Actor) -> Result<Closed, Error> {
    let lost = store::account::of_lost_members(tx, office.clock.today()).await?;
    let renumbered = store::account::of_renumbered_members(tx).await?;
    let mut closed = Closed::default();
    let ended = lost.into_iter().map(|id| (id, DeadReason::MemberLost));
    for (id, why) in ended.chain(renumbered.into_iter().map(|id| (id, DeadReason::NumberChanged))) {
        let member = store::member::get(tx, id).await?;
        // A member may be lost and renumbered at once: the second finds no open account.
        if let (Some(member), Some(mut account)) = (member, store::account::open_of(tx, id).await?) {
            closed.cards += close(tx, office, actor, &member, &mut account, why).await?;
            closed.accounts += 1;
        }
    }
    Ok(closed)
}
