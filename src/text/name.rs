//! Names in kanji: the many forms of one surname find one another.

use super::kana::katakana;
use super::nfkc;
use super::variants::common_form;
use unicode_normalization::UnicodeNormalization;

/// The search form of a name: NFKC, variants (異体字) folded to the common form, variation selectors, spaces and
/// middle dots dropped, katakana, upper case.
pub fn name_key(text: &str) -> String {
    nfkc(text)
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '・' && !is_variation_selector(*c))
        .map(|c| common_form(katakana(c)))
        .flat_map(char::to_uppercase)
        // A voicing mark that stood behind a space stands beside its kana now.
        .nfc()
        .collect()
}

/// Where in a text a word begins whose search form is `key`, in bytes.
pub fn position_of(text: &str, key: &str) -> Option<usize> {
    // Some characters fold to several, none to more than eighteen; blanks between them fold to nothing.
    let enough = key.chars().count() * 2 + 40;
    let starts = text.char_indices().filter(|(_, c)| !c.is_whitespace());
    starts.map(|(at, _)| at).find(|at| {
        let piece: String = text[*at..].chars().take(enough).collect();
        name_key(&piece).starts_with(key)
    })
}

/// Whether this is a user-defined character (外字): it has no meaning outside the system that defined it.
pub fn is_private_use(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use super::{name_key, position_of};
    use proptest::prelude::*;

    #[test]
    fn variants_find_one_another() {
        for family in [
            &["高橋", "髙橋", "髙槗", "高𣘺"][..],
            &["山崎", "山﨑", "山嵜"],
            &["斉藤", "斎藤", "齊藤", "齋藤"],
            &["渡辺", "渡邊", "渡邉", "渡邉\u{E0101}"],
            &["浜田", "濱田", "濵田"],
            &["桜井", "櫻井"],
            &["沢田", "澤田"],
            &["中島", "中嶋", "中嶌"],
            &["広田", "廣田"],
            &["国分", "國分"],
            &["恵子", "惠子"],
            &["徳田", "德田"],
            &["吉田", "𠮷田"],
            &["増田", "增田"],
            &["葛城", "葛\u{E0100}城"],
            &["神谷", "神谷"],
            &["渋谷", "澁谷", "澀谷"],
            &["土屋", "圡屋", "𡈽屋"],
            &["磯部", "礒部"],
            &["上野", "上埜"],
            &["鶴田", "靏田", "靎田", "鸖田"],
            &["秋山", "穐山"],
            &["剣持", "劔持", "釼持"],
            &["稲垣", "稻垣"],
            &["達郎", "逹郞"],
            &["龍ヶ崎", "竜ケ﨑"],
        ] {
            for variant in family {
                assert_eq!(name_key(variant), name_key(family[0]), "{variant}");
            }
        }
    }

    #[test]
    fn space_and_script_do_not_matter_but_the_name_does() {
        assert_eq!(name_key("東海林　さくら"), name_key("東海林 サクラ"));
        assert_ne!(name_key("高橋"), name_key("高端"));
    }

    #[test]
    fn a_word_is_found_in_a_text_whatever_its_width_or_script() {
        let text = "明日、髙橋様に ﾊｶﾞｷ の件で\nお電話する";
        assert_eq!(position_of(text, &name_key("はがき")).map(|at| text[at..].starts_with("ﾊｶﾞｷ")), Some(true));
        assert_eq!(position_of(text, &name_key("高橋")).map(|at| text[at..].starts_with("髙橋")), Some(true));
        assert!(position_of(text, &name_key("件でお電話")).is_some());
        assert_eq!(position_of(text, &name_key("保険")), None);
    }

    #[test]
    fn a_user_defined_character_stays_itself() {
        assert_eq!(name_key("\u{E000}田"), "\u{E000}田");
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(text in "[ぁ-ゖァ-ヺｦ-ﾟ一-鿿A-zＡ-ｚ０-９・ー　 ]{0,12}") {
            let once = name_key(&text);
            prop_assert_eq!(name_key(&once), once);
        }
    }
}
