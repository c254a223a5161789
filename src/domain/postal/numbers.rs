//! 住所表示番号: the characters that go into the barcode, of an address behind its town.

use super::fold::{is_numeral, value};
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

/// The number of a post-office box, one to four digits.
pub(super) fn post_office_box(address: &str) -> Option<String> {
    let folded = text::nfkc(address);
    let (_, behind) = folded.split_once("私書箱")?;
    let digits: String = behind.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    (1..=4).contains(&digits.len()).then_some(digits)
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
            _ if counts(&rest[length..]) => {
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

/// Whether a numeral before this text is a number. 番町, 八丁堀 and の丸 belong to the names of places.
fn counts(after: &[char]) -> bool {
    let Some(word) = AFTER_NUMERAL.iter().find(|word| starts(after, word)) else { return false };
    let rest = &after[word.chars().count()..];
    match *word {
        "丁" => rest.first().is_none_or(|c| is_number(*c) || *c == '-' || c.is_whitespace()),
        "番" => !matches!(rest.first(), Some('町' | '丁')),
        "の" | "ノ" => rest.first().is_some_and(|c| is_number(*c)),
        _ => true,
    }
}

fn starts(text: &[char], word: &str) -> bool {
    word.chars().enumerate().all(|(at, c)| text.get(at) == Some(&c))
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit() || is_numeral(c)
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
