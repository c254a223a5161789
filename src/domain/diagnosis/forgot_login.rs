//! Has forgotten login ID or password. Guide [5]; rules A5, A6, L1–L4.

use super::cards::{came_back, planned, sent, stopped_or_elsewhere, waiting};
use super::{
    CardStatus, Case, DiagnosisCard, DiagnosisFacts, Judgement, NextAction, OpenAccount, Question, Reset, What,
    membership,
};
use crate::domain::{CardKind, DeadReason};
use chrono::NaiveDate;

pub(super) fn judge(facts: &DiagnosisFacts, today: NaiveDate) -> Judgement {
    let account = match membership::account(facts, today) {
        Ok(account) => account,
        Err(none) => return none,
    };
    if let Some(judgement) = facts.newest(CardKind::Login).and_then(|card| notice(account, card, today)) {
        return judgement;
    }
    if let Some((card, on)) = facts.came_back(CardKind::Login).filter(|(card, _)| !is_over(account, card, today)) {
        let request = facts.login_request.map(|on| What::RequestOpen.on(on));
        return came_back(card, on).also_found(request);
    }
    if let Some(on) = facts.login_request {
        return Case::RequestOpen.because([What::RequestOpen.on(on), membership::registered(account)]);
    }
    let ended = facts.newest(CardKind::Login).filter(|card| card.sent_at.is_some() && has_ended(card, today));
    let ended = ended.and_then(|card| card.valid_until).map(|last| What::LoginEnded.on(last));
    let found = [membership::registered(account), What::ResetProvesNothing.so()].into_iter().chain(ended);
    match facts.caller.reset {
        Some(Reset::NoSuchUser) => Case::NoSuchUser.because(found).next([NextAction::TypeInRequest]),
        Some(Reset::Otherwise) => Case::TryReset.because(found).next([NextAction::TypeInRequest]),
        None => Case::TryReset.because(found).ask(Question::NoSuchUser).next([NextAction::TypeInRequest]),
    }
}

/// The login notice that is on its way, or there and not used up.
fn notice(account: &OpenAccount, card: &DiagnosisCard, today: NaiveDate) -> Option<Judgement> {
    if is_over(account, card, today) {
        return None;
    }
    if let Some(judgement) = stopped_or_elsewhere(card, today) {
        return Some(judgement);
    }
    let under_way = match &card.status {
        CardStatus::Queued => Case::NoticeWaiting.because([waiting(card)]),
        CardStatus::Planned { on, employer } => Case::NoticePlanned.because([planned(*on, employer)]),
        CardStatus::Dispatched { .. } if card.dead_on.is_none() => {
            let ends = card.valid_until.map(|last| What::LoginEnds.on(last));
            Case::NoticeSent
                .because(sent(card).chain(ends))
                .next([NextAction::EmployerContact, NextAction::TypeInRequest])
        }
        CardStatus::Held(_)
        | CardStatus::Stopped
        | CardStatus::Dispatched { .. }
        | CardStatus::Returned { .. }
        | CardStatus::Dropped => return None,
    };
    Some(under_way.next([NextAction::OpenCard]))
}

/// Whether the notice is past: its password was changed since (L3, by instants: V7), has run out (L5), or the member had
/// recovered before it left (L4).
fn is_over(account: &OpenAccount, card: &DiagnosisCard, today: NaiveDate) -> bool {
    let used = account.login_changed_at.zip(card.sent_at).is_some_and(|(changed, sent)| sent <= changed);
    used || has_ended(card, today) || card.dead == Some(DeadReason::Recovered)
}

/// L5: the last day of the temporary password has passed.
fn has_ended(card: &DiagnosisCard, today: NaiveDate) -> bool {
    card.valid_until.is_some_and(|last| last < today)
}
