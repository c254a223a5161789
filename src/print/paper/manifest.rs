//! `manifest.csv`: serial, member key, employer, kind. No secret; safe to open in a spreadsheet.

use crate::print::Card;

/// R3: in the place of an employer.
const ONE_OFF: &str = "個別送付";

/// UTF-8 with BOM and CRLF, as spreadsheets in Japan expect it.
pub(super) fn csv(cards: &[Card]) -> String {
    let mut text = String::from("\u{FEFF}はがき番号,記号-番号-枝番,事業所記号,種別\r\n");
    for card in cards {
        let employer = card.route.employer_code.as_deref().unwrap_or(ONE_OFF);
        let cells = [card.serial.as_str(), &card.key, employer, card.kind.code()];
        text.push_str(&cells.map(cell).join(","));
        text.push_str("\r\n");
    }
    text
}

/// An apostrophe keeps a spreadsheet from reading a formula, a date or a number into a text; quotes where needed.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let numeric = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || "-/.:eE".contains(c));
    let plain = text.len() < 12 && !text.starts_with('0') && text.chars().all(|c| c.is_ascii_digit());
    let guarded = if formula || (numeric && !plain) { format!("'{text}") } else { text.to_owned() };
    match guarded.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", guarded.replace('"', "\"\"")),
        false => guarded,
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_spreadsheet_makes_no_date_number_or_formula_of_a_text() {
        for (text, expected) in [
            ("B20261122-001-0042", "B20261122-001-0042"),
            ("4-1-00", "'4-1-00"),
            ("1E5-1-00", "'1E5-1-00"),
            ("0012", "'0012"),
            ("260", "260"),
            ("=1+1", "'=1+1"),
            ("-", "'-"),
            ("a,\"b", "\"a,\"\"b\""),
            ("", ""),
        ] {
            assert_eq!(cell(text), expected);
        }
    }
}
