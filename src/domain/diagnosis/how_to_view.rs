//! Wants to see 健診結果 or 医療費のお知らせ. Guide [6]; rules A7, V1.

use super::cards::{one_off, planned, stopped};
use super::{
    CardStatus, Case, DiagnosisFacts, DiagnosisFinding, Judgement, NextAction, ViewingPassword, What, membership,
};
use crate::domain::{CardKind, Relation, WebDisplay};
use chrono::NaiveDate;

pub(super) fn judge(facts: &DiagnosisFacts, today: NaiveDate) -> Judgement {
    let account = match membership::account(facts, today) {
        Ok(account) => account,
        Err(none) => return none,
    };
    let (case, sees) = match facts.relation {
        Relation::Insured => (Case::ViewsBoth, What::SeesBoth.so()),
        Relation::Dependent => (Case::ViewsCheckup, What::SeesCheckup.so()),
    };
    match (account.web_display, account.viewing) {
        (WebDisplay::NotWanted, _) => Case::DisplayOff.because([What::DisplayOff.so(), sees]),
        (WebDisplay::Wanted, ViewingPassword::FromCard) => case.because([What::DisplayOn.so(), sees]),
        (WebDisplay::Wanted, ViewingPassword::SelfChosen(on)) => {
            case.because([What::DisplayOn.so(), What::SelfChanged.on(on), sees])
        }
        (WebDisplay::Wanted, ViewingPassword::None) => waiting(facts, sees, today),
    }
}

/// No usable password: where is the next card?
pub(super) fn waiting(facts: &DiagnosisFacts, sees: DiagnosisFinding, today: NaiveDate) -> Judgement {
    let card = facts.newest(CardKind::Viewing);
    if let Some(judgement) = card.and_then(|card| stopped(card, today)) {
        return judgement.also_found([sees]);
    }
    match card.map(|card| (card, &card.status)) {
        Some((card, CardStatus::Queued | CardStatus::Planned { .. })) if card.one_off.is_some() => {
            Case::OneOff.because(one_off(card).into_iter().chain([sees])).next([NextAction::OpenCard])
        }
        Some((card, CardStatus::Queued)) => {
            Case::Issuing.because([What::ViewingQueued.on(card.asked_on), sees]).next([NextAction::OpenCard])
        }
        Some((_, CardStatus::Planned { on, employer })) => {
            Case::IssuingPlanned.because([planned(*on, employer), sees]).next([NextAction::OpenCard])
        }
        Some((
            _,
            CardStatus::Held(_)
            | CardStatus::Stopped
            | CardStatus::Dispatched { .. }
            | CardStatus::Returned { .. }
            | CardStatus::Dropped,
        ))
        | None => Case::NoPassword.because([What::NoPassword.so(), sees]).next([NextAction::ReissueViewing]),
    }
}
