//! Cells that a spreadsheet leaves as they are: no formula runs, no key becomes a date, no leading zero is eaten.

use std::borrow::Cow;

/// Puts an apostrophe before a value that a spreadsheet would run (`=1+1`, `@sum`) or rewrite (`007`, `1-2-3`, `12E1`,
/// `MAR1`, seventeen digits). [`unmark`] takes it off again.
pub fn sheet_cell(value: &[u8]) -> Cow<'_, [u8]> {
    let marked = match value {
        [b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r', ..] => true,
        [b'\'', rest @ ..] => may_be_marked(rest),
        _ => is_rewritten(value),
    };
    if marked { Cow::Owned([b"'", value].concat()) } else { Cow::Borrowed(value) }
}

/// Takes off the apostrophe of [`sheet_cell`], also where a person has put another number behind it since.
pub fn unmark(value: &[u8]) -> &[u8] {
    match value {
        [b'\'', rest @ ..] if may_be_marked(rest) => rest,
        _ => value,
    }
}

/// Whether an apostrophe before this may be one of [`sheet_cell`].
fn may_be_marked(rest: &[u8]) -> bool {
    match rest.first() {
        Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r' | b'\'' | b'0'..=b'9') => true,
        _ => is_rewritten(rest),
    }
}

/// Whether a spreadsheet would rewrite the value: digits with the signs of numbers, dates and times, except plain numbers
/// that keep their digits; and days of a month by name.
fn is_rewritten(value: &[u8]) -> bool {
    let value = value.trim_ascii();
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    let plain = digits == value.len() && digits < 12 && (digits == 1 || !value.starts_with(b"0"));
    let begins = value.first().is_some_and(|first| first.is_ascii_digit() || *first == b'.');
    let numeric = value.iter().all(|byte| byte.is_ascii_digit() || b"-/.:eE".contains(byte));
    digits > 0 && !plain && ((begins && numeric) || is_day_of_month(value))
}

/// `MAR1`, `1-Mar`, `March 1, 2026`: a month's name, whole or begun, with digits beside it.
fn is_day_of_month(value: &[u8]) -> bool {
    const MONTHS: [&str; 12] = [
        "JANUARY",
        "FEBRUARY",
        "MARCH",
        "APRIL",
        "MAY",
        "JUNE",
        "JULY",
        "AUGUST",
        "SEPTEMBER",
        "OCTOBER",
        "NOVEMBER",
        "DECEMBER",
    ];
    let Ok(text) = std::str::from_utf8(value) else { return false };
    let word = text.trim_matches(|c: char| c.is_ascii_digit() || " -/.,".contains(c)).to_ascii_uppercase();
    word.len() >= 3 && MONTHS.iter().any(|month| month.starts_with(&word))
}

#[cfg(test)]
mod tests {
    use super::{sheet_cell, unmark};
    use proptest::prelude::*;

    fn cell(value: &str) -> String {
        String::from_utf8(sheet_cell(value.as_bytes()).into_owned()).unwrap()
    }

    #[test]
    fn formulas_do_not_run_and_keys_stay_what_they_are() {
        for value in [
            "=HYPERLINK(\"x\")",
            "+81",
            "-1",
            "-",
            "@A1",
            "0000260",
            "01",
            "00",
            "4-5",
            "1-2-3",
            "12-3-01",
            "2-1905",
            "1/2",
            "1:30",
            ".5",
            "1.10",
            "1E5",
            "1e5",
            "12345E1",
            "1E100",
            "4-1-00",
            "1E5-1-00",
            "03-3843-1457",
            "2026-11-24",
            "123456789012",
            " 007 ",
            "MAR1",
            "sept2",
            "1-Mar",
            "March 1, 2026",
            "'01",
            "'MAR1",
            "'260",
            "''x",
        ] {
            assert_eq!(cell(value), format!("'{value}"));
        }
        for plain in [
            "",
            "0",
            "260",
            "12345678901",
            "E1",
            "MA1",
            "MARS1",
            "May",
            "B20261122-001-0042",
            "A-1",
            "1号",
            "高橋",
            "O'Neill",
            "'x",
            "3-4F",
            "S55.4.1",
            "2026-11-24 10:00:00+",
        ] {
            assert_eq!(cell(plain), plain);
        }
    }

    #[test]
    fn apostrophe_is_removed_before_an_edited_number_too() {
        assert_eq!(unmark(b"'8"), b"8");
        assert_eq!(unmark(b"'MAR2"), b"MAR2");
        assert_eq!(unmark(b"'x"), b"'x");
    }

    proptest! {
        #[test]
        fn what_was_marked_is_unmarked(value in any::<Vec<u8>>(), near in "'{0,2}[-0-9/.:eE =MARmar]{0,8}") {
            for value in [&value[..], near.as_bytes()] {
                let cell = sheet_cell(value);
                prop_assert_eq!(unmark(&cell), value);
            }
        }
    }
}
