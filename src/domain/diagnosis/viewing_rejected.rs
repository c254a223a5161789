//! The viewing password is rejected. Guide Q2; rules V1–V4, V6, B10.

use super::cards::{
    EndedBy, came_back, cannot_be_in_hand, dead, ended_by, not_in_hand, not_sent, planned, sent, stopped_or_elsewhere,
    waiting,
};
use super::{
    CardStatus, Case, DiagnosisCard, DiagnosisFacts, DiagnosisFinding, Judgement, NextAction, Question,
    ViewingPassword, What, membership,
};
use crate::domain::{CardKind, WebDisplay};
use chrono::NaiveDate;

pub(super) fn judge(facts: &DiagnosisFacts, today: NaiveDate) -> Judgement {
    let account = match membership::account(facts, today) {
        Ok(account) => account,
        Err(none) => return none,
    };
    if account.web_display == WebDisplay::NotWanted {
        return Case::DisplayOff.because([What::DisplayOff.so()]);
    }
    if let Some(judgement) = not_sent(facts) {
        return judgement;
    }
    let from_card = account.viewing == ViewingPassword::FromCard;
    if let Some(valid) = facts.valid_card().filter(|card| from_card && cannot_be_in_hand(card, &facts.caller.card)) {
        return not_in_hand(valid, today).also_found(earlier(facts, Some(valid)));
    }
    if facts.caller.card.kind == Some(CardKind::Login) {
        return card_is_login(facts);
    }
    match account.viewing {
        ViewingPassword::SelfChosen(on) => Case::SelfChanged
            .because([What::SelfChanged.on(on)].into_iter().chain(earlier(facts, None)))
            .next([NextAction::ReissueViewing]),
        ViewingPassword::FromCard => match facts.valid_card() {
            Some(valid) => by_card(facts, valid),
            None => without_password(facts, today),
        },
        ViewingPassword::None => without_password(facts, today),
    }
}

/// The right password is on another card; say which, if it has been sent.
fn card_is_login(facts: &DiagnosisFacts) -> Judgement {
    let both = [CardKind::Login, CardKind::Viewing].map(|kind| facts.sent(kind).next());
    let found: Vec<DiagnosisFinding> = both.into_iter().flatten().flat_map(sent).collect();
    if found.is_empty() { Case::UnknownCard.because([What::NoSuchCard.so()]) } else { Case::CardIsLogin.because(found) }
}

/// A card carries the valid password: is it the one in the hand? Title first, then date, then serial (V4).
fn by_card(facts: &DiagnosisFacts, valid: &DiagnosisCard) -> Judgement {
    let hand = &facts.caller.card;
    let said = |card: &&DiagnosisCard| {
        hand.issue_on.is_none_or(|day| card.issue_on == Some(day))
            && hand.serial.as_ref().is_none_or(|serial| card.serial.as_ref() == Some(serial))
    };
    let fitting: Vec<&DiagnosisCard> = facts.sent(CardKind::Viewing).filter(said).collect();
    match fitting.as_slice() {
        [] => {
            Case::UnknownCard.because([What::NoSuchCard.so()].into_iter().chain(sent(valid))).ask(Question::IssueDate)
        }
        [only] if *only == valid => confusable(facts, valid, current(facts, valid)),
        [only] => {
            let case = match ended_by(only) {
                EndedBy::Reissue => Case::CardReplaced,
                EndedBy::SwitchingOff => Case::CardSwitchedOff,
                EndedBy::Otherwise => Case::CardEnded,
            };
            case.because([dead(only)].into_iter().chain(sent(valid))).next([NextAction::OpenCard])
        }
        // Several cards fit what was said: most likely the newest is in the hand, the question decides.
        _ if hand.issue_on.is_none() => current(facts, valid).ask(Question::IssueDate),
        _ => current(facts, valid).ask(Question::Serial),
    }
}

/// A login notice sent later may be what the caller types from.
fn confusable(facts: &DiagnosisFacts, valid: &DiagnosisCard, judgement: Judgement) -> Judgement {
    let notice = facts.sent(CardKind::Login).next();
    match facts.caller.card.kind {
        None if notice.is_some_and(|notice| notice.sent_at >= valid.sent_at) => judgement.ask(Question::WhichCard),
        _ => judgement,
    }
}

fn current(facts: &DiagnosisFacts, valid: &DiagnosisCard) -> Judgement {
    Case::CardCurrent
        .because(sent(valid).chain(earlier(facts, Some(valid))))
        .next([NextAction::ReissueViewing, NextAction::OpenCard])
}

/// Nothing is usable: where is the next card?
fn without_password(facts: &DiagnosisFacts, today: NaiveDate) -> Judgement {
    let old: Vec<DiagnosisFinding> = earlier(facts, None).collect();
    let ended = last_ended(facts, None).map(ended_by);
    let Some(card) = facts.newest(CardKind::Viewing) else {
        return Case::NoPassword.because([What::NoPassword.so()]).next([NextAction::ReissueViewing]);
    };
    if let Some(judgement) = stopped_or_elsewhere(card, today) {
        return judgement.also_found(old);
    }
    match &card.status {
        CardStatus::Queued => {
            let case = match ended {
                None => Case::Issuing,
                Some(EndedBy::Reissue) => Case::ReissueWaiting,
                Some(EndedBy::SwitchingOff) => Case::OffAndOnWaiting,
                Some(EndedBy::Otherwise) => Case::EndedWaiting,
            };
            case.because([waiting(card)].into_iter().chain(old)).next([NextAction::OpenCard])
        }
        CardStatus::Planned { on, employer } => {
            let case = match ended {
                None => Case::IssuingPlanned,
                Some(EndedBy::Reissue) => Case::ReissuePlanned,
                Some(EndedBy::SwitchingOff) => Case::OffAndOnPlanned,
                Some(EndedBy::Otherwise) => Case::EndedPlanned,
            };
            case.because([planned(*on, employer)].into_iter().chain(old)).next([NextAction::OpenCard])
        }
        CardStatus::Returned { on } => came_back(card, *on),
        CardStatus::Held(_) | CardStatus::Stopped | CardStatus::Dispatched { .. } | CardStatus::Dropped => {
            Case::NoPassword.because([What::NoPassword.so()].into_iter().chain(old)).next([NextAction::ReissueViewing])
        }
    }
}

/// The last dispatched card that a later event killed: the caller may still hold it.
fn earlier<'a>(
    facts: &'a DiagnosisFacts,
    valid: Option<&'a DiagnosisCard>,
) -> impl Iterator<Item = DiagnosisFinding> + 'a {
    last_ended(facts, valid).map(dead).into_iter()
}

fn last_ended<'a>(facts: &'a DiagnosisFacts, valid: Option<&DiagnosisCard>) -> Option<&'a DiagnosisCard> {
    facts.sent(CardKind::Viewing).find(|card| Some(*card) != valid && card.dead_on.is_some())
}
