//! The order of cards in a batch, and an employer's bundle.

use super::card::{Card, Route};
use super::slot;
use crate::text;

/// Sort by this before serials are given: postcode, employer, department, kana. Cards without a usable postcode
/// come after the others, and those to a one-off address last of all: they go into no parcel (R3).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Order {
    one_off: bool,
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
            one_off: route.employer_code.is_none(),
            no_postcode: postcode.is_none(),
            postcode,
            employer: route.code().to_owned(),
            department: route.department.clone(),
            kana: text::kana_key(kana),
        }
    }
}

/// B9: the cards of one employer, with a cover letter and a receipt; or one card to a one-off address, without them
/// (R3): a letter asks an employer to hand cards out, and what names other members must not go to a third place.
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
        let code = &card.route.employer_code;
        let same = |bundle: &&mut Bundle<'_>| code.is_some() && bundle.route.employer_code == *code;
        match bundles.iter_mut().rev().find(same) {
            Some(bundle) => bundle.cards.push(card),
            None => bundles.push(Bundle { route: &card.route, cards: vec![card] }),
        }
    }
    bundles
}
