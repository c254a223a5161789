//! What a portal event does to accounts and cards (A1–A4, V1–V6): a pure decision that the importer carries out.

use super::{CardCause, CardFacts, CardKind, CardState, DeadReason, Viewing, ViewingState, WebDisplay, coded};
use crate::text::japan;
use chrono::{DateTime, NaiveDate, Utc};

coded! {
    /// 種別
    pub enum EventKind {
        /// 登録
        Registered = "registered",
        /// Web表示「希望する」へ
        WebDisplayOn = "web_display_on",
        /// Web表示「希望しない」へ
        WebDisplayOff = "web_display_off",
        /// 閲覧用パスワードの再発行依頼
        ViewingReissue = "viewing_reissue",
        /// 閲覧用パスワードを本人が変更
        ViewingChanged = "viewing_changed",
        /// ログインパスワードの変更
        LoginPasswordChanged = "login_password_changed",
        /// メールアドレスの変更
        EmailChanged = "email_changed",
        /// 秘密の質問の変更
        QuestionChanged = "question_changed",
        /// メール不達
        MailBounced = "mail_bounced",
        /// ログイン
        LoggedIn = "logged_in",
        /// 健康ポイントの申込
        PointsApplied = "points_applied",
    }
}

/// What is known of the member when the event is looked at.
#[derive(Debug, Clone)]
pub struct PortalFacts<'a> {
    /// 資格喪失日
    pub lost_on: Option<NaiveDate>,
    /// The open account's web-display choice and cards, in the order of asking; nothing without an open account.
    pub account: Option<(WebDisplay, &'a [CardFacts])>,
    /// The day of the member's own last change of the viewing password.
    pub changed_on: Option<NaiveDate>,
    /// When the open account's newest viewing-password card was asked for, by whomever.
    pub card_asked_at: Option<DateTime<Utc>>,
    /// When the member's latest account closed, if it is closed.
    pub closed_at: Option<DateTime<Utc>>,
}

/// One thing to be done, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortalEffect {
    /// A1
    OpenAccount,
    /// Web display is now so.
    SetDisplay(WebDisplay),
    /// Ask for one viewing-password card.
    AskCard(CardCause),
    /// Whatever viewing password or card there is, is dead: waiting cards are cancelled, the others marked, and the
    /// portal is told where one was usable.
    KillViewing(DeadReason),
    /// The member chose an own password: the card's is dead, the member's counts.
    SelfChanged,
    /// Mail address replaced; an earlier bounce says nothing of the new one.
    SetEmail,
    /// A time stamp of the account moves.
    Touch(EventKind),
    /// L4: requests and login notices from before are not needed any more.
    LoginInUse,
}

/// Why an event does not fit what is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stale {
    /// A4
    AlreadyRegistered,
    /// The event carries a login ID that is not the account's: what it tells is of another account.
    OtherLogin,
    /// Nothing to act on.
    NoAccount,
    /// 資格喪失 came first.
    MemberLost,
    /// V6
    DisplayOff,
    /// There was no password to change.
    NoPassword,
    /// Something newer has happened: another card was asked for or dispatched, or the account has closed.
    Overtaken,
}

/// Decides. `at` is when the event happened, which may be long before it is heard of.
pub fn decide(
    kind: EventKind,
    wants: WebDisplay,
    at: DateTime<Utc>,
    facts: &PortalFacts<'_>,
) -> Result<Vec<PortalEffect>, Stale> {
    use PortalEffect as E;
    let on = japan::day_of(at);
    if facts.lost_on.is_some_and(|lost| lost <= on) {
        return Err(Stale::MemberLost);
    }
    let Some((display, cards)) = facts.account else {
        return match kind {
            // Refused under A4 while the account was open, it does not open another when that has closed.
            EventKind::Registered if facts.closed_at.is_some_and(|closed| at < closed) => Err(Stale::Overtaken),
            EventKind::Registered => Ok(match wants {
                WebDisplay::Wanted => vec![E::OpenAccount, E::AskCard(CardCause::Registered)],
                WebDisplay::NotWanted => vec![E::OpenAccount],
            }),
            _ => Err(Stale::NoAccount),
        };
    };
    let viewing = Viewing::of(display, cards, facts.changed_on);
    match kind {
        EventKind::Registered => Err(Stale::AlreadyRegistered),
        EventKind::WebDisplayOn if display == WebDisplay::Wanted => Ok(Vec::new()),
        EventKind::WebDisplayOn => Ok(vec![E::SetDisplay(WebDisplay::Wanted), E::AskCard(CardCause::DisplayOn)]),
        EventKind::WebDisplayOff if display == WebDisplay::NotWanted => Ok(Vec::new()),
        EventKind::WebDisplayOff => {
            Ok(vec![E::SetDisplay(WebDisplay::NotWanted), E::KillViewing(DeadReason::DisplayOff)])
        }
        EventKind::ViewingReissue if facts.card_asked_at.is_some_and(|asked| at < asked) => Err(Stale::Overtaken),
        EventKind::ViewingReissue => reissue(display, cards),
        EventKind::ViewingChanged if is_before_dispatch(at, cards) => Err(Stale::Overtaken),
        EventKind::ViewingChanged if viewing.state == ViewingState::Active => Ok(vec![E::SelfChanged]),
        EventKind::ViewingChanged => Err(Stale::NoPassword),
        EventKind::EmailChanged => Ok(vec![E::SetEmail]),
        EventKind::LoginPasswordChanged | EventKind::LoggedIn => Ok(vec![E::Touch(kind), E::LoginInUse]),
        EventKind::QuestionChanged | EventKind::MailBounced | EventKind::PointsApplied => Ok(vec![E::Touch(kind)]),
    }
}

/// A change made before the live card was dispatched was one of an earlier password, also on the same day (V1, V7).
fn is_before_dispatch(at: DateTime<Utc>, cards: &[CardFacts]) -> bool {
    live(cards, CardKind::Viewing).and_then(|card| card.dispatched_at).is_some_and(|dispatched| at < dispatched)
}

/// V2, V3, V6: the earlier password dies and one new card is asked for; a card that waits for its password will do.
pub fn reissue(display: WebDisplay, cards: &[CardFacts]) -> Result<Vec<PortalEffect>, Stale> {
    match display {
        WebDisplay::NotWanted => Err(Stale::DisplayOff),
        WebDisplay::Wanted if waiting(cards, CardKind::Viewing).is_some() => Ok(Vec::new()),
        WebDisplay::Wanted => {
            Ok(vec![PortalEffect::KillViewing(DeadReason::Superseded), PortalEffect::AskCard(CardCause::Reissue)])
        }
    }
}

/// The card of this kind that waits for its password, if any.
pub fn waiting(cards: &[CardFacts], kind: CardKind) -> Option<&CardFacts> {
    cards.iter().rev().find(|card| card.kind == kind && card.state.is_waiting())
}

/// The card of this kind that has a password and is not dispatched yet, if any.
pub fn under_way(cards: &[CardFacts], kind: CardKind) -> Option<&CardFacts> {
    cards.iter().rev().find(|card| card.kind == kind && card.state.is_under_way() && card.dead.is_none())
}

/// The dispatched card of this kind whose password counts, if any.
pub fn live(cards: &[CardFacts], kind: CardKind) -> Option<&CardFacts> {
    cards.iter().rev().find(|card| card.kind == kind && card.state == CardState::Dispatched && card.dead.is_none())
}

/// So far a portal may be ahead of a backup: more is a slip of the keys, and could never be taken back.
const FARTHEST: i64 = 10_000_000;

/// Whether a number of the feed is too far beyond the last one that a backup knows to be one that a portal has.
pub const fn is_too_far(portal_at: i64, last: i64) -> bool {
    portal_at > last.saturating_add(FARTHEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
    }

    /// Ten in the morning in Japan.
    fn at(d: u32) -> DateTime<Utc> {
        day(d).and_hms_opt(1, 0, 0).unwrap().and_utc()
    }

    fn known<'a>(account: Option<(WebDisplay, &'a [CardFacts])>) -> PortalFacts<'a> {
        PortalFacts { lost_on: None, account, changed_on: None, card_asked_at: None, closed_at: None }
    }

    fn decide_for(kind: EventKind, account: Option<(WebDisplay, &[CardFacts])>) -> Result<Vec<PortalEffect>, Stale> {
        decide(kind, WebDisplay::Wanted, at(20), &known(account))
    }

    fn card(state: CardState) -> CardFacts {
        CardFacts { state, ..CardFacts::asked(1, CardKind::Viewing) }
    }

    #[test]
    fn a2_wanting_the_display_asks_for_one_card_else_for_none() {
        let facts = known(None);
        let ask = |wants| decide(EventKind::Registered, wants, at(1), &facts).unwrap();
        assert_eq!(ask(WebDisplay::Wanted), [PortalEffect::OpenAccount, PortalEffect::AskCard(CardCause::Registered)]);
        assert_eq!(ask(WebDisplay::NotWanted), [PortalEffect::OpenAccount]);
    }

    #[test]
    fn a4_a_second_registration_is_refused() {
        assert_eq!(decide_for(EventKind::Registered, Some((WebDisplay::Wanted, &[]))), Err(Stale::AlreadyRegistered));
    }

    #[test]
    fn a9_nothing_happens_after_the_loss() {
        let facts = PortalFacts { lost_on: Some(day(20)), ..known(None) };
        assert_eq!(decide(EventKind::Registered, WebDisplay::Wanted, at(20), &facts), Err(Stale::MemberLost));
        assert!(decide(EventKind::Registered, WebDisplay::Wanted, at(19), &facts).is_ok());
    }

    #[test]
    fn v2_v3_a_reissue_revokes_the_password_of_a_card_with_one() {
        for state in [CardState::Exported, CardState::Printed, CardState::Dispatched] {
            let effects = decide_for(EventKind::ViewingReissue, Some((WebDisplay::Wanted, &[card(state)])));
            assert_eq!(
                effects.unwrap(),
                [PortalEffect::KillViewing(DeadReason::Superseded), PortalEffect::AskCard(CardCause::Reissue)]
            );
        }
        for state in [CardState::Queued, CardState::Held, CardState::Drafted] {
            let effects = decide_for(EventKind::ViewingReissue, Some((WebDisplay::Wanted, &[card(state)])));
            assert_eq!(effects.unwrap(), []);
        }
    }

    #[test]
    fn v6_a_card_asked_for_while_the_display_is_off_is_refused() {
        assert_eq!(decide_for(EventKind::ViewingReissue, Some((WebDisplay::NotWanted, &[]))), Err(Stale::DisplayOff));
    }

    #[test]
    fn a_change_of_a_password_that_never_was_is_stale() {
        let cards = [card(CardState::Queued)];
        assert_eq!(decide_for(EventKind::ViewingChanged, Some((WebDisplay::Wanted, &cards))), Err(Stale::NoPassword));
    }

    #[test]
    fn v3_a_reissue_older_than_the_newest_card_does_not_kill_it() {
        let cards = [card(CardState::Printed)];
        let facts = |asked| PortalFacts { card_asked_at: Some(asked), ..known(Some((WebDisplay::Wanted, &cards))) };
        let reissue = |asked| decide(EventKind::ViewingReissue, WebDisplay::Wanted, at(20), &facts(asked));
        assert_eq!(reissue(at(21)), Err(Stale::Overtaken));
        assert!(reissue(at(20)).is_ok_and(|effects| effects.len() == 2));
    }

    #[test]
    fn v1_a_change_before_the_dispatch_is_of_an_earlier_password() {
        let sent = |at| [CardFacts { dispatched_at: Some(at), ..card(CardState::Dispatched) }];
        let changed = |at| decide_for(EventKind::ViewingChanged, Some((WebDisplay::Wanted, &sent(at))));
        assert_eq!(changed(at(21)), Err(Stale::Overtaken));
        assert_eq!(changed(at(20)), Ok(vec![PortalEffect::SelfChanged]));
        // V7: the change of ten in the morning is not of the password that leaves at three.
        assert_eq!(changed(at(20) + chrono::TimeDelta::hours(5)), Err(Stale::Overtaken));
        assert_eq!(changed(at(20) - chrono::TimeDelta::hours(5)), Ok(vec![PortalEffect::SelfChanged]));
    }

    #[test]
    fn l4_a_login_and_an_own_password_end_what_was_asked_before() {
        for kind in [EventKind::LoggedIn, EventKind::LoginPasswordChanged] {
            let effects = decide_for(kind, Some((WebDisplay::NotWanted, &[]))).unwrap();
            assert_eq!(effects, [PortalEffect::Touch(kind), PortalEffect::LoginInUse]);
        }
        let effects = decide_for(EventKind::QuestionChanged, Some((WebDisplay::NotWanted, &[]))).unwrap();
        assert!(!effects.contains(&PortalEffect::LoginInUse));
    }

    #[test]
    fn a4_a_registration_older_than_the_closing_opens_no_account() {
        let registered = |closed| {
            let facts = PortalFacts { closed_at: Some(closed), ..known(None) };
            decide(EventKind::Registered, WebDisplay::NotWanted, at(20), &facts)
        };
        assert_eq!(registered(at(21)), Err(Stale::Overtaken));
        assert_eq!(registered(at(19)), Ok(vec![PortalEffect::OpenAccount]));
    }
}
