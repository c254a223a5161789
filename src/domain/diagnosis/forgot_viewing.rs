//! Has forgotten the viewing password. Guide [7]; rules V1–V3.

use super::cards::{in_the_post, sent};
use super::{Case, DiagnosisFacts, Judgement, NextAction, ViewingPassword, What, how_to_view, membership};
use crate::domain::{CardKind, WebDisplay};
use chrono::NaiveDate;

pub(super) fn judge(facts: &DiagnosisFacts, today: NaiveDate) -> Judgement {
    let account = match membership::account(facts, today) {
        Ok(account) => account,
        Err(none) => return none,
    };
    if account.web_display == WebDisplay::NotWanted {
        return Case::DisplayOff.because([What::DisplayOff.so()]);
    }
    let newest = facts.newest(CardKind::Viewing);
    match account.viewing {
        ViewingPassword::None => how_to_view::waiting(facts, What::NoPassword.so(), today),
        ViewingPassword::SelfChosen(on) => {
            Case::ReissueStops.because([What::Usable.so(), What::SelfChanged.on(on)]).next([NextAction::ReissueViewing])
        }
        // V3: the password comes with the card that was just sent.
        ViewingPassword::FromCard if newest.is_some_and(in_the_post) => Case::SentLately
            .because(newest.into_iter().flat_map(sent).chain([What::Usable.so()]))
            .next([NextAction::OpenCard, NextAction::ReissueViewing]),
        ViewingPassword::FromCard => Case::ReissueStops
            .because([What::Usable.so()].into_iter().chain(newest.into_iter().flat_map(sent)))
            .next([NextAction::ReissueViewing, NextAction::OpenCard]),
    }
}
