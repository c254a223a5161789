//! From postcode and address characters to bars.

/// One of the 67 bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::print) enum Bar {
    /// ロングバー: full height.
    Full,
    /// セミロングバー上: the upper two thirds.
    Ascending,
    /// セミロングバー下: the lower two thirds.
    Descending,
    /// タイミングバー: the middle third.
    Timing,
}

/// Bars in a code.
pub(in crate::print) const BARS: usize = 67;

/// Postcode and address characters: 7 + 13.
const CHARACTERS: usize = 20;

/// A character of the code by its check value: 0–9, hyphen 10, CC1–CC8 11–18.
type Value = u8;

const HYPHEN: Value = 10;
/// CC1 to CC3 come before the digit of a letter.
const LETTER: [Value; 3] = [11, 12, 13];
/// CC4 fills what the address leaves empty.
const FILL: Value = 14;
const MODULUS: usize = 19;

/// The bars of each value, in its order.
const SHAPES: [&str; 19] = [
    "FTT", "FFT", "FDA", "DFA", "FAD", "FTF", "DAF", "AFD", "ADF", "TFF", "TFT", "DAT", "DTA", "ADT", "TDA", "ATD",
    "TAD", "TTF", "FFF",
];
const START: &str = "FD";
const STOP: &str = "DF";

/// The bars for seven postcode digits and the address characters (digits, hyphens, capitals). What is longer than 13
/// characters is cut, also between the two of a letter. `None` if anything else is among them.
pub(in crate::print) fn bars(postcode: &str, address: &str) -> Option<Vec<Bar>> {
    if postcode.len() != 7 || !postcode.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut values = Vec::with_capacity(CHARACTERS + 2);
    for character in postcode.chars().chain(address.chars()) {
        match character {
            '0'..='9' => values.push(character as u8 - b'0'),
            '-' => values.push(HYPHEN),
            'A'..='Z' => {
                let place = character as u8 - b'A';
                values.extend([LETTER[usize::from(place / 10)], place % 10]);
            }
            _ => return None,
        }
    }
    values.resize(CHARACTERS, FILL);
    values.push(check(&values));
    let body: String = values.iter().map(|value| SHAPES[usize::from(*value)]).collect();
    Some([START, &body, STOP].concat().chars().map(bar).collect())
}

/// Brings the sum to a multiple of 19.
fn check(values: &[Value]) -> Value {
    let sum: usize = values.iter().map(|value| usize::from(*value)).sum();
    ((MODULUS - sum % MODULUS) % MODULUS) as Value
}

fn bar(letter: char) -> Bar {
    match letter {
        'F' => Bar::Full,
        'A' => Bar::Ascending,
        'D' => Bar::Descending,
        _ => Bar::Timing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(postcode: &str, address: &str) -> Option<String> {
        let letter = |bar| match bar {
            Bar::Full => 'F',
            Bar::Ascending => 'A',
            Bar::Descending => 'D',
            Bar::Timing => 'T',
        };
        bars(postcode, address).map(|bars| bars.into_iter().map(letter).collect())
    }

    #[test]
    fn the_check_digit_of_the_published_example_is_nine() {
        let code = letters("1000013", "1-3-2-503").unwrap();
        assert_eq!((code.len(), &code[62..65]), (BARS, "TFF"));
    }

    #[test]
    fn a_letter_at_the_end_keeps_its_control_character_only() {
        assert_eq!(letters("0640804", "1-23-45-6789B"), letters("0640804", "1-23-45-6789J"));
        assert_ne!(letters("0640804", "1-23-45-6789B"), letters("0640804", "1-23-45-6789K"));
    }

    #[test]
    fn every_sum_is_a_multiple_of_nineteen() {
        for number in 0..2000 {
            let code = letters(&format!("{number:07}"), "").unwrap();
            let values = code.as_bytes()[2..65]
                .chunks(3)
                .map(|shape| SHAPES.iter().position(|known| known.as_bytes() == shape).unwrap());
            assert_eq!(values.sum::<usize>() % 19, 0);
        }
    }

    #[test]
    fn what_cannot_be_coded_is_refused() {
        assert!(letters("123456", "").is_none());
        assert!(letters("1234567", "1/2").is_none());
    }
}
