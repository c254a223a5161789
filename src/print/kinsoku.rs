//! 禁則処理: where a line of Japanese may break.

use super::font::Glyph;
use super::page::advance;

/// May not begin a line (行頭禁則).
const NOT_FIRST: &str = "、。，．・：；？！゛゜ヽヾゝゞ々〻ー）］｝〕〉》」』】’”‐–〜～％‰℃\
    ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ,.:;?!)]}%-/";

/// May not end a line (行末禁則).
const NOT_LAST: &str = "（［｛〔〈《「『【‘“〒￥＄£([{$#";

/// Breaks glyphs into lines of at most `width` ems. `None` if a single character is wider than that.
pub(super) fn wrap(glyphs: &[Glyph], width: f32) -> Option<Vec<&[Glyph]>> {
    let mut lines = Vec::new();
    let mut rest = trim(glyphs);
    while !rest.is_empty() {
        let room = fitting(rest, width);
        if room == 0 {
            return None;
        }
        let end = if room == rest.len() { room } else { break_before(rest, room) };
        lines.push(trim(&rest[..end]));
        rest = trim(&rest[end..]);
    }
    Some(lines)
}

/// The same in at most `count` lines, as even as they can be; a little less even if they then end at a seam.
pub(super) fn balance(glyphs: &[Glyph], width: f32, count: usize) -> Option<Vec<&[Glyph]>> {
    const TOLERANCE: f32 = 6.0;
    let widest = wrap(glyphs, width).filter(|lines| lines.len() <= count)?;
    let mut narrow = advance(glyphs) / widest.len() as f32;
    let mut even: Option<(f32, Vec<&[Glyph]>)> = None;
    while narrow < width && even.as_ref().is_none_or(|(first, _)| narrow < first + TOLERANCE) {
        if let Some(lines) = wrap(glyphs, narrow).filter(|lines| lines.len() <= widest.len()) {
            if ends_at_seams(glyphs, &lines) {
                return Some(lines);
            }
            even = even.or(Some((narrow, lines)));
        }
        narrow += 0.5;
    }
    Some(even.map_or(widest, |(_, lines)| lines))
}

/// Broken between words: at a blank, which fell away, or after a middle dot.
fn ends_at_seams(glyphs: &[Glyph], lines: &[&[Glyph]]) -> bool {
    let at_dot = |line: &&[Glyph]| line.last().is_some_and(|last| matches!(last.character, '・' | '＝'));
    let kept: usize = lines.iter().map(|line| line.len()).sum();
    kept < glyphs.len() || lines[..lines.len() - 1].iter().all(at_dot)
}

/// Prose: a last line of one or two characters draws some from the lines above, if those stay within the measure.
pub(super) fn prose(glyphs: &[Glyph], width: f32) -> Option<Vec<&[Glyph]>> {
    const LONELY: f32 = 2.5;
    let full = wrap(glyphs, width)?;
    let lonely = |lines: &[&[Glyph]]| lines.len() > 1 && lines.last().is_some_and(|last| advance(last) < LONELY);
    if !lonely(&full) {
        return Some(full);
    }
    let narrower = [0.5, 1.0, 1.5, 2.0].into_iter().filter_map(|less| wrap(glyphs, width - less));
    Some(narrower.into_iter().find(|lines| lines.len() == full.len() && !lonely(lines)).unwrap_or(full))
}

/// How many glyphs fit from the left; a thousandth of an em is forgiven.
fn fitting(glyphs: &[Glyph], width: f32) -> usize {
    let mut used = 0.0;
    glyphs
        .iter()
        .take_while(|glyph| {
            used += f32::from(glyph.advance) / 1000.0;
            used <= width + 0.001
        })
        .count()
}

/// Where the line ends that has room for so many glyphs: between words, else inside one that is longer than a line.
fn break_before(glyphs: &[Glyph], room: usize) -> usize {
    let last = |allowed: fn(&[Glyph], usize) -> bool| (1..=room).rev().find(|&at| allowed(glyphs, at));
    last(may_break).or_else(|| last(may_part)).unwrap_or(room)
}

/// Whether a line may end before `at`.
fn may_break(glyphs: &[Glyph], at: usize) -> bool {
    let (before, after) = (glyphs[at - 1].character, glyphs[at].character);
    may_part(glyphs, at) && !(is_katakana(before) && is_katakana(after))
}

/// The same, inside a word of katakana, too.
fn may_part(glyphs: &[Glyph], at: usize) -> bool {
    let (before, after) = (glyphs[at - 1].character, glyphs[at].character);
    let inside_word = is_word(before) && is_word(after);
    let inside_date = is_date(before) && is_date(after) && !(before == '日' || after == '令');
    // 様 stays with its name.
    let title = matches!(trim(&glyphs[at..]), [only] if only.character == '様');
    !inside_word && !inside_date && !title && !NOT_FIRST.contains(after) && !NOT_LAST.contains(before)
}

/// 令和8年11月24日 stays in one piece.
fn is_date(c: char) -> bool {
    c.is_ascii_digit() || "令和年月日".contains(c)
}

/// ログインパスワード stays in one piece; 健康・医療 and names may break after their dots.
fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー' | 'ヽ' | 'ヾ')
}

/// Latin words, numbers and what holds them together stay in one piece.
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '\'' | '-' | '.' | '@' | '_' | '0'..='9' | 'À'..='ɏ')
        || matches!(c, '０'..='９')
}

fn trim(glyphs: &[Glyph]) -> &[Glyph] {
    let blank = |glyph: &Glyph| matches!(glyph.character, ' ' | '\u{3000}');
    let start = glyphs.iter().position(|glyph| !blank(glyph)).unwrap_or(glyphs.len());
    let end = glyphs.iter().rposition(|glyph| !blank(glyph)).map_or(start, |last| last + 1);
    &glyphs[start..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::print::font::Fonts;

    type Break = fn(&[Glyph], f32) -> Option<Vec<&[Glyph]>>;

    fn lines(text: &str, width: f32, how: Break) -> Vec<String> {
        let glyphs = Fonts::embedded().unwrap().resolve(text).unwrap();
        let lines = how(&glyphs, width).unwrap_or_default();
        lines.into_iter().map(|line| line.iter().map(|glyph| glyph.character).collect()).collect()
    }

    #[test]
    fn no_line_begins_or_ends_with_what_may_not() {
        assert_eq!(lines("あいうえ、かき", 4.0, wrap), ["あいう", "え、かき"]);
        assert_eq!(lines("あいう「かき」", 4.0, wrap), ["あいう", "「かき」"]);
        assert_eq!(lines("シャッターー", 5.0, wrap), ["シャッ", "ターー"]);
        assert_eq!(lines("仮のログインパスワードを", 9.0, wrap), ["仮の", "ログインパスワード", "を"]);
        assert_eq!(lines("次のログイン画面の", 5.0, wrap), ["次の", "ログイン画", "面の"]);
    }

    #[test]
    fn words_numbers_and_dates_stay_whole() {
        assert_eq!(lines("発行日は令和8年11月24日", 10.0, wrap), ["発行日は", "令和8年11月24日"]);
        assert_eq!(lines("電話03-3843-1457へ", 5.0, wrap), ["電話", "03-3843-14", "57へ"]);
    }

    #[test]
    fn no_lonely_last_character() {
        assert_eq!(lines("一二三四五六七八九十一", 5.0, prose), ["一二三四", "五六七八", "九十一"]);
    }

    #[test]
    fn two_lines_are_even_and_break_between_words() {
        let two: Break = |glyphs, width| balance(glyphs, width, 2);
        assert_eq!(lines("一二三四五六七八九十", 9.0, two), ["一二三四五", "六七八九十"]);
        assert_eq!(lines("アレハンドロ・フェルナンデス", 12.0, two), ["アレハンドロ・", "フェルナンデス"]);
        assert_eq!(lines("ロペスデラクルス・ゴンザレス　様", 14.0, two), ["ロペスデラクルス・", "ゴンザレス　様"]);
        assert_eq!(lines("一二三四五六七八　様", 9.0, two), ["一二三四五", "六七八　様"]);
    }

    #[test]
    fn a_measure_narrower_than_a_character_is_refused() {
        assert!(lines("あ", 0.9, wrap).is_empty());
    }
}
