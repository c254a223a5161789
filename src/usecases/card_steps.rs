//! Single steps of a card, for every use case that moves one.

use super::{AppContext, Error, Refusal, UnitOfWork, transitions};
use crate::domain::{BatchNumber, CardState, CardStep, DeadReason, NoSuchStep};
use crate::store::card::{Card, CardChange, Dead};
use crate::store::{self, Tx, member::Member};
use chrono::NaiveDate;

/// A card by row id, and whose it is.
pub(super) async fn card_of(tx: &mut Tx, id: i64) -> Result<(Card, Member), Error> {
    let unknown = || Refusal::CardUnknown(id.to_string());
    let card = store::card::get(tx, id).await?.ok_or_else(unknown)?;
    let member = store::member::get(tx, card.member_id).await?.ok_or_else(unknown)?;
    Ok((card, member))
}

/// Moves a card by the table.
pub(super) fn step(card: &mut Card, step: CardStep) -> Result<(), Refusal> {
    let named = card.serial.clone().unwrap_or_else(|| card.id.to_string());
    card.step(step).map_err(|NoSuchStep| Refusal::CardStep { card: named, state: card.state(), step, moved: None })
}

/// The same for what a person asked of a card: a refusal says who was faster.
pub(super) async fn step_or_told(tx: &mut Tx, ctx: &AppContext, card: &mut Card, by: CardStep) -> Result<(), Error> {
    match step(card, by) {
        Err(Refusal::CardStep { card: named, state, step, .. }) => {
            let moved = transitions::card(tx, ctx, card).await?;
            // A row id says nothing to a person.
            let named = match &card.serial {
                Some(_) => named,
                None => store::member::get(tx, card.member_id).await?.map_or(named, |member| member.key()),
            };
            Err(Refusal::CardStep { card: named, state, step, moved }.into())
        }
        done => Ok(done?),
    }
}

/// The batch that a card is in.
pub(super) async fn batch_of(tx: &mut Tx, card: &Card) -> Result<Option<BatchNumber>, Error> {
    Ok(match card.batch_id {
        Some(id) => store::batch::get(tx, id).await?.map(|batch| batch.number),
        None => None,
    })
}

/// Writes a moved card, who moved it and when, and which batch it entered or left.
///
/// # Errors
/// [`Refusal::Changed`] where another transaction has moved it since it was read.
pub(super) async fn save(uow: &mut UnitOfWork, card: &Card, from: CardState) -> Result<(), Error> {
    save_all(uow, std::slice::from_ref(card), from).await
}

/// The same of many cards that take the same step, in few statements.
///
/// # Errors
/// [`Refusal::Changed`] names the first that another transaction has moved.
pub(super) async fn save_all(uow: &mut UnitOfWork, cards: &[Card], from: CardState) -> Result<(), Error> {
    let Some(first) = cards.first() else { return Ok(()) };
    let ids: Vec<i64> = cards.iter().map(|card| card.id).collect();
    let (by, at) = (uow.staff().to_owned(), uow.now());
    let saved = store::card::save(uow, cards, from, CardChange { by: &by, at }).await?;
    must_be_all(uow, saved, cards).await?;
    match (from, first.batch_id) {
        (CardState::Queued, Some(_)) => store::batch_card::entered(uow, &ids).await?,
        (CardState::Drafted, Some(_)) => store::batch_card::numbered(uow, &ids).await?,
        (CardState::Drafted | CardState::Exported, None) => store::batch_card::left(uow, &ids).await?,
        _ => {}
    }
    if matches!(first.state(), CardState::Cancelled | CardState::Pulled) {
        store::card::reopen_requests(uow, &ids).await?;
    }
    Ok(())
}

/// The same of queued cards that enter a batch: what nothing else of them changes by is written alone.
pub(super) async fn draft_all(uow: &mut UnitOfWork, cards: &[Card], batch: i64) -> Result<(), Error> {
    let (by, at) = (uow.staff().to_owned(), uow.now());
    let saved = store::card::enter(uow, cards, batch, CardChange { by: &by, at }).await?;
    must_be_all(uow, saved, cards).await?;
    let ids: Vec<i64> = cards.iter().map(|card| card.id).collect();
    Ok(store::batch_card::entered(uow, &ids).await?)
}

/// The same of printed cards that are dispatched. A login password counts until `ends_on` (L5).
pub(super) async fn dispatch_all(
    uow: &mut UnitOfWork,
    cards: &[Card],
    on: NaiveDate,
    ends_on: NaiveDate,
) -> Result<(), Error> {
    let (by, at) = (uow.staff().to_owned(), uow.now());
    let ids: Vec<i64> = cards.iter().map(|card| card.id).collect();
    let saved = store::card::leave(uow, &ids, on, ends_on, CardChange { by: &by, at }).await?;
    must_be_all(uow, saved, cards).await
}

async fn must_be_all(uow: &mut UnitOfWork, saved: u64, cards: &[Card]) -> Result<(), Error> {
    let Some(first) = cards.first().filter(|_| saved != cards.len() as u64) else { return Ok(()) };
    let ids: Vec<i64> = cards.iter().map(|card| card.id).collect();
    let moved = store::card::moved_since(uow, &ids, first.state()).await?;
    let card = moved.as_ref().unwrap_or(first);
    let what = card.serial.clone().unwrap_or_else(|| card.id.to_string());
    Err(Refusal::Changed { what }.into())
}

/// Notes since when and why a card's password is dead.
pub(super) fn revoke(card: &mut Card, why: DeadReason, on: NaiveDate) {
    card.dead_on = Some(on);
    card.dead_reason = Dead(Some(why));
}
