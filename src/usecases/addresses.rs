//! R6: changed representative addresses, which another person than the importer confirms.

use super::audit::AuditEvent;
use super::{Actor, AppContext, Error, Refusal, holds, known, two_people};
use crate::domain::{CardRoute, Permission};
use crate::store::address_change::{self, AddressChange};
use crate::store::{self, Tx};
use chrono::{DateTime, Utc};

/// A change of a representative address.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ChangedAddress {
    /// Number of the change, by which it is confirmed.
    pub change: i64,
    /// 事業所記号
    pub code: String,
    /// The address that was confirmed last.
    pub before: CardRoute,
    /// The address that the import brought.
    pub after: CardRoute,
    /// Staff ID of the importer.
    pub changed_by: String,
    /// Instant of the import.
    pub changed_at: DateTime<Utc>,
    /// Staff ID of who confirmed it; none while it waits.
    pub confirmed_by: Option<String>,
    /// Instant of the confirmation.
    pub confirmed_at: Option<DateTime<Utc>>,
}

impl From<AddressChange> for ChangedAddress {
    fn from(change: AddressChange) -> Self {
        Self {
            change: change.id,
            before: change.before(),
            after: change.after(),
            code: change.code,
            changed_by: change.changed_by,
            changed_at: change.changed_at,
            confirmed_by: change.confirmed_by,
            confirmed_at: change.confirmed_at,
        }
    }
}

/// A confirmed address, and the cards that were released by it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ConfirmedAddress {
    /// What was confirmed.
    #[serde(flatten)]
    pub change: ChangedAddress,
    /// Row IDs of the cards that are in the queue again.
    pub released: Vec<i64>,
}

/// Every change that waits, oldest first.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn unconfirmed(ctx: &AppContext, actor: &Actor) -> Result<Vec<ChangedAddress>, Error> {
    let mut tx = ctx.read(&actor.allowed(Permission::Look)?).await?;
    Ok(address_change::unconfirmed(&mut tx).await?.into_iter().map(ChangedAddress::from).collect())
}

/// Every change of an employer's address, newest first, among other questions.
pub(super) async fn of_employer(tx: &mut Tx, employer: i64) -> Result<Vec<ChangedAddress>, Error> {
    Ok(address_change::of_employer(tx, employer).await?.into_iter().map(ChangedAddress::from).collect())
}

/// Confirms the changed address of an employer that the person has seen, by the number of the change; the cards that waited
/// for it are queued again.
///
/// # Errors
/// [`Refusal::AddressChangedSince`] where another change waits than the one that was seen,
/// [`Refusal::OwnAddressChange`] for who imported it, `TwoPeopleRefusal::OnePerson` for who counts as one with that person,
/// [`Refusal::NothingToConfirm`] where no change waits.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn confirm(ctx: &AppContext, actor: &Actor, code: &str, seen: i64) -> Result<ConfirmedAddress, Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::ConfirmAddress)?).await?;
    let employer = known::employer(&mut uow, code).await?;
    let changes = address_change::of_employer(&mut uow, employer.id).await?;
    let nothing = || Refusal::NothingToConfirm(employer.record.code_shown.clone());
    let change = changes.into_iter().find(|change| change.confirmed_at.is_none()).ok_or_else(nothing)?;
    if change.id != seen {
        return Err(Refusal::AddressChangedSince(change.code).into());
    }
    if change.changed_by == actor.id {
        return Err(Refusal::OwnAddressChange(change.code).into());
    }
    let now = uow.now();
    two_people::must_be_apart(&mut uow, now, &change.changed_by, &actor.id).await?;
    if !address_change::confirm(&mut uow, change.id, &actor.id, now).await? {
        return Err(nothing().into());
    }
    let released = holds::follow_registry(&mut uow).await?.released_of(employer.id);
    let mut change = ChangedAddress::from(change);
    change.confirmed_by = Some(actor.id.clone());
    change.confirmed_at = Some(store::micros(now));
    let (code, changed_by) = (change.code.clone(), change.changed_by.clone());
    uow.commit(AuditEvent::AddressConfirmed { code, changed_by, released: released.len() as u64 }).await?;
    Ok(ConfirmedAddress { change, released })
}
