//! The order of cards in a batch, and an employer's bundle.

use super::card::{Card, Route};
use super::slot;
use crate::text;

/// Sort by this before serials are given: postcode, employer, department, kana. Cards without a usable postcode
/// come last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Order {
    no_postcode: bool,
    postcode: Option<String>,
    employer: String,
    department: String,
    kana: String,
}

impl Order {
    /// The place of a member's card.
    pub fn of(route: &Route, kana: &str) -> Self {
        let postcode = slot::postcode(route);
        Self {
            no_postcode: postcode.is_none(),
            postcode,
            employer: route.employer_code.clone(),
            department: route.department.clone(),
            kana: text::kana_key(kana),
        }
    }
}

/// B9: the cards of one employer, with a cover letter and a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle<'a> {
    /// Where it goes.
    pub route: &'a Route,
    /// In the order of their serials.
    pub cards: Vec<&'a Card>,
}

/// The bundles of a batch, in the order of their first cards.
pub fn bundles(cards: &[Card]) -> Vec<Bundle<'_>> {
    let mut bundles: Vec<Bundle<'_>> = Vec::new();
    for card in cards {
        let same = |bundle: &&mut Bundle<'_>| bundle.route.employer_code == card.route.employer_code;
        match bundles.iter_mut().rev().find(same) {
            Some(bundle) => bundle.cards.push(card),
            None => bundles.push(Bundle { route: &card.route, cards: vec![card] }),
        }
    }
    bundles
}
