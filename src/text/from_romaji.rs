//! Latin letters to kana, as on a keyboard.

/// The katakana of a reading in Hepburn or kunrei spelling; nothing where a letter has no kana. `Ohno` and `Oono` are
/// オオノ, `Satoh` is サトオ; a long vowel that is not written stays unwritten ([`similar_readings`](super::similar_readings)
/// finds it).
pub fn kana_of_romaji(text: &str) -> Option<String> {
    let letters: Vec<char> =
        super::nfkc(text).to_lowercase().chars().filter(|c| c.is_ascii_alphabetic() || *c == '\'').collect();
    let mut kana = String::new();
    let mut rest = letters.as_slice();
    while let [first, tail @ ..] = rest {
        let next = tail.first().copied();
        let is_vowel = |c: Option<char>| c.is_some_and(|c| "aiueo".contains(c));
        match first {
            'n' if !is_vowel(next) && next != Some('y') => {
                kana.push('ン');
                rest = tail;
            }
            'm' if matches!(next, Some('b' | 'm' | 'p')) => {
                kana.push('ン');
                rest = tail;
            }
            'h' if kana.ends_with(LENGTHENED) && !is_vowel(next) && next != Some('y') => {
                kana.push('オ');
                rest = tail;
            }
            '\'' => rest = tail,
            't' if next == Some('c') => {
                kana.push('ッ');
                rest = tail;
            }
            consonant if next == Some(*consonant) && !is_vowel(Some(*consonant)) => {
                kana.push('ッ');
                rest = tail;
            }
            _ => {
                let (length, syllable) = syllable(rest)?;
                kana.push_str(syllable);
                rest = &rest[length..];
            }
        }
    }
    (!kana.is_empty()).then_some(kana)
}

/// The longest syllable that the letters begin with, and how many letters it has.
fn syllable(letters: &[char]) -> Option<(usize, &'static str)> {
    (1..=letters.len().min(4)).rev().find_map(|length| {
        let typed: String = letters[..length].iter().collect();
        SYLLABLES.iter().find(|(latin, _)| *latin == typed).map(|(_, kana)| (length, *kana))
    })
}

/// What an `h` behind makes long.
const LENGTHENED: [char; 15] =
    ['オ', 'コ', 'ソ', 'ト', 'ノ', 'ホ', 'モ', 'ヨ', 'ロ', 'ゴ', 'ゾ', 'ド', 'ボ', 'ポ', 'ョ'];

#[rustfmt::skip]
const SYLLABLES: &[(&str, &str)] = &[
    ("a", "ア"), ("i", "イ"), ("u", "ウ"), ("e", "エ"), ("o", "オ"),
    ("ka", "カ"), ("ki", "キ"), ("ku", "ク"), ("ke", "ケ"), ("ko", "コ"), ("kya", "キャ"), ("kyu", "キュ"), ("kyo", "キョ"),
    ("ga", "ガ"), ("gi", "ギ"), ("gu", "グ"), ("ge", "ゲ"), ("go", "ゴ"), ("gya", "ギャ"), ("gyu", "ギュ"), ("gyo", "ギョ"),
    ("sa", "サ"), ("si", "シ"), ("shi", "シ"), ("su", "ス"), ("se", "セ"), ("so", "ソ"),
    ("sya", "シャ"), ("syu", "シュ"), ("syo", "ショ"), ("sha", "シャ"), ("shu", "シュ"), ("sho", "ショ"), ("she", "シェ"),
    ("za", "ザ"), ("zi", "ジ"), ("ji", "ジ"), ("zu", "ズ"), ("ze", "ゼ"), ("zo", "ゾ"),
    ("zya", "ジャ"), ("zyu", "ジュ"), ("zyo", "ジョ"), ("ja", "ジャ"), ("ju", "ジュ"), ("jo", "ジョ"), ("je", "ジェ"),
    ("jya", "ジャ"), ("jyu", "ジュ"), ("jyo", "ジョ"),
    ("ta", "タ"), ("ti", "チ"), ("chi", "チ"), ("tu", "ツ"), ("tsu", "ツ"), ("te", "テ"), ("to", "ト"),
    ("tya", "チャ"), ("tyu", "チュ"), ("tyo", "チョ"), ("cha", "チャ"), ("chu", "チュ"), ("cho", "チョ"), ("che", "チェ"),
    ("da", "ダ"), ("di", "ヂ"), ("du", "ヅ"), ("dzu", "ヅ"), ("de", "デ"), ("do", "ド"),
    ("na", "ナ"), ("ni", "ニ"), ("nu", "ヌ"), ("ne", "ネ"), ("no", "ノ"), ("nya", "ニャ"), ("nyu", "ニュ"), ("nyo", "ニョ"),
    ("ha", "ハ"), ("hi", "ヒ"), ("hu", "フ"), ("fu", "フ"), ("he", "ヘ"), ("ho", "ホ"),
    ("hya", "ヒャ"), ("hyu", "ヒュ"), ("hyo", "ヒョ"), ("fa", "ファ"), ("fi", "フィ"), ("fe", "フェ"), ("fo", "フォ"),
    ("ba", "バ"), ("bi", "ビ"), ("bu", "ブ"), ("be", "ベ"), ("bo", "ボ"), ("bya", "ビャ"), ("byu", "ビュ"), ("byo", "ビョ"),
    ("pa", "パ"), ("pi", "ピ"), ("pu", "プ"), ("pe", "ペ"), ("po", "ポ"), ("pya", "ピャ"), ("pyu", "ピュ"), ("pyo", "ピョ"),
    ("ma", "マ"), ("mi", "ミ"), ("mu", "ム"), ("me", "メ"), ("mo", "モ"), ("mya", "ミャ"), ("myu", "ミュ"), ("myo", "ミョ"),
    ("ya", "ヤ"), ("yu", "ユ"), ("yo", "ヨ"),
    ("ra", "ラ"), ("ri", "リ"), ("ru", "ル"), ("re", "レ"), ("ro", "ロ"), ("rya", "リャ"), ("ryu", "リュ"), ("ryo", "リョ"),
    ("la", "ラ"), ("li", "リ"), ("lu", "ル"), ("le", "レ"), ("lo", "ロ"),
    ("wa", "ワ"), ("wo", "オ"), ("va", "ヴァ"), ("vi", "ヴィ"), ("vu", "ヴ"), ("ve", "ヴェ"), ("vo", "ヴォ"),
];

#[cfg(test)]
mod tests {
    use super::kana_of_romaji;

    #[test]
    fn hepburn_and_kunrei_give_the_same_kana() {
        for (typed, kana) in [
            ("Yamazaki", "ヤマザキ"),
            ("shimizu", "シミズ"),
            ("simizu", "シミズ"),
            ("SHOJI", "ショジ"),
            ("Syouzi", "ショウジ"),
            ("Ohno", "オオノ"),
            ("Satoh", "サトオ"),
            ("Hattori", "ハットリ"),
            ("Hotta Junichi", "ホッタジュニチ"),
            ("Jun'ichi", "ジュンイチ"),
            ("Kanno", "カンノ"),
            ("Namba", "ナンバ"),
            ("Etchu", "エッチュ"),
            ("ｎａｋａ", "ナカ"),
        ] {
            assert_eq!(kana_of_romaji(typed).as_deref(), Some(kana), "{typed}");
        }
        for none in ["", "xyz", "260", "佐藤", "smith"] {
            assert_eq!(kana_of_romaji(none), None, "{none}");
        }
    }
}
