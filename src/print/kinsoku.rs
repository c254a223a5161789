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
        let end =
            if room == rest.len() { room } else { (1..=room).rev().find(|&at| may_break(rest, at)).unwrap_or(room) };
        lines.push(trim(&rest[..end]));
        rest = trim(&rest[end..]);
    }
    Some(lines)
}

/// The same in at most `count` lines, as even as they can be: no lonely last character.
pub(super) fn balance(glyphs: &[Glyph], width: f32, count: usize) -> Option<Vec<&[Glyph]>> {
    let widest = wrap(glyphs, width).filter(|lines| lines.len() <= count)?;
    let mut narrow = advance(glyphs) / widest.len() as f32;
    while narrow < width {
        match wrap(glyphs, narrow) {
            Some(lines) if lines.len() <= widest.len() => return Some(lines),
            _ => narrow += 0.5,
        }
    }
    Some(widest)
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

/// Whether a line may end before `at`.
fn may_break(glyphs: &[Glyph], at: usize) -> bool {
    let (before, after) = (glyphs[at - 1].character, glyphs[at].character);
    let inside_word = is_word(before) && is_word(after);
    !inside_word && !NOT_FIRST.contains(after) && !NOT_LAST.contains(before)
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
