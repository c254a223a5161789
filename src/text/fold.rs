//! Width folding: what people and spreadsheets write many ways becomes one.

use unicode_normalization::UnicodeNormalization;

/// NFKC, trimmed. Half-width kana becomes full width, full-width digits become ASCII.
pub fn nfkc(text: &str) -> String {
    if text.is_ascii() {
        return text.trim().to_owned();
    }
    text.nfkc().collect::<String>().trim().to_owned()
}

/// The digits of a text, in ASCII: how telephone numbers are compared.
pub fn digits(text: &str) -> String {
    nfkc(text).chars().filter(char::is_ascii_digit).collect()
}

/// The comparison form of a symbol or number: NFKC, upper case, no leading zeros (spreadsheets eat them).
/// All zeros stay one zero.
pub fn key(text: &str) -> String {
    let folded = nfkc(text).to_uppercase();
    let bare = folded.trim_start_matches('0');
    if bare.is_empty() && !folded.is_empty() { "0".to_owned() } else { bare.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{key, nfkc};
    use proptest::prelude::*;

    #[test]
    fn width_and_space_fold() {
        assert_eq!(nfkc("　２６０ "), "260");
        assert_eq!(nfkc("ﾊﾟｽﾜｰﾄﾞ"), "パスワード");
        assert_eq!(nfkc("㈱北斗"), "(株)北斗");
    }

    #[test]
    fn a_key_loses_leading_zeros_but_not_the_last_one() {
        assert_eq!(key("０００２６０"), "260");
        assert_eq!(key("ab1"), "AB1");
        assert_eq!(key("0000"), "0");
        assert_eq!(key(""), "");
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in any::<String>()) {
            prop_assert_eq!(nfkc(&nfkc(&text)), nfkc(&text));
        }
    }
}
