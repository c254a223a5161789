//! A page as shapes on panels: the output of `layout` and the input of the PDF writer.

use super::font::Glyph;
use super::geometry::Area;
#[cfg(test)]
use super::geometry::MM_PER_PT;
use zeroize::Zeroize;

/// A visible shape. Positions in mm from the panel's top left corner.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    /// A line of text.
    Text(TextLine),
    /// A straight stroke.
    Stroke { from: (f32, f32), to: (f32, f32), width: f32, dashed: bool },
    /// A filled rectangle; grey 0 is black, 1 is white.
    Fill { area: Area, grey: f32 },
    /// The dark modules of a two-dimensional code.
    Code { x: f32, y: f32, module: f32, rows: Vec<u64> },
    /// A line of grey text.
    Grey { line: TextLine, grey: f32 },
    /// The same, mirrored in its own place, as it would show through the paper.
    Mirrored { line: TextLine, grey: f32, mirror: Mirror },
}

/// What a mirror exchanges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mirror {
    /// Left and right.
    Across,
    /// Top and bottom.
    Down,
}

/// One line of text on its baseline.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TextLine {
    pub(super) glyphs: Vec<Glyph>,
    /// mm: left end of the baseline.
    pub(super) x: f32,
    pub(super) baseline: f32,
    /// Type size, pt.
    pub(super) size: f32,
    /// Horizontal scale: 1 is natural, 0.8 is condensed by a fifth.
    pub(super) stretch: f32,
}

/// The part of the em above the baseline; CJK faces agree on it well enough.
pub(super) const ASCENT: f32 = 0.88;

impl TextLine {
    /// The em boxes of the line, mm.
    #[cfg(test)]
    pub(super) fn area(&self) -> Area {
        let em = self.size * MM_PER_PT;
        let width = advance(&self.glyphs) * em * self.stretch;
        Area { x: self.x, y: self.baseline - ASCENT * em, width, height: em }
    }
}

/// The edges of an area, with strokes of this width in mm.
pub(super) fn frame(area: &Area, width: f32) -> Vec<Shape> {
    let corners = [
        (area.x, area.y),
        (area.right(), area.y),
        (area.right(), area.bottom()),
        (area.x, area.bottom()),
        (area.x, area.y),
    ];
    corners.windows(2).map(|ends| Shape::Stroke { from: ends[0], to: ends[1], width, dashed: false }).collect()
}

/// The natural width of glyphs in ems.
pub(super) fn advance(glyphs: &[Glyph]) -> f32 {
    glyphs.iter().map(|glyph| f32::from(glyph.advance)).sum::<f32>() / 1000.0
}

/// The shapes of one panel.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct PanelShapes {
    /// Which panel of the sheet.
    pub(super) panel: usize,
    pub(super) shapes: Vec<Shape>,
}

/// One side of a sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct PageContent {
    pub(super) parts: Vec<PanelShapes>,
}

impl PageContent {
    /// The shapes of a panel, to add more.
    pub(super) fn panel(&mut self, panel: usize) -> &mut Vec<Shape> {
        let at = self.parts.iter().position(|part| part.panel == panel).unwrap_or_else(|| {
            self.parts.push(PanelShapes { panel, shapes: Vec::new() });
            self.parts.len() - 1
        });
        &mut self.parts[at].shapes
    }
}

/// S2: the glyphs of a password do not stay in memory.
impl Zeroize for PageContent {
    fn zeroize(&mut self) {
        for shape in self.parts.iter_mut().flat_map(|part| &mut part.shapes) {
            if let Shape::Text(line) = shape {
                line.glyphs.zeroize();
            }
        }
    }
}
