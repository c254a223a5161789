//! The number changed, and the caller cannot log in. Guide Q7, [3]; rule A3.

use super::{Action, Case, Facts, Judgement, Predecessor, What, membership};
use chrono::NaiveDate;

pub(super) fn judge(facts: &Facts, today: NaiveDate) -> Judgement {
    if let Some(ended) = membership::ended(facts, today) {
        return ended;
    }
    match (&facts.predecessor, facts.open_account()) {
        (Some(old), None) => {
            Case::RegisterAgain.because([former(old), What::NeverRegistered.so()]).next([Action::OpenPredecessor])
        }
        (Some(old), Some(account)) => Case::RegisteredAgain
            .because([membership::registered(account), former(old)])
            .next([Action::TypeInRequest, Action::OpenPredecessor]),
        (None, Some(account)) => Case::NoChange
            .because([What::NoPredecessor.so(), membership::registered(account)])
            .next([Action::TypeInRequest]),
        (None, None) => Case::NoChange.because([What::NoPredecessor.so(), What::NeverRegistered.so()]),
    }
}

/// The former record, as a finding.
pub(super) fn former(old: &Predecessor) -> super::Finding {
    What::Predecessor.with([old.key.as_str().into()])
}
