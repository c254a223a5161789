//! P1: what the society owes a member, and why it is not on its way.
//!
//! A member who wishes the display is owed a usable viewing password until one is dispatched and not returned. What a
//! card became on its way does not end that: the rule looks at all of them.

use super::{CardState, DeadReason, HoldReason, coded};
use chrono::{Months, NaiveDate};

coded! {
    /// What is owed.
    pub enum PromiseKind {
        /// 閲覧用パスワード
        Viewing = "viewing",
        /// ログイン情報: the answer to a verified request.
        Login = "login",
        /// 折り返しの連絡: a note with a day for it.
        CallBack = "call_back",
    }
}

coded! {
    /// How an open promise ended.
    pub enum PromiseEnd {
        /// The card was dispatched.
        Kept = "kept",
        /// It needs no answer; a clerk wrote why.
        NotNeeded = "not_needed",
    }
}

coded! {
    /// 返戻の理由 (B10)
    pub enum ReturnReason {
        /// 宛先不明
        AddressUnknown = "address_unknown",
        /// 退職
        Left = "left",
        /// 受取拒否
        Refused = "refused",
        /// 保管期限経過
        StorageExpired = "storage_expired",
        /// その他・不明
        Other = "other",
    }
}

/// Why nothing is on its way to the member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromiseWhy {
    /// The card is held (R2).
    Held(HoldReason),
    /// 返戻
    Returned,
    /// お渡しできなかったはがき: its employer has it, and sends it back (B15).
    Undelivered,
    /// 抜取
    Pulled,
    /// 取消
    Cancelled,
    /// 刷り損じ, and not made again.
    Spoiled,
    /// The password of the last card has ended, and no other card was asked for.
    Ended,
    /// No card was ever asked for.
    NeverAsked,
    /// The account was closed by a loss that the registry took back: the member is to register again (A9).
    Reinstated,
    /// The request has no answer yet.
    Unanswered,
    /// A clerk said that we call.
    CallBack,
}

impl PromiseWhy {
    /// The stable code; that of the hold where a card is held.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Held(reason) => reason.code(),
            Self::Returned => "returned",
            Self::Undelivered => "undelivered",
            Self::Pulled => "pulled",
            Self::Cancelled => "cancelled",
            Self::Spoiled => "spoiled",
            Self::Ended => "ended",
            Self::NeverAsked => "never_asked",
            Self::Reinstated => "reinstated",
            Self::Unanswered => "unanswered",
            Self::CallBack => "call_back",
        }
    }
}

impl serde::Serialize for PromiseWhy {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// What the rule needs to know of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PromiseCard {
    /// Where it is.
    pub state: CardState,
    /// Why its password is dead, if it is.
    pub dead: Option<DeadReason>,
    /// Why it is held, if it is.
    pub hold: Option<HoldReason>,
    /// When it was asked for.
    pub asked_on: NaiveDate,
    /// When it came to its state.
    pub moved_on: NaiveDate,
    /// B15: the day of the receipt that says that it could not be handed over.
    pub undelivered_on: Option<NaiveDate>,
}

impl PromiseCard {
    /// Whether the member has its password, or will get it: it is at work or on its way.
    const fn serves(&self) -> bool {
        let alive = self.dead.is_none();
        match self.state {
            CardState::Queued | CardState::Drafted | CardState::Exported | CardState::Printed => alive,
            CardState::Dispatched => alive && self.undelivered_on.is_none(),
            CardState::Held | CardState::Returned | CardState::Cancelled | CardState::Spoiled | CardState::Pulled => {
                false
            }
        }
    }
}

/// An open promise, as the cards tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenCard {
    /// Since when the member has waited.
    pub since: NaiveDate,
    /// Why nothing is on its way.
    pub why: PromiseWhy,
    /// When that came about.
    pub stopped_on: NaiveDate,
}

/// What is owed to a member who wishes a card of one kind and has no own password; none where one is at work or on its
/// way. `cards` of this kind in the order of asking, `wished_on` the day from which the member waits without any.
pub fn open(cards: &[PromiseCard], wished_on: NaiveDate) -> Option<OpenCard> {
    if cards.iter().any(PromiseCard::serves) {
        return None;
    }
    let Some(last) = cards.last() else {
        return Some(OpenCard { since: wished_on, why: PromiseWhy::NeverAsked, stopped_on: wished_on });
    };
    // The wait began with the first card after the last one that was at work.
    let reached = |card: &PromiseCard| card.state == CardState::Dispatched && card.undelivered_on.is_none();
    let waited_for = cards.iter().rev().take_while(|card| !reached(card));
    let since = waited_for.last().map_or(last.moved_on, |card| card.asked_on);
    let why = match last.state {
        CardState::Dispatched if last.undelivered_on.is_some() && last.dead.is_none() => PromiseWhy::Undelivered,
        CardState::Held => PromiseWhy::Held(last.hold.unwrap_or(HoldReason::ByHand)),
        CardState::Returned => PromiseWhy::Returned,
        CardState::Pulled => PromiseWhy::Pulled,
        CardState::Cancelled => PromiseWhy::Cancelled,
        CardState::Spoiled => PromiseWhy::Spoiled,
        CardState::Queued | CardState::Drafted | CardState::Exported | CardState::Printed | CardState::Dispatched => {
            PromiseWhy::Ended
        }
    };
    Some(OpenCard { since, why, stopped_on: last.undelivered_on.unwrap_or(last.moved_on) })
}

/// Since when the member has waited for the last of these cards: one that was spoiled, pulled or cancelled here, and not
/// for anything that the member did, counts on (P1). `cards` of one kind in the order of asking.
pub fn waited_since(cards: &[PromiseCard]) -> Option<NaiveDate> {
    let (last, earlier) = cards.split_last()?;
    let stopped_here = |card: &&PromiseCard| {
        matches!(card.state, CardState::Cancelled | CardState::Spoiled | CardState::Pulled)
            && card.dead.is_none_or(|why| !why.is_of_member())
    };
    let first = earlier.iter().rev().take_while(stopped_here).last();
    Some(first.unwrap_or(last).asked_on)
}

/// An open promise, with what was said about it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct OpenPromise {
    /// Row ID of the member.
    #[serde(skip)]
    pub member_id: i64,
    /// `260-1-00`
    pub member: String,
    /// 氏名
    pub name: String,
    /// What is owed.
    pub kind: PromiseKind,
    /// Day since which it is owed.
    pub since: NaiveDate,
    /// When to act next; none where no one has set it.
    pub next: Option<NaiveDate>,
    /// Why it is not on its way.
    pub why: PromiseWhy,
    /// Staff ID of who sees to it.
    pub owner: Option<String>,
    /// What was said about it.
    pub note: Option<String>,
    /// 受付番号, where a request is to be answered.
    pub receipt: Option<String>,
}

/// P2: the latest day on which something owed is looked at again: a year ahead. What is further off is a slip of the keys, and
/// would be on no list until then.
pub fn latest_follow_up(today: NaiveDate) -> NaiveDate {
    today.checked_add_months(Months::new(12)).unwrap_or(today)
}

impl OpenPromise {
    /// Whether something is to be done by this day: the date has come, or there is none.
    pub fn is_due(&self, today: NaiveDate) -> bool {
        self.next.is_none_or(|next| next <= today)
    }

    /// Whether its date has passed, or there is none.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.next.is_none_or(|next| next < today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn card(state: CardState, dead: Option<DeadReason>, asked: u32, moved: u32) -> PromiseCard {
        PromiseCard { state, dead, hold: None, asked_on: day(asked), moved_on: day(moved), undelivered_on: None }
    }

    #[test]
    fn p1_every_end_of_a_card_but_the_dispatch_leaves_it_open() {
        for state in CardState::ALL {
            let one = [card(*state, None, 2, 5)];
            let why = open(&one, day(1)).map(|it| it.why.code());
            let expected = match state {
                CardState::Queued
                | CardState::Drafted
                | CardState::Exported
                | CardState::Printed
                | CardState::Dispatched => None,
                CardState::Held => Some("by_hand"),
                CardState::Returned => Some("returned"),
                CardState::Cancelled => Some("cancelled"),
                CardState::Spoiled => Some("spoiled"),
                CardState::Pulled => Some("pulled"),
            };
            assert_eq!(why, expected, "{state:?}");
            let dead = open(&[card(*state, Some(DeadReason::Superseded), 2, 5)], day(1));
            assert!(dead.is_some(), "{state:?} with a dead password");
        }
    }

    #[test]
    fn b15_a_card_that_was_not_handed_over_is_owed_again() {
        let sent = PromiseCard { undelivered_on: Some(day(9)), ..card(CardState::Dispatched, None, 2, 5) };
        let owed = open(&[sent], day(1)).unwrap();
        assert_eq!((owed.since, owed.why, owed.stopped_on), (day(2), PromiseWhy::Undelivered, day(9)));
        assert_eq!(open(&[sent, card(CardState::Queued, None, 10, 10)], day(1)), None, "another is on its way");
    }

    #[test]
    fn p1_the_wait_begins_after_the_last_card_that_was_sent() {
        let cards = [
            card(CardState::Dispatched, Some(DeadReason::Superseded), 1, 2),
            card(CardState::Pulled, Some(DeadReason::ByHand), 4, 6),
            card(CardState::Cancelled, Some(DeadReason::ByHand), 8, 9),
        ];
        let open = open(&cards, day(1)).unwrap();
        assert_eq!((open.since, open.why, open.stopped_on), (day(4), PromiseWhy::Cancelled, day(9)));
    }

    #[test]
    fn p1_a_card_spoiled_or_pulled_here_keeps_the_waiting_day() {
        let queued = card(CardState::Queued, None, 20, 20);
        for state in [CardState::Spoiled, CardState::Pulled, CardState::Cancelled] {
            let earlier = |why| [card(state, Some(why), 4, 10), queued];
            assert_eq!(waited_since(&earlier(DeadReason::ByHand)), Some(day(4)), "{state:?}");
            assert_eq!(waited_since(&earlier(DeadReason::TooClose)), Some(day(4)), "{state:?}");
            for own in [DeadReason::Superseded, DeadReason::DisplayOff, DeadReason::Recovered] {
                assert_eq!(waited_since(&earlier(own)), Some(day(20)), "{state:?} {own:?}");
            }
        }
        let sent = card(CardState::Dispatched, Some(DeadReason::ByHand), 2, 3);
        assert_eq!(waited_since(&[sent, queued]), Some(day(20)));
        assert_eq!(waited_since(&[]), None);
    }

    #[test]
    fn p1_a_wish_without_any_card_is_owed_from_the_wish_on() {
        let open = open(&[], day(3)).unwrap();
        assert_eq!((open.since, open.why), (day(3), PromiseWhy::NeverAsked));
    }

    #[test]
    fn p2_no_date_is_due_and_overdue() {
        let promise = |next| OpenPromise {
            member_id: 1,
            member: String::new(),
            name: String::new(),
            kind: PromiseKind::Viewing,
            since: day(1),
            next,
            why: PromiseWhy::Returned,
            owner: None,
            note: None,
            receipt: None,
        };
        let stands = |next| (promise(next).is_due(day(24)), promise(next).is_overdue(day(24)));
        assert_eq!(stands(None), (true, true));
        assert_eq!(stands(Some(day(23))), (true, true));
        assert_eq!(stands(Some(day(24))), (true, false));
        assert_eq!(stands(Some(day(25))), (false, false));
    }
}
