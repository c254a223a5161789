//! F2: whether two people decide, and the proposals that wait for the second one. What a confirmation does is in
//! `confirmations`.

use super::actor::{Actor, SYSTEM};
use super::audit::AuditEvent;
use super::refusal::TwoPeopleRefusal;
use super::{AppContext, DataError, Error, UnitOfWork, settings};
use crate::domain::two_people::{APART_DAYS, ChangeStep, Colleagues, ENOUGH, OPEN_DAYS};
use crate::domain::{ChangeState, GuardedChange, Permission, Reason, TwoPeople};
use crate::store::proposal::{self, ProposalRow};
use crate::store::{self, Tx};
use crate::text::japan::day_of;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// A proposed change.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Proposal {
    /// Number of the proposal.
    pub id: i64,
    /// What is proposed.
    pub change: GuardedChange,
    /// What became of it.
    pub state: ChangeState,
    /// Staff ID of who proposed it.
    pub proposed_by: String,
    /// Instant of the proposal.
    pub proposed_at: DateTime<Utc>,
    /// The last day on which it can be confirmed.
    pub until: NaiveDate,
    /// Staff ID of who decided it; none while it is open, where its time ran out, and where it was confirmed on the host.
    pub decided_by: Option<String>,
    /// Instant of the decision.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was refused.
    pub answer: Option<String>,
    /// Staff IDs of those who could confirm it now.
    pub could_confirm: Vec<String>,
}

/// What came of a change that may need two people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// One person decides: it is done.
    Done,
    /// It waits for another person.
    Proposed(Box<Proposal>),
}

/// Which proposals are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProposalScope {
    /// Those that wait.
    Open,
    /// Those that wait, and those that were decided within two weeks.
    Lately,
}

/// How many people decide about what redirects or unlocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Deciders {
    /// One: it is done at once.
    #[default]
    One,
    /// Two: one proposes, another confirms.
    Two,
}

/// How many people decide here, by the setting and the people.
pub async fn deciders(ctx: &AppContext, actor: &Actor) -> Result<Deciders, Error> {
    let two = in_force(&mut ctx.read(&actor.own()).await?, ctx.clock.now()).await?;
    Ok(if two { Deciders::Two } else { Deciders::One })
}

/// The same within a change.
pub(super) async fn in_force(tx: &mut Tx, now: DateTime<Utc>) -> Result<bool, Error> {
    Ok(match settings::load(tx).await?.two_people {
        TwoPeople::On => true,
        TwoPeople::Off => false,
        TwoPeople::Auto => colleagues(tx, now).await?.count() >= ENOUGH,
    })
}

/// All staff, as far as it decides who counts as another person.
pub(super) async fn colleagues(tx: &mut Tx, now: DateTime<Utc>) -> Result<Colleagues, Error> {
    Ok(Colleagues::new(store::staff::colleagues(tx).await?, now))
}

/// Refuses a second person who counts as one with the first, where two people decide; and always one who is behind a machine
/// that did it.
pub(super) async fn must_be_apart(tx: &mut Tx, now: DateTime<Utc>, first: &str, second: &str) -> Result<(), Error> {
    if let Some(machine) = colleagues(tx, now).await?.own_machine(first, second) {
        return Err(TwoPeopleRefusal::OwnMachine(machine.to_owned()).into());
    }
    if in_force(tx, now).await? { apart(tx, now, first, second).await } else { Ok(()) }
}

async fn apart(tx: &mut Tx, now: DateTime<Utc>, first: &str, second: &str) -> Result<(), Error> {
    let colleagues = colleagues(tx, now).await?;
    if colleagues.are_apart(first, second) {
        return Ok(());
    }
    let from = day_of(colleagues.joined_until(second));
    Err(TwoPeopleRefusal::OnePerson { other: first.to_owned(), from }.into())
}

/// Proposes a change that was checked.
///
/// # Errors
/// [`TwoPeopleRefusal::Waiting`] where one about the same subject is open.
pub(super) async fn put_forward(mut uow: UnitOfWork, change: GuardedChange) -> Result<Asked, Error> {
    let now = uow.now();
    if let Some(open) = proposal::open_of(&mut uow, change.kind(), change.subject()).await? {
        let waiting = read(open)?;
        if waiting.is_in_time(now) {
            return Err(TwoPeopleRefusal::Waiting { proposal: waiting.id, by: waiting.proposed_by }.into());
        }
        end(&mut uow, waiting, ChangeStep::Expire, None).await?;
    }
    let json = serde_json::to_string(&change).map_err(DataError::from)?;
    let by = uow.staff().to_owned();
    let id = proposal::insert(&mut uow, change.kind(), change.subject(), &json, &by, now).await?;
    let made = find(&mut uow, now, id).await?;
    uow.commit(AuditEvent::ChangeProposed { proposal: id, change }).await?;
    Ok(Asked::Proposed(Box::new(made)))
}

/// Proposals, the newest first.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn list(ctx: &AppContext, actor: &Actor, scope: ProposalScope) -> Result<Vec<Proposal>, Error> {
    listed(&mut ctx.read(&actor.allowed(Permission::Second)?).await?, ctx.clock.now(), scope).await
}

/// The same among other questions.
pub(super) async fn listed(tx: &mut Tx, now: DateTime<Utc>, scope: ProposalScope) -> Result<Vec<Proposal>, Error> {
    let staff = colleagues(tx, now).await?;
    let rows = proposal::since(tx, now - TimeDelta::days(APART_DAYS)).await?;
    let mut found = Vec::new();
    for row in rows {
        let proposal = seen(read(row)?, &staff, now);
        if scope == ProposalScope::Lately || proposal.state == ChangeState::Open {
            found.push(proposal);
        }
    }
    Ok(found)
}

/// One proposal, by its number.
///
/// # Errors
/// [`TwoPeopleRefusal::Unknown`].
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn show(ctx: &AppContext, actor: &Actor, id: i64) -> Result<Proposal, Error> {
    find(&mut ctx.read(&actor.allowed(Permission::Second)?).await?, ctx.clock.now(), id).await
}

/// 却下 by another person than who proposed it.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn refuse(ctx: &AppContext, actor: &Actor, id: i64, reason: &Reason) -> Result<Proposal, Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::Second)?).await?;
    let proposal = open(&mut uow, ctx.clock.now(), id).await?;
    if proposal.proposed_by == actor.id {
        return Err(TwoPeopleRefusal::Own(id).into());
    }
    finish(uow, proposal, ChangeStep::Refuse, Some(reason.into())).await
}

/// 取下げ by who proposed it.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn withdraw(ctx: &AppContext, actor: &Actor, id: i64) -> Result<Proposal, Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::Second)?).await?;
    let proposal = open(&mut uow, ctx.clock.now(), id).await?;
    if proposal.proposed_by != actor.id {
        return Err(TwoPeopleRefusal::NotYours(id).into());
    }
    finish(uow, proposal, ChangeStep::Withdraw, None).await
}

/// The business day ends proposals whose time is over.
pub(super) async fn expire(uow: &mut UnitOfWork) -> Result<(), Error> {
    let now = uow.now();
    for row in proposal::since(uow, now).await? {
        let proposal = read(row)?;
        if proposal.state == ChangeState::Open && !proposal.is_in_time(now) {
            let ended = end(uow, proposal, ChangeStep::Expire, None).await?;
            uow.record(of(&ended)).await?;
        }
    }
    Ok(())
}

/// A proposal that can be decided.
///
/// # Errors
/// [`TwoPeopleRefusal::Unknown`], [`TwoPeopleRefusal::Decided`].
pub(super) async fn open(tx: &mut Tx, now: DateTime<Utc>, id: i64) -> Result<Proposal, Error> {
    let proposal = find(tx, now, id).await?;
    match proposal.state {
        ChangeState::Open => Ok(proposal),
        state => Err(TwoPeopleRefusal::Decided { proposal: id, state }.into()),
    }
}

/// Refuses who may not be the second person of a proposal: the proposer, the person it is about, and who counts as one
/// with the proposer. A setting that was switched off since changes nothing of that.
pub(super) async fn must_be_second(tx: &mut Tx, now: DateTime<Utc>, it: &Proposal, second: &str) -> Result<(), Error> {
    if it.proposed_by == second {
        return Err(TwoPeopleRefusal::Own(it.id).into());
    }
    if it.change.person() == Some(second) {
        return Err(TwoPeopleRefusal::AboutYou(it.id).into());
    }
    apart(tx, now, &it.proposed_by, second).await
}

/// Decides a proposal, and writes it.
pub(super) async fn end(
    uow: &mut UnitOfWork,
    proposal: Proposal,
    step: ChangeStep,
    answer: Option<String>,
) -> Result<Proposal, Error> {
    let id = proposal.id;
    let gone = TwoPeopleRefusal::Decided { proposal: id, state: proposal.state };
    let mut row = proposal::get(uow, id).await?.ok_or(TwoPeopleRefusal::Unknown(id))?;
    row.state = row.state.after(step).ok_or(gone)?;
    row.decided_by = Some(uow.staff().to_owned()).filter(|by| by != SYSTEM && step != ChangeStep::Expire);
    row.decided_at = Some(store::micros(uow.now()));
    row.answer = answer;
    proposal::update(uow, &row).await?;
    read(row)
}

async fn finish(
    mut uow: UnitOfWork,
    proposal: Proposal,
    step: ChangeStep,
    answer: Option<String>,
) -> Result<Proposal, Error> {
    let ended = end(&mut uow, proposal, step, answer).await?;
    uow.commit(of(&ended)).await?;
    Ok(ended)
}

fn of(ended: &Proposal) -> AuditEvent {
    let Proposal { id, change, proposed_by, state, .. } = ended.clone();
    AuditEvent::ChangeEnded { proposal: id, change, proposed_by, outcome: state }
}

async fn find(tx: &mut Tx, now: DateTime<Utc>, id: i64) -> Result<Proposal, Error> {
    let row = proposal::get(tx, id).await?.ok_or(TwoPeopleRefusal::Unknown(id))?;
    Ok(seen(read(row)?, &colleagues(tx, now).await?, now))
}

/// As it stands now: its time may be over before a business day was begun.
fn seen(mut proposal: Proposal, staff: &Colleagues, now: DateTime<Utc>) -> Proposal {
    if proposal.state == ChangeState::Open && !proposal.is_in_time(now) {
        proposal.state = ChangeState::Expired;
    }
    if proposal.state == ChangeState::Open {
        let second = staff.could_confirm(&proposal.proposed_by, proposal.change.person());
        proposal.could_confirm = second.into_iter().map(str::to_owned).collect();
    }
    proposal
}

fn read(row: ProposalRow) -> Result<Proposal, Error> {
    let change = serde_json::from_str(&row.payload).map_err(DataError::from)?;
    Ok(Proposal {
        id: row.id,
        change,
        state: row.state,
        until: day_of(row.proposed_at + TimeDelta::days(OPEN_DAYS)),
        proposed_by: row.proposed_by,
        proposed_at: row.proposed_at,
        decided_by: row.decided_by,
        decided_at: row.decided_at,
        answer: row.answer,
        could_confirm: Vec::new(),
    })
}

impl Proposal {
    fn is_in_time(&self, now: DateTime<Utc>) -> bool {
        day_of(now) <= self.until
    }
}
