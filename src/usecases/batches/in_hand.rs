//! Which cards of a batch are in hand: serials as people type them, cards that the gate stops, and whether the papers
//! list exactly what is sent.

use super::gate;
use crate::domain::serials::{self as typed_serials, SerialFault};
use crate::domain::{BatchNumber, CardState, CardStep};
use crate::store::{self, Tx, batch::Batch, card::Card};
use crate::usecases::audit::IdRanges;
use crate::usecases::refusal::BatchRefusal;
use crate::usecases::{AppContext, Error, Refusal};
use std::collections::BTreeSet;

/// Full serials from what a person types. A serial that the batch has not is refused.
pub(super) fn serials(number: &BatchNumber, cards: &[Card], typed: &str) -> Result<BTreeSet<String>, BatchRefusal> {
    let known: BTreeSet<&str> = cards.iter().filter_map(|card| card.serial.as_deref()).collect();
    let last = cards.iter().filter_map(|card| usize::try_from(card.position?).ok()).max().unwrap_or(0);
    let places = typed_serials::places(number, last, typed).map_err(|fault| match fault {
        SerialFault::Unreadable(item) | SerialFault::NotThere(item) => BatchRefusal::SerialUnknown(item),
    })?;
    let serials: BTreeSet<String> = places.into_iter().map(|place| number.serial(place)).collect();
    match serials.iter().find(|serial| !known.contains(serial.as_str())) {
        Some(unknown) => Err(BatchRefusal::SerialUnknown(unknown.clone())),
        None => Ok(serials),
    }
}

/// Full serials of cards that are taken out of the pile. One that is not in it any more was read or typed wrong.
///
/// # Errors
/// An unknown serial; a card that is spoiled or pulled already.
pub(super) fn pulled_serials(number: &BatchNumber, cards: &[Card], typed: &str) -> Result<BTreeSet<String>, Refusal> {
    let pulled = serials(number, cards, typed)?;
    let is_named = |card: &&Card| card.serial.as_ref().is_some_and(|serial| pulled.contains(serial));
    match cards.iter().filter(is_named).find(|card| card.state() != CardState::Printed) {
        Some(gone) => {
            let card = gone.serial.clone().unwrap_or_default();
            Err(Refusal::CardStep { card, state: gone.state(), step: CardStep::Pull, moved: None })
        }
        None => Ok(pulled),
    }
}

/// B7: the serials of cards on paper that must not leave, as things stand now.
pub(super) async fn must_pull(tx: &mut Tx, ctx: &AppContext, batch: &Batch) -> Result<BTreeSet<String>, Error> {
    let judged = gate::judged(tx, ctx, batch, gate::leaves_on(ctx, batch)).await?;
    let stopped = judged.into_iter().filter(|gated| {
        let on_paper = matches!(gated.row.state, CardState::Exported | CardState::Printed);
        on_paper && !gated.findings.is_empty()
    });
    Ok(stopped.filter_map(|gated| gated.row.serial).collect())
}

/// B7: whether a card must not leave, as things stand now.
pub(in crate::usecases) async fn must_pull_card(tx: &mut Tx, ctx: &AppContext, card: &Card) -> Result<bool, Error> {
    let batch = match card.batch_id {
        Some(id) => store::batch::get(tx, id).await?,
        None => None,
    };
    let Some((batch, serial)) = batch.zip(card.serial.as_ref()) else { return Ok(false) };
    Ok(must_pull(tx, ctx, &batch).await?.contains(serial))
}

/// The printed cards that the papers in force leave out: they were pulled by then.
pub(super) async fn pulled_before(tx: &mut Tx, batch: &Batch, cards: &[Card]) -> Result<BTreeSet<String>, Error> {
    let Some(latest) = store::paper::latest(tx, batch.id).await? else { return Ok(BTreeSet::new()) };
    let listed = IdRanges::parse(&latest.cards)?;
    let out = cards.iter().filter(|card| card.state() == CardState::Printed && !listed.contains(card.id));
    Ok(out.filter_map(|card| card.serial.clone()).collect())
}

/// Row ids in ascending order, as ranges.
pub(super) fn ranges(ids: &BTreeSet<i64>) -> IdRanges {
    ids.iter().copied().collect()
}

/// B12: letters travel with the parcels, and the manifest says what was sent: the dispatch waits until they list exactly that.
///
/// # Errors
/// [`BatchRefusal::LettersOutdated`], with the serials that are pulled.
pub(super) async fn letters_must_fit(
    tx: &mut Tx,
    batch: &Batch,
    sent: &BTreeSet<i64>,
    pulled: &BTreeSet<String>,
) -> Result<(), Error> {
    let listed = store::paper::latest(tx, batch.id).await?.map(|latest| latest.cards);
    if listed == Some(ranges(sent).json()?) {
        return Ok(());
    }
    let pulled = pulled.iter().cloned().collect();
    Err(BatchRefusal::LettersOutdated { batch: batch.number.clone(), pulled }.into())
}

/// B13: spoiled cards are being made again, and their paper is not printed yet.
pub(super) fn remake_is_open(cards: &[Card]) -> bool {
    cards.iter().any(|card| matches!(card.state(), CardState::Drafted | CardState::Exported))
}
