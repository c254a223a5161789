//! A page as marks on panels: the one thing that layout makes and the PDF writer reads.

use super::font::Glyph;
use super::geometry::Area;
#[cfg(test)]
use super::geometry::MM_PER_PT;
use zeroize::Zeroize;

/// Something visible. Positions in mm from the panel's top left corner.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    /// A line of type.
    Type(Line),
    /// A straight stroke.
    Stroke { from: (f32, f32), to: (f32, f32), width: f32, dashed: bool },
    /// A filled rectangle; grey 0 is black, 1 is white.
    Fill { area: Area, grey: f32 },
}

/// One line of type on its baseline.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) glyphs: Vec<Glyph>,
    /// mm: left end of the baseline.
    pub(super) x: f32,
    pub(super) baseline: f32,
    /// pt
    pub(super) size: f32,
    /// Horizontal scale: 1 is natural, 0.8 is condensed by a fifth.
    pub(super) stretch: f32,
}

/// The part of the em above the baseline; CJK faces agree on it well enough.
pub(super) const ASCENT: f32 = 0.88;

impl Line {
    /// The em boxes of the line, mm.
    #[cfg(test)]
    pub(super) fn area(&self) -> Area {
        let em = self.size * MM_PER_PT;
        let width = advance(&self.glyphs) * em * self.stretch;
        Area { x: self.x, y: self.baseline - ASCENT * em, width, height: em }
    }
}

/// The natural width of glyphs in ems.
pub(super) fn advance(glyphs: &[Glyph]) -> f32 {
    glyphs.iter().map(|glyph| f32::from(glyph.advance)).sum::<f32>() / 1000.0
}

/// The marks of one panel.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Part {
    /// Which panel of the sheet.
    pub(super) panel: usize,
    pub(super) marks: Vec<Mark>,
}

/// One side of a sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Page {
    pub(super) parts: Vec<Part>,
}

impl Page {
    /// The marks of a panel, in which more can be put.
    pub(super) fn panel(&mut self, panel: usize) -> &mut Vec<Mark> {
        let at = self.parts.iter().position(|part| part.panel == panel).unwrap_or_else(|| {
            self.parts.push(Part { panel, marks: Vec::new() });
            self.parts.len() - 1
        });
        &mut self.parts[at].marks
    }
}

/// S2: the glyphs of a password do not stay in memory.
impl Zeroize for Page {
    fn zeroize(&mut self) {
        for mark in self.parts.iter_mut().flat_map(|part| &mut part.marks) {
            if let Mark::Type(line) = mark {
                line.glyphs.zeroize();
            }
        }
    }
}
