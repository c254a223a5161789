//! The menu 巡回主婦健診 is missing. Guide Q3, Q6.

use super::{Case, Checkup, DiagnosisFacts, Judgement, NextAction, What, membership};
use crate::domain::Relation;
use chrono::NaiveDate;

pub(super) fn judge(facts: &DiagnosisFacts, today: NaiveDate) -> Judgement {
    if let Some(ended) = membership::ended(facts, today) {
        return ended;
    }
    // Whether the spouse is eligible or registered is the spouse's own affair.
    if facts.relation == Relation::Insured {
        return match facts.checkup_deadline.filter(|day| *day < today) {
            Some(day) => Case::AsksInsuredLate
                .because([What::DeadlinePassed.on(day), What::DependentsOnly.so()])
                .next([NextAction::TransferHealth]),
            None => Case::AsksInsured.because([What::DependentsOnly.so()]),
        };
    }
    let deadline = match facts.checkup {
        Checkup::NotEligible => {
            return Case::NotEligible.because([What::NotEligible.so()]).next([NextAction::TransferHealth]);
        }
        Checkup::EligibleUntil(day) if day < today => {
            let found = [What::DeadlinePassed.on(day), What::Eligible.so()];
            return Case::DeadlinePassed.because(found).next([NextAction::TransferHealth]);
        }
        Checkup::EligibleUntil(day) => Some(day),
        Checkup::Eligible => None,
    };
    let Some(account) = facts.open_account() else {
        let until = deadline.map_or(What::NoDeadline.so(), |day| What::Deadline.on(day));
        return Case::NotRegistered.because([What::NeverRegistered.so(), What::Eligible.so(), until]);
    };
    let found = [What::Eligible.so(), membership::registered(account)];
    match deadline {
        Some(day) => Case::MenuShowsUntil.because(found.into_iter().chain([What::Deadline.on(day)])),
        None => Case::MenuShows.because(found.into_iter().chain([What::NoDeadline.so()])),
    }
    .next([NextAction::TransferHealth])
}
