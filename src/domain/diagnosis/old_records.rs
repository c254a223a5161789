//! Wants the records of a former number. Guide Q8; rule A10.

use super::number_changed::{former, walk};
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
        Some(account) if account.viewing == ViewingPassword::None => waiting(facts, found),
        Some(account) => Case::CarriedOver.because(found.chain([membership::registered(account)])),
    }
    .next(walk(old))
}

/// Nothing can be viewed before there is a password: is one on its way?
fn waiting(facts: &DiagnosisFacts, found: impl Iterator<Item = DiagnosisFinding>) -> Judgement {
    let under_way = facts
        .newest(CardKind::Viewing)
        .filter(|card| matches!(card.status, CardStatus::Queued | CardStatus::Held(_) | CardStatus::Planned { .. }));
    match under_way {
        Some(card) => Case::CarriedOverWaiting
            .because([What::ViewingQueued.on(card.asked_on)].into_iter().chain(found))
            .next([NextAction::OpenCard]),
        None => Case::NoPassword
            .because([What::NoPassword.so()].into_iter().chain(found))
            .next([NextAction::ReissueViewing]),
    }
}
