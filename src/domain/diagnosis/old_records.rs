//! Wants the records of a former number. Guide Q8; rule A10.

use super::number_changed::{former, walk};
use super::{Case, DiagnosisFacts, Judgement, NextAction, What, membership};
use crate::domain::WebDisplay;
use chrono::NaiveDate;

pub(super) fn judge(facts: &DiagnosisFacts, today: NaiveDate) -> Judgement {
    if let Some(ended) = membership::ended(facts, today) {
        return ended;
    }
    let Some(old) = &facts.predecessor else {
        return Case::NoOldRecord.because([What::NoPredecessor.so()]).next([NextAction::TransferHealth]);
    };
    if !old.reason.carries_records_over() {
        let found = [What::DoesNotCarryOver.so(), former(old)];
        return Case::NotCarriedOver.because(found).next([NextAction::TransferHealth]).next(walk(old));
    }
    let found = [What::CarriesOver.so(), former(old)].into_iter();
    match facts.open_account() {
        None => Case::RegisterFirst.because(found.chain([What::NeverRegistered.so()])),
        Some(account) if account.web_display == WebDisplay::NotWanted => {
            Case::DisplayOff.because(found.chain([What::DisplayOff.so()]))
        }
        Some(account) => Case::CarriedOver.because(found.chain([membership::registered(account)])),
    }
    .next(walk(old))
}
