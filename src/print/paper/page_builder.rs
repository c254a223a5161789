//! Builds one A4 page from lines, paragraphs, rules and frames.

use crate::print::code2d;
use crate::print::fit::{Flow, HorizontalAlign, TextStyle, VerticalAlign, fit};
use crate::print::font::{Fonts, Glyph, Weight};
use crate::print::geometry::{Area, Size};
use crate::print::page::{PageContent, Shape, frame};

/// mm
pub(super) const A4: Size = Size { width: 210.0, height: 297.0 };

/// Left and right margin, mm.
pub(super) const MARGIN: f32 = 22.0;

/// Width between the margins, mm.
pub(super) const MEASURE: f32 = A4.width - 2.0 * MARGIN;

/// Text ends above this line, mm from the top.
pub(super) const BOTTOM: f32 = 276.0;

/// A page with what has been put on it so far.
pub(super) struct PageBuilder<'a> {
    fonts: &'a Fonts,
    shapes: Vec<Shape>,
}

impl<'a> PageBuilder<'a> {
    pub(super) fn new(fonts: &'a Fonts) -> Self {
        Self { fonts, shapes: Vec::new() }
    }

    /// One line of `size` pt, condensed or made smaller where it is too long.
    pub(super) fn line(&mut self, area: Area, size: f32, across: HorizontalAlign, text: &str) {
        let style = TextStyle {
            largest: size,
            smallest: 3.0,
            flow: Flow::Lines(1),
            leading: 1.0,
            across,
            down: VerticalAlign::Middle,
            weight: Weight::Regular,
        };
        self.put(area, &style, text);
    }

    /// A cell of a table: broken into two lines where one is too short.
    pub(super) fn cell(&mut self, area: Area, size: f32, across: HorizontalAlign, text: &str) {
        let style = TextStyle {
            largest: size,
            smallest: 3.0,
            flow: Flow::Lines(2),
            leading: 1.05,
            across,
            down: VerticalAlign::Middle,
            weight: Weight::Regular,
        };
        self.put(area, &style, text);
    }

    /// Paragraphs broken into lines; `leading` in ems.
    pub(super) fn prose(&mut self, area: Area, size: f32, leading: f32, text: &str) {
        let (across, down) = (HorizontalAlign::Left, VerticalAlign::Top);
        let (flow, weight) = (Flow::Prose, Weight::Regular);
        self.put(area, &TextStyle { largest: size, smallest: 5.0, flow, leading, across, down, weight }, text);
    }

    /// Lines of an address, each broken into two where it is too long.
    pub(super) fn block(&mut self, area: Area, size: f32, text: &str) {
        let (across, down) = (HorizontalAlign::Left, VerticalAlign::Top);
        let (flow, weight) = (Flow::Lines(2), Weight::Regular);
        self.put(area, &TextStyle { largest: size, smallest: 4.0, flow, leading: 1.5, across, down, weight }, text);
    }

    pub(super) fn rule(&mut self, y: f32, x: f32, width: f32, stroke: f32) {
        self.shapes.push(Shape::Stroke { from: (x, y), to: (x + width, y), width: stroke, dashed: false });
    }

    pub(super) fn dashed(&mut self, y: f32, x: f32, width: f32) {
        self.shapes.push(Shape::Stroke { from: (x, y), to: (x + width, y), width: 0.2, dashed: true });
    }

    /// A filled area; grey 0 is black, 1 is white.
    pub(super) fn fill(&mut self, area: Area, grey: f32) {
        self.shapes.push(Shape::Fill { area, grey });
    }

    pub(super) fn frame(&mut self, area: &Area, stroke: f32) {
        self.shapes.extend(frame(area, stroke));
    }

    /// A two-dimensional code (B14); nothing where the text is too long for the box.
    pub(super) fn code(&mut self, area: &Area, text: &str) {
        self.shapes.extend(code2d::set(text, area).into_iter().flatten());
    }

    pub(super) fn finish(self) -> PageContent {
        let mut page = PageContent::default();
        *page.panel(0) = self.shapes;
        page
    }

    /// A text in a style of its own; nothing where it does not fit.
    pub(super) fn put(&mut self, area: Area, style: &TextStyle, text: &str) {
        let lines = text.lines().filter(|line| !line.trim().is_empty() || style.flow == Flow::Prose);
        let glyphs: Vec<_> = lines.map(|line| self.glyphs(line)).collect();
        let set = fit(&glyphs, &area, style).unwrap_or_default();
        self.shapes.extend(set.into_iter().map(Shape::Text));
    }

    /// With 〓 in place of a character that no font has, as is the custom in Japanese typesetting.
    fn glyphs(&self, text: &str) -> Vec<Glyph> {
        self.fonts.resolve(text).unwrap_or_else(|_| {
            let each = |c: char| self.fonts.resolve(c.encode_utf8(&mut [0; 4])).ok();
            let geta = || self.fonts.geta().into_iter().collect();
            text.chars().flat_map(|c| each(c).unwrap_or_else(geta)).collect()
        })
    }
}

/// An area whose `x` counts from the left margin, mm.
pub(super) fn area(x: f32, y: f32, width: f32, height: f32) -> Area {
    Area { x: MARGIN + x, y, width, height }
}

/// The footing: what the page belongs to, and `2 / 3`.
pub(super) fn foot(builder: &mut PageBuilder<'_>, what: &str, page: usize, of: usize) {
    builder.line(area(0.0, 282.0, MEASURE / 2.0, 5.0), 7.5, HorizontalAlign::Left, what);
    builder.line(
        area(MEASURE / 2.0, 282.0, MEASURE / 2.0, 5.0),
        7.5,
        HorizontalAlign::Right,
        &format!("{page} / {of}"),
    );
}
