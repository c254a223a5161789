//! What is said where no card can go to the employer today. Rules R7, R8: the words of a topic promise a card to the
//! employer; to these callers that is not true.

use super::{Case, DiagnosisFacts, Judgement, NextAction, Topic, What};
use crate::domain::HoldReason;
use chrono::NaiveDate;

/// The same judgement, or the one that is true for this member.
pub(super) fn adjusted(judgement: Judgement, topic: Topic, facts: &DiagnosisFacts, today: NaiveDate) -> Judgement {
    let sending = facts.sending;
    let judgement = match sending.obstacle {
        Some(HoldReason::Protected) => return protected(judgement),
        Some(reason) => without_route(judgement, topic, reason),
        None => judgement,
    };
    match (judgement.case, sending.next_on.filter(|day| *day >= today)) {
        (Case::Held, Some(day)) => also(judgement, Case::HeldUntil, What::CallOn.on(day)),
        (Case::Undelivered, Some(day)) => also(judgement, Case::UndeliveredUntil, What::CallOn.on(day)),
        _ => judgement,
    }
}

/// R7: no caller is told anything of this person. The clerk reads what was found; the caller hears none of it.
fn protected(judgement: Judgement) -> Judgement {
    let findings = std::iter::once(What::Protected.so()).chain(judgement.findings).collect();
    Judgement { case: Case::Protected, findings, question: None, next: Vec::new() }
}

/// R8: a card that waits, or that would be asked for now, goes nowhere yet.
fn without_route(judgement: Judgement, topic: Topic, reason: HoldReason) -> Judgement {
    let case = match judgement.case {
        Case::DisplayOff => Case::DisplayOffNoRoute,
        // A caller with a card in the hand is asked which one it is, and waits for none.
        Case::NoCardSent if topic == Topic::LoginWithCard => return judgement,
        Case::NoPassword | Case::NoCardSent | Case::Interrupted => Case::NoCardNoRoute,
        Case::ReissueStops => Case::ReissueNoRoute,
        Case::NoSuchUser => Case::NoticeNoRoute,
        Case::NoticeWaiting
        | Case::NoticePlanned
        | Case::Queued
        | Case::QueuedLong
        | Case::Issuing
        | Case::IssuingPlanned
        | Case::ReissueWaiting
        | Case::ReissuePlanned
        | Case::OffAndOnWaiting
        | Case::OffAndOnPlanned
        | Case::EndedWaiting
        | Case::EndedPlanned
        | Case::Planned
        | Case::PlannedLate
        | Case::StoppedOnPaper
        | Case::CarriedOverWaiting => Case::Held,
        // R3: what goes to a one-off address needs no employer.
        Case::Apart | Case::ApartUntil if judgement.findings.iter().all(|it| it.what != What::OneOff) => Case::Held,
        _ => return judgement,
    };
    let judgement = also(judgement, case, What::NoRoute.with([reason.into()]));
    if case == Case::Held { judgement.next([NextAction::ResolveHold]) } else { judgement }
}

/// Another case, for a reason that is read first.
fn also(mut judgement: Judgement, case: Case, because: super::DiagnosisFinding) -> Judgement {
    judgement.case = case;
    judgement.findings.insert(0, because);
    judgement
}
