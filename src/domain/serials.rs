//! Serials of a batch as people type them: `12,40-43`, in any width.

use super::BatchNumber;
use crate::text::is_dash;
use std::collections::BTreeSet;

/// What cannot be taken for a card of the batch, with the words that were typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SerialFault {
    /// Not a number, or a range that runs backwards.
    Unreadable(String),
    /// A number, or the serial of another batch, that this one does not have.
    NotThere(String),
}

/// The places in a batch of `most` cards that a text names: numbers, full serials, and ranges of either.
pub fn places(batch: &BatchNumber, most: usize, typed: &str) -> Result<BTreeSet<usize>, SerialFault> {
    let typed: String = crate::text::nfkc(typed).to_uppercase().chars().map(plain).collect();
    let mut found = BTreeSet::new();
    for item in typed.split([',', ' ']).filter(|item| !item.is_empty()) {
        let (first, last) = range(batch, item).ok_or_else(|| match item.starts_with('B') {
            true => SerialFault::NotThere(item.to_owned()),
            false => SerialFault::Unreadable(item.to_owned()),
        })?;
        if first > last {
            return Err(SerialFault::Unreadable(item.to_owned()));
        }
        if first == 0 || last > most {
            return Err(SerialFault::NotThere(item.to_owned()));
        }
        found.extend(first..=last);
    }
    Ok(found)
}

/// The marks that an input method offers where a comma or a hyphen is meant.
fn plain(c: char) -> char {
    match c {
        '、' | '・' | ';' | '\u{3000}' => ',',
        'ー' | '~' | '〜' => '-',
        c if is_dash(c) => '-',
        c => c,
    }
}

fn range(batch: &BatchNumber, item: &str) -> Option<(usize, usize)> {
    let prefix = format!("{batch}-");
    let place = |text: &str| -> Option<usize> {
        let digits = text.strip_prefix(&prefix).unwrap_or(text);
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())?
    };
    let short = item.strip_prefix(&prefix).unwrap_or(item);
    let (first, last) = short.split_once('-').unwrap_or((short, short));
    Some((place(first)?, place(last)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn batch() -> BatchNumber {
        BatchNumber::new(NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(), 1)
    }

    fn named(typed: &str) -> Vec<usize> {
        places(&batch(), 50, typed).unwrap().into_iter().collect()
    }

    #[test]
    fn b6_ranges_are_read_in_any_width() {
        assert_eq!(named(""), Vec::<usize>::new());
        assert_eq!(named("12,40-43"), [12, 40, 41, 42, 43]);
        assert_eq!(named("１２，４０－４３"), [12, 40, 41, 42, 43]);
        assert_eq!(named("１２、４０ー４３　７"), [7, 12, 40, 41, 42, 43]);
        assert_eq!(named("3 3, 0003"), [3], "a card is spoiled once");
        assert_eq!(named("b20261122-001-0042"), [42]);
        assert_eq!(named("B20261122-001-0042-B20261122-001-0043, 1〜2"), [1, 2, 42, 43]);
    }

    #[test]
    fn b6_nonsense_is_named() {
        let fault = |typed: &str| places(&batch(), 50, typed).unwrap_err();
        assert_eq!(fault("3, x"), SerialFault::Unreadable("X".into()));
        assert_eq!(fault("19-17"), SerialFault::Unreadable("19-17".into()));
        assert_eq!(fault("1-2-3"), SerialFault::Unreadable("1-2-3".into()));
        assert_eq!(fault("５１"), SerialFault::NotThere("51".into()));
        assert_eq!(fault("0"), SerialFault::NotThere("0".into()));
        assert_eq!(fault("1-99999999999"), SerialFault::NotThere("1-99999999999".into()));
        assert_eq!(fault("B20261122-002-0001"), SerialFault::NotThere("B20261122-002-0001".into()));
    }
}
