//! 印刷完了: printed and spoiled together are what was exported (B6), run by run (B13); spoiled cards are asked for
//! again (S3). Until the dispatch more can turn out to be spoiled.

use super::in_hand::{must_pull, pulled_before, serials};
use super::letters::{self, Letters};
use super::{expired, get, same, save, step};
use crate::domain::{
    BatchNumber, BatchState, BatchStep, CardCause, CardKind, CardState, CardStep, DeadReason, Permission,
};
use crate::store;
use crate::store::batch::Batch;
use crate::store::card::{Card, NewCard};
use crate::store::remake::RemakeRun;
use crate::usecases::audit::{AuditEvent, CardRef};
use crate::usecases::card_steps::{self, batch_of, revoke};
use crate::usecases::{Actor, AppContext, Error, Refusal, UnitOfWork};
use std::collections::BTreeSet;

/// The count of the print room.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Printed {
    /// Number of the printed batch.
    pub batch: BatchNumber,
    /// Number of cards that came out well now; none where earlier ones turned out to be spoiled.
    pub printed: usize,
    /// はがき番号 of the cards that were spoiled.
    pub spoiled: Vec<String>,
    /// Cards that took the place of spoiled ones in the queue.
    pub reissued: usize,
    /// The papers of what is in hand (B12).
    pub letters: Letters,
}

/// Notes the end of printing, of the batch or of its remake; of a printed batch that more cards were spoiled than was
/// said. `spoiled` are serials, in full or as their last digits, and ranges of those (`12,40-43`). What was said to be
/// spoiled stays so: its password is gone, and another card takes its place (S3).
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn printed(ctx: &AppContext, actor: &Actor, number: &BatchNumber, spoiled: &str) -> Result<Printed, Error> {
    let allowed = actor.allowed(Permission::Batches)?;
    expired::expire_now(ctx, &allowed).await?;
    let mut tx = ctx.read(&allowed).await?;
    let seen = get(&mut tx, number).await?;
    let cards = store::card::of_batch(&mut tx, seen.id).await?;
    let spoiled = serials(number, &cards, spoiled)?;
    let what = match Counted::of(&seen, &cards, &spoiled)? {
        Some(what) => what,
        None => return Err(super::wrong_state(&mut tx, ctx, &seen, BatchStep::Print).await?.into()),
    };
    let mut out = must_pull(&mut tx, ctx, &seen).await?;
    out.extend(pulled_before(&mut tx, &seen, &cards).await?);
    drop(tx);
    let good = |card: &&Card| on_paper(card) && card.serial.as_ref().is_some_and(|serial| !spoiled.contains(serial));
    let (pulled, stays): (Vec<&Card>, Vec<&Card>) =
        cards.iter().filter(good).partition(|card| card.serial.as_ref().is_some_and(|serial| out.contains(serial)));
    let in_hand: BTreeSet<i64> = stays.into_iter().map(|card| card.id).collect();
    let left_out = pulled.into_iter().filter_map(|card| card.serial.clone()).collect();
    let claim = letters::claim(ctx, &seen).await?;
    let mut tx = ctx.read(&allowed).await?;
    let staged = letters::stage(&mut tx, ctx, &claim, &seen, &in_hand, left_out).await?;
    drop(tx);

    let mut uow = ctx.begin(&allowed).await?;
    let mut batch = same(&mut uow, &seen).await?;
    let (printed, reissued) = count(&mut uow, &batch, &spoiled).await?;
    match what {
        Counted::Batch => {
            step(&mut uow, ctx, &mut batch, BatchStep::Print).await?;
            batch.printed_by = Some(actor.id.clone());
            batch.printed_at = Some(ctx.clock.now());
        }
        Counted::Remake => {
            let runs = store::remake::of_batch(&mut uow, batch.id).await?;
            if let Some(open) = runs.iter().find(|run| RemakeRun::is_open(run)) {
                store::remake::printed(&mut uow, batch.id, open.run, &actor.id, ctx.clock.now()).await?;
            }
        }
        Counted::Correction => {}
    }
    letters::record(&mut uow, &batch, &staged).await?;
    save(&mut uow, &batch).await?;
    let event = match what {
        Counted::Batch | Counted::Remake => {
            AuditEvent::BatchPrinted { printed: printed as u64, spoiled: spoiled.len() as u64 }
        }
        Counted::Correction => AuditEvent::PrintCorrected { spoiled: spoiled.len() as u64 },
    };
    let committed = uow.commit(event.batch(number)).await;
    let letters = letters::finish(ctx, &claim, staged, committed).await?;
    Ok(Printed { batch: number.clone(), printed, spoiled: spoiled.into_iter().collect(), reissued, letters })
}

fn on_paper(card: &Card) -> bool {
    matches!(card.state(), CardState::Exported | CardState::Printed)
}

/// What is counted.
#[derive(Clone, Copy)]
enum Counted {
    /// The batch after its first printing.
    Batch,
    /// The cards that were made again.
    Remake,
    /// Cards that had been counted as good.
    Correction,
}

impl Counted {
    /// What this is about; nothing where there is nothing to note.
    ///
    /// # Errors
    /// A serial of a card that is void already.
    fn of(batch: &Batch, cards: &[Card], spoiled: &BTreeSet<String>) -> Result<Option<Self>, Refusal> {
        let named = cards.iter().filter(|card| card.serial.as_ref().is_some_and(|serial| spoiled.contains(serial)));
        let state = batch.state();
        let counted = match state {
            BatchState::Exported => Self::Batch,
            BatchState::Printed if cards.iter().any(|card| card.state() == CardState::Exported) => Self::Remake,
            BatchState::Printed if !spoiled.is_empty() => Self::Correction,
            _ => return Ok(None),
        };
        match named.into_iter().find(|card| !on_paper(card)) {
            Some(void) => {
                let serial = void.serial.clone().unwrap_or_default();
                Err(Refusal::CardStep { card: serial, state: void.state(), step: CardStep::Spoil, moved: None })
            }
            None => Ok(Some(counted)),
        }
    }
}

/// Moves the cards: how many came out well, and how many are asked for again.
async fn count(uow: &mut UnitOfWork, batch: &Batch, spoiled: &BTreeSet<String>) -> Result<(usize, usize), Error> {
    let (mut good, mut reissued) = (Vec::new(), 0);
    for mut card in store::card::of_batch(uow, batch.id).await? {
        if on_paper(&card) && card.serial.as_ref().is_some_and(|serial| spoiled.contains(serial)) {
            reissued += usize::from(spoil(uow, card).await?);
        } else if card.state() == CardState::Exported {
            card_steps::step(&mut card, CardStep::Print)?;
            good.push(card);
        }
    }
    card_steps::save_all(uow, &good, CardState::Exported).await?;
    Ok((good.len(), reissued))
}

/// Voids a card and asks for another, unless the member's own card is dead anyway; whether another was asked for.
async fn spoil(uow: &mut UnitOfWork, mut card: Card) -> Result<bool, Error> {
    let wanted = card.dead().is_none();
    let from = card.state();
    let (at, reason) = (uow.now(), DeadReason::ByHand);
    card_steps::step(&mut card, CardStep::Spoil)?;
    card.hash = None;
    revoke(&mut card, reason, uow.today());
    card_steps::save(uow, &card, from).await?;
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
        // The member waits for what was asked for first.
        asked_by: &card.asked_by,
        asked_through: card.asked_through,
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
