//! Shapes to the drawing operations of a PDF page.

use super::font::Glyph;
use super::geometry::{Area, PT_PER_MM, Rotation, Size};
use super::page::{ASCENT, Mirror, Shape, TextLine};
use super::template::Shift;
use printpdf::{
    Codepoint, Color, CurTransMat, FontId, Greyscale, Line as Path, LineDashPattern, LinePoint, Op, PaintMode,
    PdfFontHandle, Point, Pt, Rect, TextItem,
};

/// The place of a panel: the matrix from its own points (origin at its lower left) to the sheet's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placement {
    matrix: [f32; 6],
    height: f32,
}

impl Placement {
    pub(super) fn new(sheet: Size, area: &Area, turn: Rotation) -> Self {
        let (left, right) = (area.x * PT_PER_MM, area.right() * PT_PER_MM);
        let (low, high) = ((sheet.height - area.bottom()) * PT_PER_MM, (sheet.height - area.y) * PT_PER_MM);
        let matrix = match turn {
            Rotation::Upright => [1.0, 0.0, 0.0, 1.0, left, low],
            Rotation::HalfTurn => [-1.0, 0.0, 0.0, -1.0, right, high],
        };
        Self { matrix, height: area.height }
    }

    /// A square of `side` mm about the middle of an area, turned by an eighth to the left.
    pub(super) fn slanted(sheet: Size, area: &Area, side: f32) -> Self {
        let (x, y) = (area.x + area.width / 2.0, sheet.height - area.y - area.height / 2.0);
        let part = std::f32::consts::FRAC_1_SQRT_2;
        // The lower left corner of the turned square, in points of the sheet.
        let (left, low) = (x * PT_PER_MM, (y - side * part) * PT_PER_MM);
        Self { matrix: [part, part, -part, part, left, low], height: side }
    }
}

/// Maps a resolved glyph to its two-byte code in this document.
pub(super) trait GlyphEncoder {
    fn encode(&mut self, glyph: &Glyph) -> u16;
}

/// The resource name of a face.
pub(super) fn font(face: u8) -> FontId {
    FontId(format!("T{face}"))
}

/// Begins a page with the corrections for its printer. Ended by [`Op::RestoreGraphicsState`].
pub(super) fn open(out: &mut Vec<Op>, sheet: Size, shift: Shift) {
    let Shift { x, y, scale } = shift;
    let rise = sheet.height * (1.0 - scale) - y;
    out.push(Op::SaveGraphicsState);
    out.push(matrix([scale, 0.0, 0.0, scale, x * PT_PER_MM, rise * PT_PER_MM]));
}

/// Draws the shapes of one panel.
pub(super) fn panel(out: &mut Vec<Op>, placement: &Placement, shapes: &[Shape], encode: &mut impl GlyphEncoder) {
    let height = placement.height;
    out.push(Op::SaveGraphicsState);
    out.push(matrix(placement.matrix));
    for shape in shapes {
        match shape {
            Shape::Text(line) => text(out, line, height, encode),
            Shape::Stroke { from, to, width, dashed } => {
                let dashes: &[f32] = if *dashed { &[3.0, 2.0] } else { &[] };
                out.push(Op::SetLineDashPattern { dash: LineDashPattern::new(0.0, dashes) });
                out.push(Op::SetOutlineThickness { pt: points(*width) });
                let points = [from, to].map(|end| LinePoint { p: point(*end, height), bezier: false }).to_vec();
                out.push(Op::DrawLine { line: Path { points, is_closed: false } });
            }
            Shape::Code { x, y, module, rows } => code(out, point((*x, *y), height), *module, rows),
            Shape::Grey { line, grey } => {
                out.push(fill(*grey));
                text(out, line, height, encode);
                out.push(fill(0.0));
            }
            Shape::Mirrored { line, grey, mirror } => {
                out.push(Op::SaveGraphicsState);
                out.push(matrix(mirrored(line, height, *mirror)));
                out.push(fill(*grey));
                text(out, line, height, encode);
                out.push(Op::RestoreGraphicsState);
            }
            Shape::Fill { area, grey } => {
                let Point { x, y } = point((area.x, area.bottom()), height);
                let (width, height) = (points(area.width), points(area.height));
                let rectangle = Rect { x, y, width, height, mode: Some(PaintMode::Fill), winding_order: None };
                let coloured = *grey > 0.0;
                out.extend(coloured.then(|| fill(*grey)));
                out.push(Op::DrawRectangle { rectangle });
                out.extend(coloured.then(|| fill(0.0)));
            }
        }
    }
    out.push(Op::RestoreGraphicsState);
}

/// About the middle of a line.
fn mirrored(line: &TextLine, height: f32, mirror: Mirror) -> [f32; 6] {
    let width = super::page::advance(&line.glyphs) * line.size * line.stretch;
    let middle = (height - line.baseline) * PT_PER_MM + (ASCENT - 0.5) * line.size;
    match mirror {
        Mirror::Across => [-1.0, 0.0, 0.0, 1.0, 2.0 * line.x * PT_PER_MM + width, 0.0],
        Mirror::Down => [1.0, 0.0, 0.0, -1.0, 0.0, 2.0 * middle],
    }
}

/// Dark modules, those side by side as one bar, in units of a module from the upper left corner. One path, and one
/// operation: each bar by itself would double the time of a card.
fn code(out: &mut Vec<Op>, corner: Point, module: f32, rows: &[u64]) {
    let unit = module * PT_PER_MM;
    let mut path = String::new();
    for (row, &bits) in rows.iter().enumerate() {
        let mut at = 0;
        while bits >> at != 0 {
            at += (bits >> at).trailing_zeros();
            let length = (bits >> at).trailing_ones();
            path.push_str(&format!("{at} -{} {length} 1 re\n", row + 1));
            at += length;
        }
    }
    path.push('f');
    out.push(Op::SaveGraphicsState);
    out.push(matrix([unit, 0.0, 0.0, unit, corner.x.0, corner.y.0]));
    out.push(Op::Unknown { key: path, value: Vec::new() });
    out.push(Op::RestoreGraphicsState);
}

fn text(out: &mut Vec<Op>, line: &TextLine, height: f32, encode: &mut impl GlyphEncoder) {
    let mut x = line.x;
    for run in line.glyphs.chunk_by(|a, b| a.face == b.face) {
        out.push(Op::StartTextSection);
        out.push(Op::SetFont { font: PdfFontHandle::External(font(run[0].face)), size: Pt(rounded(line.size, 1e3)) });
        if line.stretch != 1.0 {
            out.push(Op::SetHorizontalScaling { percent: rounded(line.stretch * 100.0, 1e3) });
        }
        out.push(Op::SetTextCursor { pos: point((x, line.baseline), height) });
        let glyphs = run.iter().map(|glyph| Codepoint::new(encode.encode(glyph), 0.0)).collect();
        out.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs)] });
        if line.stretch != 1.0 {
            out.push(Op::SetHorizontalScaling { percent: 100.0 });
        }
        out.push(Op::EndTextSection);
        x += super::page::advance(run) * line.size * line.stretch / PT_PER_MM;
    }
}

fn fill(grey: f32) -> Op {
    Op::SetFillColor { col: Color::Greyscale(Greyscale::new(grey, None)) }
}

fn matrix(values: [f32; 6]) -> Op {
    Op::SetTransformationMatrix { matrix: CurTransMat::Raw(values.map(|value| rounded(value, 1e4))) }
}

fn point((x, y): (f32, f32), height: f32) -> Point {
    Point { x: points(x), y: points(height - y) }
}

fn points(mm: f32) -> Pt {
    Pt(rounded(mm * PT_PER_MM, 1e3))
}

/// Rounded to the decimals that a printer can resolve.
fn rounded(value: f32, unit: f64) -> f32 {
    ((f64::from(value) * unit).round() / unit) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_more_decimals_than_a_printer_resolves() {
        let short = [0.0, -1.5, 419.527_56, 0.000_4, -0.000_6].map(|value| rounded(value, 1e3).to_string());
        assert_eq!(short, ["0", "-1.5", "419.528", "0", "-0.001"]);
    }

    #[test]
    fn calibration_shifts_right_and_down_and_scales_from_the_top() {
        let sheet = Size { width: 100.0, height: 200.0 };
        let opened = |x, y, scale| {
            let mut ops = Vec::new();
            open(&mut ops, sheet, Shift { x, y, scale });
            ops
        };
        let matrix =
            |values| vec![Op::SaveGraphicsState, Op::SetTransformationMatrix { matrix: CurTransMat::Raw(values) }];
        assert_eq!(opened(1.0, 2.0, 1.0), matrix([1.0, 0.0, 0.0, 1.0, 2.8346, -5.6693]));
        assert_eq!(opened(0.0, 0.0, 0.99), matrix([0.99, 0.0, 0.0, 0.99, 0.0, 5.6693]));
    }

    #[test]
    fn a_turned_panel_is_turned_about_its_own_middle() {
        let sheet = Size { width: 148.0, height: 210.0 };
        let area = Area { x: 0.0, y: 105.0, width: 148.0, height: 105.0 };
        let upright = Placement::new(sheet, &area, Rotation::Upright).matrix;
        let half = Placement::new(sheet, &area, Rotation::HalfTurn).matrix;
        assert_eq!((upright[4], upright[5]), (0.0, 0.0));
        assert_eq!((half[0], half[3], half[4], half[5]), (-1.0, -1.0, 148.0 * PT_PER_MM, 105.0 * PT_PER_MM));
    }
}
