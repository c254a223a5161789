//! The password on the page: groups of four, and under each character what it is and how it is read.

use super::card::Secret;
use super::fit::{Flow, HorizontalAlign, TextStyle, VerticalAlign, fit};
use super::font::Fonts;
use super::geometry::Area;
use super::page::Shape;

const GROUP: usize = 4;

/// Between two groups, in cells.
const GAP: f32 = 0.6;

/// A ● is as large as the letters it stands for when set smaller than they are.
const DOT: f32 = 0.5;

/// The least room for one character and its reading, mm.
const NARROWEST: f32 = 5.0;

/// Sets a password over the width of its box. `None` if the box is too small for it.
pub(super) fn set(secret: &Secret, area: &Area, style: &TextStyle, fonts: &Fonts) -> Option<Vec<Shape>> {
    let masked;
    let (text, largest) = match secret {
        Secret::Clear(password) => (password.expose(), style.largest),
        Secret::Masked { length } => {
            masked = "●".repeat(*length);
            (masked.as_str(), style.largest * DOT)
        }
    };
    let count = text.chars().count();
    let gaps = count.saturating_sub(1) / GROUP;
    let cell = area.width / (count as f32 + gaps as f32 * GAP);
    if count == 0 || cell < NARROWEST {
        return None;
    }
    let [large, kind, reading] = rows(area);
    let mut shapes = Vec::new();
    for (at, character) in text.chars().enumerate() {
        let x = area.x + (at as f32 + (at / GROUP) as f32 * GAP) * cell;
        let aid = aid(character);
        let mut put = |words: &str, row: &Area, style: &TextStyle| {
            let column = Area { x, width: cell, ..*row };
            let lines = fit(&[fonts.resolve(words).ok()?], &column, style)?;
            shapes.extend(lines.into_iter().map(Shape::Text));
            Some(())
        };
        put(character.encode_utf8(&mut [0; 4]), &large, &centred(style.smallest.min(largest), largest))?;
        put(aid.kind, &kind, &centred(4.0, 5.5))?;
        put(aid.reading, &reading, &centred(4.0, 6.5))?;
    }
    Some(shapes)
}

/// Characters, kind and reading, one under the other.
fn rows(area: &Area) -> [Area; 3] {
    let height = area.height;
    let row = |from: f32, to: f32| Area { y: area.y + height * from, height: height * (to - from), ..*area };
    [row(0.0, 0.62), row(0.62, 0.79), row(0.80, 1.0)]
}

fn centred(smallest: f32, largest: f32) -> TextStyle {
    TextStyle {
        largest,
        smallest,
        flow: Flow::Lines(1),
        leading: 1.0,
        across: HorizontalAlign::Centre,
        down: VerticalAlign::Middle,
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
        _ => "",
    };
    Aid { kind, reading }
}
