//! R3: releases a held card to a one-off address. One supervisor proposes, another decides; both steps are on record.
//!
//! R1 stays the rule: this is an exception for a card that has nowhere to go, it is off by default
//! (`policy.allow_route_override`), and two people answer for it.

use super::audit::{self, Act};
use super::cards::{card_of, save, step};
use super::{Actor, AppContext, Error, Refusal, batches, last_transition, settings};
use crate::domain::{AddressFault, CardState, CardStep, OneOffAddress, Permission, ProposalState};
use crate::print::Fault;
use crate::store::card::Card;
use crate::store::{self, Tx, member::Member};

pub use crate::store::one_off::Proposal;

/// Why a card does not go to a one-off address.
#[derive(Debug, Clone, PartialEq)]
pub enum AddressRefusal {
    /// The society does not do this: `policy.allow_route_override` is off.
    Off,
    /// The card is not held for lack of a route.
    HasRoute(i64),
    /// An address is proposed already, by this person.
    Waiting {
        /// Card id.
        card: i64,
        /// 氏名
        by: String,
    },
    /// Nothing is proposed that could be decided.
    NothingProposed(i64),
    /// Who proposed an address does not approve it.
    SamePerson(i64),
    /// Something is missing or wrong.
    Fault(AddressFault),
    /// B4: the card could not be printed with it.
    Unprintable {
        /// Card id.
        card: i64,
        /// What is wrong.
        faults: Vec<Fault>,
    },
}

impl AddressRefusal {
    /// The stable code for scripts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Off => "route_override_off",
            Self::HasRoute(_) => "not_without_route",
            Self::Waiting { .. } => "address_waiting",
            Self::NothingProposed(_) => "no_address_proposed",
            Self::SamePerson(_) => "second_person",
            Self::Fault(_) => "bad_address",
            Self::Unprintable { .. } => "address_unprintable",
        }
    }
}

impl From<AddressRefusal> for Error {
    fn from(refusal: AddressRefusal) -> Self {
        Refusal::Address(refusal).into()
    }
}

/// A proposal that waits, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// What is proposed.
    pub proposal: Proposal,
    /// 氏名 of who proposed it.
    pub proposer: String,
}

/// What waits for a decision on a card; refused where the card could have no one-off address at all.
pub async fn look(ctx: &AppContext, actor: &Actor, id: i64) -> Result<Option<Waiting>, Error> {
    let mut tx = ctx.read().await?;
    let (card, _) = candidate(&mut tx, actor, id).await?;
    match store::one_off::open_of(&mut tx, card.id).await? {
        Some(proposal) => {
            let proposer = last_transition::name_of(&mut tx, &proposal.proposed_by).await?;
            Ok(Some(Waiting { proposal, proposer }))
        }
        None => Ok(None),
    }
}

/// 提案: says where the card shall go, and why. The card stays held.
pub async fn propose(
    ctx: &AppContext,
    actor: &Actor,
    id: i64,
    to: &OneOffAddress,
    reason: &str,
) -> Result<Proposal, Error> {
    let reason = crate::text::plain_line(reason).trim().to_owned();
    if reason.is_empty() {
        return Err(AddressRefusal::Fault(AddressFault::NoReason).into());
    }
    let mut tx = ctx.write().await?;
    let (card, member) = candidate(&mut tx, actor, id).await?;
    if let Some(open) = store::one_off::open_of(&mut tx, id).await? {
        let by = last_transition::name_of(&mut tx, &open.proposed_by).await?;
        return Err(AddressRefusal::Waiting { card: id, by }.into());
    }
    let account = store::account::get(&mut tx, card.account_id).await?;
    let login_id = account.and_then(|account| account.login_id);
    let faults = batches::faults_at(ctx, &member, card.kind, login_id, to)?;
    if !faults.is_empty() {
        return Err(AddressRefusal::Unprintable { card: id, faults }.into());
    }
    let now = ctx.clock.now();
    let proposal = store::one_off::insert(&mut tx, id, to, &reason, &actor.id, now).await?;
    let entry = Act::AddressProposed.on(member.key()).and_detail(format!("{id} address {proposal}"));
    audit::write(&mut tx, ctx, actor, entry).await?;
    let proposal = store::one_off::get(&mut tx, proposal).await?;
    tx.commit().await?;
    Ok(proposal.ok_or(AddressRefusal::NothingProposed(id))?)
}

/// 承認: by another supervisor. The card goes back to the queue, to be sent there and nowhere else.
pub async fn approve(ctx: &AppContext, actor: &Actor, id: i64) -> Result<Proposal, Error> {
    let mut tx = ctx.write().await?;
    let (mut card, member) = candidate(&mut tx, actor, id).await?;
    let proposal = open(&mut tx, id).await?;
    if proposal.proposed_by == actor.id {
        return Err(AddressRefusal::SamePerson(id).into());
    }
    step(&mut card, CardStep::Release)?;
    card.one_off_id = Some(proposal.id);
    // It goes to no employer: neither its lists nor its parcel have this card.
    card.employer_id = None;
    card.reason = None;
    card.reason_detail = None;
    save(&mut tx, &card, CardState::Held).await?;
    let proposal = decide(&mut tx, ctx, actor, proposal, ProposalState::Approved, None).await?;
    let entry = Act::AddressApproved.on(member.key()).and_detail(format!("{id} address {}", proposal.id));
    audit::write(&mut tx, ctx, actor, entry).await?;
    tx.commit().await?;
    Ok(proposal)
}

/// 却下, or 取下げ where it is one's own proposal. The card stays held.
pub async fn refuse(ctx: &AppContext, actor: &Actor, id: i64, why: &str) -> Result<Proposal, Error> {
    let mut tx = ctx.write().await?;
    let (_, member) = candidate(&mut tx, actor, id).await?;
    let proposal = open(&mut tx, id).await?;
    let own = proposal.proposed_by == actor.id;
    let state = if own { ProposalState::Withdrawn } else { ProposalState::Refused };
    let why = crate::text::plain_line(why);
    let proposal = decide(&mut tx, ctx, actor, proposal, state, Some(why.trim())).await?;
    let entry = Act::AddressRefused.on(member.key()).and_detail(format!("{id} address {}", proposal.id));
    audit::write(&mut tx, ctx, actor, entry).await?;
    tx.commit().await?;
    Ok(proposal)
}

/// A card that has a route again, or is cancelled, needs no address: what was proposed for it ends with that.
pub(super) async fn withdraw(
    tx: &mut Tx,
    ctx: &AppContext,
    actor: &Actor,
    member: &Member,
    id: i64,
) -> Result<(), Error> {
    let Some(proposal) = store::one_off::open_of(tx, id).await? else { return Ok(()) };
    let proposal = decide(tx, ctx, actor, proposal, ProposalState::Withdrawn, None).await?;
    let entry = Act::AddressRefused.on(member.key()).and_detail(format!("{id} address {}", proposal.id));
    Ok(audit::write(tx, ctx, actor, entry).await?)
}

/// A held card that has no route, or whose one-off address turned out not to be printable.
async fn candidate(tx: &mut Tx, actor: &Actor, id: i64) -> Result<(Card, Member), Error> {
    actor.must(Permission::Release)?;
    if !settings::load(tx).await?.allow_route_override {
        return Err(AddressRefusal::Off.into());
    }
    let (card, member) = card_of(tx, id).await?;
    let fits = card.one_off_id.is_some() || card.held().is_some_and(crate::domain::HoldReason::is_of_route);
    if card.state == CardState::Held && fits { Ok((card, member)) } else { Err(AddressRefusal::HasRoute(id).into()) }
}

async fn open(tx: &mut Tx, card: i64) -> Result<Proposal, Error> {
    Ok(store::one_off::open_of(tx, card).await?.ok_or(AddressRefusal::NothingProposed(card))?)
}

/// The proposal as it is then.
async fn decide(
    tx: &mut Tx,
    ctx: &AppContext,
    actor: &Actor,
    proposal: Proposal,
    state: ProposalState,
    why: Option<&str>,
) -> Result<Proposal, Error> {
    store::one_off::decide(tx, proposal.id, state, &actor.id, ctx.clock.now(), why).await?;
    Ok(store::one_off::get(tx, proposal.id).await?.unwrap_or(proposal))
}
