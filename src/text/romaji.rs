//! Readings in Latin letters: one spelling for what Hepburn, kunrei and the keys of an input method spell in several.

use super::kana_key;

/// The search form of a reading, typed in kana or in Latin letters: `はっそう`, `hassou` and `HASSOU` are one, and so
/// are `shi` and `si`. Long vowels are spelled as they are typed, `ou` and `uu`; the mark `ー` counts for nothing.
pub fn romaji_key(text: &str) -> String {
    let spelled = spell(&kana_key(text));
    SPELLINGS.iter().fold(spelled, |text, (typed, one)| text.replace(typed, one))
}

/// What is typed in several ways, and the one that stands for all; the order matters.
const SPELLINGS: &[(&str, &str)] = &[
    ("cch", "tty"),
    ("tch", "tty"),
    ("ch", "ty"),
    ("sh", "sy"),
    ("ts", "t"),
    ("j", "zy"),
    ("yy", "y"),
    ("yi", "i"),
    ("f", "h"),
    ("v", "b"),
    ("du", "zu"),
    ("wo", "o"),
    ("n'", "n"),
    ("nn", "n"),
];

/// Katakana in letters; other characters stay, in lower case.
fn spell(kana: &str) -> String {
    let mut spelled = String::with_capacity(kana.len());
    let mut doubled = false;
    for c in kana.chars().flat_map(char::to_lowercase) {
        match c {
            'ッ' => doubled = true,
            'ー' | '、' => {}
            'ャ' => glide(&mut spelled, "ya"),
            'ュ' => glide(&mut spelled, "yu"),
            'ョ' => glide(&mut spelled, "yo"),
            'ァ' => glide(&mut spelled, "a"),
            'ィ' => glide(&mut spelled, "i"),
            'ェ' => glide(&mut spelled, "e"),
            'ォ' => glide(&mut spelled, "o"),
            _ => {
                let mut letters = [0; 4];
                let syllable = syllable(c).unwrap_or(c.encode_utf8(&mut letters));
                if std::mem::take(&mut doubled) {
                    spelled.extend(syllable.chars().next());
                }
                spelled.push_str(syllable);
            }
        }
    }
    spelled
}

/// A small kana takes the place of the vowel before it: `si` and `ャ` are `sya`.
fn glide(spelled: &mut String, sound: &str) {
    let vowel = |c: &char| "aiueo".contains(*c);
    let mut back = spelled.chars().rev();
    if back.next().is_some_and(|c| vowel(&c)) && back.next().is_some_and(|c| c.is_ascii_lowercase() && !vowel(&c)) {
        spelled.pop();
    }
    spelled.push_str(sound);
}

const fn syllable(c: char) -> Option<&'static str> {
    Some(match c {
        'ア' => "a",
        'イ' => "i",
        'ウ' => "u",
        'エ' => "e",
        'オ' | 'ヲ' => "o",
        'カ' => "ka",
        'キ' => "ki",
        'ク' => "ku",
        'ケ' => "ke",
        'コ' => "ko",
        'サ' => "sa",
        'シ' => "si",
        'ス' => "su",
        'セ' => "se",
        'ソ' => "so",
        'タ' => "ta",
        'チ' => "ti",
        'ツ' => "tu",
        'テ' => "te",
        'ト' => "to",
        'ナ' => "na",
        'ニ' => "ni",
        'ヌ' => "nu",
        'ネ' => "ne",
        'ノ' => "no",
        'ハ' => "ha",
        'ヒ' => "hi",
        'フ' => "hu",
        'ヘ' => "he",
        'ホ' => "ho",
        'マ' => "ma",
        'ミ' => "mi",
        'ム' => "mu",
        'メ' => "me",
        'モ' => "mo",
        'ヤ' => "ya",
        'ユ' => "yu",
        'ヨ' => "yo",
        'ラ' => "ra",
        'リ' => "ri",
        'ル' => "ru",
        'レ' => "re",
        'ロ' => "ro",
        'ワ' => "wa",
        'ン' => "n",
        'ガ' => "ga",
        'ギ' => "gi",
        'グ' => "gu",
        'ゲ' => "ge",
        'ゴ' => "go",
        'ザ' => "za",
        'ジ' | 'ヂ' => "zi",
        'ズ' | 'ヅ' => "zu",
        'ゼ' => "ze",
        'ゾ' => "zo",
        'ダ' => "da",
        'デ' => "de",
        'ド' => "do",
        'バ' => "ba",
        'ビ' => "bi",
        'ブ' | 'ヴ' => "bu",
        'ベ' => "be",
        'ボ' => "bo",
        'パ' => "pa",
        'ピ' => "pi",
        'プ' => "pu",
        'ペ' => "pe",
        'ポ' => "po",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::romaji_key;

    #[test]
    fn kana_and_both_ways_of_spelling_them_are_one() {
        for (kana, typed) in [
            ("はっそう", &["hassou", "HASSOU"][..]),
            ("へんれい", &["henrei", "hennrei"]),
            ("けんさく", &["kensaku"]),
            ("しょうにん", &["shounin", "syounin", "SHOUNIN"]),
            ("ほりゅう", &["horyuu"]),
            ("つぎのぺーじ", &["tsuginopeji", "tuginope-ji", "tuginopezi"]),
            ("じゅりょうしょ", &["juryousho", "zyuryousyo", "jyuryousho"]),
            ("ちゅうしゅつ", &["chuushutsu", "tyuusyutu"]),
            ("いっち", &["icchi", "itchi", "itti"]),
            ("ふぁいるをえらぶ", &["fairuwoerabu", "fairu o erabu"]),
            ("つづき", &["tsuzuki", "tuduki"]),
            ("バッチ", &["batchi", "bacchi", "batti"]),
            ("ぼさっと", &["bosatto"]),
            ("こんな", &["konna"]),
            ("PDFをかきだす", &["pdfokakidasu"]),
        ] {
            for typed in typed {
                assert_eq!(romaji_key(typed), romaji_key(kana), "{kana} {typed}");
            }
        }
    }

    #[test]
    fn other_syllables_stay_apart() {
        assert_ne!(romaji_key("かく"), romaji_key("がく"));
        assert_ne!(romaji_key("ほりゅう"), romaji_key("horyu"));
        assert_eq!(romaji_key("発送"), "発送");
    }
}
