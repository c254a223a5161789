//! 折返し先: a telephone number as callers give it.

use crate::text::{is_dash, nfkc};

/// A number that can be dialled: digits with or without hyphens, the area code included; from abroad with `+`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// Reads what was typed; nothing where the field is blank. Full-width digits and the long mark of an input method count
    /// as digits and hyphens.
    ///
    /// # Errors
    /// It cannot be dialled.
    pub fn parse(typed: &str) -> Result<Option<Self>, BadPhone> {
        let shown: String = nfkc(typed).chars().filter(|c| !c.is_whitespace()).map(hyphen).collect();
        if shown.is_empty() {
            return Ok(None);
        }
        let number = Self(shown);
        if number.can_be_dialled() { Ok(Some(number)) } else { Err(BadPhone) }
    }

    /// As it is shown: half-width, with the hyphens that were typed.
    pub fn shown(&self) -> &str {
        &self.0
    }

    /// What a telephone is given: digits, with `+` in front for abroad.
    pub fn dialled(&self) -> String {
        self.0.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    }

    fn can_be_dialled(&self) -> bool {
        let dialled = self.dialled();
        let known = self.0.chars().all(|c| c.is_ascii_digit() || "-()+".contains(c));
        known
            && match dialled.strip_prefix('+') {
                Some(abroad) => (8..=15).contains(&abroad.len()) && !abroad.contains('+'),
                None => {
                    let long = LONG.iter().any(|prefix| dialled.starts_with(prefix));
                    dialled.starts_with('0') && dialled.len() == if long { 11 } else { 10 }
                }
            }
    }
}

/// Numbers of eleven digits: mobile, IP telephone, and the newer free ones (0800).
const LONG: &[&str] = &["020", "050", "060", "070", "080", "090"];

/// The long mark is what an input method offers where a hyphen is meant.
fn hyphen(c: char) -> char {
    if c == 'ー' || is_dash(c) { '-' } else { c }
}

/// What was typed is no telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no telephone number")]
pub struct BadPhone;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dialled(typed: &str) -> Result<Option<String>, BadPhone> {
        PhoneNumber::parse(typed).map(|number| number.map(|number| number.dialled()))
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (typed, digits) in [
            ("03-3843-1457", "0338431457"),
            ("０９０ー１２３４ー５６７８", "09012345678"),
            ("(0467) 12-3456", "0467123456"),
            ("0120123456", "0120123456"),
            ("0800-123-4567", "08001234567"),
            ("+81-3-3843-1457", "+81338431457"),
        ] {
            assert_eq!(dialled(typed), Ok(Some(digits.to_owned())), "{typed}");
        }
        assert_eq!(dialled(" \u{3000}"), Ok(None));
    }

    #[test]
    fn what_cannot_be_dialled_is_refused() {
        for typed in ["3843-1457", "090-1234-567", "03-1234-56789", "内線12", "+1", "03+38431457", "1234567890"] {
            assert_eq!(dialled(typed), Err(BadPhone), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn a_number_reads_the_same_as_it_is_shown(typed in "[0-9０-９ー+() -]{0,18}") {
            if let Ok(Some(number)) = PhoneNumber::parse(&typed) {
                prop_assert_eq!(PhoneNumber::parse(number.shown()), Ok(Some(number)));
            }
        }
    }
}
