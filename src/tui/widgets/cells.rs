//! Text measured in cells: folded before drawing, cut between graphemes.

use crate::text::{plain_line, widen};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many cells a text takes. Half-width kana are folded first, as they are when drawn.
pub(crate) fn width(text: &str) -> u16 {
    u16::try_from(fold(text).width()).unwrap_or(u16::MAX)
}

/// What is drawn for a text: half-width kana as full width with their marks composed, a full-width blank as two, and
/// nothing that could steer the terminal. Blanks at the ends stay: they pad, and a caret stands behind them.
pub(crate) fn fold(text: &str) -> String {
    let body = text.trim();
    let start = text.len() - text.trim_start().len();
    let blanks = |text: &str| text.chars().map(|c| if c == '\u{3000}' { "  " } else { " " }).collect::<String>();
    let [before, after] = [&text[..start], &text[start + body.len()..]].map(blanks);
    format!("{before}{}{after}", plain_line(&widen(body)).replace('\u{3000}', "  "))
}

/// As much of a text as fits, never half a character. A cut text ends in `~`.
pub(crate) fn cut(text: &str, cells: u16) -> String {
    let folded = fold(text);
    if folded.width() <= usize::from(cells) {
        return folded;
    }
    if cells == 0 {
        return String::new();
    }
    let mut kept = prefix(&folded, cells - 1).to_owned();
    kept.push('~');
    kept
}

/// The longest beginning that fits, cut between graphemes.
pub(crate) fn prefix(text: &str, cells: u16) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        if used > usize::from(cells) {
            return &text[..at];
        }
    }
    text
}

/// Lines that fit, broken between words in Latin text and anywhere else in Japanese, without a mark or
/// small kana at the beginning of a line, or an opening bracket at its end (行頭・行末禁則).
pub(crate) fn wrap(text: &str, cells: u16) -> Vec<String> {
    let cells = cells.max(2);
    fold_lines(text).iter().flat_map(|line| wrap_line(line, cells)).collect()
}

/// The same, as many lines as there is room for: the last ends in `~` where there is more.
pub(crate) fn wrap_at_most(text: &str, cells: u16, most: usize) -> Vec<String> {
    let mut lines = wrap(text, cells);
    if lines.len() > most.max(1) {
        lines.truncate(most.max(1));
        if let Some(last) = lines.last_mut() {
            *last = format!("{}~", prefix(last, cells.saturating_sub(1)));
        }
    }
    lines
}

fn fold_lines(text: &str) -> Vec<String> {
    text.split('\n').map(fold).collect()
}

fn wrap_line(line: &str, cells: u16) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = line;
    while rest.width() > usize::from(cells) {
        let fitting = prefix(rest, cells);
        let at = break_before(rest, fitting.len());
        lines.push(rest[..at].trim_end().to_owned());
        rest = rest[at..].trim_start_matches(' ');
    }
    lines.push(rest.to_owned());
    lines
}

/// The best place to break at or before `limit`.
fn break_before(text: &str, limit: usize) -> usize {
    let mut at = limit;
    while text[at..].starts_with(|c| "、。」』）)・ー,.ぁぃぅぇぉっゃゅょァィゥェォッャュョ々".contains(c))
        && let Some((before, _)) = text[..at].grapheme_indices(true).next_back()
        && before > 0
    {
        at = before;
    }
    // An opening bracket stays with what it opens (行末禁則).
    while text[..at].ends_with(|c| "「『（([〔【".contains(c))
        && let Some((before, _)) = text[..at].grapheme_indices(true).next_back()
        && before > 0
    {
        at = before;
    }
    // A word, a key such as Ctrl-T or a number such as 260-1 stays whole where a line can hold it.
    let inside_word = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if text[at..].starts_with(inside_word) && text[..at].ends_with(inside_word) {
        let start = text[..at].trim_end_matches(inside_word).len();
        at = if start > 0 { start } else { at };
    }
    // A line takes at least one grapheme.
    at.max(text.graphemes(true).next().map_or(1, str::len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_width_kana_are_folded_with_their_marks() {
        assert_eq!(fold("ｼﾞﾌﾞﾊﾟ"), "ジブパ");
        assert_eq!(width("ｶﾞ"), 2);
        assert_eq!(fold(" a\u{7}b\u{1b}[0m "), " a\u{FFFD}b\u{FFFD}[0m ");
    }

    #[test]
    fn a_full_width_blank_is_two_cells_wherever_it_stands() {
        assert_eq!(fold("\u{3000}東\u{3000}海\u{3000} "), "  東  海   ");
        assert_eq!(width("東\u{3000}") + width("海"), width("東\u{3000}海"));
    }

    #[test]
    fn a_text_is_cut_by_cells_between_graphemes() {
        assert_eq!(cut("東海林", 6), "東海林");
        assert_eq!(cut("東海林", 5), "東海~");
        assert_eq!(cut("東海林", 4), "東~");
        assert_eq!(cut("葛\u{E0100}飾区", 5), "葛\u{E0100}飾~");
        assert_eq!(cut("abc", 0), "");
    }

    #[test]
    fn lines_break_between_words_and_not_before_a_full_stop() {
        assert_eq!(wrap("お待ちください。", 14), ["お待ちくださ", "い。"]);
        assert_eq!(wrap("「でしょうか。」", 14), ["「でしょう", "か。」"]);
        assert_eq!(wrap("花子(氏名)", 6), ["花子", "(氏名)"]);
        assert_eq!(wrap("15分間ロックされます", 9), ["15分間", "ロックさ", "れます"]);
        assert_eq!(wrap("one two three", 9), ["one two", "three"]);
        assert_eq!(wrap("端末ではCtrl-Tが", 12), ["端末では", "Ctrl-Tが"]);
        assert_eq!(wrap_at_most("一\n二\n三", 9, 2), ["一", "二~"]);
        assert_eq!(wrap_at_most("one two three four", 9, 2), ["one two", "three~"]);
        assert_eq!(wrap_at_most("one two", 9, 2), ["one two"]);
        assert_eq!(wrap("", 9), [""]);
        assert_eq!(wrap("一\n二", 9), ["一", "二"]);
    }
}
