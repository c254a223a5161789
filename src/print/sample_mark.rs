//! 見本 across a page (B2): a preview is told from the real thing at a glance, and covers nothing.

use super::fit::{Flow, HorizontalAlign, TextStyle, VerticalAlign, fit};
use super::font::{Fonts, Weight};
use super::geometry::{Area, Size};
use super::page::Shape;
use super::pdf_content::{self, GlyphEncoder, Placement};
use printpdf::Op;

const WORDS: &str = "見本";

const GREY: f32 = 0.8;

/// Draws it from the lower left to the upper right of an area.
pub(super) fn draw(out: &mut Vec<Op>, fonts: &Fonts, sheet: Size, area: &Area, encode: &mut impl GlyphEncoder) {
    let side = area.width.min(area.height);
    let place = Placement::slanted(sheet, area, side);
    let style = TextStyle {
        largest: 200.0,
        smallest: 20.0,
        flow: Flow::Lines(1),
        leading: 1.0,
        across: HorizontalAlign::Centre,
        down: VerticalAlign::Middle,
        weight: Weight::Bold,
    };
    let square = Area { x: 0.0, y: 0.0, width: side, height: side };
    let glyphs = fonts.resolve_in(WORDS, Weight::Bold).unwrap_or_default();
    let lines = fit(&[glyphs], &square, &style).unwrap_or_default();
    let shapes: Vec<Shape> = lines.into_iter().map(|line| Shape::Grey { line, grey: GREY }).collect();
    pdf_content::panel(out, &place, &shapes, encode);
}
