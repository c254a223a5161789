//! Has forgotten login ID or password. Guide [5]; rules A5, A6, L1–L4.

use super::cards::{dispatched_on, one_off, planned, sent, stopped};
use super::{
    CardStatus, Case, DiagnosisCard, DiagnosisFacts, Judgement, NextAction, OpenAccount, Question, Reset, What,
    membership,
};
use crate::domain::CardKind;
use chrono::NaiveDate;

pub(super) fn judge(facts: &DiagnosisFacts, today: NaiveDate) -> Judgement {
    let account = match membership::account(facts, today) {
        Ok(account) => account,
        Err(none) => return none,
    };
    if let Some(judgement) = facts.newest(CardKind::Login).and_then(|card| notice(account, card, today)) {
        return judgement;
    }
    if let Some(on) = facts.login_request {
        return Case::RequestOpen.because([What::RequestOpen.on(on), membership::registered(account)]);
    }
    let found = [membership::registered(account), What::ResetProvesNothing.so()];
    match facts.caller.reset {
        Some(Reset::NoSuchUser) => Case::NoSuchUser.because(found).next([NextAction::TypeInRequest]),
        Some(Reset::Otherwise) => Case::TryReset.because(found).next([NextAction::TypeInRequest]),
        None => Case::TryReset.because(found).ask(Question::NoSuchUser).next([NextAction::TypeInRequest]),
    }
}

/// The login notice that is on its way, or there and not used up.
fn notice(account: &OpenAccount, card: &DiagnosisCard, today: NaiveDate) -> Option<Judgement> {
    if let Some(judgement) = stopped(card, today).filter(|_| !is_used(account, card)) {
        return Some(judgement);
    }
    let under_way = match &card.status {
        CardStatus::Queued => Case::NoticeWaiting.because([What::LoginQueued.on(card.asked_on)]),
        CardStatus::Planned { on, employer } => Case::NoticePlanned.because([planned(*on, employer)]),
        CardStatus::Dispatched { .. } if card.dead_on.is_none() && !is_used(account, card) => {
            Case::NoticeSent.because(sent(card)).next([NextAction::EmployerContact, NextAction::TypeInRequest])
        }
        CardStatus::Held(_)
        | CardStatus::Stopped
        | CardStatus::Dispatched { .. }
        | CardStatus::Returned { .. }
        | CardStatus::Dropped => return None,
    };
    let judgement = match one_off(card) {
        Some(to) => Case::OneOff.because([to].into_iter().chain(under_way.findings)),
        None => under_way,
    };
    Some(judgement.next([NextAction::OpenCard]))
}

/// L3: the temporary password has been changed since.
fn is_used(account: &OpenAccount, card: &DiagnosisCard) -> bool {
    account.login_changed_on.zip(dispatched_on(card)).is_some_and(|(changed, sent)| sent <= changed)
}
