//! Tables and labelled facts on A4 pages.

use super::page_builder::{BOTTOM, MARGIN, MEASURE, PageBuilder, area};
use crate::print::fit::HorizontalAlign;

/// Columns by their headings; positions and widths in mm from the left margin.
pub(super) struct PaperTable<'t> {
    pub(super) columns: &'t [(&'t str, f32, f32, HorizontalAlign)],
    /// Height of a row, mm.
    pub(super) row: f32,
    /// Type size, pt.
    pub(super) size: f32,
}

/// Facts with their labels, a line each between rules.
pub(super) struct FactTable {
    /// Where it begins, mm from the top.
    pub(super) top: f32,
    /// Height of a line, mm.
    pub(super) row: f32,
    /// Type size of the values, pt.
    pub(super) size: f32,
}

impl FactTable {
    /// Draws the facts; where they end, mm.
    pub(super) fn draw(&self, builder: &mut PageBuilder<'_>, facts: &[(&str, String)]) -> f32 {
        const LABEL: f32 = 34.0;
        for (at, (label, value)) in facts.iter().enumerate() {
            let y = self.top + at as f32 * self.row;
            builder.rule(y, MARGIN, MEASURE, if at == 0 { 0.3 } else { 0.1 });
            builder.line(area(2.0, y, LABEL - 2.0, self.row), 9.5, HorizontalAlign::Left, label);
            builder.cell(
                area(LABEL + 2.0, y, MEASURE - LABEL - 4.0, self.row),
                self.size,
                HorizontalAlign::Left,
                value,
            );
        }
        let end = self.top + facts.len() as f32 * self.row;
        builder.rule(end, MARGIN, MEASURE, 0.3);
        end
    }
}

impl PaperTable<'_> {
    /// How many rows fit below a heading whose upper edge is at `top`, mm.
    pub(super) fn capacity(&self, top: f32) -> usize {
        ((BOTTOM - top) / self.row).floor().max(1.0) as usize - 1
    }

    /// Draws heading and rows from `top`; where they end, mm.
    pub(super) fn draw(&self, builder: &mut PageBuilder<'_>, top: f32, rows: &[Vec<String>]) -> f32 {
        self.draw_beside(builder, top, (0.0, MEASURE), rows)
    }

    /// The same with rules from `x` on, counted from the left margin, and of this width in mm.
    pub(super) fn draw_beside(
        &self,
        builder: &mut PageBuilder<'_>,
        top: f32,
        (x, width): (f32, f32),
        rows: &[Vec<String>],
    ) -> f32 {
        self.cells(builder, top, self.columns.iter().map(|(heading, ..)| *heading));
        builder.rule(top, MARGIN + x, width, 0.3);
        for (at, row) in rows.iter().enumerate() {
            let y = top + (at + 1) as f32 * self.row;
            builder.rule(y, MARGIN + x, width, if at == 0 { 0.3 } else { 0.1 });
            self.cells(builder, y, row.iter().map(String::as_str));
        }
        let end = top + (rows.len() + 1) as f32 * self.row;
        builder.rule(end, MARGIN + x, width, 0.3);
        end
    }

    fn cells<'c>(&self, builder: &mut PageBuilder<'_>, y: f32, cells: impl Iterator<Item = &'c str>) {
        const PADDING: f32 = 1.5;
        for ((_, x, width, across), text) in self.columns.iter().zip(cells) {
            let cell = area(x + PADDING, y + 0.4, width - 2.0 * PADDING, self.row - 0.8);
            builder.cell(cell, self.size, *across, text);
        }
    }
}
