//! A terminal's screen as SVG. Glyphs are drawn as outlines, so that full-width text stands in its two cells wherever
//! the picture is looked at.

use skrifa::charmap::MapVariant;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::{FontRef, TableProvider};
use skrifa::{GlyphId, MetadataProvider};
use std::collections::BTreeMap;
use std::fmt::Write;
use vt100::{Cell, Color, Screen};

/// Tenths of a pixel.
const CELL: (i32, i32) = (100, 230);
const EM: f32 = 200.0;
const BASELINE: i32 = 172;
const MARGIN: i32 = 140;

const GROUND: &str = "#181c22";
const INK: &str = "#d5d9e0";
/// The sixteen colours, muted.
const COLOURS: [&str; 16] = [
    "#181c22", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#abb2bf", "#4b5363", "#f08a92",
    "#b5d99c", "#f0d8a8", "#8cc8ff", "#dba0ee", "#7fd3dd", "#ffffff",
];

/// Draws what is on a screen.
pub(crate) fn drawn(screen: &Screen, font: &FontRef<'_>) -> String {
    let (rows, columns) = screen.size();
    let (width, height) = (i32::from(columns.get()) * CELL.0 + 2 * MARGIN, i32::from(rows.get()) * CELL.1 + 2 * MARGIN);
    let mut picture = Picture { font, grounds: Vec::new(), inks: BTreeMap::new(), glyphs: BTreeMap::new() };
    for row in 0..rows.get() {
        for column in 0..columns.get() {
            if let Some(cell) = screen.cell(row, column).filter(|cell| !cell.is_wide_continuation()) {
                picture.cell(cell, MARGIN + i32::from(column) * CELL.0, MARGIN + i32::from(row) * CELL.1);
            }
        }
    }
    picture.finished(width, height)
}

struct Picture<'a> {
    font: &'a FontRef<'a>,
    /// Colour, left, top and width.
    grounds: Vec<(&'static str, i32, i32, i32)>,
    /// What is drawn in each colour and weight.
    inks: BTreeMap<(&'static str, bool), String>,
    /// Outlines, by glyph.
    glyphs: BTreeMap<u32, String>,
}

impl Picture<'_> {
    fn cell(&mut self, cell: &Cell, x: i32, y: i32) {
        let width = if cell.is_wide() { 2 * CELL.0 } else { CELL.0 };
        let mut ink = colour(cell.fgcolor(), INK);
        let mut ground = colour(cell.bgcolor(), GROUND);
        if cell.inverse() {
            std::mem::swap(&mut ink, &mut ground);
        }
        if ground != GROUND {
            self.ground(ground, x, y, width);
        }
        let mut marks = String::new();
        if cell.underline() {
            let _ = write!(marks, r#"<path d="M{x} {}h{width}v8h-{width}z"/>"#, y + 205);
        }
        marks.push_str(&self.symbol(cell.contents(), x, y, width));
        self.inks.entry((ink, cell.bold())).or_default().push_str(&marks);
    }

    /// Side by side, grounds of one colour are one: seams would show.
    fn ground(&mut self, colour: &'static str, x: i32, y: i32, width: i32) {
        match self.grounds.last_mut() {
            Some(last) if last.0 == colour && last.2 == y && last.1 + last.3 == x => last.3 += width,
            _ => self.grounds.push((colour, x, y, width)),
        }
    }

    fn symbol(&mut self, text: &str, x: i32, y: i32, width: i32) -> String {
        let mut characters = text.chars();
        let Some(first) = characters.next().filter(|first| *first != ' ') else { return String::new() };
        if let Some(lines) = lines(first, x, y) {
            return lines;
        }
        let table = self.font.charmap();
        let varied = characters.next().and_then(|selector| match table.map_variant(first, selector)? {
            MapVariant::UseDefault => None,
            MapVariant::Variant(glyph) => Some(glyph),
        });
        let Some(glyph) = varied.or_else(|| table.map(first)) else { return String::new() };
        let scale = EM / f32::from(self.font.head().unwrap().units_per_em());
        let widths = self.font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let advance = widths.advance_width(glyph).unwrap_or(0.0) * scale;
        let x = x + (width - advance.round() as i32) / 2;
        let font = self.font;
        self.glyphs.entry(glyph.to_u32()).or_insert_with(|| outline(font, glyph, scale));
        let glyph = glyph.to_u32();
        format!(r##"<use href="#g{glyph}" x="{x}" y="{}"/>"##, y + BASELINE)
    }

    fn finished(self, width: i32, height: i32) -> String {
        let mut svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{}" height="{}">"#,
            width / 10,
            height / 10
        );
        svg.push_str("<defs>\n");
        for (glyph, outline) in &self.glyphs {
            let _ = writeln!(svg, r#"<path id="g{glyph}" d="{outline}"/>"#);
        }
        let _ = writeln!(svg, r#"</defs><rect width="{width}" height="{height}" rx="80" fill="{GROUND}"/>"#);
        for (colour, x, y, width) in &self.grounds {
            let _ = writeln!(svg, r#"<path fill="{colour}" d="M{x} {y}h{width}v{}h-{width}z"/>"#, CELL.1);
        }
        for ((ink, bold), marks) in self.inks.iter().filter(|(_, marks)| !marks.is_empty()) {
            let weight = if *bold { format!(r#" stroke="{ink}" stroke-width="5""#) } else { String::new() };
            let _ = writeln!(svg, r#"<g fill="{ink}"{weight}>{marks}</g>"#);
        }
        svg.push_str("</svg>\n");
        svg
    }
}

fn colour(colour: Color, usual: &'static str) -> &'static str {
    match colour {
        Color::Idx(index) => COLOURS.get(usize::from(index)).copied().unwrap_or(usual),
        Color::Default | Color::Rgb(..) => usual,
    }
}

/// Lines and bars reach from edge to edge of their cells, which no font does.
fn lines(symbol: char, x: i32, y: i32) -> Option<String> {
    let (right, bottom, middle_x, middle_y) = (x + CELL.0, y + CELL.1, x + CELL.0 / 2, y + CELL.1 / 2);
    let down = |from: i32, to: i32| format!("M{} {from}h8V{to}h-8z", middle_x - 4);
    let across = |from: i32, to: i32| format!("M{from} {}H{to}v8H{from}z", middle_y - 4);
    let (path, opacity) = match symbol {
        '─' => (across(x, right), ""),
        '│' => (down(y, bottom), ""),
        '┌' => (across(middle_x, right) + &down(middle_y, bottom), ""),
        '┐' => (across(x, middle_x) + &down(middle_y, bottom), ""),
        '└' => (across(middle_x, right) + &down(y, middle_y), ""),
        '┘' => (across(x, middle_x) + &down(y, middle_y), ""),
        '█' => (format!("M{x} {y}H{right}V{bottom}H{x}z"), ""),
        '░' => (format!("M{x} {y}H{right}V{bottom}H{x}z"), r#" opacity=".25""#),
        '▁'..='▇' => {
            let eighths = symbol as i32 - '▁' as i32 + 1;
            (format!("M{x} {}H{right}V{bottom}H{x}z", bottom - CELL.1 * eighths / 8), "")
        }
        _ => return None,
    };
    Some(format!(r#"<path{opacity} d="{path}"/>"#))
}

fn outline(font: &FontRef<'_>, glyph: GlyphId, scale: f32) -> String {
    let mut pen = Pen { path: String::new(), at: (0, 0), scale };
    if let Some(outline) = font.outline_glyphs().get(glyph) {
        outline.draw(DrawSettings::unhinted(Size::unscaled(), LocationRef::default()), &mut pen).unwrap();
    }
    pen.path
}

/// Writes relative steps in whole units: half as long as absolute ones.
struct Pen {
    path: String,
    at: (i32, i32),
    scale: f32,
}

impl Pen {
    fn place(&self, x: f32, y: f32) -> (i32, i32) {
        ((x * self.scale).round() as i32, (-y * self.scale).round() as i32)
    }

    fn step(&mut self, command: char, points: &[(f32, f32)]) {
        self.path.push(command);
        let from = self.at;
        for (index, (x, y)) in points.iter().enumerate() {
            let to = self.place(*x, *y);
            let (dx, dy) = (to.0 - from.0, to.1 - from.1);
            let gap = if index > 0 && dx >= 0 { " " } else { "" };
            let between = if dy >= 0 { " " } else { "" };
            let _ = write!(self.path, "{gap}{dx}{between}{dy}");
            self.at = to;
        }
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        // Absolute: closing a contour leaves the pen at its beginning.
        let to = self.place(x, y);
        let _ = write!(self.path, "M{} {}", to.0, to.1);
        self.at = to;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.step('l', &[(x, y)]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.step('q', &[(x1, y1), (x, y)]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.step('c', &[(x1, y1), (x2, y2), (x, y)]);
    }

    fn close(&mut self) {
        self.path.push('z');
    }
}
