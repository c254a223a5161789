//! Width folding: what people and spreadsheets write many ways becomes one.

use unicode_normalization::UnicodeNormalization;

/// NFKC, trimmed. Half-width kana becomes full width, full-width digits become ASCII.
pub fn nfkc(text: &str) -> String {
    text.nfkc().collect::<String>().trim().to_owned()
}

/// The comparison form of a symbol or number: NFKC, upper case, no leading zeros (spreadsheets eat them).
/// All zeros stay one zero.
pub fn key(text: &str) -> String {
    let folded = nfkc(text).to_uppercase();
    let bare = folded.trim_start_matches('0');
    if bare.is_empty() && !folded.is_empty() { "0".to_owned() } else { bare.to_owned() }
}
