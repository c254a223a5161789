//! The statistics of a period on one page: figures in two columns, twelve months as bars, and how to read them.

use super::page_builder::{A4, MEASURE, PageBuilder, area, foot};
use super::table::PaperTable;
use crate::print::document::{self, PrintError};
use crate::print::fit::HorizontalAlign;
use crate::print::font::Fonts;
use crate::print::geometry::{Area, Rotation};
use crate::print::page::PageContent;
use crate::print::pdf::Pdf;
use crate::print::pdf_content::Placement;
use crate::print::pdf_metadata::{Duplex, Metadata};
use crate::print::template::Shift;
use chrono::NaiveDate;
use std::io::Write;

/// The words and numbers of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatsPaper {
    /// What it is, and of which period.
    pub title: String,
    /// 組合名, the author of the document.
    pub society: String,
    /// Lines below the title: days, day of making.
    pub head: String,
    /// The headings of a table: figure, period, year before, difference.
    pub headings: [&'static str; 4],
    /// The left column.
    pub left: Vec<StatsRow>,
    /// The right column.
    pub right: Vec<StatsRow>,
    /// Below the right column.
    pub charts: Vec<StatsChart>,
    /// At the end of the page.
    pub notes: String,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatsRow {
    /// The figure, or a part of it, which is indented.
    pub name: String,
    /// Period, year before, difference.
    pub values: [String; 3],
}

/// Twelve months as bars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatsChart {
    /// What the bars are of.
    pub title: String,
    /// Name of the month, its value and that of the year before.
    pub months: Vec<(String, u64, u64)>,
}

/// Width of a column, and where the right one begins, mm.
const COLUMN: f32 = 80.0;
const RIGHT: f32 = MEASURE - COLUMN;

/// Where the tables begin and the notes, mm.
const TOP: f32 = 44.0;
const NOTES: f32 = 258.0;

/// Height of a chart with its title, mm.
const CHART: f32 = 40.0;

/// Writes the page; how many pages that are.
pub fn statistics(
    fonts: &Fonts,
    paper: &StatsPaper,
    date: NaiveDate,
    out: &mut impl Write,
) -> Result<usize, PrintError> {
    let whole = Area { x: 0.0, y: 0.0, width: A4.width, height: A4.height };
    let mut pdf = Pdf::new(fonts, A4, vec![Placement::new(A4, &whole, Rotation::Upright)]);
    let page = page(fonts, paper);
    pdf.page(None, &page, Shift::NONE).map_err(|error| PrintError::document(&paper.title, error))?;
    let (title, author) = (paper.title.clone(), paper.society.clone());
    let metadata = Metadata { title, author, date, duplex: Duplex::OneSided };
    document::save_to(out, pdf, &paper.title, &metadata)
}

fn page(fonts: &Fonts, paper: &StatsPaper) -> PageContent {
    let mut builder = PageBuilder::new(fonts);
    builder.line(area(0.0, 16.0, MEASURE, 9.0), 15.0, HorizontalAlign::Left, &paper.title);
    builder.line(area(0.0, 25.0, MEASURE, 6.0), 9.5, HorizontalAlign::Left, &paper.society);
    builder.block(area(0.0, 32.0, MEASURE, 10.0), 8.0, &paper.head);
    table(&mut builder, paper, 0.0, &paper.left);
    let mut y = table(&mut builder, paper, RIGHT, &paper.right) + 6.0;
    for of in &paper.charts {
        chart(&mut builder, y, of);
        y += CHART;
    }
    builder.prose(area(0.0, NOTES, MEASURE, 20.0), 7.0, 1.5, &paper.notes);
    foot(&mut builder, &paper.title, 1, 1);
    builder.finish()
}

/// A table from `x` on; where it ends, mm.
fn table(builder: &mut PageBuilder<'_>, paper: &StatsPaper, x: f32, rows: &[StatsRow]) -> f32 {
    use HorizontalAlign::{Left, Right};
    let [name, now, before, change] = paper.headings;
    let columns = [
        (name, x, 38.0, Left),
        (now, x + 38.0, 14.0, Right),
        (before, x + 52.0, 14.0, Right),
        (change, x + 66.0, 14.0, Right),
    ];
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| std::iter::once(&row.name).chain(&row.values).cloned().collect()).collect();
    PaperTable { columns: &columns, row: 4.9, size: 7.5 }.draw_beside(builder, TOP, (x, COLUMN), &rows)
}

/// Bars with their numbers above and the months below; those of the year before are light.
fn chart(builder: &mut PageBuilder<'_>, top: f32, chart: &StatsChart) {
    const BARS: f32 = 22.0;
    let (base, step) = (top + 9.0 + BARS, COLUMN / chart.months.len().max(1) as f32);
    builder.line(area(RIGHT, top, COLUMN, 5.0), 8.0, HorizontalAlign::Left, &chart.title);
    let most = chart.months.iter().map(|(_, now, before)| *now.max(before)).max().unwrap_or(0).max(1) as f32;
    for (at, (month, now, before)) in chart.months.iter().enumerate() {
        let x = RIGHT + at as f32 * step;
        for (left, value, grey) in [(0.4, *before, 0.78), (step * 0.4, *now, 0.25)] {
            let height = BARS * value as f32 / most;
            builder.fill(area(x + left, base - height, step * 0.42, height), grey);
        }
        let number = area(x - 0.6, base - BARS * *now as f32 / most - 2.8, step + 1.2, 2.6);
        builder.line(number, 5.0, HorizontalAlign::Centre, &now.to_string());
        builder.line(area(x - 0.6, base + 0.6, step + 1.2, 3.0), 5.5, HorizontalAlign::Centre, month);
    }
    builder.rule(base, area(RIGHT, 0.0, 0.0, 0.0).x, COLUMN, 0.2);
}
