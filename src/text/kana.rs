//! Kana: half width to full width, and both scripts to one for search.

use super::{is_dash, nfkc};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;

/// Half-width kana becomes full width, voicing marks composed; nothing else changes, so that a name keeps the very
/// character that its owner uses (NFKC would replace some).
pub fn widen(text: &str) -> Cow<'_, str> {
    match full_width(text) {
        wide if wide.chars().any(|c| combining(c).is_some()) => Cow::Owned(voiced(&wide)),
        wide => wide,
    }
}

fn full_width(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_half_width) {
        return Cow::Borrowed(text);
    }
    let mut wide = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(from) = rest.find(is_half_width) {
        let (before, tail) = rest.split_at(from);
        let end = tail.find(|c| !is_half_width(c)).unwrap_or(tail.len());
        wide.push_str(before);
        wide.extend(tail[..end].nfkc());
        rest = &tail[end..];
    }
    wide.push_str(rest);
    Cow::Owned(wide)
}

/// Each voicing mark, also one typed as a character of its own or behind a space, joined to its kana where there is
/// such a kana: `ハ゛` is `バ`.
fn voiced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let before = out.trim_end();
        let joined = combining(c).zip(before.chars().next_back()).and_then(|(mark, kana)| compose(kana, mark));
        match joined {
            Some(joined) => {
                out.truncate(before.len());
                out.pop();
                out.push(joined);
            }
            None => out.push(c),
        }
    }
    out
}

/// The combining form of a voicing mark.
fn combining(c: char) -> Option<char> {
    match c {
        '\u{3099}' | '゛' => Some('\u{3099}'),
        '\u{309A}' | '゜' => Some('\u{309A}'),
        _ => None,
    }
}

/// The search form of a reading: NFKC, katakana, upper case, without spaces and middle dots. Small kana stay small.
pub fn kana_key(text: &str) -> String {
    nfkc(text)
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '・')
        // The long-vowel mark is often typed as some dash.
        .map(|c| if is_dash(c) { 'ー' } else { katakana(c) })
        .flat_map(char::to_uppercase)
        // A voicing mark that stood behind a space stands beside its kana now.
        .nfc()
        .collect()
}

/// Hiragana to katakana; other characters unchanged.
pub(super) fn katakana(c: char) -> char {
    match c {
        'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => char::from_u32(c as u32 + 0x60).unwrap_or(c),
        _ => c,
    }
}

fn is_half_width(c: char) -> bool {
    matches!(c, '｡'..='ﾟ')
}

#[cfg(test)]
mod tests {
    use super::{kana_key, widen};
    use proptest::prelude::*;

    #[test]
    fn half_width_kana_widens_and_composes() {
        assert_eq!(widen("ﾜﾀﾅﾍﾞ ﾊﾟﾙ｡"), "ワタナベ パル。");
        assert_eq!(widen("ｳﾞｨｸﾄﾘｱ"), "ヴィクトリア");
    }

    #[test]
    fn widening_leaves_the_names_own_characters_alone() {
        assert_eq!(widen("神﨑 １号 ㈱"), "神﨑 １号 ㈱");
        assert_eq!(widen("葛\u{E0100}城ｱ"), "葛\u{E0100}城ア");
    }

    #[test]
    fn a_voicing_mark_joins_its_kana_however_it_is_typed() {
        for typed in ["ハ゛", "ハﾞ", "ﾊ ﾞ", "ﾊ゛", "ハ\u{3099}", "ハ　゛"] {
            assert_eq!(widen(typed), "バ", "{typed}");
            assert_eq!(kana_key(typed), "バ", "{typed}");
        }
        assert_eq!(widen("は゜り"), "ぱり");
        assert_eq!(widen("ア゛神゛"), "ア゛神゛");
    }

    #[test]
    fn a_reading_is_found_however_it_is_typed() {
        for typed in ["ショウジ タクヤ", "ｼｮｳｼﾞ　ﾀｸﾔ", "しょうじたくや", "ショウジ・タクヤ"]
        {
            assert_eq!(kana_key(typed), "ショウジタクヤ", "{typed}");
        }
        assert_eq!(kana_key("ジョ-ンズ"), kana_key("ジョーンズ"));
        assert_eq!(kana_key("ﾒｱﾘ-"), "メアリー");
    }

    #[test]
    fn small_kana_stay_small() {
        assert_ne!(kana_key("ショウ"), kana_key("シヨウ"));
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(text in "[ぁ-ゖァ-ヺｦ-ﾟ一-鿿A-zＡ-ｚ０-９・ー　 ]{0,12}") {
            let once = kana_key(&text);
            prop_assert_eq!(kana_key(&once), once);
        }

        #[test]
        fn nothing_half_width_survives_widening(text in "[ｦ-ﾟa-z漢字]{0,20}") {
            prop_assert!(!widen(&text).chars().any(|c| ('｡'..='ﾟ').contains(&c)));
        }
    }
}
