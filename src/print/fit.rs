//! Text fitting: one line → condensed → more lines → smaller, down to the field's smallest size; then it does not fit.

use super::font::{Glyph, Weight};
use super::geometry::{Area, MM_PER_PT, PT_PER_MM};
use super::kinsoku;
use super::page::{ASCENT, TextLine, advance};

/// Steps in which type becomes smaller, pt.
const STEP: f32 = 0.5;

/// The narrowest horizontal scale: four fifths of the natural width.
const CONDENSED: f32 = 0.8;

/// How text is set in its box.
#[derive(Debug, Clone, PartialEq)]
pub struct TextStyle {
    /// Type size tried first, pt.
    pub largest: f32,
    /// Type size tried last, pt.
    pub smallest: f32,
    /// What a paragraph may do when it is too long for one line.
    pub flow: Flow,
    /// From baseline to baseline, in ems.
    pub leading: f32,
    /// Horizontal alignment in the box.
    pub across: HorizontalAlign,
    /// Vertical alignment in the box.
    pub down: VerticalAlign,
    /// Of the type.
    pub weight: Weight,
}

/// What a paragraph may do when it is too long for one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// Names and addresses: condensed first, then at most so many lines.
    Lines(usize),
    /// 本文: broken as often as it takes, never condensed.
    Prose,
}

/// Where a line stands between left and right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HorizontalAlign {
    /// 左揃え
    Left,
    /// 中央揃え
    Centre,
    /// 右揃え
    Right,
}

/// Where lines stand between top and bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerticalAlign {
    /// 上揃え
    Top,
    /// 中央揃え
    Middle,
    /// 下揃え
    Bottom,
}

/// Sets paragraphs in a box, at the largest size at which they fit. `None` if they do not at the smallest.
pub(super) fn fit(paragraphs: &[Vec<Glyph>], area: &Area, style: &TextStyle) -> Option<Vec<TextLine>> {
    let steps = ((style.largest - style.smallest) / STEP).ceil().max(0.0) as usize;
    (0..=steps).map(|step| (style.largest - step as f32 * STEP).max(style.smallest)).find_map(|size| {
        let width = area.width * PT_PER_MM / size;
        let mut rows = Vec::new();
        for paragraph in paragraphs {
            rows.extend(flow(paragraph, width, style.flow)?);
        }
        let height = rows.len().saturating_sub(1) as f32 * style.leading + 1.0;
        (height * size <= area.height * PT_PER_MM + 0.01).then(|| place(&rows, size, area, style))
    })
}

/// A row of glyphs and its horizontal scale.
type Row<'a> = (&'a [Glyph], f32);

/// The rows of one paragraph in a measure of `width` ems.
fn flow(paragraph: &[Glyph], width: f32, flow: Flow) -> Option<Vec<Row<'_>>> {
    let natural = advance(paragraph);
    if natural <= width + 0.001 {
        return Some(vec![(paragraph, 1.0)]);
    }
    match flow {
        Flow::Prose => Some(kinsoku::prose(paragraph, width)?.into_iter().map(|row| (row, 1.0)).collect()),
        Flow::Lines(_) if natural * CONDENSED <= width => Some(vec![(paragraph, width / natural)]),
        Flow::Lines(count) => {
            let rows = kinsoku::balance(paragraph, width, count)
                .or_else(|| kinsoku::balance(paragraph, width / CONDENSED, count))?;
            let widest = rows.iter().map(|row| advance(row)).fold(0.0, f32::max);
            let stretch = (width / widest).min(1.0);
            (count > 1).then(|| rows.into_iter().map(|row| (row, stretch)).collect())
        }
    }
}

fn place(rows: &[Row<'_>], size: f32, area: &Area, style: &TextStyle) -> Vec<TextLine> {
    let em = size * MM_PER_PT;
    let height = (rows.len().saturating_sub(1) as f32 * style.leading + 1.0) * em;
    let top = area.y
        + match style.down {
            VerticalAlign::Top => 0.0,
            VerticalAlign::Middle => (area.height - height) / 2.0,
            VerticalAlign::Bottom => area.height - height,
        };
    let line = |(at, &(glyphs, stretch)): (usize, &Row<'_>)| {
        let spare = area.width - advance(glyphs) * em * stretch;
        let x = area.x
            + match style.across {
                HorizontalAlign::Left => 0.0,
                HorizontalAlign::Centre => spare / 2.0,
                HorizontalAlign::Right => spare,
            };
        let baseline = top + (at as f32 * style.leading + ASCENT) * em;
        TextLine { glyphs: glyphs.to_vec(), x, baseline, size, stretch }
    };
    rows.iter().enumerate().map(line).filter(|line| !line.glyphs.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::print::font::Fonts;
    use std::sync::LazyLock;

    fn set(text: &str, width: f32, height: f32) -> Option<Vec<TextLine>> {
        static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::embedded().unwrap());
        let style = TextStyle {
            largest: 10.0,
            smallest: 7.0,
            flow: Flow::Lines(2),
            leading: 1.4,
            across: HorizontalAlign::Left,
            down: VerticalAlign::Top,
            weight: Weight::Regular,
        };
        fit(&[FONTS.resolve(text).unwrap()], &Area { x: 3.0, y: 4.0, width, height }, &style)
    }

    /// Ten characters of 10 pt are 35.28 mm.
    const TEN: &str = "一二三四五六七八九十";

    #[test]
    fn text_is_condensed_then_wrapped_then_shrunk_then_refused() {
        let shape =
            |width, height| set(TEN, width, height).map(|lines| (lines.len(), lines[0].size, lines[0].stretch < 1.0));
        assert_eq!(shape(36.0, 20.0), Some((1, 10.0, false)));
        assert_eq!(shape(30.0, 20.0), Some((1, 10.0, true)));
        assert_eq!(shape(20.0, 20.0), Some((2, 10.0, false)));
        assert_eq!(shape(15.0, 20.0), Some((2, 10.0, true)));
        assert_eq!(shape(20.0, 7.0), Some((2, 8.0, false)));
        assert_eq!(shape(20.0, 3.0), Some((1, 7.0, true)));
        assert_eq!(shape(20.0, 2.0), None);
    }

    #[test]
    fn every_line_lies_in_its_box() {
        for length in 1..60 {
            for width in [12.0, 25.0, 40.0, 80.0] {
                let area = Area { x: 3.0, y: 4.0, width, height: 9.0 };
                let text: String = "東京都、ワイ（三）ABC-12「ー」".chars().cycle().take(length).collect();
                for line in set(&text, width, 9.0).unwrap_or_default() {
                    assert!(area.holds(&line.area()), "{text} {width} {line:?}");
                }
            }
        }
    }
}
