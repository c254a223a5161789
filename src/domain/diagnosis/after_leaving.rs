//! Cannot log in after leaving. Guide Q4; rules A3, A9.

use super::{
    Case, Coverage, DiagnosisFacts, Judgement, NextAction, Question, Registration, WantedRecords, What, membership,
};
use crate::domain::{HoldReason, Relation};
use chrono::NaiveDate;

pub(super) fn judge(facts: &DiagnosisFacts, today: NaiveDate) -> Judgement {
    match facts.coverage {
        // 任意継続 and others that went on under a new number.
        _ if facts.successor.as_ref().is_some_and(|new| new.from <= today) => {
            membership::ended(facts, today).unwrap_or_else(|| membership::not_registered(facts))
        }
        Coverage::Died(day) => membership::died(day),
        Coverage::EndsOn(day) if day <= today => left(facts, day),
        Coverage::EndsOn(day) => match facts.open_account() {
            Some(account) => Case::LeavingSoon.because([What::LossAhead.on(day), membership::registered(account)]),
            None => membership::not_registered(facts),
        },
        Coverage::Running | Coverage::StartsOn(_) if facts.sending.obstacle == Some(HoldReason::InsuredLost) => {
            Case::InsuredLeft.because([What::InsuredLeft.so()])
        }
        Coverage::Running | Coverage::StartsOn(_) => match facts.open_account() {
            Some(account) if facts.sending.obstacle == Some(HoldReason::Voluntary) => Case::GoesOnVoluntarily
                .because([What::Voluntary.so(), membership::registered(account)])
                .next([NextAction::TypeInRequest]),
            Some(account) => Case::StillInsured
                .because([What::NoLoss.so(), membership::registered(account)])
                .next([NextAction::TypeInRequest]),
            None => membership::not_registered(facts),
        },
    }
}

fn left(facts: &DiagnosisFacts, day: NaiveDate) -> Judgement {
    let closed = match facts.account {
        Registration::Closed { on } => Some(What::AccountClosed.on(on)),
        Registration::Never => Some(What::NeverRegistered.so()),
        Registration::Open(_) => None,
    };
    let gone = [What::Lost.on(day)].into_iter().chain(closed);
    match facts.caller.wants {
        Some(WantedRecords::Medical) if facts.relation == Relation::Dependent => {
            Case::LeftDependent.because(gone.chain([What::InsuredOnly.so()])).next([NextAction::TransferMedical])
        }
        Some(WantedRecords::Medical) => Case::LeftWantsMedical
            .because(gone.chain([What::MedicalInWriting.so()]))
            .next([NextAction::TransferMedical]),
        Some(WantedRecords::Checkup) => Case::LeftWantsCheckup.because(gone.chain([What::NoCheckupAfterLeaving.so()])),
        None => Case::Left
            .because(gone.chain([What::MedicalInWriting.so(), What::NoCheckupAfterLeaving.so()]))
            .ask(Question::WhichRecords)
            .next([NextAction::TransferMedical]),
    }
}
