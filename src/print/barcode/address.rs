//! 住所表示番号: the characters of an address that go into the barcode.
//!
//! What the postcode already says (prefecture, city, town) has no number of its own, so everything before the first
//! number drops out as other text; names with numerals in them (三番町, 三の丸, 北六条) are told from house numbers
//! by what follows the numeral.

use crate::text;

/// Dropped before anything else.
const IGNORED: &[char] = &['&', '/', '・', '.'];

/// A kanji numeral directly before one of these is a number.
const AFTER_NUMERAL: &[&str] = &["丁目", "丁", "番地", "番", "号", "地割", "線", "の", "ノ"];

/// A piece of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Digit(char),
    /// A letter on its own.
    Letter(char),
    /// A hyphen, or other text of any length.
    Gap,
}

/// Digits, hyphens and single letters: `3-30-8-403`.
pub(super) fn characters(address: &str) -> String {
    let folded = text::nfkc(address).to_uppercase();
    let kept: Vec<char> = folded.chars().filter(|c| !IGNORED.contains(c)).collect();
    join(&pieces(&with_digits(&kept)))
}

/// Kanji numerals that are numbers, in digits.
fn with_digits(address: &[char]) -> Vec<char> {
    let mut out = Vec::with_capacity(address.len());
    let mut rest = address;
    while let Some(&first) = rest.first() {
        let length = rest.iter().take_while(|c| is_numeral(**c)).count();
        match length {
            0 => {
                out.push(first);
                rest = &rest[1..];
            }
            _ if counts(&address[..address.len() - rest.len()], &rest[length..]) => {
                out.extend(value(&rest[..length]).to_string().chars());
                rest = &rest[length..];
            }
            _ => {
                out.extend(&rest[..length]);
                rest = &rest[length..];
            }
        }
    }
    out
}

/// Whether a numeral between these texts is a number. 番町, 八丁堀, 麻布十番 and の丸 belong to the names of towns.
fn counts(before: &[char], after: &[char]) -> bool {
    let Some(word) = AFTER_NUMERAL.iter().find(|word| starts(after, word)) else { return false };
    let rest = &after[word.chars().count()..];
    match *word {
        "丁" => rest.first().is_none_or(|c| is_number(*c) || *c == '-' || c.is_whitespace()),
        "番" => !matches!(rest.first(), Some('町' | '丁')) && !ends_name(before, rest),
        "の" | "ノ" => rest.first().is_some_and(|c| is_number(*c)),
        _ => true,
    }
}

/// 麻布十番1-5-10, 六番三丁目: the first number of an address comes behind, so 番 is no house number.
fn ends_name(before: &[char], rest: &[char]) -> bool {
    let length = rest.iter().take_while(|c| is_number(**c)).count();
    let after = &rest[length..];
    let hyphenated = rest.first().is_some_and(char::is_ascii_digit) && after.first() == Some(&'-');
    let begins = length > 0 && (starts(after, "丁目") || hyphenated);
    begins && !matches!(before.last(), Some('目' | '丁'))
}

fn starts(text: &[char], word: &str) -> bool {
    word.chars().enumerate().all(|(at, c)| text.get(at) == Some(&c))
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit() || is_numeral(c)
}

fn is_numeral(c: char) -> bool {
    "〇一二三四五六七八九十百千".contains(c)
}

/// 十一 is 11, 二〇 is 20, 百二 is 102.
fn value(numeral: &[char]) -> u32 {
    let (mut sum, mut digits) = (0u32, None::<u32>);
    for c in numeral {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                let digit = "〇一二三四五六七八九".chars().position(|known| known == *c).unwrap_or(0) as u32;
                digits = Some(digits.unwrap_or(0).saturating_mul(10).saturating_add(digit));
                continue;
            }
        };
        sum = sum.saturating_add(digits.take().unwrap_or(1).saturating_mul(unit));
    }
    sum.saturating_add(digits.unwrap_or(0))
}

fn pieces(address: &[char]) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(address.len());
    let mut rest = address;
    while let Some(&first) = rest.first() {
        let length = rest.iter().take_while(|c| class(**c) == class(first)).count();
        let (run, after) = rest.split_at(length);
        let floor = first == 'F' && matches!(pieces.last(), Some(Piece::Digit(_)));
        match class(first) {
            // 北24条: a street of a town, not a house number.
            Class::Digit if after.first() == Some(&'条') => pieces.push(Piece::Gap),
            Class::Digit => pieces.extend(run.iter().map(|c| Piece::Digit(*c))),
            Class::Letter if length == 1 && !floor => pieces.push(Piece::Letter(first)),
            Class::Letter | Class::Other => pieces.push(Piece::Gap),
        }
        rest = after;
    }
    pieces
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Digit,
    Letter,
    Other,
}

fn class(c: char) -> Class {
    match c {
        '0'..='9' => Class::Digit,
        'A'..='Z' => Class::Letter,
        _ => Class::Other,
    }
}

/// Gaps become one hyphen between digits, and nothing at the ends or beside a letter.
fn join(pieces: &[Piece]) -> String {
    let mut out = String::new();
    let mut gap = false;
    for piece in pieces {
        match *piece {
            Piece::Gap => gap = true,
            Piece::Digit(c) => {
                if gap && out.ends_with(|last: char| last.is_ascii_digit()) {
                    out.push('-');
                }
                out.push(c);
                gap = false;
            }
            Piece::Letter(c) => {
                out.push(c);
                gap = false;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::characters;

    #[test]
    fn names_of_towns_with_numerals_are_no_house_numbers() {
        let cases = [
            ("東京都千代田区三番町6番地2", "6-2"),
            ("名古屋市中区三の丸三丁目1番2号", "3-1-2"),
            ("北海道札幌市北区北24条西5丁目3-1", "5-3-1"),
            ("東京都港区六本木六丁目10番1号", "6-10-1"),
            ("四日市市諏訪町一の五番", "1-5"),
            ("福岡県久留米市大手町百二番地", "102"),
            ("東京都港区麻布十番1-5-10", "1-5-10"),
            ("東京都港区麻布十番一丁目5番10号", "1-5-10"),
            ("東京都港区麻布十番２丁目３－４", "2-3-4"),
            ("東京都中央区八丁堀2-1-1", "2-1-1"),
            ("東京都中央区八丁堀二丁目1番1号", "2-1-1"),
            ("和歌山市七番丁25-1", "25-1"),
            ("熊本県八代市千丁町新牟田1", "1"),
            ("名古屋市熱田区六番三丁目4-41", "3-4-41"),
            ("堺市堺区中田出井町四丁六番19-501", "4-6-19-501"),
            ("堺市堺区中田出井町四丁　郵便ビル", "4"),
            ("堺市堺区中田出井町四丁6-19", "4-6-19"),
            ("", ""),
        ];
        for (address, expected) in cases {
            assert_eq!(characters(address), expected, "{address}");
        }
    }

    #[test]
    fn full_width_and_every_kind_of_dash_is_understood() {
        assert_eq!(characters("港区赤坂１－２‐３ー４−５　ｂ１０６"), "1-2-3-4-5B106");
    }
}
