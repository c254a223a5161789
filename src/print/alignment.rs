//! The alignment page: rulers, fold and cut marks, panels and fields, for calibrating a printer.

use super::barcode;
use super::document::{self, PrintError};
use super::fit::{Flow, HorizontalAlign, TextStyle, VerticalAlign, fit};
use super::font::{Fonts, Weight};
use super::geometry::{Area, Size};
use super::page::{PageContent, PanelShapes, Shape, frame};
use super::pdf::Pdf;
use super::pdf_content::Placement;
use super::pdf_metadata::{Duplex, Metadata};
use super::template::{Calibration, Content, Fold, Side, Template};
use crate::print::Rotation;
use chrono::NaiveDate;
use std::io::Write;

/// Writes a PDF with one page for each side of the sheet; how many pages it has. With a printer's calibration the rulers
/// must measure true. Title and errors call it `name`.
pub fn alignment(
    template: &Template,
    fonts: &Fonts,
    calibration: Calibration,
    date: NaiveDate,
    name: &str,
    out: &mut impl Write,
) -> Result<usize, PrintError> {
    let sheet = template.sheet;
    let whole = Area { x: 0.0, y: 0.0, width: sheet.width, height: sheet.height };
    let mut placements: Vec<Placement> =
        template.panels.iter().map(|panel| Placement::new(sheet, &panel.area, panel.turn)).collect();
    placements.push(Placement::new(sheet, &whole, Rotation::Upright));
    let mut pdf = Pdf::new(fonts, sheet, placements);
    for side in Side::ALL {
        let page = Guide { template, fonts }.page(*side);
        pdf.page(None, &page, calibration.of(*side)).map_err(|error| PrintError::document(name, error))?;
    }
    let title = format!("{} {name}", template.name);
    let metadata = Metadata { title, author: String::new(), date, duplex: Duplex::LongEdge };
    document::save_to(out, pdf, name, &metadata)
}

struct Guide<'a> {
    template: &'a Template,
    fonts: &'a Fonts,
}

impl Guide<'_> {
    fn page(&self, side: Side) -> PageContent {
        let mut page = PageContent::default();
        let flat = self.template.panels.len();
        *page.panel(flat) = [self.rulers(), self.folds(), self.cuts(side)].concat();
        for (at, panel) in self.template.panels.iter().enumerate().filter(|(_, panel)| panel.side == side) {
            let width = panel.area.width;
            let shapes = page.panel(at);
            shapes.extend(self.label(&panel.name, &Area { x: 6.0, y: 6.0, width: width - 12.0, height: 4.0 }, 9.0));
            for field in self.template.fields.iter().filter(|field| field.panel == at) {
                shapes.extend(frame(&field.area, 0.1));
                if let Content::Barcode(size) = field.content {
                    shapes.extend(frame(&barcode::place(&field.area, size, field.style.across), 0.1));
                }
                if !field.name.ends_with("-rule") && !field.name.ends_with("-frame") {
                    shapes.extend(self.label(&field.name, &field.area, 5.0));
                }
            }
        }
        // Over the frames of the fields.
        page.parts.push(PanelShapes { panel: flat, shapes: self.instructions(side) });
        page
    }

    /// Which side this is, which way it is fed, and how to measure, on white below the upper edge.
    fn instructions(&self, side: Side) -> Vec<Shape> {
        let page = match side {
            Side::Front => "▲ 1ページ目（表）　この向きに給紙してください",
            Side::Back => "▲ 2ページ目（裏）　長辺とじで刷り、この向きで表に返します",
        };
        let width = self.template.sheet.width - 30.0;
        let place = Area { x: 15.0, y: 14.0, width, height: 24.0 };
        let mut shapes = vec![Shape::Fill { area: place, grey: 1.0 }];
        shapes.extend(frame(&place, 0.2));
        let lines = [
            (page, 10.0, Weight::Bold),
            (
                "1 角に近い十字は、紙の左と上の端から10 mmの位置にあるのが正しい状態です。定規で測ります。",
                8.0,
                Weight::Regular,
            ),
            (
                "2 左から測った値が10より大きければ、その差を x に負の数で、小さければ正の数で書きます。上からの値は y です。",
                8.0,
                Weight::Regular,
            ),
            ("3 目盛りの100 mmを測り、100÷測った値 を scale に書きます。", 8.0, Weight::Regular),
            (
                "4 表の値は [printer.名前] に、裏だけ違うときは back = { x = , y = } に書き、もう一度刷って確かめます。",
                8.0,
                Weight::Regular,
            ),
        ];
        for (at, (words, size, weight)) in lines.into_iter().enumerate() {
            let line = Area { x: place.x + 2.0, y: place.y + 1.5 + at as f32 * 4.4, width: width - 4.0, height: 4.2 };
            shapes.extend(self.words(words, &line, size, weight));
        }
        shapes
    }

    /// Along the upper and the left edge: a tick a millimetre, longer at 5, numbered at 10. A cross 10 mm from every
    /// corner to measure from.
    fn rulers(&self) -> Vec<Shape> {
        let Size { width, height } = self.template.sheet;
        let mut shapes = Vec::new();
        for at in 0..=width as u32 {
            let (x, long) = (at as f32, tick(at));
            shapes.push(stroke((x, 0.0), (x, long)));
            if at.is_multiple_of(10) {
                shapes.extend(self.label(&at.to_string(), &Area { x: x + 0.4, y: 2.6, width: 8.0, height: 2.0 }, 4.5));
            }
        }
        for at in 0..=height as u32 {
            let (y, long) = (at as f32, tick(at));
            shapes.push(stroke((0.0, y), (long, y)));
            if at.is_multiple_of(10) && at > 0 {
                shapes.extend(self.label(&at.to_string(), &Area { x: 2.0, y: y - 2.4, width: 8.0, height: 2.0 }, 4.5));
            }
        }
        for (x, y) in [(10.0, 10.0), (width - 10.0, 10.0), (10.0, height - 10.0), (width - 10.0, height - 10.0)] {
            shapes.extend([stroke((x - 3.0, y), (x + 3.0, y)), stroke((x, y - 3.0), (x, y + 3.0))]);
        }
        shapes
    }

    /// Dashed over the whole sheet.
    fn folds(&self) -> Vec<Shape> {
        let Size { width, height } = self.template.sheet;
        let line = |fold: &Fold| match *fold {
            Fold::Across(y) => ((0.0, y), (width, y)),
            Fold::Down(x) => ((x, 0.0), (x, height)),
        };
        let dashed = |(from, to)| Shape::Stroke { from, to, width: 0.3, dashed: true };
        self.template.folds.iter().map(line).map(dashed).collect()
    }

    /// Where a panel ends inside the sheet, short of a fold, paper is cut or torn off.
    fn cuts(&self, side: Side) -> Vec<Shape> {
        let Size { width, height } = self.template.sheet;
        let mut downs: Vec<f32> = Vec::new();
        for panel in self.template.panels.iter().filter(|panel| panel.side == side) {
            for x in [panel.area.x, panel.area.right()] {
                let inner = x > 0.0 && x < width && !self.template.folds.contains(&Fold::Down(x));
                if inner && !downs.contains(&x) {
                    downs.push(x);
                }
            }
        }
        let ends = |x: f32| [stroke((x, 0.0), (x, 8.0)), stroke((x, height - 8.0), (x, height))];
        downs.into_iter().flat_map(ends).collect()
    }

    fn label(&self, text: &str, area: &Area, size: f32) -> Vec<Shape> {
        self.words(text, area, size, Weight::Regular)
    }

    fn words(&self, text: &str, area: &Area, size: f32, weight: Weight) -> Vec<Shape> {
        let (across, down) = (HorizontalAlign::Left, VerticalAlign::Top);
        let flow = Flow::Lines(1);
        let style = TextStyle { largest: size, smallest: 2.0, flow, leading: 1.0, across, down, weight };
        let glyphs = self.fonts.resolve_in(text, weight).unwrap_or_default();
        fit(&[glyphs], area, &style).unwrap_or_default().into_iter().map(Shape::Text).collect()
    }
}

fn tick(at: u32) -> f32 {
    match at {
        _ if at.is_multiple_of(10) => 4.0,
        _ if at.is_multiple_of(5) => 2.5,
        _ => 1.5,
    }
}

fn stroke(from: (f32, f32), to: (f32, f32)) -> Shape {
    Shape::Stroke { from, to, width: 0.1, dashed: false }
}
