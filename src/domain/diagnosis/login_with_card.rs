//! Cannot log in with the password from a card. Guide Q1.

use super::cards::{came_back, cannot_be_in_hand, not_in_hand, not_sent, planned, sent, waiting};
use super::{
    CardStatus, Case, DiagnosisCard, DiagnosisFacts, DiagnosisFinding, Judgement, NextAction, OpenAccount, Question,
    What, membership,
};
use crate::domain::{CardKind, DeadReason};
use crate::text::japan::day_of;
use chrono::NaiveDate;

pub(super) fn judge(facts: &DiagnosisFacts, today: NaiveDate) -> Judgement {
    let account = match membership::account(facts, today) {
        Ok(account) => account,
        Err(none) => return none,
    };
    if let Some(judgement) = not_sent(facts) {
        return judgement;
    }
    let (viewing, login) = (in_hand(facts, CardKind::Viewing), in_hand(facts, CardKind::Login));
    let said = facts.caller.card.kind;
    match (said, viewing, login) {
        (Some(CardKind::Viewing), Some(card), _) | (None, Some(card), None) => viewing_card(card),
        (Some(CardKind::Login), _, Some(card)) | (None, None, Some(card)) => notice(facts, account, card, today),
        (None, Some(viewing), Some(notice)) => {
            last_of(facts, account, (viewing, notice), today).ask(Question::WhichCard)
        }
        (Some(kind), ..) => match (facts.came_back(kind), facts.sent(kind).next()) {
            (Some((card, on)), _) => came_back(card, on),
            (None, Some(card)) => not_in_hand(card, today).ask(Question::IssueDate),
            (None, None) => Case::UnknownCard.because([What::NoSuchCard.so()]),
        },
        (None, None, None) => none_out_there(facts, account, today),
    }
}

/// The newest card of a kind that the caller can have in the hand. A title that the caller reads out is that of a card which is
/// there: any viewing card of the member is none to log in with.
fn in_hand(facts: &DiagnosisFacts, kind: CardKind) -> Option<&DiagnosisCard> {
    let hand = &facts.caller.card;
    let titled = kind == CardKind::Viewing && hand.kind == Some(kind);
    facts.sent(kind).find(|card| titled || !cannot_be_in_hand(card, hand))
}

/// No card can be in the hand, by the records: one came back, or none was sent.
fn none_out_there(facts: &DiagnosisFacts, account: &OpenAccount, today: NaiveDate) -> Judgement {
    let kinds = [CardKind::Login, CardKind::Viewing];
    let back = kinds.into_iter().find_map(|kind| facts.came_back(kind));
    let out = kinds.into_iter().filter_map(|kind| facts.sent(kind).next()).max_by_key(|card| card.sent_at);
    let judgement = match (back, out) {
        (_, Some(card)) => not_in_hand(card, today).also_found([membership::registered(account)]),
        (Some((card, on)), None) => came_back(card, on).also_found([membership::registered(account)]),
        (None, None) => Case::NoCardSent
            .because([What::NoneSent.so()].into_iter().chain(to_come(facts)).chain([membership::registered(account)]))
            .next([NextAction::TypeInRequest]),
    };
    judgement.ask(Question::WhichCard)
}

/// Cards that wait to be sent.
fn to_come(facts: &DiagnosisFacts) -> impl Iterator<Item = DiagnosisFinding> + '_ {
    CardKind::ALL.iter().filter_map(|kind| facts.newest(*kind)).filter_map(|card| match &card.status {
        CardStatus::Queued => Some(waiting(card)),
        CardStatus::Planned { on, employer } => Some(planned(*on, employer)),
        _ => None,
    })
}

/// Both kinds were sent: the later one is more likely in the hand, until the caller says.
fn last_of(
    facts: &DiagnosisFacts,
    account: &OpenAccount,
    (viewing, login): (&DiagnosisCard, &DiagnosisCard),
    today: NaiveDate,
) -> Judgement {
    if viewing.sent_at >= login.sent_at { viewing_card(viewing) } else { notice(facts, account, login, today) }
}

/// The commonest case: that is not the login password.
fn viewing_card(card: &DiagnosisCard) -> Judgement {
    Case::CardIsViewing
        .because(sent(card).chain([What::ResetProvesNothing.so()]))
        .next([NextAction::TypeInRequest, NextAction::OpenCard])
}

fn notice(facts: &DiagnosisFacts, account: &OpenAccount, likely: &DiagnosisCard, today: NaiveDate) -> Judgement {
    let newest = facts.sent(CardKind::Login).next().unwrap_or(likely);
    let earlier = facts.sent(CardKind::Login).nth(1);
    let in_hand = match facts.caller.card.issue_on {
        Some(said) => facts.sent(CardKind::Login).find(|card| card.issue_on == Some(said)),
        None => Some(likely),
    };
    let Some(in_hand) = in_hand else {
        return Case::UnknownCard
            .because([What::NoSuchCard.so()].into_iter().chain(sent(newest)))
            .ask(Question::IssueDate);
    };
    // Instants decide (V7): a reset of the morning is no use of the notice that leaves in the afternoon.
    let used = account.login_changed_at.filter(|changed| newest.sent_at.is_some_and(|sent| sent <= *changed));
    let judgement = match (in_hand == newest, used, newest.valid_until) {
        // Whichever notice is in the hand: none works any more.
        (_, Some(changed), _) => {
            let changed = What::LoginChanged.on(day_of(changed));
            Case::NoticeUsed.because([changed].into_iter().chain(sent(newest)))
        }
        (false, None, _) => Case::NoticeReplaced.because(sent(newest)),
        (true, None, _) if newest.dead == Some(DeadReason::Recovered) => Case::NoticeNotNeeded.because(sent(newest)),
        (true, None, Some(last)) if last < today => {
            Case::NoticeExpired.because([What::LoginEnded.on(last)].into_iter().chain(sent(newest)))
        }
        (true, None, Some(last)) => Case::NoticeCurrent.because(sent(newest).chain([What::LoginEnds.on(last)])),
        (true, None, None) => Case::NoticeCurrent.because(sent(newest)),
    };
    let judgement = judgement.next([NextAction::OpenCard, NextAction::TypeInRequest]);
    match (earlier, facts.caller.card.issue_on) {
        (Some(_), None) => judgement.ask(Question::IssueDate),
        _ => judgement,
    }
}
