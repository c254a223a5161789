//! お渡しできなかったはがき (B15): noted with the receipt, expected back, and listed until they come (B10).

use crate::domain::{BatchNumber, CardState, Permission, UndeliveredReason};
pub use crate::store::undelivered::ExpectedBack;
use crate::store::{self, batch::Batch};
use crate::usecases::audit::AuditEvent;
use crate::usecases::{Actor, AppContext, Error, Refusal, UnitOfWork};
use chrono::NaiveDate;

/// A card that an employer could not hand over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undelivered {
    /// はがき番号, in full or as its last digits.
    pub serial: String,
    /// Why.
    pub reason: UndeliveredReason,
}

/// Notes the cards of a parcel that could not be handed over.
///
/// # Errors
/// A serial that is not of a dispatched card in this parcel.
pub(super) async fn note(
    uow: &mut UnitOfWork,
    batch: &Batch,
    employer: i64,
    on: NaiveDate,
    cards: &[Undelivered],
) -> Result<(), Error> {
    if cards.is_empty() {
        return Ok(());
    }
    let by = uow.staff().to_owned();
    let there = store::card::of_batch(uow, batch.id).await?;
    for Undelivered { serial, reason } in cards {
        let full = full(&batch.number, serial);
        let card =
            there.iter().find(|card| card.serial.as_deref() == Some(&*full) && card.employer_id == Some(employer));
        let card = card.ok_or_else(|| Refusal::SerialUnknown(full.clone()))?;
        if card.state() != CardState::Dispatched {
            return Err(Refusal::NotOutThere { serial: full, state: card.state() }.into());
        }
        store::undelivered::note(uow, card.id, *reason, on, &by).await?;
        let member = store::member::get(uow, card.member_id).await?.map(|member| member.key()).unwrap_or_default();
        let noted = AuditEvent::CardUndelivered { card: card.into(), reason: *reason };
        uow.record(noted.on(member).in_batch(Some(&batch.number))).await?;
    }
    Ok(())
}

/// `42` is the last part of a serial.
fn full(batch: &BatchNumber, typed: &str) -> String {
    let typed = crate::text::nfkc(typed.trim()).to_uppercase();
    typed.parse().map_or(typed, |place: usize| batch.serial(place))
}

/// Cards that employers are to send back, the oldest first.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn expected_back(ctx: &AppContext, actor: &Actor) -> Result<Vec<ExpectedBack>, Error> {
    Ok(store::undelivered::expected(&mut ctx.read(&actor.allowed(Permission::Look)?).await?).await?)
}
