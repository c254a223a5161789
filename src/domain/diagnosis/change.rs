//! Wants to change a password, the mail address or the secret question. Guide [8] to [11]; rule A8.

use super::cards::on_its_way;
use super::{
    Case, DiagnosisFacts, Judgement, Login, NextAction, OpenAccount, Question, ViewingPassword, What, how_to_view,
    membership,
};
use crate::domain::WebDisplay;
use chrono::NaiveDate;

/// Login password, mail address, secret question.
pub(super) fn login_data(facts: &DiagnosisFacts, today: NaiveDate) -> Judgement {
    match membership::account(facts, today) {
        Ok(account) => on_portal(facts, account),
        Err(none) => none,
    }
}

/// The viewing password: there must be one to change.
pub(super) fn viewing(facts: &DiagnosisFacts, today: NaiveDate) -> Judgement {
    let account = match membership::account(facts, today) {
        Ok(account) => account,
        Err(none) => return none,
    };
    match (account.web_display, account.viewing) {
        (WebDisplay::NotWanted, _) => Case::DisplayOff.because([What::DisplayOff.so()]),
        (WebDisplay::Wanted, ViewingPassword::None) => how_to_view::waiting(facts, What::OwnChange.so(), today),
        // The change asks for the present password, which is on the card.
        (WebDisplay::Wanted, ViewingPassword::FromCard) => match on_its_way(facts, today) {
            Some(judgement) => judgement.also_found([What::OwnChange.so()]),
            None => on_portal(facts, account),
        },
        (WebDisplay::Wanted, ViewingPassword::SelfChosen(_)) => on_portal(facts, account),
    }
}

fn on_portal(facts: &DiagnosisFacts, account: &OpenAccount) -> Judgement {
    let found = [What::OwnChange.so(), membership::registered(account)];
    match facts.caller.login {
        Some(Login::Fails) => Case::LoginFirst.because(found).next([NextAction::TypeInRequest]),
        Some(Login::Works) => Case::ChangeOnPortal.because(found),
        None => Case::ChangeOnPortal.because(found).ask(Question::CanLogIn),
    }
}
