//! The card did not arrive. Guide Q5; rules R1, R2, V3, B7, B9, B10, B15.

use super::cards::{IN_THE_POST, again, came_back, dead, planned, sent, stopped_or_elsewhere, waiting};
use super::{
    CardStatus, Case, DiagnosisCard, DiagnosisFacts, DiagnosisFinding, Judgement, NextAction, OpenAccount, Question,
    Receipt, ViewingPassword, What, membership,
};
use crate::domain::{CardKind, WebDisplay};
use chrono::NaiveDate;

pub(super) fn judge(facts: &DiagnosisFacts, today: NaiveDate) -> Judgement {
    let account = match membership::account(facts, today) {
        Ok(account) => account,
        Err(none) => return none,
    };
    let (viewing, login) = (facts.newest(CardKind::Viewing), facts.newest(CardKind::Login));
    let awaited = match facts.caller.card.kind {
        Some(CardKind::Viewing) => viewing,
        Some(CardKind::Login) => login,
        None => [viewing, login].into_iter().flatten().max_by_key(|card| card.asked_on),
    };
    if login.is_none()
        && (viewing.is_none() || account.web_display == WebDisplay::NotWanted)
        && facts.caller.card.kind != Some(CardKind::Viewing)
        && let Some(on) = facts.login_request
    {
        return Case::RequestOpen.because([What::RequestOpen.on(on)]);
    }
    let asks_viewing = facts.caller.card.kind != Some(CardKind::Login) && login.is_none();
    if account.web_display == WebDisplay::NotWanted
        && (asks_viewing || awaited.is_none_or(|card| card.kind == CardKind::Viewing))
    {
        return Case::DisplayOff.because([What::DisplayOff.so()]);
    }
    if let (None, Some(viewing), Some(login), WebDisplay::Wanted) =
        (facts.caller.card.kind, viewing, login, account.web_display)
    {
        let found = [viewing, login].into_iter().flat_map(|card| where_it_is(facts, card, today).findings);
        return Case::WhichCard.because(found).ask(Question::WhichCard).next([NextAction::OpenCard]);
    }
    let judgement = match awaited {
        Some(card) => where_it_is(facts, card, today),
        None => match interrupted(facts, account) {
            Some(judgement) => judgement,
            None => {
                let own = match account.viewing {
                    ViewingPassword::SelfChosen(on) => Some(What::SelfChanged.on(on)),
                    ViewingPassword::FromCard | ViewingPassword::None => None,
                };
                Case::NoCardSent
                    .because([What::NoCard.so()].into_iter().chain(own))
                    .next([NextAction::ReissueViewing, NextAction::TypeInRequest])
            }
        },
    };
    match (facts.caller.card.kind, viewing, login) {
        (None, Some(_), Some(_)) => judgement.ask(Question::WhichCard),
        _ => judgement,
    }
}

/// Business days after which a waiting card needs an apology.
const LONG: u32 = 5;

fn waited(card: &DiagnosisCard) -> DiagnosisFinding {
    What::Waited.with([card.waited.to_string().as_str().into()])
}

/// P1: the newest viewing card was cancelled or pulled here, and nothing has taken its place.
fn interrupted(facts: &DiagnosisFacts, account: &OpenAccount) -> Option<Judgement> {
    let card = facts.of_kind(CardKind::Viewing).next()?;
    let owed = facts.caller.card.kind != Some(CardKind::Login) && account.viewing == ViewingPassword::None;
    owed.then(|| Case::Interrupted.because([What::Interrupted.on(card.asked_on)]).next([NextAction::ReissueViewing]))
}

fn where_it_is(facts: &DiagnosisFacts, card: &DiagnosisCard, today: NaiveDate) -> Judgement {
    let old = earlier(facts, card);
    if let Some(judgement) = stopped_or_elsewhere(card, today) {
        return judgement.also_found(old);
    }
    match &card.status {
        CardStatus::Queued if card.waited > LONG => {
            Case::QueuedLong.because([waiting(card), waited(card)].into_iter().chain(old)).next([NextAction::OpenCard])
        }
        CardStatus::Queued => Case::Queued.because([waiting(card)].into_iter().chain(old)).next([NextAction::OpenCard]),
        CardStatus::Planned { on, employer } => Case::Planned
            .because([planned(*on, employer)].into_iter().chain(old))
            .next([NextAction::EmployerContact, NextAction::OpenCard]),
        CardStatus::Dispatched { .. } if card.dead_on.is_some() => {
            Case::SentVoid.because(sent(card).chain([dead(card)])).next([NextAction::OpenCard, again(card.kind)])
        }
        CardStatus::Dispatched { receipt, .. } => {
            let (case, found) = match receipt {
                Receipt::None | Receipt::Awaited if card.waited <= IN_THE_POST => (Case::SentLately, None),
                Receipt::None => (Case::Dispatched, None),
                Receipt::Awaited => (Case::ReceiptAwaited, Some(What::ReceiptAwaited.so())),
                Receipt::Overdue => (Case::ReceiptOverdue, Some(What::ReceiptOverdue.so())),
                Receipt::Returned(on) | Receipt::Undelivered { on, .. } => {
                    (Case::ReceiptReturned, Some(What::ReceiptBack.on(*on)))
                }
            };
            case.because(sent(card).chain(found).chain(old)).next([NextAction::EmployerContact, NextAction::OpenCard])
        }
        CardStatus::Returned { on } => came_back(card, *on),
        CardStatus::Held(_) | CardStatus::Stopped | CardStatus::Dropped => {
            Case::NoCardSent.because([What::NoCard.so()]).next([again(card.kind)])
        }
    }
}

/// A card of the same kind that the awaited one replaced: if it turns up, it is of no use (V3).
fn earlier(facts: &DiagnosisFacts, awaited: &DiagnosisCard) -> Option<DiagnosisFinding> {
    facts
        .of_kind(awaited.kind)
        .find(|card| *card != awaited && card.status != CardStatus::Dropped && card.dead_on.is_some())
        .map(dead)
}
