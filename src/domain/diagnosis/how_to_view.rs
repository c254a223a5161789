//! Wants to see 健診結果 or 医療費のお知らせ. Guide [6]; rules A7, V1.

use super::cards::{came_back, on_its_way, planned, stopped_or_elsewhere, waiting as waits};
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
        (WebDisplay::Wanted, ViewingPassword::FromCard) => match on_its_way(facts, today) {
            Some(judgement) => judgement.also_found([sees]),
            None => case.because([What::DisplayOn.so(), sees]),
        },
        (WebDisplay::Wanted, ViewingPassword::SelfChosen(on)) => {
            case.because([What::DisplayOn.so(), What::SelfChanged.on(on), sees])
        }
        (WebDisplay::Wanted, ViewingPassword::None) => waiting(facts, sees, today),
    }
}

/// No usable password: where is the next card?
pub(super) fn waiting(facts: &DiagnosisFacts, sees: DiagnosisFinding, today: NaiveDate) -> Judgement {
    let card = facts.newest(CardKind::Viewing);
    if let Some(judgement) = card.and_then(|card| stopped_or_elsewhere(card, today)) {
        return judgement.also_found([sees]);
    }
    match card.map(|card| (card, &card.status)) {
        Some((card, CardStatus::Queued)) => Case::Issuing.because([waits(card), sees]).next([NextAction::OpenCard]),
        Some((_, CardStatus::Planned { on, employer })) => {
            Case::IssuingPlanned.because([planned(*on, employer), sees]).next([NextAction::OpenCard])
        }
        Some((card, CardStatus::Returned { on })) => came_back(card, *on).also_found([sees]),
        Some((_, CardStatus::Held(_) | CardStatus::Stopped | CardStatus::Dispatched { .. } | CardStatus::Dropped))
        | None => Case::NoPassword.because([What::NoPassword.so(), sees]).next([NextAction::ReissueViewing]),
    }
}
