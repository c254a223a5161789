//! 印刷完了: printed and spoiled together are what was exported (B6); spoiled cards are asked for again (S3).

use super::{expired, get, save, step};
use crate::domain::serials::{self, SerialFault};
use crate::domain::{BatchNumber, BatchStep, CardCause, CardKind, CardState, CardStep, DeadReason, Permission};
use crate::store;
use crate::store::card::{Card, NewCard};
use crate::usecases::audit::{AuditEvent, CardRef};
use crate::usecases::card_steps::{self, batch_of, revoke};
use crate::usecases::{Actor, AppContext, Error, Refusal, UnitOfWork};
use std::collections::BTreeSet;

/// The count of the print room.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Printed {
    /// Number of the printed batch.
    pub batch: BatchNumber,
    /// Number of cards that came out well.
    pub printed: usize,
    /// はがき番号 of the cards that were spoiled.
    pub spoiled: Vec<String>,
    /// Cards that took the place of spoiled ones in the queue.
    pub reissued: usize,
}

/// Notes the end of printing. `spoiled` are serials, in full or as their last digits, and ranges of those
/// (`12,40-43`).
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn printed(ctx: &AppContext, actor: &Actor, number: &BatchNumber, spoiled: &str) -> Result<Printed, Error> {
    let allowed = actor.allowed(Permission::Batches)?;
    expired::expire_now(ctx, &allowed).await?;
    let mut uow = ctx.begin(&allowed).await?;
    let mut batch = get(&mut uow, number).await?;
    step(&mut uow, ctx, &mut batch, BatchStep::Print).await?;
    let print_job = store::card::of_batch(&mut uow, batch.id).await?;
    let spoiled = serials(number, &print_job, spoiled)?;
    let mut count =
        Printed { batch: number.clone(), printed: 0, spoiled: spoiled.iter().cloned().collect(), reissued: 0 };
    let mut good = Vec::new();
    for mut card in print_job.into_iter().filter(|card| card.state() == CardState::Exported) {
        if card.serial.as_ref().is_some_and(|serial| spoiled.contains(serial)) {
            count.reissued += usize::from(spoil(&mut uow, card).await?);
        } else {
            card_steps::step(&mut card, CardStep::Print)?;
            good.push(card);
        }
    }
    card_steps::save_all(&mut uow, &good, CardState::Exported).await?;
    count.printed = good.len();
    batch.printed_by = Some(actor.id.clone());
    batch.printed_at = Some(ctx.clock.now());
    save(&mut uow, &batch).await?;
    let (printed, spoiled) = (count.printed as u64, count.spoiled.len() as u64);
    uow.commit(AuditEvent::BatchPrinted { printed, spoiled }.batch(number)).await?;
    Ok(count)
}

/// Voids a card and asks for another, unless the member's own card is dead anyway; whether another was asked for.
async fn spoil(uow: &mut UnitOfWork, mut card: Card) -> Result<bool, Error> {
    let wanted = card.dead().is_none();
    let (by, at, reason) = (uow.staff().to_owned(), uow.now(), DeadReason::ByHand);
    card_steps::step(&mut card, CardStep::Spoil)?;
    card.hash = None;
    revoke(&mut card, reason, uow.today());
    card_steps::save(uow, &card, CardState::Exported).await?;
    let Some(member) = store::member::get(uow, card.member_id).await? else { return Ok(false) };
    let batch = batch_of(uow, &card).await?;
    let dead = AuditEvent::CardDead { card: CardRef::from(&card), reason, step: Some(CardStep::Spoil) };
    uow.record(dead.on(member.key()).in_batch(batch.as_ref())).await?;
    if !wanted {
        return Ok(false);
    }
    let new = NewCard {
        kind: card.kind,
        cause: CardCause::Spoiled,
        member_id: card.member_id,
        account_id: card.account_id,
        employer_id: card.employer_id,
        // The same sending on another sheet: what two supervisors approved for it still holds (R3).
        one_off_id: card.one_off_id,
        replaces: Some(card.id),
        asked_by: &by,
        asked_at: at,
        held: None,
    };
    let id = store::card::insert(uow, &new).await?;
    if card.kind == CardKind::Login {
        store::card::move_requests(uow, card.id, id).await?;
    }
    let asked = AuditEvent::CardAsked { card: CardRef { id, serial: None }, kind: new.kind, cause: new.cause };
    uow.record(asked.on(member.key())).await?;
    Ok(true)
}

/// Full serials from what a person types. A serial that the batch has not is refused.
pub(super) fn serials(number: &BatchNumber, print_job: &[Card], typed: &str) -> Result<BTreeSet<String>, Refusal> {
    let known: BTreeSet<&str> = print_job.iter().filter_map(|card| card.serial.as_deref()).collect();
    let places = serials::places(number, print_job.len(), typed).map_err(|fault| match fault {
        SerialFault::Unreadable(item) | SerialFault::NotThere(item) => Refusal::SerialUnknown(item),
    })?;
    let serials: BTreeSet<String> = places.into_iter().map(|place| number.serial(place)).collect();
    match serials.iter().find(|serial| !known.contains(serial.as_str())) {
        Some(unknown) => Err(Refusal::SerialUnknown(unknown.clone())),
        None => Ok(serials),
    }
}
