//! Readings in 五十音 order, as a text that any database compares byte by byte.

use super::kana::katakana;
use super::{is_dash, nfkc, widen};
use std::fmt::Write;
use unicode_normalization::UnicodeNormalization;

/// Below every other character of a key, and in this order: what follows is compared only where all before it is equal.
const FORMS: char = ' ';
const PART: char = ',';
const VOICING: char = '/';

/// The stored sort key of a reading (ハラ アキコ): bytewise order (`BINARY`, `COLLATE "C"`) is the order of a 五十音 list.
///
/// Surname and given reading, apart by a space or `・`, are compared one after the other, so that every ハラ stands before
/// ハラグチ. Within each, kana count as clear and large, and a long vowel mark as its vowel; where that is equal, clear
/// comes before voiced and half-voiced (ハラ, バラ, パラ). Old registers write ショウジ as シヨウジ: small and large, and
/// オーノ and オオノ, are told apart last, after the given name. Digits and Latin letters come before kana, kanji after.
///
/// `ハラ アキコ` gives `ハラ,アキコ`; `バラ アキコ` gives `ハラ/1,アキコ`; `オーノ ハナ` gives `オオノ,ハナ 02`.
pub fn reading_key(reading: &str) -> String {
    Reading::of(reading).key()
}

/// A reading in the levels by which it is compared, the first field first.
#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Reading {
    parts: Vec<Part>,
    /// One level for each character of all parts; none at the end that are [`PLAIN`].
    forms: Vec<u8>,
}

/// Surname or given name.
#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    /// Clear, large kana.
    base: String,
    /// One level for each character; none at the end that are [`PLAIN`].
    voicing: Vec<u8>,
}

/// The level of a clear or large kana.
const PLAIN: u8 = 0;
const VOICED: u8 = 1;
const HALF_VOICED: u8 = 2;
const SMALL: u8 = 1;
const LONG: u8 = 2;
const REPEATED: u8 = 3;

impl Reading {
    fn of(text: &str) -> Self {
        let wide = widen(text);
        // A voicing mark without a kana to voice says nothing.
        let folded = nfkc(&wide.replace(['゛', '゜'], ""));
        let (mut reading, mut open) = (Self::default(), false);
        for c in folded.nfd().map(katakana).flat_map(char::to_uppercase) {
            match c {
                '・' => open = false,
                c if c.is_whitespace() => open = false,
                '\u{3099}' => reading.voice(VOICED),
                '\u{309A}' => reading.voice(HALF_VOICED),
                'ヽ' | 'ヾ' => {
                    let voicing = if c == 'ヾ' { VOICED } else { PLAIN };
                    if let Some(before) = reading.last().filter(|_| open) {
                        reading.push(before, voicing, REPEATED);
                    }
                }
                c if is_dash(c) || c == 'ー' => {
                    if let Some(vowel) = reading.last().filter(|_| open).and_then(vowel) {
                        reading.push(vowel, PLAIN, LONG);
                    }
                }
                c if c.is_alphanumeric() => {
                    if !open {
                        reading.parts.push(Part::default());
                        open = true;
                    }
                    let (base, form) = large(c).map_or((c, PLAIN), |large| (large, SMALL));
                    reading.push(base, PLAIN, form);
                }
                // Hyphens, dots and apostrophes have no place in the order.
                _ => {}
            }
        }
        trim(&mut reading.forms);
        reading.parts.iter_mut().for_each(|part| trim(&mut part.voicing));
        reading
    }

    fn push(&mut self, base: char, voicing: u8, form: u8) {
        if let Some(part) = self.parts.last_mut() {
            part.base.push(base);
            part.voicing.push(voicing);
            self.forms.push(form);
        }
    }

    fn voice(&mut self, level: u8) {
        if let Some(last) = self.parts.last_mut().and_then(|part| part.voicing.last_mut()) {
            *last = level;
        }
    }

    fn last(&self) -> Option<char> {
        self.parts.last()?.base.chars().next_back()
    }

    fn key(&self) -> String {
        let mut key = String::new();
        for (at, part) in self.parts.iter().enumerate() {
            if at > 0 {
                key.push(PART);
            }
            key.push_str(&part.base);
            levels(&mut key, VOICING, &part.voicing);
        }
        levels(&mut key, FORMS, &self.forms);
        key
    }
}

fn levels(key: &mut String, before: char, levels: &[u8]) {
    if levels.is_empty() {
        return;
    }
    key.push(before);
    for level in levels {
        // Writing into a String does not fail.
        let _ = write!(key, "{level}");
    }
}

/// Most names are plain throughout, and have no levels then.
fn trim(levels: &mut Vec<u8>) {
    let end = levels.iter().rposition(|level| *level != PLAIN).map_or(0, |last| last + 1);
    levels.truncate(end);
}

/// The large form of a small kana.
fn large(c: char) -> Option<char> {
    const SMALL_AND_LARGE: [(char, char); 12] = [
        ('ァ', 'ア'),
        ('ィ', 'イ'),
        ('ゥ', 'ウ'),
        ('ェ', 'エ'),
        ('ォ', 'オ'),
        ('ッ', 'ツ'),
        ('ャ', 'ヤ'),
        ('ュ', 'ユ'),
        ('ョ', 'ヨ'),
        ('ヮ', 'ワ'),
        ('ヵ', 'カ'),
        ('ヶ', 'ケ'),
    ];
    SMALL_AND_LARGE.iter().find(|(small, _)| *small == c).map(|(_, large)| *large)
}

/// The vowel that a clear, large kana ends with; ン is its own.
fn vowel(kana: char) -> Option<char> {
    const ENDINGS: [(char, &str); 6] = [
        ('ア', "アカサタナハマヤラワ"),
        ('イ', "イキシチニヒミリヰ"),
        ('ウ', "ウクスツヌフムユル"),
        ('エ', "エケセテネヘメレヱ"),
        ('オ', "オコソトノホモヨロヲ"),
        ('ン', "ン"),
    ];
    ENDINGS.iter().find(|(_, kanas)| kanas.contains(kana)).map(|(vowel, _)| *vowel)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Kana as registers have them, with what stands between names.
    const READING: &str = "[ァ-ヶーｦ-ﾟぁ-ゖヽヾA-Z0-9・ 　-]{0,10}";

    fn in_order(readings: &[&str]) {
        for pair in readings.windows(2) {
            let [first, second] = [pair[0], pair[1]].map(reading_key);
            assert!(first < second, "{} ({first}) before {} ({second})", pair[0], pair[1]);
        }
    }

    #[test]
    fn every_hara_stands_before_haraguchi_and_harada() {
        in_order(&["ハラ", "ハラ アキコ", "ハラ ケン", "ハラ ワタル", "ハラグチ アイ", "ハラシマ アイ", "ハラダ アイ"]);
    }

    #[test]
    fn onos_stand_by_their_sound() {
        in_order(&[
            "オオノ アキ",
            "オーノ ケン",
            "オオノ ハナ",
            "オーノ ハナ",
            "オオノギ アキ",
            "オノ アキ",
            "オノダ アキ",
        ]);
    }

    #[test]
    fn clear_comes_before_voiced_before_half_voiced() {
        in_order(&["ハラ アキ", "ハラ ワタル", "バラ アキ", "パラ アキ", "バラク アキ", "ハリ アキ"]);
        in_order(&["ナカシマ アキ", "ナカシマ ワタル", "ナカジマ アキ", "ナカジマ ワタル", "ナカジマヤ アキ"]);
        in_order(&["ハラ アキ", "ハラ アギ", "ハラ アキコ"]);
    }

    #[test]
    fn small_counts_as_large_until_all_else_is_equal() {
        in_order(&["シヨウジ アキ", "ショウジ アキ", "シヨウジ ケン", "ショウジ ケン", "シヨウジマ アキ"]);
        in_order(&["ハツトリ アキ", "ハットリ アキ", "ハツトリ ケン"]);
    }

    #[test]
    fn a_list_of_names_is_in_dictionary_order() {
        in_order(&[
            "アイザワ マコト",
            "アオキ ジュン",
            "イイダ ヨウコ",
            "ウエダ ノボル",
            "ヴェルデ マリア",
            "エトウ サトシ",
            "カトウ アキラ",
            "ガトウ アキラ",
            "カトリ アキラ",
            "キムラ ユウ",
            "ジョーンズ メアリー",
            "スズキ イチロウ",
            "タナカ ジロウ",
            "ハットリ ハンゾウ",
            "ヤマダ ハナコ",
            "ワタナベ ケイ",
            "ンドゥール ユッスー",
        ]);
    }

    #[test]
    fn digits_and_latin_stand_before_kana_and_kanji_behind() {
        in_order(&["1", "A", "SMITH", "ア", "ン", "原"]);
    }

    #[test]
    fn keys_read_as_documented() {
        for (reading, key) in [
            ("ハラ アキコ", "ハラ,アキコ"),
            ("バラ アキコ", "ハラ/1,アキコ"),
            ("オーノ ハナ", "オオノ,ハナ 02"),
            ("パーマー", "ハアマア/2 0202"),
            ("イスヾ", "イスス/001 003"),
            ("", ""),
            (" ー゛", ""),
        ] {
            assert_eq!(reading_key(reading), key, "{reading}");
        }
    }

    #[test]
    fn a_reading_has_one_key_however_it_is_typed() {
        for typed in ["ショウジ タクヤ", "ｼｮｳｼﾞ　ﾀｸﾔ", "しょうじ  たくや", "ショウシ゛・タクヤ", " ｼｮｳｼ ﾞ ﾀｸﾔ "]
        {
            assert_eq!(reading_key(typed), reading_key("ショウジ タクヤ"), "{typed}");
        }
        assert_eq!(reading_key("ジョ-ンズ ﾒｱﾘ-"), reading_key("ジョーンズ メアリー"));
    }

    proptest! {
        #[test]
        fn bytes_compare_as_the_levels_do(a in READING, b in READING) {
            let expected = Reading::of(&a).cmp(&Reading::of(&b));
            prop_assert_eq!(reading_key(&a).as_bytes().cmp(reading_key(&b).as_bytes()), expected);
        }

        #[test]
        fn folding_a_reading_first_changes_no_key(text in READING) {
            let folded: String = widen(&text).chars().map(katakana).collect();
            prop_assert_eq!(reading_key(&folded), reading_key(&text));
            prop_assert_eq!(reading_key(&nfkc(&folded)), reading_key(&text));
        }

        #[test]
        fn a_surname_alone_stands_before_it_with_a_given_name(surname in "[ァ-ヶ]{1,6}", given in "[ァ-ヶ]{1,6}", more in "[ア-ン]{1,3}") {
            let whole = reading_key(&format!("{surname} {given}"));
            prop_assert!(reading_key(&surname) < whole);
            prop_assert!(whole < reading_key(&format!("{surname}{more}")) , "all of one surname stand together");
        }

        #[test]
        fn a_key_holds_no_control_character(text in any::<String>()) {
            prop_assert!(!reading_key(&text).chars().any(char::is_control));
        }
    }
}
