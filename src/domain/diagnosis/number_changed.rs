//! The number changed, and the caller cannot log in. Guide Q7, [3]; rule A3.

use super::{Action, Case, Facts, Judgement, OldRecord, Predecessor, What, membership};
use chrono::NaiveDate;

pub(super) fn judge(facts: &Facts, today: NaiveDate) -> Judgement {
    if let Some(ended) = membership::ended(facts, today) {
        return ended;
    }
    match (&facts.predecessor, facts.open_account()) {
        (Some(old), None) => Case::RegisterAgain.because([former(old), What::NeverRegistered.so()]).next(walk(old)),
        (Some(old), Some(account)) => Case::RegisteredAgain
            .because([membership::registered(account), former(old)])
            .next([Action::TypeInRequest])
            .next(walk(old)),
        (None, Some(account)) => Case::NoChange
            .because([What::NoPredecessor.so(), membership::registered(account)])
            .next([Action::TypeInRequest]),
        (None, None) => Case::NoChange.because([What::NoPredecessor.so(), What::NeverRegistered.so()]),
    }
}

/// To the former record, where there is one to walk to.
pub(super) fn walk(old: &Predecessor) -> Option<Action> {
    match old.record {
        OldRecord::OnFile => Some(Action::OpenPredecessor),
        OldRecord::NumberOnly => None,
    }
}

/// The former number, as a finding.
pub(super) fn former(old: &Predecessor) -> super::Finding {
    What::Predecessor.with([old.key.as_str().into()])
}
