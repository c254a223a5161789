//! Is the caller registered? Guide [4].

use super::{Case, DiagnosisFacts, Judgement, NextAction, What, membership};
use crate::domain::WebDisplay;
use chrono::NaiveDate;

pub(super) fn judge(facts: &DiagnosisFacts, today: NaiveDate) -> Judgement {
    let account = match membership::account(facts, today) {
        Ok(account) => account,
        Err(none) => return none,
    };
    let display = match account.web_display {
        WebDisplay::Wanted => What::DisplayOn,
        WebDisplay::NotWanted => What::DisplayOff,
    };
    Case::IsRegistered
        .because([membership::registered(account), What::ResetProvesNothing.so(), display.so()])
        .next([NextAction::TypeInRequest])
}
