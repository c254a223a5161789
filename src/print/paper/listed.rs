//! The cards of a parcel as its lists show them: by what the employer finds the person, never what a card carries.

use crate::print::bundle::CardBundle;
use crate::print::card::CardContent;
use crate::print::slot::with_proper_spaces;
use crate::text::name_key;
use std::collections::HashMap;

/// A line of a list.
pub(super) struct ListedCard {
    /// 1 is the first.
    pub(super) number: String,
    /// 記号-番号, by which an employer knows its insured: `260-1`.
    pub(super) household: String,
    /// 氏名; beneath it the insured of a dependent.
    pub(super) name: String,
    /// はがき番号
    pub(super) serial: String,
}

/// The cards of a parcel in the order of their serials. Persons of one name are marked, so that no card is handed to the
/// other one.
pub(super) fn listed(bundle: &CardBundle<'_>) -> Vec<ListedCard> {
    let mut bearers: HashMap<String, usize> = HashMap::new();
    for card in &bundle.cards {
        *bearers.entry(name_key(&card.name)).or_default() += 1;
    }
    let line = |(number, card): (usize, &&CardContent)| {
        let shared = bearers.get(&name_key(&card.name)).is_some_and(|bearers| *bearers > 1);
        ListedCard {
            number: number.to_string(),
            household: household(&card.key).to_owned(),
            name: name(card, if shared { "　※同姓同名" } else { "" }),
            serial: card.serial.clone(),
        }
    };
    (1..).zip(&bundle.cards).map(line).collect()
}

/// `260-1` of `260-1-00`
fn household(key: &str) -> &str {
    key.rsplit_once('-').map_or(key, |(household, _)| household)
}

fn name(card: &CardContent, mark: &str) -> String {
    let name = with_proper_spaces(&card.name);
    let Some(family) = &card.family else { return format!("{name}{mark}") };
    let relationship = match family.relationship.trim() {
        "" => String::new(),
        relationship => format!("({relationship})"),
    };
    format!("{name}{mark}\n被保険者 {} 様のご家族{relationship}", with_proper_spaces(&family.insured))
}
