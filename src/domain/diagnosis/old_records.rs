//! Wants the records of a former number. Guide Q8; rule A10.

use super::cards::{came_back, on_its_way, planned, stopped_or_elsewhere, waiting as waits};
use super::membership::{former, walk};
use super::{
    CardStatus, Case, DiagnosisFacts, DiagnosisFinding, Judgement, NextAction, ViewingPassword, What, membership,
};
use crate::domain::{CardKind, WebDisplay};
use chrono::NaiveDate;

pub(super) fn judge(facts: &DiagnosisFacts, today: NaiveDate) -> Judgement {
    if let Some(ended) = membership::ended(facts, today) {
        return ended;
    }
    let Some(old) = &facts.predecessor else {
        return Case::NoOldRecord.because([What::NoPredecessor.so()]).next([NextAction::TransferHealth]);
    };
    if !old.reason.carries_records_over() {
        let found = [What::DoesNotCarryOver.so(), former(old)];
        return Case::NotCarriedOver.because(found).next([NextAction::TransferHealth]).next(walk(old));
    }
    let found = [What::CarriesOver.so(), former(old)].into_iter();
    match facts.open_account() {
        None => Case::RegisterFirst.because(found.chain([What::NeverRegistered.so()])),
        Some(account) if account.web_display == WebDisplay::NotWanted => {
            Case::DisplayOff.because(found.chain([What::DisplayOff.so()]))
        }
        Some(account) if account.viewing == ViewingPassword::None => waiting(facts, found, today),
        Some(account) => {
            let from_card = account.viewing == ViewingPassword::FromCard;
            match from_card.then(|| on_its_way(facts, today)).flatten() {
                Some(judgement) => judgement.also_found(found),
                None => Case::CarriedOver.because(found.chain([membership::registered(account)])),
            }
        }
    }
    .next(walk(old))
}

/// Nothing can be viewed before there is a password: is one on its way?
fn waiting(facts: &DiagnosisFacts, found: impl Iterator<Item = DiagnosisFinding>, today: NaiveDate) -> Judgement {
    let card = facts.newest(CardKind::Viewing);
    if let Some(judgement) = card.and_then(|card| stopped_or_elsewhere(card, today)) {
        return judgement.also_found(found);
    }
    if let Some((card, on)) = facts.came_back(CardKind::Viewing) {
        return came_back(card, on).also_found(found);
    }
    let under_way = card.and_then(|card| match &card.status {
        CardStatus::Queued => Some(waits(card)),
        CardStatus::Planned { on, employer } => Some(planned(*on, employer)),
        CardStatus::Held(_)
        | CardStatus::Stopped
        | CardStatus::Dispatched { .. }
        | CardStatus::Returned { .. }
        | CardStatus::Dropped => None,
    });
    match under_way {
        Some(card) => Case::CarriedOverWaiting.because([card].into_iter().chain(found)).next([NextAction::OpenCard]),
        None => Case::NoPassword
            .because([What::NoPassword.so()].into_iter().chain(found))
            .next([NextAction::ReissueViewing]),
    }
}
