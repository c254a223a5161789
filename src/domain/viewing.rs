//! 健康・医療情報閲覧用パスワード: where a member's viewing password stands.
//!
//! The state is derived from the web-display choice, the cards and the member's own change; it is stored nowhere, so
//! it cannot disagree with them.

use super::{CardFacts, CardKind, CardState, DeadReason, WebDisplay, coded};
use chrono::NaiveDate;

coded! {
    /// The states of DOMAIN's "Viewing password".
    pub enum ViewingState {
        /// 希望しない
        NotWanted = "not_wanted",
        /// 発行依頼済: waits in the queue.
        Requested = "requested",
        /// 発行中: printed or about to be; enterable on the dispatch date (V1).
        Issuing = "issuing",
        /// 有効
        Active = "active",
        /// 再発行により無効: only a card's own password is shown so, the member then has a newer one.
        Superseded = "superseded",
        /// 無効: came back, was cancelled or was never asked for again. A reissue helps.
        Revoked = "revoked",
    }
}

coded! {
    /// Where an active viewing password comes from.
    pub enum ViewingOrigin {
        /// はがきで発行
        Card = "card",
        /// 本人が変更
        Member = "member",
    }
}

/// A member's viewing password today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Viewing {
    /// Where the viewing password stands.
    pub state: ViewingState,
    /// From which day it has been valid, where active.
    pub since: Option<NaiveDate>,
    /// Who chose it, where active.
    pub origin: Option<ViewingOrigin>,
}

impl Viewing {
    const fn plain(state: ViewingState) -> Self {
        Self { state, since: None, origin: None }
    }

    /// Derives the state. `cards` in the order of asking; `changed_on` is the day of the member's own last change.
    pub fn of(display: WebDisplay, cards: &[CardFacts], changed_on: Option<NaiveDate>) -> Self {
        if display == WebDisplay::NotWanted {
            return Self::plain(ViewingState::NotWanted);
        }
        let Some(card) = cards.iter().rev().find(|card| card.kind == CardKind::Viewing && counts(card)) else {
            return Self::plain(ViewingState::Revoked);
        };
        match password_state(card) {
            ViewingState::Active => {
                Self { state: ViewingState::Active, since: card.dispatched_on, origin: Some(ViewingOrigin::Card) }
            }
            ViewingState::Superseded if card.dead == Some(DeadReason::SelfChanged) => {
                Self { state: ViewingState::Active, since: changed_on, origin: Some(ViewingOrigin::Member) }
            }
            ViewingState::Superseded => Self::plain(ViewingState::Revoked),
            other => Self::plain(other),
        }
    }
}

/// A spoiled card is replaced by another; it says nothing of the member's password.
fn counts(card: &CardFacts) -> bool {
    card.state != CardState::Spoiled
}

/// The state of the one password that a card carries.
pub fn password_state(card: &CardFacts) -> ViewingState {
    match (card.state, card.dead) {
        (_, Some(DeadReason::Superseded | DeadReason::SelfChanged)) => ViewingState::Superseded,
        (_, Some(_)) => ViewingState::Revoked,
        (CardState::Queued | CardState::Held | CardState::Drafted, None) => ViewingState::Requested,
        (CardState::Exported | CardState::Printed, None) => ViewingState::Issuing,
        (CardState::Dispatched, None) => ViewingState::Active,
        (CardState::Returned | CardState::Cancelled | CardState::Spoiled | CardState::Pulled, None) => {
            ViewingState::Revoked
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(id: i64, state: CardState, dead: Option<DeadReason>) -> CardFacts {
        let day = NaiveDate::from_ymd_opt(2026, 11, 24);
        CardFacts { state, issue_on: day, dispatched_on: day, dead, ..CardFacts::asked(id, CardKind::Viewing) }
    }

    #[test]
    fn v1_the_password_counts_from_dispatch_not_before() {
        let state = |s| Viewing::of(WebDisplay::Wanted, &[card(1, s, None)], None).state;
        assert_eq!(state(CardState::Queued), ViewingState::Requested);
        assert_eq!(state(CardState::Exported), ViewingState::Issuing);
        assert_eq!(state(CardState::Printed), ViewingState::Issuing);
        assert_eq!(state(CardState::Dispatched), ViewingState::Active);
    }

    #[test]
    fn v2_after_a_reissue_there_is_no_usable_password() {
        let cards = [card(1, CardState::Dispatched, Some(DeadReason::Superseded)), card(2, CardState::Queued, None)];
        assert_eq!(Viewing::of(WebDisplay::Wanted, &cards, None).state, ViewingState::Requested);
    }

    #[test]
    fn v6_display_off_is_not_wanted_whatever_the_cards_say() {
        let cards = [card(1, CardState::Dispatched, None)];
        assert_eq!(Viewing::of(WebDisplay::NotWanted, &cards, None).state, ViewingState::NotWanted);
    }

    #[test]
    fn a_password_changed_by_the_member_is_active_with_that_origin() {
        let cards = [card(1, CardState::Dispatched, Some(DeadReason::SelfChanged))];
        let viewing = Viewing::of(WebDisplay::Wanted, &cards, NaiveDate::from_ymd_opt(2026, 12, 1));
        assert_eq!((viewing.state, viewing.origin), (ViewingState::Active, Some(ViewingOrigin::Member)));
    }

    #[test]
    fn b10_a_returned_card_leaves_the_member_without_a_password() {
        let cards = [card(1, CardState::Returned, Some(DeadReason::Returned))];
        assert_eq!(Viewing::of(WebDisplay::Wanted, &cards, None).state, ViewingState::Revoked);
    }
}
