//! Health points. Guide Q9: the ID mail can take a month from application; after that it is the mail address.

use super::{Case, DiagnosisFacts, Judgement, Mail, What, membership};
use chrono::{Months, NaiveDate};

pub(super) fn judge(facts: &DiagnosisFacts, today: NaiveDate) -> Judgement {
    let account = match membership::account(facts, today) {
        Ok(account) => account,
        Err(none) => return none,
    };
    let Some(applied) = account.points_applied_on else {
        return Case::NotApplied.because([What::NotApplied.so(), membership::registered(account)]);
    };
    let expected = applied + Months::new(1);
    let timing = [What::Applied.on(applied), What::MailExpected.on(expected)];
    match account.mail {
        Mail::Bounced(on) if on >= applied => {
            Case::MailBounced.because([What::Bounced.on(on)].into_iter().chain(timing))
        }
        _ if today <= expected => Case::MailWithinMonth.because(timing),
        Mail::Bounced(on) => Case::MailOverdue.because(timing.into_iter().chain([What::Bounced.on(on)])),
        Mail::Changed(on) => Case::MailOverdue.because(timing.into_iter().chain([What::MailChanged.on(on)])),
        Mail::Arrives => Case::MailOverdue.because(timing.into_iter().chain([What::NoBounce.so()])),
    }
}
