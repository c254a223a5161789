//! A password that another person may have seen is stopped, and what its member is owed is asked for again.

use crate::domain::portal;
use crate::domain::{AskedThrough, CardCause, CardKind, CardState, DeadReason, HoldReason, WebDisplay, coded};
use crate::store::feed::{Instruction, Operation};
use crate::store::{self, account::Account, card::Card, member::Member};
use crate::usecases::audit::{AuditEvent, CardRef};
use crate::usecases::card_steps::{batch_of, card_of, revoke, save};
use crate::usecases::{Error, UnitOfWork, batches, cards};

/// What becomes of the passwords on the cards of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passwords {
    /// They stay as they are.
    Keep,
    /// They are stopped at once, and new cards are asked for.
    Stop,
}

coded! {
    /// What became of one password.
    pub enum StopOutcome {
        /// Stopped, and a new card waits in the queue, or is held.
        Reissued = "reissued",
        /// Stopped; the request that the notice answered is open again (L1).
        RequestOpen = "request_open",
        /// Stopped; no new card is owed.
        Stopped = "stopped",
        /// It had ended before, and a new card waits in the queue, or is held.
        AskedAgain = "asked_again",
        /// It had ended before, and nothing is owed.
        EndedBefore = "ended_before",
        /// A password was chosen on the portal since: by the member, or by who had the card.
        ChangedSince = "changed_since",
    }
}

/// A password of an incident, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct StoppedPassword {
    /// The key of the member.
    pub member: String,
    /// 氏名
    pub name: String,
    /// はがき番号
    pub serial: Option<String>,
    /// What the card carried.
    pub kind: CardKind,
    /// What became of it.
    pub outcome: StopOutcome,
    /// Why the new card is held (R2), where it is.
    pub held: Option<HoldReason>,
    /// 受付番号 of the request that is open again.
    pub receipt: Option<String>,
}

/// Stops every password of an incident.
pub(super) async fn stop(uow: &mut UnitOfWork, incident: i64) -> Result<Vec<StoppedPassword>, Error> {
    let mut stopped = Vec::new();
    for row in store::incident::affected(uow, incident).await? {
        if let Some(id) = row.card_id {
            let (card, member) = card_of(uow, id).await?;
            stopped.push(stop_one(uow, card, &member).await?);
        }
    }
    Ok(stopped)
}

async fn stop_one(uow: &mut UnitOfWork, card: Card, member: &Member) -> Result<StoppedPassword, Error> {
    let account = store::account::open_of(uow, member.id).await?.filter(|it| it.id == card.account_id);
    let dead = batches::dead(uow, &card).await?;
    let live = dead.is_none() && card.state() == CardState::Dispatched;
    let (kind, serial, id) = (card.kind, card.serial.clone(), card.id);
    if live {
        end(uow, card, member, account.as_ref()).await?;
    }
    let mut done = StoppedPassword {
        member: member.key(),
        name: member.name.clone(),
        serial,
        kind,
        outcome: if live { StopOutcome::Stopped } else { StopOutcome::EndedBefore },
        held: None,
        receipt: None,
    };
    match kind {
        _ if dead == Some(DeadReason::SelfChanged) => done.outcome = StopOutcome::ChangedSince,
        CardKind::Viewing => {
            if let Some(account) = account
                && let Some(held) = ask_again(uow, member, &account).await?
            {
                done.held = held;
                done.outcome = if live { StopOutcome::Reissued } else { StopOutcome::AskedAgain };
            }
        }
        CardKind::Login if live => {
            store::card::reopen_requests(uow, &[id]).await?;
            done.receipt = store::request::receipt_of_card(uow, id).await?;
            if done.receipt.is_some() {
                done.outcome = StopOutcome::RequestOpen;
            }
        }
        CardKind::Login => {}
    }
    Ok(done)
}

/// Ends the password of a dispatched card, and instructs the portal.
async fn end(uow: &mut UnitOfWork, mut card: Card, member: &Member, account: Option<&Account>) -> Result<(), Error> {
    let (from, today, why) = (card.state(), uow.today(), DeadReason::Exposed);
    revoke(&mut card, why, today);
    save(uow, &card, from).await?;
    let mut instruction = Instruction::new(Operation::Revoke, Some(card.kind), member, uow.now(), today);
    instruction.login_id = account.and_then(|account| account.login_id.clone());
    store::feed::append(uow, &[instruction]).await?;
    let batch = batch_of(uow, &card).await?;
    let ended = AuditEvent::CardDead { card: CardRef::from(&card), reason: why, step: None };
    uow.record(ended.on(member.key()).in_batch(batch.as_ref())).await
}

/// Asks for a viewing-password card where the member wishes one and has neither a password nor a card on its way; why it is
/// held, where it is.
async fn ask_again(
    uow: &mut UnitOfWork,
    member: &Member,
    account: &Account,
) -> Result<Option<Option<HoldReason>>, Error> {
    let facts = cards::facts(&store::card::of_account(uow, account.id).await?);
    let kind = CardKind::Viewing;
    let has_one = account.viewing_changed_at.is_some() || portal::live(&facts, kind).is_some();
    let is_coming = portal::waiting(&facts, kind).is_some() || portal::under_way(&facts, kind).is_some();
    let has_left = member.lost_on.is_some_and(|on| on <= uow.today());
    if account.web_display == WebDisplay::NotWanted || has_one || is_coming || has_left {
        return Ok(None);
    }
    let now = uow.now();
    let (asked, event) =
        cards::ask_viewing_for(uow, member, account, CardCause::Reissue, AskedThrough::Staff, now).await?;
    uow.record(event).await?;
    Ok(Some(asked.held))
}
