//! The forms of a place name that mean the same: 霞が関 and 霞ヶ関, 三番町 and 3番町, 大字 or none.

use crate::text::{common_form, nfkc};

/// A part of a place name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Atom {
    Character(char),
    /// A number in digits or in kanji.
    Number(u32),
}

/// A text as atoms, each with where it ends in the characters.
#[derive(Debug)]
pub(super) struct Folded {
    pub(super) characters: Vec<char>,
    pub(super) atoms: Vec<(Atom, usize)>,
}

impl Folded {
    pub(super) fn of(text: &str) -> Self {
        let characters: Vec<char> = nfkc(text).chars().collect();
        let mut atoms = Vec::with_capacity(characters.len());
        let mut at = 0;
        while at < characters.len() {
            let class = Class::of(characters[at]);
            let length = match class {
                Class::Digit | Class::Numeral => {
                    characters[at..].iter().take_while(|c| Class::of(**c) == class).count()
                }
                Class::Blank | Class::Other => 1,
            };
            let run = &characters[at..at + length];
            at += length;
            match class {
                Class::Blank => {}
                Class::Digit => {
                    let value = run.iter().filter_map(|c| c.to_digit(10));
                    let value = value.fold(0u32, |sum, digit| sum.saturating_mul(10).saturating_add(digit));
                    atoms.push((Atom::Number(value), at));
                }
                Class::Numeral => atoms.push((Atom::Number(value(run)), at)),
                Class::Other => atoms.push((Atom::Character(folded(characters[at - 1])), at)),
            }
        }
        Self { characters, atoms }
    }

    /// Where a name ends that begins at an atom; 大字 and 字 before it may be written or not.
    pub(super) fn end_of(&self, name: &Folded, from: usize) -> Option<usize> {
        let (here, there) = (self.past_section(from), name.past_section(0));
        let wanted = name.atoms[there..].iter().map(|(atom, _)| atom);
        let found = self.atoms.get(here..)?.iter().map(|(atom, _)| atom);
        let count = name.atoms.len() - there;
        (count > 0 && found.take(count).eq(wanted)).then_some(here + count)
    }

    /// The atom behind 大字, 字 or 小字.
    pub(super) fn past_section(&self, from: usize) -> usize {
        let character = |at: usize| match self.atoms.get(at) {
            Some((Atom::Character(c), _)) => Some(*c),
            _ => None,
        };
        match (character(from), character(from + 1)) {
            (Some('大' | '小'), Some('字')) => from + 2,
            (Some('字'), _) => from + 1,
            _ => from,
        }
    }

    /// The text behind so many atoms.
    pub(super) fn rest(&self, atoms: usize) -> String {
        let from = atoms.checked_sub(1).map_or(0, |last| self.atoms[last].1);
        self.characters[from..].iter().collect()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Blank,
    Digit,
    Numeral,
    Other,
}

impl Class {
    fn of(c: char) -> Self {
        match c {
            _ if c.is_whitespace() => Self::Blank,
            '0'..='9' => Self::Digit,
            _ if is_numeral(c) => Self::Numeral,
            _ => Self::Other,
        }
    }
}

/// One script, no small kana, the common forms of kanji.
pub(super) fn folded(c: char) -> char {
    let katakana = match c {
        'ぁ'..='ゖ' => char::from_u32(u32::from(c) + 0x60).unwrap_or(c),
        _ => c,
    };
    match katakana {
        'ヶ' | 'ガ' => 'ケ',
        'ッ' => 'ツ',
        'ャ' => 'ヤ',
        'ュ' => 'ユ',
        'ョ' => 'ヨ',
        'ァ' => 'ア',
        'ィ' => 'イ',
        'ゥ' => 'ウ',
        'ェ' => 'エ',
        'ォ' => 'オ',
        '之' => 'ノ',
        other => common_form(other.to_ascii_uppercase()),
    }
}

pub(super) fn is_numeral(c: char) -> bool {
    "〇一二三四五六七八九十百千".contains(c)
}

/// 十一 is 11, 二〇 is 20, 百二 is 102.
pub(super) fn value(numeral: &[char]) -> u32 {
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
