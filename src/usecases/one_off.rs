//! R3: releases a held card to a one-off address. One supervisor proposes, another decides; both steps are on record.
//!
//! R1 stays the rule: this is an exception for a card that has nowhere to go, it is off by default
//! (`policy.allow_route_override`), and two people answer for it.

use super::audit::AuditEvent;
use super::card_steps::{card_of, save, step};
use super::proposals::decide;
use super::routes::{Destination, destination};
use super::{Actor, AppContext, Error, batches, settings, transitions, two_people};
use crate::domain::{CardState, CardStep, HoldReason, OneOffAddress, Permission, ProposalStep, Reason};
use crate::store::card::Card;
use crate::store::{self, Tx, member::Member};
use chrono::NaiveDate;

pub use super::refusal::AddressRefusal;
pub use crate::store::one_off::AddressProposal;

/// What proposing, approving and refusing need.
pub(super) const DECIDES: Permission = Permission::Release;

/// A proposal that waits, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingAddress {
    /// What is proposed.
    pub proposal: AddressProposal,
    /// 氏名 of who proposed it.
    pub proposer: String,
}

/// What waits for a decision on a card; refused where the card could have no one-off address at all.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn look(ctx: &AppContext, actor: &Actor, id: i64) -> Result<Option<WaitingAddress>, Error> {
    let mut tx = ctx.read(&actor.allowed(DECIDES)?).await?;
    let (card, _) = candidate(&mut tx, ctx.clock.today(), id).await?;
    match store::one_off::open_of(&mut tx, card.id).await? {
        Some(proposal) => {
            let proposer = transitions::name_of(&mut tx, &proposal.proposed_by).await?;
            Ok(Some(WaitingAddress { proposal, proposer }))
        }
        None => Ok(None),
    }
}

/// 提案: says where the card shall go, and why. The card stays held.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn propose(
    ctx: &AppContext,
    actor: &Actor,
    id: i64,
    to: &OneOffAddress,
    reason: &Reason,
) -> Result<AddressProposal, Error> {
    let mut uow = ctx.begin(&actor.allowed(DECIDES)?).await?;
    let (card, member) = candidate(&mut uow, ctx.clock.today(), id).await?;
    if let Some(open) = store::one_off::open_of(&mut uow, id).await? {
        let by = transitions::name_of(&mut uow, &open.proposed_by).await?;
        return Err(AddressRefusal::Waiting { card: id, by }.into());
    }
    let account = store::account::get(&mut uow, card.account_id).await?;
    let login_id = account.and_then(|account| account.login_id);
    let faults = batches::faults_at(ctx, &member, card.kind, login_id, to)?;
    if !faults.is_empty() {
        return Err(AddressRefusal::Unprintable { card: id, faults }.into());
    }
    let now = ctx.clock.now();
    let address = store::one_off::insert(&mut uow, id, to, reason.as_str(), &actor.id, now).await?;
    let proposal = store::one_off::get(&mut uow, address).await?.ok_or(AddressRefusal::NothingProposed(id))?;
    uow.commit(AuditEvent::AddressProposed { card: id, address }.on(member.key())).await?;
    Ok(proposal)
}

/// 承認: by another supervisor. The card goes back to the queue, to be sent there and nowhere else.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn approve(ctx: &AppContext, actor: &Actor, id: i64) -> Result<AddressProposal, Error> {
    let mut uow = ctx.begin(&actor.allowed(DECIDES)?).await?;
    let (mut card, member) = candidate(&mut uow, ctx.clock.today(), id).await?;
    let proposal = open(&mut uow, id).await?;
    if proposal.proposed_by == actor.id {
        return Err(AddressRefusal::SamePerson(id).into());
    }
    let now = uow.now();
    two_people::must_be_apart(&mut uow, now, &proposal.proposed_by, &actor.id).await?;
    step(&mut card, CardStep::Release)?;
    card.one_off_id = Some(proposal.id);
    // It goes to no employer: neither its lists nor its parcel have this card.
    card.employer_id = None;
    card.reason = None;
    card.reason_detail = None;
    save(&mut uow, &card, CardState::Held).await?;
    let proposal = decide(&mut uow, proposal, ProposalStep::Approve, None).await?;
    uow.commit(AuditEvent::AddressApproved { card: id, address: proposal.id }.on(member.key())).await?;
    Ok(proposal)
}

/// 却下, or 取下げ where it is one's own proposal. The card stays held.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn refuse(ctx: &AppContext, actor: &Actor, id: i64, why: &Reason) -> Result<AddressProposal, Error> {
    let mut uow = ctx.begin(&actor.allowed(DECIDES)?).await?;
    let (_, member) = candidate(&mut uow, ctx.clock.today(), id).await?;
    let proposal = open(&mut uow, id).await?;
    let own = proposal.proposed_by == actor.id;
    let step = if own { ProposalStep::Withdraw } else { ProposalStep::Refuse };
    let proposal = decide(&mut uow, proposal, step, Some(why.as_str())).await?;
    let refused = AuditEvent::AddressRefused { card: id, address: proposal.id, outcome: proposal.state() };
    uow.commit(refused.on(member.key())).await?;
    Ok(proposal)
}

/// A held card that has no route, whatever it was held for first, or whose one-off address turned out not to be printable.
async fn candidate(tx: &mut Tx, today: NaiveDate, id: i64) -> Result<(Card, Member), Error> {
    if !settings::load(tx).await?.allow_route_override {
        return Err(AddressRefusal::Off.into());
    }
    let (card, member) = card_of(tx, id).await?;
    let fits = card.one_off_id.is_some()
        || card.held().is_some_and(HoldReason::is_of_route)
        || matches!(destination(tx, today, None, &member).await?, Destination::Nowhere(why) if why.is_of_route());
    if card.state() == CardState::Held && fits { Ok((card, member)) } else { Err(AddressRefusal::HasRoute(id).into()) }
}

async fn open(tx: &mut Tx, card: i64) -> Result<AddressProposal, Error> {
    Ok(store::one_off::open_of(tx, card).await?.ok_or(AddressRefusal::NothingProposed(card))?)
}
