//! Has forgotten the viewing password. Guide [7]; rules V1–V3.

use super::cards::{on_its_way, sent};
use super::{Case, DiagnosisFacts, Judgement, NextAction, ViewingPassword, What, how_to_view, membership};
use crate::domain::WebDisplay;
use chrono::NaiveDate;

pub(super) fn judge(facts: &DiagnosisFacts, today: NaiveDate) -> Judgement {
    let account = match membership::account(facts, today) {
        Ok(account) => account,
        Err(none) => return none,
    };
    if account.web_display == WebDisplay::NotWanted {
        return Case::DisplayOff.because([What::DisplayOff.so()]);
    }
    match account.viewing {
        ViewingPassword::None => how_to_view::waiting(facts, What::NoPassword.so(), today),
        ViewingPassword::SelfChosen(on) => {
            Case::ReissueStops.because([What::Usable.so(), What::SelfChanged.on(on)]).next([NextAction::ReissueViewing])
        }
        // B15, V3: the password is on a card that the member has not got yet.
        ViewingPassword::FromCard => match on_its_way(facts, today) {
            Some(judgement) if judgement.case == Case::SentLately => {
                judgement.also_found([What::Usable.so()]).next([NextAction::ReissueViewing])
            }
            Some(judgement) => judgement,
            None => Case::ReissueStops
                .because([What::Usable.so()].into_iter().chain(facts.valid_card().into_iter().flat_map(sent)))
                .next([NextAction::ReissueViewing, NextAction::OpenCard]),
        },
    }
}
