//! Cards, as findings.

use super::{CardStatus, Case, DiagnosisCard, DiagnosisFinding, Judgement, NextAction, Receipt, What};
use crate::domain::{CardKind, DeadReason, HoldReason};
use chrono::NaiveDate;

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

/// What is true of a card that does not reach the member as things stand, whatever the topic; none where it may.
pub(super) fn stopped(card: &DiagnosisCard, today: NaiveDate) -> Option<Judgement> {
    match card.status {
        CardStatus::Held(why) => Some(Case::Held.because(held(card, why)).next([NextAction::ResolveHold])),
        CardStatus::Stopped => {
            Some(Case::StoppedOnPaper.because([What::WillBePulled.on(card.asked_on)]).next([NextAction::OpenCard]))
        }
        CardStatus::Planned { on, .. } if on < today => {
            Some(Case::PlannedLate.because([What::PlannedLate.on(on)]).next([NextAction::OpenCard]))
        }
        CardStatus::Dispatched { receipt: Receipt::Undelivered(on), .. } => {
            Some(Case::Undelivered.because(sent(card).chain([What::Undelivered.on(on)])).next([
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
pub(super) fn one_off(card: &DiagnosisCard) -> Option<DiagnosisFinding> {
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
