//! R7: 保護措置. A supervisor sets and ends it with a reason; it holds for the person, under every number.

use super::audit::AuditEvent;
use super::refusal::PersonRefusal;
use super::{Actor, AppContext, Error, UnitOfWork, holds, known};
use crate::domain::{MemberKey, Permission, Reason};
pub use crate::store::protection::CardOut;
use crate::store::protection::{self, ProtectiveMeasure};
use chrono::NaiveDate;

/// What a new measure has stopped, and what it cannot stop.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ProtectionSet {
    /// Cards that are held now.
    pub held: u64,
    /// Serials of cards on paper: they must be pulled now.
    pub pull: Vec<String>,
    /// Cards that were sent and whose password may still count, by serial.
    pub sent: Vec<CardOut>,
}

/// Sets a measure: from now on nothing of this person is sent by the ordinary route, nor to a one-off address that was
/// approved before. Cards that wait are held.
///
/// # Errors
/// [`PersonRefusal::Protected`] where one stands already.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn protect(
    ctx: &AppContext,
    actor: &Actor,
    key: &MemberKey,
    reason: &Reason,
) -> Result<ProtectionSet, Error> {
    let reason = String::from(reason);
    let mut uow = ctx.begin(&actor.allowed(Permission::Protect)?).await?;
    let member = known::member(&mut uow, key).await?;
    if let Some(standing) = protection::of_person(&mut uow, member.person()).await? {
        let since = crate::text::japan::day_of(standing.set_at);
        return Err(PersonRefusal::Protected { member: member.key(), since }.into());
    }
    let set = measure(&uow, &reason);
    protection::set(&mut uow, member.id, &set).await?;
    let held = holds::follow_registry(&mut uow).await?.held();
    let out = protection::cards_out(&mut uow, member.person()).await?;
    uow.commit(AuditEvent::ProtectionSet { reason }.on(member.key())).await?;
    let (sent, in_hand): (Vec<_>, Vec<_>) = out.into_iter().partition(|card| card.dispatched_on.is_some());
    Ok(ProtectionSet { held, pull: in_hand.into_iter().map(|card| card.serial).collect(), sent })
}

/// Ends the measure. Cards that were held for it alone are in the queue again; how many.
///
/// # Errors
/// [`PersonRefusal::NotProtected`] where none stands.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn unprotect(ctx: &AppContext, actor: &Actor, key: &MemberKey, reason: &Reason) -> Result<u64, Error> {
    let reason = String::from(reason);
    let mut uow = ctx.begin(&actor.allowed(Permission::Protect)?).await?;
    let member = known::member(&mut uow, key).await?;
    let end = measure(&uow, &reason);
    if protection::end(&mut uow, member.person(), &end).await? == 0 {
        return Err(PersonRefusal::NotProtected(member.key()).into());
    }
    let released = holds::follow_registry(&mut uow).await?.released();
    uow.commit(AuditEvent::ProtectionEnded { reason }.on(member.key())).await?;
    Ok(released)
}

/// The day since which a measure stands, for who takes a call about the member.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn since(ctx: &AppContext, actor: &Actor, key: &MemberKey) -> Result<Option<NaiveDate>, Error> {
    let mut tx = ctx.read(&actor.allowed(Permission::Look)?).await?;
    let member = known::member(&mut tx, key).await?;
    let standing = protection::of_person(&mut tx, member.person()).await?;
    Ok(standing.map(|measure| crate::text::japan::day_of(measure.set_at)))
}

fn measure(uow: &UnitOfWork, reason: &str) -> ProtectiveMeasure {
    ProtectiveMeasure { set_by: uow.staff().to_owned(), set_at: uow.now(), reason: reason.to_owned() }
}
