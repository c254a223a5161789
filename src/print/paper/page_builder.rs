//! One A4 page being written on, and tables that run over many.

use super::A4;
use crate::print::fit::{Across, Down, Flow, Style, fit};
use crate::print::font::Fonts;
use crate::print::geometry::Area;
use crate::print::layout::frame;
use crate::print::page::{Mark, Page};

/// Left and right margin, mm.
pub(super) const MARGIN: f32 = 22.0;

/// Between the margins, mm.
pub(super) const MEASURE: f32 = A4.width - 2.0 * MARGIN;

/// Type does not go below this line, mm from the top.
pub(super) const FLOOR: f32 = 276.0;

/// Printed in the place of a character that no font has, as printers always did.
const GETA: &str = "〓";

/// One page.
pub(super) struct Sheet<'a> {
    fonts: &'a Fonts,
    marks: Vec<Mark>,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(fonts: &'a Fonts) -> Self {
        Self { fonts, marks: Vec::new() }
    }

    /// One line, condensed or made smaller if it must be.
    pub(super) fn line(&mut self, area: Area, size: f32, across: Across, text: &str) {
        let style =
            Style { largest: size, smallest: 3.0, flow: Flow::Lines(1), leading: 1.0, across, down: Down::Middle };
        self.put(area, &style, text);
    }

    /// A cell of a table: two lines if one is too short.
    fn cell(&mut self, area: Area, size: f32, across: Across, text: &str) {
        let style =
            Style { largest: size, smallest: 3.0, flow: Flow::Lines(2), leading: 1.05, across, down: Down::Middle };
        self.put(area, &style, text);
    }

    /// Paragraphs, broken into lines.
    pub(super) fn prose(&mut self, area: Area, size: f32, leading: f32, text: &str) {
        let (across, down) = (Across::Left, Down::Top);
        self.put(area, &Style { largest: size, smallest: 5.0, flow: Flow::Prose, leading, across, down }, text);
    }

    /// Lines of an address, each on up to two lines.
    pub(super) fn block(&mut self, area: Area, size: f32, text: &str) {
        let (across, down) = (Across::Left, Down::Top);
        self.put(area, &Style { largest: size, smallest: 4.0, flow: Flow::Lines(2), leading: 1.5, across, down }, text);
    }

    pub(super) fn rule(&mut self, y: f32, x: f32, width: f32, stroke: f32) {
        self.marks.push(Mark::Stroke { from: (x, y), to: (x + width, y), width: stroke, dashed: false });
    }

    pub(super) fn dashed(&mut self, y: f32, x: f32, width: f32) {
        self.marks.push(Mark::Stroke { from: (x, y), to: (x + width, y), width: 0.2, dashed: true });
    }

    pub(super) fn frame(&mut self, area: &Area, stroke: f32) {
        self.marks.extend(frame(area, stroke));
    }

    pub(super) fn page(self) -> Page {
        let mut page = Page::default();
        *page.panel(0) = self.marks;
        page
    }

    fn put(&mut self, area: Area, style: &Style, text: &str) {
        let lines = text.lines().filter(|line| !line.trim().is_empty() || style.flow == Flow::Prose);
        let glyphs: Vec<_> = lines.map(|line| self.glyphs(line)).collect();
        let set = fit(&glyphs, &area, style).unwrap_or_default();
        self.marks.extend(set.into_iter().map(Mark::Type));
    }

    fn glyphs(&self, text: &str) -> Vec<crate::print::font::Glyph> {
        self.fonts.resolve(text).unwrap_or_else(|_| {
            let known = |c: char| self.fonts.resolve(c.encode_utf8(&mut [0; 4])).is_ok();
            let text: String = text.chars().map(|c| if known(c) { c.to_string() } else { GETA.to_owned() }).collect();
            self.fonts.resolve(&text).unwrap_or_default()
        })
    }
}

/// `width` mm from the left margin plus `x`.
pub(super) fn area(x: f32, y: f32, width: f32, height: f32) -> Area {
    Area { x: MARGIN + x, y, width, height }
}

/// Columns by their headings; positions and widths in mm from the left margin.
pub(super) struct Table<'t> {
    pub(super) columns: &'t [(&'t str, f32, f32, Across)],
    /// Height of a row, mm.
    pub(super) row: f32,
    /// pt
    pub(super) size: f32,
}

impl Table<'_> {
    /// How many rows fit under a heading that begins at `top`.
    pub(super) fn room(&self, top: f32) -> usize {
        ((FLOOR - top) / self.row).floor().max(1.0) as usize - 1
    }

    /// Draws the heading and the rows, and returns where they end.
    pub(super) fn draw(&self, sheet: &mut Sheet<'_>, top: f32, rows: &[Vec<String>]) -> f32 {
        self.cells(sheet, top, self.columns.iter().map(|(heading, ..)| *heading));
        sheet.rule(top, MARGIN, MEASURE, 0.3);
        for (at, row) in rows.iter().enumerate() {
            let y = top + (at + 1) as f32 * self.row;
            sheet.rule(y, MARGIN, MEASURE, if at == 0 { 0.3 } else { 0.1 });
            self.cells(sheet, y, row.iter().map(String::as_str));
        }
        let end = top + (rows.len() + 1) as f32 * self.row;
        sheet.rule(end, MARGIN, MEASURE, 0.3);
        end
    }

    fn cells<'c>(&self, sheet: &mut Sheet<'_>, y: f32, cells: impl Iterator<Item = &'c str>) {
        const PADDING: f32 = 1.5;
        for ((_, x, width, across), text) in self.columns.iter().zip(cells) {
            let cell = area(x + PADDING, y + 0.4, width - 2.0 * PADDING, self.row - 0.8);
            sheet.cell(cell, self.size, *across, text);
        }
    }
}

/// `2 / 3` and what the page belongs to, at the foot.
pub(super) fn foot(sheet: &mut Sheet<'_>, what: &str, page: usize, of: usize) {
    sheet.line(area(0.0, 282.0, MEASURE / 2.0, 5.0), 7.5, Across::Left, what);
    sheet.line(area(MEASURE / 2.0, 282.0, MEASURE / 2.0, 5.0), 7.5, Across::Right, &format!("{page} / {of}"));
}
