//! 受領書と返戻 (B9, B10).

use super::{get, wrong_state};
use crate::domain::{BatchNumber, BatchState, BatchStep, CardStep, DeadReason, Permission};
use crate::store::feed::{Instruction, Operation};
use crate::store::{self, batch::Bundle};
use crate::usecases::accounts::mark_dead;
use crate::usecases::audit::{self, Act};
use crate::usecases::{Actor, Error, Office, Refusal, cards};
use chrono::NaiveDate;

/// Notes that an employer's receipt came back.
pub async fn receipt(
    office: &Office,
    actor: &Actor,
    number: &BatchNumber,
    employer: &str,
    on: Option<NaiveDate>,
) -> Result<(), Error> {
    actor.must(Permission::Batches)?;
    let mut tx = office.write().await?;
    let batch = get(&mut tx, number).await?;
    let (BatchState::Dispatched, Some(sent)) = (batch.state, batch.dispatched_on) else {
        return Err(wrong_state(&mut tx, office, &batch, BatchStep::Dispatch).await?.into());
    };
    let today = office.clock.today();
    let on = on.unwrap_or(today);
    if !(sent..=today).contains(&on) {
        return Err(Refusal::BadDay { given: on, earliest: sent, latest: today }.into());
    }
    let unknown = || Refusal::EmployerUnknown(employer.to_owned());
    let found = store::employer::by_code(&mut tx, &crate::text::key(employer)).await?.ok_or_else(unknown)?;
    if !store::batch::receipt(&mut tx, batch.id, found.id, on).await? {
        return Err(unknown().into());
    }
    let note = Act::ReceiptRecorded.batch(number).and_detail(format!("{} {on}", found.code));
    audit::write(&mut tx, office, actor, note).await?;
    Ok(tx.commit().await?)
}

/// Bundles whose receipt is missing for longer than `policy.receipt_days` business days, oldest first.
pub async fn overdue(office: &Office, actor: &Actor) -> Result<Vec<Bundle>, Error> {
    actor.must(Permission::Look)?;
    let today = office.clock.today();
    let mut bundles = store::batch::without_receipt(&mut office.read().await?, today).await?;
    let allowed = office.settings.receipt_days;
    bundles.retain(|bundle| bundle.dispatched_on.is_some_and(|sent| office.workdays.waited(sent, today) > allowed));
    Ok(bundles)
}

/// A card that came back.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Returned {
    /// Its serial.
    pub serial: String,
    /// Whose.
    pub member: String,
}

/// B10: a dispatched card came back: its password is revoked.
pub async fn returned(office: &Office, actor: &Actor, serial: &str) -> Result<Returned, Error> {
    actor.must(Permission::Batches)?;
    let serial = crate::text::nfkc(serial).to_uppercase();
    let unknown = || Refusal::SerialUnknown(serial.clone());
    let mut tx = office.write().await?;
    let mut card = store::card::by_serial(&mut tx, &serial).await?.ok_or_else(unknown)?;
    let member = store::member::get(&mut tx, card.member_id).await?.ok_or_else(unknown)?;
    let account = store::account::get(&mut tx, card.account_id).await?.ok_or_else(unknown)?;
    let from = card.state;
    let alive = card.dead().is_none();
    cards::step_or_told(&mut tx, office, &mut card, CardStep::Return).await?;
    let today = office.clock.today();
    card.returned_on = Some(today);
    if alive {
        mark_dead(&mut card, DeadReason::Returned, today);
        let mut revoke = Instruction::new(Operation::Revoke, Some(card.kind), &member, office.clock.now(), today);
        revoke.login_id = account.login_id;
        store::feed::append(&mut tx, &revoke).await?;
    }
    cards::save(&mut tx, &card, from).await?;
    let batch = cards::batch_of(&mut tx, &card).await?;
    let entry = Act::CardReturned.on(member.key()).in_batch(batch.as_ref()).and_detail(&serial);
    audit::write(&mut tx, office, actor, entry).await?;
    tx.commit().await?;
    Ok(Returned { serial, member: member.key() })
}
