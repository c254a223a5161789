//! Names in kanji: the many forms of one surname find one another.

use super::kana::katakana;
use super::nfkc;
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

/// The form that most people type. Old and popular forms (旧字体・俗字) of characters common in names.
fn common_form(c: char) -> char {
    match c {
        '髙' => '高',
        '﨑' | '嵜' | '碕' | '㟢' => '崎',
        '斎' | '齊' | '齋' | '亝' => '斉',
        '邊' | '邉' => '辺',
        '濱' | '濵' => '浜',
        '櫻' => '桜',
        '澤' => '沢',
        '嶋' | '嶌' | '嶹' => '島',
        '廣' => '広',
        '國' | '圀' => '国',
        '惠' => '恵',
        '德' => '徳',
        '𠮷' => '吉',
        '龍' => '竜',
        '瀧' => '滝',
        '眞' => '真',
        '榮' => '栄',
        '條' => '条',
        '假' => '仮',
        '壽' => '寿',
        '學' => '学',
        '實' => '実',
        '寶' | '寳' => '宝',
        '將' => '将',
        '專' => '専',
        '敎' => '教',
        '晝' => '昼',
        '曾' => '曽',
        '會' => '会',
        '槇' => '槙',
        '樂' => '楽',
        '橫' => '横',
        '檜' => '桧',
        '步' => '歩',
        '氣' => '気',
        '淸' => '清',
        '渕' | '渊' => '淵',
        '溫' => '温',
        '瀨' => '瀬',
        '灣' => '湾',
        '爲' => '為',
        '產' => '産',
        '當' => '当',
        '禮' => '礼',
        '靜' => '静',
        '綠' => '緑',
        '縣' => '県',
        '與' => '与',
        '舘' => '館',
        '萬' => '万',
        '藏' => '蔵',
        '藝' => '芸',
        '薰' => '薫',
        '藪' | '籔' => '薮',
        '螢' => '蛍',
        '衞' => '衛',
        '譽' => '誉',
        '豐' => '豊',
        '莊' => '荘',
        '軄' => '職',
        '邨' => '村',
        '鄕' => '郷',
        '醫' => '医',
        '鐵' => '鉄',
        '關' | '閞' => '関',
        '靑' => '青',
        '頰' => '頬',
        '顯' => '顕',
        '鷗' => '鴎',
        '鷄' => '鶏',
        '鹽' => '塩',
        '麥' => '麦',
        '黃' => '黄',
        '黑' => '黒',
        '齒' => '歯',
        '增' => '増',
        '槗' | '𣘺' => '橋',
        '舩' => '船',
        '桒' => '桑',
        '栁' => '柳',
        '冨' => '富',
        '𦚰' => '脇',
        '凛' => '凜',
        '兒' => '児',
        '來' => '来',
        '冝' => '宜',
        '圓' => '円',
        '佛' => '仏',
        '傳' => '伝',
        '彌' => '弥',
        '弍' => '弐',
        '應' => '応',
        '戶' => '戸',
        '拔' => '抜',
        '柬' => '東',
        '穗' => '穂',
        '竝' => '並',
        '緖' => '緒',
        '聰' => '聡',
        '聽' => '聴',
        '驒' => '騨',
        '鎭' => '鎮',
        '鬪' => '闘',
        '龜' => '亀',
        '邇' => '迩',
        '奧' => '奥',
        '內' => '内',
        '吳' => '呉',
        '峯' => '峰',
        '巖' => '巌',
        '萊' => '莱',
        'ヶ' => 'ケ',
        'ヵ' => 'カ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{common_form, name_key, position_of};
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

    #[test]
    fn a_common_form_is_its_own_common_form() {
        for c in '\u{3000}'..='\u{2FFFF}' {
            assert_eq!(common_form(common_form(c)), common_form(c), "{c}");
        }
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(text in "[ぁ-ゖァ-ヺｦ-ﾟ一-鿿A-zＡ-ｚ０-９・ー　 ]{0,12}") {
            let once = name_key(&text);
            prop_assert_eq!(name_key(&once), once);
        }
    }
}
