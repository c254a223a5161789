//! Has forgotten the viewing password. Guide [7]; rules V1–V3.

use super::cards::sent;
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
        ViewingPassword::FromCard => Case::ReissueStops
            .because([What::Usable.so()].into_iter().chain(newest.into_iter().flat_map(sent)))
            .next([NextAction::ReissueViewing, NextAction::OpenCard]),
    }
}
