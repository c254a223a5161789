//! Passwords and login IDs on the page: under each character what it is and how it is read.

use super::card::Secret;
use super::fit::{Flow, HorizontalAlign, TextStyle, VerticalAlign, fit};
use super::font::{Fonts, Weight};
use super::geometry::{Area, MM_PER_PT};
use super::page::Shape;

/// Characters of a password between two gaps.
const GROUP: usize = 4;

/// Between two groups, in cells.
const GAP: f32 = 0.6;

/// A ● is as large as the letters it stands for when set smaller than they are.
const DOT: f32 = 0.5;

/// The least room for one character and its reading, mm.
const NARROWEST: f32 = 7.1;

/// Between the aids of two characters, mm.
const APART: f32 = 0.3;

/// The widest, so that a short ID does not lie far apart, mm.
const WIDEST: f32 = 10.0;

/// Reading aids, pt: for eyes of seventy.
const AID: f32 = 8.0;

/// Heights of the aids: one line that tells the kind, two for the reading, mm.
const KIND: f32 = AID * MM_PER_PT;
const READING: f32 = 2.0 * AID * MM_PER_PT + 0.3;

/// Sets a password over the width of its box, in groups of four. `None` if the box is too small for it.
pub(super) fn password(secret: &Secret, area: &Area, style: &TextStyle, fonts: &Fonts) -> Option<Vec<Shape>> {
    match secret {
        Secret::Clear(password) => spelled(password.expose(), GROUP, style.largest, area, style, fonts),
        Secret::Masked { length } => spelled(&"●".repeat(*length), GROUP, style.largest * DOT, area, style, fonts),
    }
}

/// Sets a login ID in one piece.
pub(super) fn login_id(id: &str, area: &Area, style: &TextStyle, fonts: &Fonts) -> Option<Vec<Shape>> {
    spelled(id, usize::MAX, style.largest, area, style, fonts)
}

/// What is too long for readings goes without them.
fn spelled(
    text: &str,
    group: usize,
    largest: f32,
    area: &Area,
    style: &TextStyle,
    fonts: &Fonts,
) -> Option<Vec<Shape>> {
    set(text, group, largest, area, style, fonts).or_else(|| {
        let smallest = style.smallest.min(largest);
        let plain = TextStyle { flow: Flow::Lines(2), largest, smallest, leading: 1.3, ..style.clone() };
        let lines = fit(&[fonts.resolve_in(text, style.weight).ok()?], area, &plain)?;
        Some(lines.into_iter().map(Shape::Text).collect())
    })
}

/// In as few rows as there is room for, each centred.
fn set(text: &str, group: usize, largest: f32, area: &Area, style: &TextStyle, fonts: &Fonts) -> Option<Vec<Shape>> {
    let characters: Vec<char> = text.chars().collect();
    let large = style.smallest.min(largest) * MM_PER_PT;
    let most = (area.height / (large + KIND + READING)) as usize;
    (1..=most).find_map(|rows| {
        let in_a_row = characters.len().div_ceil(rows).max(1);
        let height = area.height / rows as f32;
        let mut shapes = Vec::new();
        for (at, row) in characters.chunks(in_a_row).enumerate() {
            let place = Area { y: area.y + at as f32 * height, height, ..*area };
            shapes.extend(row_of(row, group, largest, &place, style, fonts)?);
        }
        Some(shapes)
    })
}

fn row_of(
    characters: &[char],
    group: usize,
    largest: f32,
    area: &Area,
    style: &TextStyle,
    fonts: &Fonts,
) -> Option<Vec<Shape>> {
    let gaps = (characters.len().saturating_sub(1) / group) as f32 * GAP;
    let cell = (area.width / (characters.len() as f32 + gaps)).min(WIDEST);
    if characters.is_empty() || cell < NARROWEST {
        return None;
    }
    let left = area.x + (area.width - cell * (characters.len() as f32 + gaps)) / 2.0;
    let reading = Area { y: area.bottom() - READING, height: READING, ..*area };
    let kind = Area { y: reading.y - KIND, height: KIND, ..*area };
    let large = Area { height: kind.y - area.y, ..*area };
    let mut shapes = Vec::new();
    for (at, character) in characters.iter().enumerate() {
        let x = left + (at as f32 + (at / group) as f32 * GAP) * cell;
        let aid = aid(*character);
        let mut put = |words: &str, row: &Area, style: &TextStyle| {
            let column = Area { x: x + APART / 2.0, width: cell - APART, ..*row };
            let lines = fit(&[fonts.resolve_in(words, style.weight).ok()?], &column, style)?;
            shapes.extend(lines.into_iter().map(Shape::Text));
            Some(())
        };
        put(character.encode_utf8(&mut [0; 4]), &large, &centred(style.smallest.min(largest), largest, style.weight))?;
        put(aid.kind, &kind, &centred(AID, AID, Weight::Regular))?;
        let reading_style =
            TextStyle { flow: Flow::Lines(2), down: VerticalAlign::Top, ..centred(AID, AID, Weight::Regular) };
        put(aid.reading, &reading, &reading_style)?;
    }
    Some(shapes)
}

fn centred(smallest: f32, largest: f32, weight: Weight) -> TextStyle {
    TextStyle {
        largest,
        smallest,
        flow: Flow::Lines(1),
        leading: 1.0,
        across: HorizontalAlign::Centre,
        down: VerticalAlign::Middle,
        weight,
    }
}

/// How a character is told from all others.
struct Aid {
    /// 数字, 英小文字, …
    kind: &'static str,
    reading: &'static str,
}

fn aid(character: char) -> Aid {
    let kind = match character {
        '0'..='9' => "数字",
        'a'..='z' => "小文字",
        'A'..='Z' => "大文字",
        '●' => "",
        _ => "記号",
    };
    let reading = match character.to_ascii_lowercase() {
        '0' => "ゼロ",
        '1' => "イチ",
        '2' => "ニ",
        '3' => "サン",
        '4' => "ヨン",
        '5' => "ゴ",
        '6' => "ロク",
        '7' => "ナナ",
        '8' => "ハチ",
        '9' => "キュウ",
        'a' => "エー",
        'b' => "ビー",
        'c' => "シー",
        'd' => "ディー",
        'e' => "イー",
        'f' => "エフ",
        'g' => "ジー",
        'h' => "エイチ",
        'i' => "アイ",
        'j' => "ジェイ",
        'k' => "ケイ",
        'l' => "エル",
        'm' => "エム",
        'n' => "エヌ",
        'o' => "オー",
        'p' => "ピー",
        'q' => "キュー",
        'r' => "アール",
        's' => "エス",
        't' => "ティー",
        'u' => "ユー",
        'v' => "ブイ",
        'w' => "ダブリュー",
        'x' => "エックス",
        'y' => "ワイ",
        'z' => "ゼット",
        '-' => "ハイフン",
        '_' => "下線",
        '.' => "ドット",
        '@' => "アット",
        '+' => "プラス",
        _ => "",
    };
    Aid { kind, reading }
}
