//! Fonts in a PDF: only the glyphs used, embedded, with a table back to Unicode.

use super::font::{Face, Fonts, Glyph};
use super::pdf_content::{GlyphEncoder, font};
use printpdf::{Codepoint, FontMetrics, Op, ParsedFont, PdfFont, PdfFontHandle, PdfFontMap, Pt, TextItem};
use std::collections::BTreeMap;
use subsetter::GlyphRemapper;

/// The glyphs of each face that a document uses, numbered in order of first use.
pub(super) struct UsedGlyphs {
    faces: Vec<UsedFace>,
}

#[derive(Default)]
struct UsedFace {
    remapper: GlyphRemapper,
    /// Indexed by the new glyph number, from 1.
    glyphs: Vec<Glyph>,
}

/// A font could not be subset.
#[derive(Debug, thiserror::Error)]
#[error("font {name}: {source}")]
pub(super) struct SubsetError {
    name: String,
    source: subsetter::Error,
}

impl GlyphEncoder for UsedGlyphs {
    fn encode(&mut self, glyph: &Glyph) -> u16 {
        let face = &mut self.faces[usize::from(glyph.face)];
        let code = face.remapper.remap(glyph.id);
        if usize::from(code) > face.glyphs.len() {
            face.glyphs.push(*glyph);
        }
        code
    }
}

impl UsedGlyphs {
    pub(super) fn new(fonts: &Fonts) -> Self {
        Self { faces: (0..fonts.count()).map(|_| UsedFace::default()).collect() }
    }

    /// The used fonts, reduced to their used glyphs.
    pub(super) fn subset(&self, fonts: &Fonts) -> Result<PdfFontMap, SubsetError> {
        let faces = self.faces.iter().zip(0u8..).filter(|(used, _)| !used.glyphs.is_empty());
        let map = faces.map(|(used, index)| Ok((font(index), used.subset(fonts.face(index), index)?)));
        Ok(PdfFontMap { map: map.collect::<Result<_, _>>()? })
    }

    /// Every used glyph with its text, for a page that is not printed: printpdf embeds only what it finds on pages.
    pub(super) fn specimen(&self) -> Vec<Op> {
        let mut ops = vec![Op::StartTextSection];
        for (used, index) in self.faces.iter().zip(0u8..) {
            let glyphs = used.glyphs.iter().zip(1..).map(|(glyph, code)| {
                let text = std::iter::once(glyph.character).chain(glyph.selector).collect();
                Codepoint::with_cid(code, 0.0, text)
            });
            ops.push(Op::SetFont { font: PdfFontHandle::External(font(index)), size: Pt(1.0) });
            ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs.collect())] });
        }
        ops.push(Op::EndTextSection);
        ops
    }
}

impl UsedFace {
    fn subset(&self, face: &Face, index: u8) -> Result<PdfFont, SubsetError> {
        let (file, number) = face.file();
        let program = subsetter::subset(file, number, &self.remapper)
            .map_err(|source| SubsetError { name: face.name.clone(), source })?;
        // A subset's name begins with six letters that differ between the fonts of one file.
        let name = format!("MYKEM{}+{}", char::from(b'A' + index % 26), face.name);
        let widths = (1..).zip(&self.glyphs).map(|(code, glyph)| (code, glyph.advance)).collect();
        let metrics = &face.metrics;
        let mut font = ParsedFont::with_glyph_data(
            program,
            0,
            Some(name),
            BTreeMap::new(),
            widths,
            1000,
            FontMetrics { ascent: metrics.ascent as i16, descent: metrics.descent as i16 },
        );
        let [x_min, y_min, x_max, y_max] = metrics.bounds.map(|edge| edge as i16);
        let stub = &mut font.pdf_font_metrics;
        (stub.x_min, stub.y_min, stub.x_max, stub.y_max) = (x_min, y_min, x_max, y_max);
        Ok(PdfFont::new(font))
    }
}
