//! Mails do not arrive. Guide [2], [5], [10]; rules A5, A6, A8.

use super::{Case, DiagnosisFacts, Judgement, Login, Mail, NextAction, Question, What, membership};
use chrono::NaiveDate;

pub(super) fn judge(facts: &DiagnosisFacts, today: NaiveDate) -> Judgement {
    let account = match membership::account(facts, today) {
        Ok(account) => account,
        Err(none) => return none,
    };
    let registered = membership::registered(account);
    match account.mail {
        Mail::Bounced(on) => {
            let found = [What::Bounced.on(on), registered];
            match facts.caller.login {
                None => Case::MailBounced.because(found).ask(Question::CanLogIn),
                Some(Login::Works) => Case::BouncedCanLogIn.because(found),
                Some(Login::Fails) => Case::BouncedCannotLogIn
                    .because(found.into_iter().chain([What::ResetProvesNothing.so()]))
                    .next([NextAction::TypeInRequest]),
            }
        }
        Mail::Changed(on) => Case::MailChanged.because([What::MailChanged.on(on), What::NoBounce.so(), registered]),
        Mail::Arrives => Case::MailFiltered.because([What::NoBounce.so(), registered]),
    }
}
