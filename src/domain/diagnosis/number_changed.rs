//! The number changed, and the caller cannot log in. Guide Q7, [3]; rule A3.

use super::membership::{former, walk};
use super::{Case, Coverage, DiagnosisFacts, Judgement, NextAction, What, membership};
use chrono::NaiveDate;

pub(super) fn judge(facts: &DiagnosisFacts, today: NaiveDate) -> Judgement {
    if let Some(ended) = membership::ended(facts, today) {
        return ended;
    }
    if let Some(new) = &facts.successor {
        let found = [What::ChangesOn.on(new.from), What::Successor.with([new.key.as_str().into()])];
        return Case::ChangesOn.because(found).next([NextAction::OpenSuccessor]);
    }
    if let Coverage::StartsOn(day) = facts.coverage {
        let old = facts.predecessor.as_ref();
        return Case::ChangesOn
            .because([What::ChangesOn.on(day)].into_iter().chain(old.map(former)))
            .next(old.and_then(walk));
    }
    match (&facts.predecessor, facts.open_account()) {
        (Some(_), None) => membership::not_registered(facts),
        (Some(old), Some(account)) => Case::RegisteredAgain
            .because([membership::registered(account), former(old)])
            .next([NextAction::TypeInRequest])
            .next(walk(old)),
        (None, Some(account)) => Case::NoChange
            .because([What::NoPredecessor.so(), membership::registered(account)])
            .next([NextAction::TypeInRequest]),
        (None, None) => Case::NotRegistered.because([What::NoPredecessor.so(), What::NeverRegistered.so()]),
    }
}
