//! Dashes: an input method offers many where one hyphen is meant.

use super::nfkc;

/// Whether this is a hyphen, a dash, a minus sign or a ruled line. The long-vowel mark `ー` is none by itself: see
/// [`plain_dashes`].
pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '−' | '─')
}

/// NFKC with every dash as `-`; so are the long-vowel mark and the middle dot between digits, where they stand for one:
/// `２６０ー１`, `260・1`.
pub fn plain_dashes(text: &str) -> String {
    let folded = nfkc(text);
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let plain = |(at, c): (usize, char)| {
        let (before, after) = (&folded[..at], &folded[at + c.len_utf8()..]);
        let in_number = || digit(before.trim_end().chars().next_back()) && digit(after.trim_start().chars().next());
        if is_dash(c) || (matches!(c, 'ー' | '・') && in_number()) { '-' } else { c }
    };
    folded.char_indices().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::plain_dashes;

    #[test]
    fn dashes_in_numbers_become_hyphens_long_vowels_stay() {
        for typed in ["２６０ー１", "260ｰ1", "260−1", "260－1", "260―1", "260─1", "260–1", "260・1"] {
            assert_eq!(plain_dashes(typed), "260-1", "{typed}");
        }
        assert_eq!(plain_dashes("260 ー 1"), "260 - 1");
        for kana in ["メアリー", "メアリー・スー", "ー1", "タワー1", "1ー"] {
            assert_eq!(plain_dashes(kana), kana);
        }
    }
}
