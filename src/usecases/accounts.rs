//! Closing accounts, and what that does to their cards (A3, A9): parts of a larger change.

use super::audit::{AuditEvent, CardRef};
use super::card_steps::{self, step};
use super::registrations::{Consequences, LoadedCard, MemberAccount, Registrations};
use super::requests::{recover, reopen};
use super::{Error, UnitOfWork};
use crate::domain::{BatchNumber, CardKind, CardState, CardStep, DeadReason};
use crate::store::feed::{Instruction, Operation};
use crate::store::{self, Tx, member::Member};
use crate::text::japan;
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{BTreeMap, HashMap};

/// Counts of closed accounts and cancelled cards.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Closed {
    /// Accounts that were closed.
    pub accounts: u64,
    /// Waiting cards that were cancelled.
    pub cards: u64,
}

impl Closed {
    /// Adds the counts of another.
    pub(super) fn add(&mut self, more: Self) {
        self.accounts += more.accounts;
        self.cards += more.cards;
    }

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

/// A9: closes a member's account, where one is open: login data and hashes erased, waiting cards cancelled, passwords
/// revoked, the portal instructed. Returns the cards that are not sent any more.
pub(super) async fn close(
    uow: &mut UnitOfWork,
    member: &Member,
    why: DeadReason,
) -> Result<Option<Vec<StoppedCard>>, Error> {
    let mut all = Registrations::of(uow, vec![member.clone()]).await?;
    let Some((of, done)) = all.get(member.id).filter(|(of, _)| of.account().is_some()) else { return Ok(None) };
    let stopped = close_in(of, done, why)?;
    all.write(uow).await?;
    Ok(Some(stopped))
}

/// The same in memory.
fn close_in(of: &mut MemberAccount, done: &mut Consequences, why: DeadReason) -> Result<Vec<StoppedCard>, Error> {
    let mut stopped = Vec::new();
    let lost_on = of.member.lost_on.filter(|on| why == DeadReason::MemberLost && *on <= done.today);
    for kind in CardKind::ALL {
        stopped.extend(revoke(of, done, *kind, EndCause { why, on: lost_on }, Tell::Silent)?);
    }
    let Some(account) = of.change() else { return Ok(stopped) };
    let login_id = account.login_id.take();
    account.email = None;
    account.closed_at = Some(done.now);
    account.closed_reason = Some(why.code().to_owned());
    let mut instruction = Instruction::new(Operation::Close, None, &of.member, done.now, done.today);
    instruction.login_id = login_id;
    done.feed.push(instruction);
    done.notes.push(AuditEvent::AccountClosed { reason: why }.on(of.member.key()));
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
    kind: CardKind,
    ended: impl Into<EndCause>,
    tell: Tell,
) -> Result<Vec<StoppedCard>, Error> {
    let mut all = Registrations::of(uow, vec![member.clone()]).await?;
    let Some((of, done)) = all.get(member.id) else { return Ok(Vec::new()) };
    let stopped = revoke(of, done, kind, ended, tell)?;
    all.write(uow).await?;
    Ok(stopped)
}

/// The same in memory.
pub(super) fn revoke(
    of: &mut MemberAccount,
    done: &mut Consequences,
    kind: CardKind,
    ended: impl Into<EndCause>,
    tell: Tell,
) -> Result<Vec<StoppedCard>, Error> {
    let ended = ended.into();
    let ends = |it: &LoadedCard| {
        let state = it.card.state();
        it.card.kind == kind && it.card.dead().is_none() && (is_to_come(state) || state == CardState::Dispatched)
    };
    let (stopped, mut usable) = stop(of, done, ended, ends)?;
    let chosen = of.account().is_some_and(|account| account.viewing_changed_at.is_some());
    if kind == CardKind::Viewing && chosen {
        if let Some(account) = of.change() {
            account.viewing_changed_at = None;
        }
        usable = true;
    }
    if usable && tell == Tell::Portal {
        let mut instruction = Instruction::new(Operation::Revoke, Some(kind), &of.member, done.now, done.today);
        instruction.login_id = of.account().and_then(|account| account.login_id.clone());
        done.feed.push(instruction);
    }
    Ok(stopped)
}

/// L4: the member uses the login again since `at`. A notice that was asked for before and is not dispatched yet is not
/// needed; one that was dispatched later was passed over by the portal, which knew already (docs/portal.md). The member's
/// requests for login data from before are closed; how many.
pub(super) fn recover_login(
    of: &mut MemberAccount,
    done: &mut Consequences,
    at: DateTime<Utc>,
) -> Result<(Vec<StoppedCard>, u64), Error> {
    let ends = |it: &LoadedCard| {
        let passed_over = it.card.dispatched_at().is_some_and(|dispatched| at < dispatched);
        it.card.kind == CardKind::Login
            && it.card.dead().is_none()
            && (is_to_come(it.card.state()) || passed_over)
            && it.requested_at() < at
    };
    let (stopped, _) = stop(of, done, EndCause::at(DeadReason::Recovered, at), ends)?;
    let mut closed = 0;
    for held in &mut of.requests {
        if let Some(note) = recover(&mut held.request, &of.member, at, done.now)? {
            done.notes.push(note);
            closed += 1;
        }
    }
    Ok((stopped, closed))
}

/// Whether a card in this state has not left yet.
const fn is_to_come(state: CardState) -> bool {
    state.is_waiting() || state.is_under_way()
}

/// Ends the cards that `ends` picks: cancelled where they wait, their passwords dead where they have one. Gives those that
/// are not sent any more, and whether one of the others was out there.
fn stop(
    of: &mut MemberAccount,
    done: &mut Consequences,
    ended: EndCause,
    ends: impl Fn(&LoadedCard) -> bool,
) -> Result<(Vec<StoppedCard>, bool), Error> {
    let (mut stopped, mut usable) = (Vec::new(), false);
    let member = of.member.key();
    for held in of.cards.iter_mut().filter(|it| ends(it)) {
        let card = &mut held.card;
        let from = card.state();
        let batch = done.batch_of(card);
        if from.is_waiting() {
            step(card, CardStep::Cancel)?;
            card.batch_id = None;
        }
        card_steps::revoke(card, ended.why, ended.on.unwrap_or(done.today));
        let card_ref = CardRef::from(&*card);
        let event = if from.is_waiting() {
            AuditEvent::CardCancelled { card: card_ref, reason: Some(ended.why) }
        } else {
            AuditEvent::CardDead { card: card_ref, reason: ended.why, step: None }
        };
        done.notes.push(event.on(member.clone()).in_batch(batch.as_ref()));
        if from.is_waiting() {
            done.withdraw(&of.member, card.id)?;
            // As it is written: `card_steps::save_all` does the same in the database.
            let answered = of.requests.iter_mut().map(|held| &mut held.request);
            answered.filter(|request| request.card_id == Some(card.id)).for_each(reopen);
        }
        if from == CardState::Dispatched {
            usable = true;
        } else {
            let (kind, serial) = (card.kind, card.serial.clone());
            stopped.push(StoppedCard { member: member.clone(), kind, was: from, batch, serial });
        }
        held.changed(done);
    }
    Ok((stopped, usable))
}

/// The most accounts that are closed in one transaction.
const AT_ONCE: usize = 200;

/// Members whose accounts are to be closed by today, and why: those whose number changed (A3), and those lost (A9). For a
/// member who is both the new number is the reason: it is the one to register with.
pub(super) async fn ended(tx: &mut Tx, today: NaiveDate) -> Result<BTreeMap<i64, DeadReason>, Error> {
    let lost = store::account::of_lost_members(tx, today).await?;
    let mut ended: BTreeMap<i64, DeadReason> = lost.into_iter().map(|id| (id, DeadReason::MemberLost)).collect();
    let renumbered = store::account::renumbered_open(tx, today).await?;
    ended.extend(renumbered.into_iter().map(|(_, id)| (id, DeadReason::NumberChanged)));
    Ok(ended)
}

/// Closes accounts that are to be closed by today, some at a time; none where every one is closed.
pub async fn close_ended(uow: &mut UnitOfWork) -> Result<Vec<Ended>, Error> {
    let today = uow.today();
    let whys: Vec<(i64, DeadReason)> = ended(uow, today).await?.into_iter().take(AT_ONCE).collect();
    if whys.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = whys.iter().map(|(id, _)| *id).collect();
    let members = store::member::by_ids(uow, &ids).await?;
    let mut all = Registrations::of(uow, members).await?;
    let closed = close_all(&mut all, &whys)?;
    all.write(uow).await?;
    Ok(closed)
}

/// Closes the accounts of these members in memory, with the reason given, where they are open. `lost_on`: when a file that is
/// not applied yet ends memberships.
pub(super) async fn would_end(
    tx: &mut Tx,
    all: &mut Registrations,
    whys: &BTreeMap<i64, DeadReason>,
    lost_on: &HashMap<i64, NaiveDate>,
) -> Result<Vec<Ended>, Error> {
    let unknown: Vec<i64> = whys.keys().copied().filter(|id| !all.has(*id)).collect();
    if !unknown.is_empty() {
        let members = store::member::by_ids(tx, &unknown).await?;
        all.load(tx, members).await?;
    }
    lost_on.iter().for_each(|(member, day)| all.will_be_lost(*member, *day));
    let whys: Vec<(i64, DeadReason)> = whys.iter().map(|(id, why)| (*id, *why)).collect();
    close_all(all, &whys)
}

/// Closes the accounts of loaded members in memory.
fn close_all(all: &mut Registrations, whys: &[(i64, DeadReason)]) -> Result<Vec<Ended>, Error> {
    let mut closed = Vec::new();
    for (id, why) in whys {
        if let Some((of, done)) = all.get(*id).filter(|(of, _)| of.account().is_some()) {
            let cards = close_in(of, done, *why)?;
            closed.push(Ended { member: of.member.key(), name: of.member.name.clone(), why: *why, cards });
        }
    }
    Ok(closed)
}
