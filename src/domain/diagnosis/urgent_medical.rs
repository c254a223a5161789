//! Needs 医療費のお知らせ quickly. Guide Q5, Q4; rule A7. Whether there is an account does not matter: it is paper.

use super::{Case, Coverage, DiagnosisFacts, Judgement, NextAction, What, membership};
use crate::domain::Relation;
use chrono::NaiveDate;

pub(super) fn judge(facts: &DiagnosisFacts, today: NaiveDate) -> Judgement {
    let gone = match facts.coverage {
        Coverage::Died(day) => return membership::died(day),
        Coverage::EndsOn(day) if day <= today => Some(What::Lost.on(day)),
        Coverage::EndsOn(_) | Coverage::StartsOn(_) | Coverage::Running => None,
    };
    if facts.successor.as_ref().is_some_and(|new| new.from <= today)
        && let Some(ended) = membership::ended(facts, today)
    {
        return ended;
    }
    let (case, found) = match (facts.relation, gone.is_some()) {
        (Relation::Insured, false) => (Case::InWriting, What::MedicalInWriting),
        (Relation::Insured, true) => (Case::LeftWantsMedical, What::MedicalInWriting),
        (Relation::Dependent, false) => (Case::AskInsured, What::InsuredOnly),
        (Relation::Dependent, true) => (Case::LeftDependent, What::InsuredOnly),
    };
    case.because(gone.into_iter().chain([found.so()])).next([NextAction::TransferMedical])
}
