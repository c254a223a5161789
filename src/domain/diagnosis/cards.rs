//! Cards, as findings.

use super::{
    Addressee, CardInHand, CardStatus, Case, DiagnosisCard, DiagnosisFacts, DiagnosisFinding, Judgement, NextAction,
    Receipt, What,
};
use crate::domain::{CardKind, DeadReason, HoldReason};
use chrono::NaiveDate;

/// Business days that a parcel takes.
pub const IN_THE_POST: u32 = 2;

/// Whether a card whose password is valid can still be on its way.
pub(super) fn in_the_post(card: &DiagnosisCard) -> bool {
    let sent = matches!(card.status, CardStatus::Dispatched { receipt: Receipt::None | Receipt::Awaited, .. });
    sent && card.waited <= IN_THE_POST && card.dead_on.is_none()
}

/// What is true while the card with the valid viewing password cannot be in the member's hand: it was not handed over (B15), or
/// has only just been sent.
pub(super) fn on_its_way(facts: &DiagnosisFacts, today: NaiveDate) -> Option<Judgement> {
    let card = facts.valid_card()?;
    stopped(card, today).or_else(|| in_the_post(card).then(|| sent_lately(card)))
}

/// Whether a card that was sent cannot be what the caller has in the hand: it was not handed over, or left today. One that the
/// caller describes is there.
pub(super) fn cannot_be_in_hand(card: &DiagnosisCard, hand: &CardInHand) -> bool {
    let described = (hand.issue_on.is_some() && hand.issue_on == card.issue_on)
        || (hand.serial.is_some() && hand.serial == card.serial);
    let undelivered = matches!(card.status, CardStatus::Dispatched { receipt: Receipt::Undelivered { .. }, .. });
    !described && (undelivered || (in_the_post(card) && card.waited == 0))
}

/// The same, in words: where it was not handed over, or when it left.
pub(super) fn not_in_hand(card: &DiagnosisCard, today: NaiveDate) -> Judgement {
    stopped(card, today).unwrap_or_else(|| sent_lately(card))
}

fn sent_lately(card: &DiagnosisCard) -> Judgement {
    Case::SentLately.because(sent(card)).next([NextAction::OpenCard])
}

/// A dispatched card: 発送日, addressee, issue date and serial.
pub(super) fn sent(card: &DiagnosisCard) -> impl Iterator<Item = DiagnosisFinding> {
    let what = match card.kind {
        CardKind::Viewing => What::ViewingSent,
        CardKind::Login => What::LoginSent,
    };
    let dispatched = match &card.status {
        CardStatus::Dispatched { on, employer, .. } => {
            Some(what.with([(*on).into(), employer.as_str().into(), card.printed_date().into()]))
        }
        _ => None,
    };
    let serial = card.serial.as_deref().map(|serial| What::Serial.with([serial.into()]));
    dispatched.into_iter().chain(serial)
}

/// What is true of a card that does not reach the member as things stand, or not as usual, whatever the topic; none
/// where it does reach the member.
pub(super) fn stopped(card: &DiagnosisCard, today: NaiveDate) -> Option<Judgement> {
    if let (CardStatus::Queued, Some(delay)) = (&card.status, &card.delay) {
        let (case, because) = match delay.not_before.filter(|day| *day > today) {
            Some(day) => (Case::ApartUntil, What::ApartUntil.on(day)),
            None => (Case::Apart, What::Apart.so()),
        };
        let found = one_off(card).into_iter().chain([because, waiting(card)]);
        return Some(case.because(found).next([NextAction::OpenCard]));
    }
    match card.status {
        CardStatus::Held(why) => Some(Case::Held.because(held(card, why)).next([NextAction::ResolveHold])),
        CardStatus::Stopped => {
            Some(Case::StoppedOnPaper.because([What::WillBePulled.on(card.asked_on)]).next([NextAction::OpenCard]))
        }
        CardStatus::Planned { on, .. } if on < today => {
            Some(Case::PlannedLate.because([What::PlannedLate.on(on)]).next([NextAction::OpenCard]))
        }
        CardStatus::Dispatched { receipt: Receipt::Undelivered { on, why }, .. } => {
            let undelivered = What::Undelivered.with([on.into(), why.into()]);
            Some(Case::Undelivered.because(sent(card).chain([undelivered])).next([
                NextAction::EmployerContact,
                NextAction::OpenCard,
                again(card.kind),
            ]))
        }
        CardStatus::Queued
        | CardStatus::Planned { .. }
        | CardStatus::Dispatched { .. }
        | CardStatus::Returned { .. }
        | CardStatus::Dropped => None,
    }
}

/// The same of a card that has not arrived: one that goes to a one-off address (R3), or went to an employer that is the
/// insured's no longer, has words of its own.
pub(super) fn stopped_or_elsewhere(card: &DiagnosisCard, today: NaiveDate) -> Option<Judgement> {
    stopped(card, today).or_else(|| to_one_off(card)).or_else(|| to_former_employer(card))
}

/// R1, R2: the society asks where the card is; the member has no one there to ask.
fn to_former_employer(card: &DiagnosisCard) -> Option<Judgement> {
    let there = matches!(card.status, CardStatus::Dispatched { .. }) && card.addressee == Addressee::Former;
    (there && card.dead_on.is_none()).then(|| {
        let ends = card.valid_until.map(|last| What::LoginEnds.on(last));
        Case::SentToFormer
            .because(sent(card).chain([What::FormerEmployer.so()]).chain(ends))
            .next([NextAction::OpenCard, again(card.kind)])
    })
}

/// R3: where a card that goes to a one-off address is; its words name no employer.
fn to_one_off(card: &DiagnosisCard) -> Option<Judgement> {
    let to = one_off(card)?;
    let (case, found): (Case, Vec<DiagnosisFinding>) = match &card.status {
        CardStatus::Queued => (Case::OneOff, vec![waiting(card)]),
        CardStatus::Planned { on, employer } => (Case::OneOffPlanned, vec![planned(*on, employer)]),
        CardStatus::Dispatched { .. } if card.dead_on.is_none() => {
            let ends = card.valid_until.map(|last| What::LoginEnds.on(last));
            (Case::OneOffSent, sent(card).chain(ends).collect())
        }
        CardStatus::Held(_)
        | CardStatus::Stopped
        | CardStatus::Dispatched { .. }
        | CardStatus::Returned { .. }
        | CardStatus::Dropped => return None,
    };
    Some(case.because([to].into_iter().chain(found)).next([NextAction::OpenCard]))
}

/// A card that waits for its dispatch.
pub(super) fn waiting(card: &DiagnosisCard) -> DiagnosisFinding {
    let what = match card.kind {
        CardKind::Viewing => What::ViewingQueued,
        CardKind::Login => What::LoginQueued,
    };
    what.on(card.asked_on)
}

/// B10: a card that came back; another one is sent in its place.
pub(super) fn came_back(card: &DiagnosisCard, on: NaiveDate) -> Judgement {
    let case = match card.kind {
        CardKind::Viewing => Case::Returned,
        CardKind::Login => Case::NoticeReturned,
    };
    case.because([What::Returned.on(on)]).next([NextAction::EmployerContact, again(card.kind)])
}

/// The caller has a card that was printed, and of which there is no dispatch: it was spoiled, pulled, or left too early. By
/// date or serial; none where a card that was sent fits as well.
pub(super) fn not_sent(facts: &DiagnosisFacts) -> Option<Judgement> {
    let hand = &facts.caller.card;
    if hand.issue_on.is_none() && hand.serial.is_none() {
        return None;
    }
    let fits = |card: &&DiagnosisCard| {
        hand.kind.is_none_or(|kind| card.kind == kind)
            && hand.issue_on.is_none_or(|day| card.issue_on == Some(day))
            && hand.serial.as_ref().is_none_or(|serial| card.serial.as_ref() == Some(serial))
    };
    let left =
        |card: &DiagnosisCard| matches!(card.status, CardStatus::Dispatched { .. } | CardStatus::Returned { .. });
    let fitting: Vec<&DiagnosisCard> = facts.cards.iter().filter(fits).collect();
    let serial = fitting.first().and_then(|card| card.serial.as_deref())?;
    let unsent = fitting.iter().all(|card| !left(card));
    unsent.then(|| Case::CardNotSent.because([What::NotSent.with([serial.into()])]).next([NextAction::OpenCard]))
}

/// What brings another card of the kind.
pub(super) const fn again(kind: CardKind) -> NextAction {
    match kind {
        CardKind::Viewing => NextAction::ReissueViewing,
        CardKind::Login => NextAction::TypeInRequest,
    }
}

/// A card that is held, why, and what the clerk does about it (R2, B4).
fn held(card: &DiagnosisCard, why: HoldReason) -> [DiagnosisFinding; 2] {
    [What::Held.with([card.asked_on.into(), why.into()]), What::HeldNext.with([why.into()])]
}

/// A card in an exported batch.
pub(super) fn planned(on: NaiveDate, employer: &str) -> DiagnosisFinding {
    What::Planned.with([on.into(), employer.into()])
}

/// R3: the card goes to a one-off address. Where that is, is not for the phone; that it is none of the employer's, is.
fn one_off(card: &DiagnosisCard) -> Option<DiagnosisFinding> {
    card.one_off.as_deref().map(|addressee| What::OneOff.with([addressee.into()]))
}

/// A card that the caller may still hold though it counts no more (V2, V4).
pub(super) fn dead(card: &DiagnosisCard) -> DiagnosisFinding {
    let printed = card.printed_date();
    What::EarlierDead.with([printed.into(), card.dead_on.unwrap_or(printed).into()])
}

/// What ended a password, as far as the words turn on it (V7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EndedBy {
    /// A later reissue (V2).
    Reissue,
    /// The display was switched off; switching it on again is no reissue.
    SwitchingOff,
    /// Another cause: the words name none.
    Otherwise,
}

/// What ended the password of a card.
pub(super) const fn ended_by(card: &DiagnosisCard) -> EndedBy {
    match card.dead {
        Some(DeadReason::Superseded) => EndedBy::Reissue,
        Some(DeadReason::DisplayOff) => EndedBy::SwitchingOff,
        _ => EndedBy::Otherwise,
    }
}
