//! Readings that are heard alike on the telephone.

use std::collections::BTreeSet;

/// The most readings that are tried beside the one typed.
const MOST: usize = 64;

/// Readings (search forms, see [`kana_key`](super::kana_key)) that sound like this one, without itself: voiced or clear
/// (ヤマサキ, ヤマザキ), ズ or ヅ, small or large kana, and a long vowel in any spelling or none (オオノ, オーノ, オノ). One
/// sound differs, or two that are voiced; the likeliest first.
pub fn similar_readings(reading: &str) -> Vec<String> {
    let kana: Vec<char> = reading.chars().collect();
    let mut similar = Vec::new();
    let mut seen = BTreeSet::from([reading.to_owned()]);
    let mut add = |text: String| {
        if similar.len() < MOST && seen.insert(text.clone()) {
            similar.push(text);
        }
    };
    let one: Vec<Vec<char>> = (0..kana.len()).flat_map(|at| voiced(&kana, at)).collect();
    one.iter().for_each(|text| add(text.iter().collect()));
    for at in 0..kana.len() {
        lengthened(&kana, at).for_each(&mut add);
    }
    for text in &one {
        for at in 0..text.len() {
            voiced(text, at).for_each(|text| add(text.into_iter().collect()));
        }
    }
    similar
}

/// The same with another kana at this place.
fn voiced(kana: &[char], at: usize) -> impl Iterator<Item = Vec<char>> {
    let others = GROUPS.iter().filter(move |group| group.contains(kana[at])).flat_map(|group| group.chars());
    others.filter(move |other| *other != kana[at]).map(move |other| {
        let mut text = kana.to_vec();
        text[at] = other;
        text
    })
}

/// The same with the vowel of this place long, or short.
fn lengthened(kana: &[char], at: usize) -> impl Iterator<Item = String> {
    let next = kana.get(at + 1).copied();
    let long = LONG.iter().find(|(sounds, _)| sounds.contains(kana[at])).map_or("", |(_, long)| *long);
    let is_long = next.is_some_and(|next| long.contains(next));
    let (before, after) = kana.split_at(at + 1);
    let after = if is_long { &after[1..] } else { after };
    let spellings = long.chars().map(Some).chain([None]);
    spellings.map(move |mark| before.iter().copied().chain(mark).chain(after.iter().copied()).collect())
}

/// Kana that are taken for one another.
const GROUPS: &[&str] = &[
    "カガ",
    "キギ",
    "クグ",
    "ケゲ",
    "コゴ",
    "サザ",
    "シジヂ",
    "スズヅ",
    "セゼ",
    "ソゾ",
    "タダ",
    "チヂジ",
    "ツヅズ",
    "テデ",
    "トド",
    "ハバパ",
    "ヒビピ",
    "フブプ",
    "ヘベペ",
    "ホボポ",
    "アァ",
    "イィ",
    "ウゥ",
    "エェ",
    "オォ",
    "ヤャ",
    "ユュ",
    "ヨョ",
    "ツッ",
    "オヲ",
    "ブヴ",
];

/// Sounds by their vowels, and what lengthens them.
const LONG: &[(&str, &str)] = &[
    ("オコソトノホモヨロゴゾドボポョ", "ウオー"),
    ("ウクスツヌフムユルグズブプュ", "ウー"),
    ("エケセテネヘメレゲゼデベペ", "イエー"),
    ("アカサタナハマヤラワガザダバパャ", "アー"),
    ("イキシチニヒミリギジビピ", "イー"),
];

#[cfg(test)]
mod tests {
    use super::{MOST, similar_readings};
    use proptest::prelude::*;

    #[test]
    fn common_mishearings_find_one_another() {
        for (said, meant) in [
            ("ヤマサキ", "ヤマザキ"),
            ("ナカジマ", "ナカシマ"),
            ("オノ", "オオノ"),
            ("オオノ", "オーノ"),
            ("サト", "サトウ"),
            ("シヨウジ", "ショウジ"),
            ("ミズタ", "ミヅタ"),
            ("クボタ", "クホダ"),
            ("ユキ", "ユウキ"),
            ("ケイコ", "ケエコ"),
        ] {
            assert!(similar_readings(said).contains(&meant.to_owned()), "{said} {meant}");
        }
        assert!(!similar_readings("サトウ").contains(&"カトウ".to_owned()));
    }

    proptest! {
        #[test]
        fn similar_readings_are_few_and_others(reading in "[ァ-ヴー]{0,30}") {
            let similar = similar_readings(&reading);
            prop_assert!(similar.len() <= MOST);
            prop_assert!(!similar.contains(&reading));
        }
    }
}
