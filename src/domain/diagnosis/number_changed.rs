//! The number changed, and the caller cannot log in. Guide Q7, [3]; rule A3.

use super::{Case, DiagnosisFacts, Judgement, NextAction, OldRecord, Predecessor, What, membership};
use chrono::NaiveDate;

pub(super) fn judge(facts: &DiagnosisFacts, today: NaiveDate) -> Judgement {
    if let Some(ended) = membership::ended(facts, today) {
        return ended;
    }
    match (&facts.predecessor, facts.open_account()) {
        (Some(old), None) => Case::RegisterAgain.because([former(old), What::NeverRegistered.so()]).next(walk(old)),
        (Some(old), Some(account)) => Case::RegisteredAgain
            .because([membership::registered(account), former(old)])
            .next([NextAction::TypeInRequest])
            .next(walk(old)),
        (None, Some(account)) => Case::NoChange
            .because([What::NoPredecessor.so(), membership::registered(account)])
            .next([NextAction::TypeInRequest]),
        (None, None) => Case::NoChange.because([What::NoPredecessor.so(), What::NeverRegistered.so()]),
    }
}

/// To the former record, where there is one to walk to.
pub(super) fn walk(old: &Predecessor) -> Option<NextAction> {
    match old.record {
        OldRecord::OnFile => Some(NextAction::OpenPredecessor),
        OldRecord::NumberOnly => None,
    }
}

/// The former number, as a finding.
pub(super) fn former(old: &Predecessor) -> super::DiagnosisFinding {
    What::Predecessor.with([old.key.as_str().into()])
}
