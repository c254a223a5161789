//! Whether a postcode and an address mean the same place, and what goes into the customer barcode.

use super::fold::{Atom, Folded, folded, is_numeral};
use super::numbers;
use super::tables::{PostalTables, TownOf};
use crate::domain::{coded, parse_postcode};

coded! {
    /// What a postcode stands for.
    pub enum PostcodeKind {
        /// 町域
        Town = "town",
        /// 個別郵便番号 of an office, or a collective code of post-office boxes.
        Office = "office",
        /// A whole city.
        Representative = "representative",
        /// Not in the tables.
        Unknown = "unknown",
    }
}

coded! {
    /// Why there is a barcode, or none.
    pub enum AddressReason {
        /// The address names the town of the postcode.
        Agrees = "agrees",
        /// An office is found by its code alone.
        OfficeAlone = "office_alone",
        /// A collective code, with the number of the box.
        BoxNumber = "box_number",
        /// A collective code, and no box in the address.
        NoBox = "no_box",
        /// The code of a whole city gets no barcode.
        WholeCity = "whole_city",
        /// The address names another city, or another town of the city.
        OtherTown = "other_town",
        /// No such postcode.
        UnknownPostcode = "unknown_postcode",
        /// Not seven digits.
        BadPostcode = "bad_postcode",
    }
}

impl AddressReason {
    /// Whether postcode and address contradict one another: worth a look before anything is sent there.
    pub fn is_mismatch(self) -> bool {
        matches!(self, Self::OtherTown | Self::UnknownPostcode)
    }
}

/// What was found of an address.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct AddressCheck {
    /// What the postcode stands for.
    pub postcode: PostcodeKind,
    /// The place that the tables have for it.
    pub town: Option<String>,
    /// Postcode and address characters of the customer barcode: `10600452-3-4`.
    pub barcode: Option<String>,
    /// Why there is one, or none.
    pub why: AddressReason,
}

/// The collective codes of the boxes of a post office end so.
const BOXES: &str = "8691";

impl PostalTables {
    /// Compares a postcode of any width with an address.
    pub fn check(&self, postcode: &str, address: &str) -> AddressCheck {
        use AddressReason as Why;
        use PostcodeKind as Kind;
        let answer = |postcode, town, barcode, why| AddressCheck { postcode, town, barcode, why };
        let Some(digits) = parse_postcode(postcode) else {
            return answer(Kind::Unknown, None, None, Why::BadPostcode);
        };
        let code = digits.parse().unwrap_or(0);
        if let Some((name, place)) = self.office(code) {
            return answer(Kind::Office, Some(format!("{place} {name}")), Some(digits), Why::OfficeAlone);
        }
        let towns: Vec<TownOf<'_>> = self.towns(code).collect();
        let Some(first) = towns.first() else {
            return match (digits.ends_with(BOXES), numbers::post_office_box(address)) {
                (true, Some(number)) => answer(Kind::Office, None, Some(digits + &number), Why::BoxNumber),
                (true, None) => answer(Kind::Office, None, None, Why::NoBox),
                (false, _) => answer(Kind::Unknown, None, None, Why::UnknownPostcode),
            };
        };
        if towns.iter().all(TownOf::is_representative) {
            let city = format!("{}{}", first.prefecture, first.city);
            return answer(Kind::Representative, Some(city), None, Why::WholeCity);
        }
        let folded = Folded::of(address);
        let found = towns.iter().find_map(|town| Some((town, self.behind(town, code, &folded)?)));
        match found {
            Some((town, rest)) => {
                let barcode = digits + &numbers::characters(&rest);
                answer(Kind::Town, Some(full_name(town)), Some(barcode), Why::Agrees)
            }
            None => answer(Kind::Town, Some(full_name(first)), None, Why::OtherTown),
        }
    }

    /// What stands behind the town's name in the address; nothing where the address is of another.
    fn behind(&self, town: &TownOf<'_>, code: u32, address: &Folded) -> Option<String> {
        let from = after_city(town, address);
        if from.is_none() && names_a_city(address) {
            return None;
        }
        let from = from.unwrap_or(0);
        // The longest name that fits: 日和田町八丁目 is not 日和田町.
        let mut best: Option<(usize, bool)> = None;
        let mut consider = |name: &str, is_own: bool| {
            for base in bases(name) {
                let end = match base.is_empty() {
                    true => Some(from),
                    false => address.end_of(&Folded::of(&base), from),
                };
                if let Some(end) = end
                    && best.is_none_or(|(longest, own)| end > longest || end == longest && is_own && !own)
                {
                    best = Some((end, is_own));
                }
            }
        };
        let begins = first_character(address, from);
        for (other, name) in self.neighbours(town) {
            if other == code || may_begin(name, begins) {
                consider(name, other == code);
            }
        }
        match best {
            Some((end, true)) => Some(address.rest(end)),
            Some((end, false)) if is_building_in(town.name, address, from, end) => Some(address.rest(end)),
            _ if town.city.starts_with("京都市") => behind_street(town, address, from),
            _ => None,
        }
    }
}

/// Prefecture, city and town without the note.
fn full_name(town: &TownOf<'_>) -> String {
    let name = town.name.split('（').next().unwrap_or_default();
    format!("{}{}{}", town.prefecture, town.city, name)
}

/// Where the town begins: behind prefecture and city, the former and the county (郡) written or not.
fn after_city(town: &TownOf<'_>, address: &Folded) -> Option<usize> {
    let prefecture = address.end_of(&Folded::of(town.prefecture), 0).unwrap_or(0);
    let short = town.city.split_once('郡').map(|(_, short)| short).filter(|short| !short.is_empty());
    [Some(town.city), short].into_iter().flatten().find_map(|city| address.end_of(&Folded::of(city), prefecture))
}

/// Whether an address begins with a prefecture or a city, so that it is of that one.
fn names_a_city(address: &Folded) -> bool {
    let beginning: String = address.characters.iter().take(12).collect();
    beginning.contains(['市', '区', '郡', '県', '府', '都'])
}

/// The names in a row of the tables: 「甲、乙（丙）」 are 甲 and 乙; 「種市第１地割〜…」 is 種市.
fn bases(name: &str) -> Vec<String> {
    let plain = name.split('（').next().unwrap_or_default();
    if plain.ends_with("の次に番地がくる場合") || plain.len() > "一円".len() && plain.ends_with("一円") {
        return vec![String::new()];
    }
    plain.split('、').map(without_sections).filter(|base| !base.is_empty()).collect()
}

/// 地割 is a number of the address, not of the town.
fn without_sections(base: &str) -> String {
    let Some(at) = base.find("地割") else { return base.split('〜').next().unwrap_or_default().to_owned() };
    let numbers = |c: char| c.is_numeric() || is_numeral(c);
    base[..at].trim_end_matches(numbers).trim_end_matches('第').to_owned()
}

/// Whether a row may fit an address that begins so: few of a city's thousands are looked at. A number counts as a blank.
fn may_begin(name: &str, begins: char) -> bool {
    let plain = ["大字", "小字", "字"].iter().find_map(|section| name.strip_prefix(section)).unwrap_or(name);
    let first = plain.chars().next().map_or('\0', |c| if c.is_numeric() || is_numeral(c) { ' ' } else { folded(c) });
    first == begins || name.is_empty()
}

/// 大手町ＪＡビル（１階）: the row of a floor is the town's name and the building's.
fn is_building_in(name: &str, address: &Folded, from: usize, end: usize) -> bool {
    let Some((plain, note)) = name.split_once('（') else { return false };
    let town = Folded::of(plain);
    let is_floor = note.contains('階');
    is_floor
        && town.atoms.len() > end - from
        && (from..end).zip(0..).all(|(a, b)| address.atoms[a].0 == town.atoms[b].0)
}

/// Kyoto names the streets before the town: 寺町通御池上る上本能寺前町488.
fn behind_street(town: &TownOf<'_>, address: &Folded, from: usize) -> Option<String> {
    let names = bases(town.name);
    let at = |base: &String| {
        let name = Folded::of(base);
        (from..address.atoms.len()).filter_map(|at| address.end_of(&name, at)).next_back()
    };
    Some(address.rest(names.iter().filter_map(at).max()?))
}

/// What a place name begins with, 大字 left out; a blank for a number.
fn first_character(address: &Folded, from: usize) -> char {
    match address.atoms.get(address.past_section(from)) {
        Some((Atom::Character(c), _)) => *c,
        Some((Atom::Number(_), _)) => ' ',
        None => '\0',
    }
}
