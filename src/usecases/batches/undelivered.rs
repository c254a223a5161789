//! お渡しできなかったはがき (B15): noted with the receipt, expected back, and listed until they come (B10).

use super::in_hand;
use super::listed::listed;
use crate::domain::{CardState, Permission, UndeliveredReason};
pub use crate::store::undelivered::ExpectedBack;
use crate::store::{self, batch::Batch, card::Card};
use crate::usecases::audit::AuditEvent;
use crate::usecases::refusal::BatchRefusal;
use crate::usecases::{Actor, AppContext, Error, UnitOfWork};
use chrono::NaiveDate;

/// Cards that an employer could not hand over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undelivered {
    /// はがき番号 as typed: in full or as last digits, and ranges (`2,5-7`).
    pub serials: String,
    /// Why they could not be handed over.
    pub reason: UndeliveredReason,
}

/// Notes the cards of a parcel that could not be handed over; their serials.
///
/// # Errors
/// A serial that is not of a dispatched card in this parcel.
pub(super) async fn note(
    uow: &mut UnitOfWork,
    batch: &Batch,
    employer: i64,
    on: NaiveDate,
    cards: &[Undelivered],
) -> Result<Vec<String>, Error> {
    let mut noted = Vec::new();
    if cards.is_empty() {
        return Ok(noted);
    }
    let by = uow.staff().to_owned();
    let there = store::card::of_batch(uow, batch.id).await?;
    for Undelivered { serials, reason } in cards {
        for serial in in_hand::serials(&batch.number, &there, serials)? {
            let named = |card: &&Card| card.serial.as_ref() == Some(&serial);
            let card = there.iter().find(named).ok_or_else(|| BatchRefusal::SerialUnknown(serial.clone()))?;
            if card.employer_id != Some(employer) {
                return Err(BatchRefusal::OtherParcel(serial).into());
            }
            if card.state() != CardState::Dispatched {
                return Err(BatchRefusal::NotOutThere { serial, state: card.state() }.into());
            }
            store::undelivered::note(uow, card.id, *reason, on, &by).await?;
            let member = store::member::get(uow, card.member_id).await?.map(|member| member.key()).unwrap_or_default();
            let undelivered = AuditEvent::CardUndelivered { card: card.into(), reason: *reason };
            uow.record(undelivered.on(member).in_batch(Some(&batch.number))).await?;
            noted.push(serial);
        }
    }
    Ok(noted)
}

/// Cards that employers are to send back, the oldest first; a look.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn expected_back(ctx: &AppContext, actor: &Actor) -> Result<Vec<ExpectedBack>, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let mut tx = ctx.read(&allowed).await?;
    let expected = store::undelivered::expected(&mut tx).await?;
    let cards: Vec<i64> = expected.iter().map(|card| card.card).collect();
    listed(ctx, &allowed, tx, "", &cards).await?;
    Ok(expected)
}
