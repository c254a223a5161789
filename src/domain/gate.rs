//! The gate (B7): which cards on paper must not leave.

use super::{CardKind, DeadReason, WebDisplay};
use chrono::{DateTime, NaiveDate, Utc};

/// What is known of a card on paper, and of whose it is, when it is to leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GateFacts {
    /// What the card carries.
    pub kind: CardKind,
    /// Why its password is dead already.
    pub dead: Option<DeadReason>,
    /// Why the account was closed.
    pub closed: Option<DeadReason>,
    /// 資格喪失日
    pub lost_on: Option<NaiveDate>,
    /// 資格喪失日 of the insured, for a dependent (A12).
    pub insured_lost_on: Option<NaiveDate>,
    /// Web表示
    pub web_display: WebDisplay,
    /// R7: since when a protective measure stands, where the card goes by the ordinary route.
    pub protected_at: Option<DateTime<Utc>>,
}

/// Why a card may not leave on a day, if so.
pub fn obstacle(card: &GateFacts, on: NaiveDate) -> Option<DeadReason> {
    let is_over = |lost: Option<NaiveDate>| lost.is_some_and(|lost| lost <= on);
    let is_off = card.kind == CardKind::Viewing && card.web_display == WebDisplay::NotWanted;
    card.dead
        .or(card.closed)
        .or(is_over(card.lost_on).then_some(DeadReason::MemberLost))
        .or(is_over(card.insured_lost_on).then_some(DeadReason::InsuredLost))
        .or(is_off.then_some(DeadReason::DisplayOff))
        .or(card.protected_at.map(|_| DeadReason::Protected))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: GateFacts = GateFacts {
        kind: CardKind::Viewing,
        dead: None,
        closed: None,
        lost_on: None,
        insured_lost_on: None,
        web_display: WebDisplay::Wanted,
        protected_at: None,
    };

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    #[test]
    fn b7_each_reason_keeps_a_card_from_leaving() {
        let protected_at = DateTime::from_timestamp(1, 0);
        let reasons = [
            (GOOD, None),
            (GateFacts { dead: Some(DeadReason::Superseded), ..GOOD }, Some(DeadReason::Superseded)),
            (GateFacts { closed: Some(DeadReason::NumberChanged), ..GOOD }, Some(DeadReason::NumberChanged)),
            (GateFacts { lost_on: Some(day(24)), ..GOOD }, Some(DeadReason::MemberLost)),
            (GateFacts { lost_on: Some(day(25)), ..GOOD }, None),
            (GateFacts { insured_lost_on: Some(day(24)), ..GOOD }, Some(DeadReason::InsuredLost)),
            (GateFacts { insured_lost_on: Some(day(25)), ..GOOD }, None),
            (GateFacts { web_display: WebDisplay::NotWanted, ..GOOD }, Some(DeadReason::DisplayOff)),
            (GateFacts { web_display: WebDisplay::NotWanted, kind: CardKind::Login, ..GOOD }, None),
            (GateFacts { protected_at, ..GOOD }, Some(DeadReason::Protected)),
        ];
        for (card, why) in reasons {
            assert_eq!(obstacle(&card, day(24)), why, "{card:?}");
        }
    }

    #[test]
    fn b7_why_the_account_was_closed_is_told_before_the_loss() {
        let renumbered = GateFacts { closed: Some(DeadReason::NumberChanged), lost_on: Some(day(1)), ..GOOD };
        assert_eq!(obstacle(&renumbered, day(24)), Some(DeadReason::NumberChanged));
    }
}
