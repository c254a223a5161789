//! Steps of a proposed one-off address (R3): parts of a larger change.

use super::audit::AuditEvent;
use super::refusal::AddressRefusal;
use super::{Error, UnitOfWork};
use crate::domain::{NoSuchStep, ProposalStep};
use crate::store::one_off::AddressProposal;
use crate::store::{self, member::Member};

/// A card that has a route again, or is cancelled, needs no address: what was proposed for it ends with that.
pub(super) async fn withdraw(uow: &mut UnitOfWork, member: &Member, id: i64) -> Result<(), Error> {
    let Some(proposal) = store::one_off::open_of(uow, id).await? else { return Ok(()) };
    let proposal = decide(uow, proposal, ProposalStep::Withdraw, None).await?;
    let outcome = proposal.state();
    uow.record(AuditEvent::AddressRefused { card: id, address: proposal.id, outcome }.on(member.key())).await
}

/// Decides a proposal, and writes it.
pub(super) async fn decide(
    uow: &mut UnitOfWork,
    mut proposal: AddressProposal,
    step: ProposalStep,
    why: Option<&str>,
) -> Result<AddressProposal, Error> {
    let (by, at) = (uow.staff().to_owned(), uow.now());
    let gone = AddressRefusal::NothingProposed(proposal.card_id);
    proposal.decide(step, &by, at, why).map_err(|NoSuchStep| gone)?;
    store::one_off::update(uow, &proposal).await?;
    Ok(proposal)
}
