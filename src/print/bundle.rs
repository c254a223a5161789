//! The order of cards in a batch, and the bundles that they form.

use super::card::{CardContent, PrintedRoute};
use super::slot;
use crate::text;

/// The sort key of a card, used before serials are assigned: postcode, employer, department, kana. Cards without a
/// usable postcode come after the others, those to a one-off address last: they go into no parcel (R3).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortKey {
    one_off: bool,
    no_postcode: bool,
    postcode: Option<String>,
    employer: String,
    department: String,
    kana: String,
}

impl SortKey {
    /// The key of a card to this address, for a member with this reading.
    pub fn of(route: &PrintedRoute, kana: &str) -> Self {
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

/// B9: the cards of one employer, which go with a cover letter and a receipt; or one card to a one-off address, which
/// goes without them (R3): a list of other members must not go to a third party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardBundle<'a> {
    /// The common address of the cards.
    pub route: &'a PrintedRoute,
    /// The cards, ordered by serial.
    pub cards: Vec<&'a CardContent>,
}

impl CardBundle<'_> {
    /// The last parts of its serials, those that follow one another together: `0001～0003、0005`.
    pub(super) fn places(&self) -> String {
        let mut ranges: Vec<(&str, &str)> = Vec::new();
        for card in &self.cards {
            let place = card.serial.rsplit('-').next().unwrap_or(&card.serial);
            let number = |text: &str| text.parse::<usize>().unwrap_or_default();
            match ranges.last_mut() {
                Some((_, last)) if number(last) + 1 == number(place) => *last = place,
                _ => ranges.push((place, place)),
            }
        }
        let shown = ranges.into_iter().map(|(first, last)| match first == last {
            true => first.to_owned(),
            false => format!("{first}～{last}"),
        });
        shown.collect::<Vec<_>>().join("、")
    }
}

/// The bundles of a batch, in the order of their first cards.
pub fn bundles(cards: &[CardContent]) -> Vec<CardBundle<'_>> {
    let mut bundles: Vec<CardBundle<'_>> = Vec::new();
    for card in cards {
        let code = &card.route.employer_code;
        let same = |bundle: &&mut CardBundle<'_>| code.is_some() && bundle.route.employer_code == *code;
        match bundles.iter_mut().rev().find(same) {
            Some(bundle) => bundle.cards.push(card),
            None => bundles.push(CardBundle { route: &card.route, cards: vec![card] }),
        }
    }
    bundles
}
