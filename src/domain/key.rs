//! 記号・番号・枝番: a member's key. Text, never integers.
//!
//! Each part keeps what was written for display and a folded form for comparison. Equality and order are those of
//! the folded form, so `0000260` and `２６０` are the same symbol.

use crate::text;
use std::fmt;

/// Why a text is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// A symbol is 1 to 8 letters, digits or kana.
    #[error("bad symbol")]
    Symbol,
    /// A number is 1 to 8 digits.
    #[error("bad number")]
    Number,
    /// A branch is blank or two digits.
    #[error("bad branch")]
    Branch,
}

macro_rules! part {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        pub struct $name { shown: String, key: String }

        impl $name {
            /// As the registry wrote it (width folded).
            pub fn shown(&self) -> &str { &self.shown }
            /// For comparison and storage.
            pub fn key(&self) -> &str { &self.key }
        }

        impl PartialEq for $name { fn eq(&self, other: &Self) -> bool { self.key == other.key } }
        impl Eq for $name {}
        impl std::hash::Hash for $name { fn hash<H: std::hash::Hasher>(&self, state: &mut H) { self.key.hash(state) } }
        impl fmt::Display for $name { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.key) } }
    };
}

part! {
    /// 記号: 1 to 8 letters, digits or kana.
    Symbol
}
part! {
    /// 番号: 1 to 8 digits.
    Number
}
part! {
    /// 枝番: two digits. Blank is the insured, `00`.
    Branch
}

impl Symbol {
    /// Parses any width and case.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let shown = text::nfkc(text);
        let length = shown.chars().count();
        let fits = (1..=8).contains(&length) && shown.chars().all(|c| c.is_ascii_alphanumeric() || is_kana(c));
        fits.then(|| Self { key: text::key(&shown), shown }).ok_or(KeyError::Symbol)
    }
}

impl Number {
    /// Parses any width.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let shown = text::nfkc(text);
        let fits = (1..=8).contains(&shown.len()) && shown.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| Self { key: text::key(&shown), shown }).ok_or(KeyError::Number)
    }
}

impl Branch {
    /// Parses blank (the insured) or two digits of any width.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let shown = text::nfkc(text);
        let key = if shown.is_empty() { "00".to_owned() } else { shown.clone() };
        let fits = key.len() == 2 && key.bytes().all(|b| b.is_ascii_digit());
        fits.then_some(Self { shown, key }).ok_or(KeyError::Branch)
    }
}

fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー')
}

/// A member's key: symbol, number and branch.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MemberKey {
    /// 記号
    pub symbol: Symbol,
    /// 番号
    pub number: Number,
    /// 枝番
    pub branch: Branch,
}

impl MemberKey {
    /// Parses the three parts.
    pub fn parse(symbol: &str, number: &str, branch: &str) -> Result<Self, KeyError> {
        Ok(Self { symbol: Symbol::parse(symbol)?, number: Number::parse(number)?, branch: Branch::parse(branch)? })
    }
}

/// `260-1-00`
impl fmt::Display for MemberKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.symbol, self.number, self.branch)
    }
}
