//! Marks to PDF operators.

use super::font::Glyph;
use super::geometry::{Area, PT_PER_MM, Size, Turn};
use super::page::{Line, Mark};
use super::template::Calibration;
use std::io::Write as _;

/// Where a panel lies: the matrix from its own points (origin at its lower left) to the sheet's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placement {
    matrix: [f32; 6],
    height: f32,
}

impl Placement {
    pub(super) fn new(sheet: Size, area: &Area, turn: Turn) -> Self {
        let (left, right) = (area.x * PT_PER_MM, area.right() * PT_PER_MM);
        let (low, high) = ((sheet.height - area.bottom()) * PT_PER_MM, (sheet.height - area.y) * PT_PER_MM);
        let matrix = match turn {
            Turn::Upright => [1.0, 0.0, 0.0, 1.0, left, low],
            Turn::Half => [-1.0, 0.0, 0.0, -1.0, right, high],
        };
        Self { matrix, height: area.height }
    }
}

/// Turns a resolved glyph into the two bytes that stand for it in this document.
pub(super) trait Encode {
    fn encode(&mut self, glyph: &Glyph) -> u16;
}

/// Opens a page whose printer needs correction. Closed by [`close`].
pub(super) fn open(out: &mut Vec<u8>, sheet: Size, calibration: Calibration) {
    let Calibration { x, y, scale } = calibration;
    let rise = sheet.height * (1.0 - scale) - y;
    out.extend_from_slice(b"q ");
    matrix(out, &[scale, 0.0, 0.0, scale, x * PT_PER_MM, rise * PT_PER_MM]);
}

/// Ends what [`open`] or [`panel`] began.
pub(super) fn close(out: &mut Vec<u8>) {
    out.extend_from_slice(b"Q\n");
}

/// Draws the marks of one panel.
pub(super) fn panel(out: &mut Vec<u8>, placement: &Placement, marks: &[Mark], encode: &mut impl Encode) {
    out.extend_from_slice(b"q ");
    matrix(out, &placement.matrix);
    for mark in marks {
        match mark {
            Mark::Type(line) => typed(out, line, placement.height, encode),
            Mark::Stroke { from, to, width, dashed } => {
                let dash: &[u8] = if *dashed { b"[3 2] 0 d " } else { b"[] 0 d " };
                out.extend_from_slice(dash);
                numbers(out, &[width * PT_PER_MM]);
                out.extend_from_slice(b"w ");
                point(out, *from, placement.height);
                out.extend_from_slice(b"m ");
                point(out, *to, placement.height);
                out.extend_from_slice(b"l S\n");
            }
            Mark::Fill { area, grey } => {
                numbers(out, &[*grey]);
                out.extend_from_slice(b"g ");
                point(out, (area.x, area.bottom()), placement.height);
                numbers(out, &[area.width * PT_PER_MM, area.height * PT_PER_MM]);
                out.extend_from_slice(b"re f 0 g\n");
            }
        }
    }
    close(out);
}

fn typed(out: &mut Vec<u8>, line: &Line, height: f32, encode: &mut impl Encode) {
    let mut x = line.x;
    for run in line.glyphs.chunk_by(|a, b| a.face == b.face) {
        let _ = write!(out, "BT /F{} ", run[0].face);
        numbers(out, &[line.size]);
        out.extend_from_slice(b"Tf ");
        if line.stretch != 1.0 {
            numbers(out, &[line.stretch * 100.0]);
            out.extend_from_slice(b"Tz ");
        }
        point(out, (x, line.baseline), height);
        out.extend_from_slice(b"Td (");
        for glyph in run {
            code(out, encode.encode(glyph));
        }
        out.extend_from_slice(b") Tj");
        if line.stretch != 1.0 {
            out.extend_from_slice(b" 100 Tz");
        }
        out.extend_from_slice(b" ET\n");
        x += super::page::advance(run) * line.size * line.stretch / PT_PER_MM;
    }
}

fn matrix(out: &mut Vec<u8>, values: &[f32; 6]) {
    for value in values {
        number(out, *value, 4);
    }
    out.extend_from_slice(b"cm\n");
}

fn point(out: &mut Vec<u8>, (x, y): (f32, f32), height: f32) {
    numbers(out, &[x * PT_PER_MM, (height - y) * PT_PER_MM]);
}

fn numbers(out: &mut Vec<u8>, values: &[f32]) {
    for value in values {
        number(out, *value, 3);
    }
}

/// A number and a blank, with so many decimals at most.
fn number(out: &mut Vec<u8>, value: f32, decimals: u32) {
    let unit = 10i64.pow(decimals);
    let scaled = (f64::from(value) * unit as f64).round() as i64;
    if scaled < 0 {
        out.push(b'-');
    }
    let (whole, mut part) = (scaled.unsigned_abs() / unit as u64, scaled.unsigned_abs() % unit as u64);
    digits(out, whole);
    if part > 0 {
        out.push(b'.');
        let mut place = unit as u64 / 10;
        while part > 0 {
            out.push(b'0' + (part / place) as u8);
            part %= place;
            place /= 10;
        }
    }
    out.push(b' ');
}

fn digits(out: &mut Vec<u8>, mut value: u64) {
    let mut buffer = [0u8; 20];
    let mut at = buffer.len();
    loop {
        at -= 1;
        buffer[at] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    out.extend_from_slice(&buffer[at..]);
}

/// Two bytes of a string; those that mean something in one are escaped.
fn code(out: &mut Vec<u8>, code: u16) {
    for byte in code.to_be_bytes() {
        match byte {
            b'(' | b')' | b'\\' => out.extend([b'\\', byte]),
            b'\r' => out.extend(*b"\\r"),
            _ => out.push(byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_exact() {
        let mut out = Vec::new();
        for value in [0.0, 1.0, -1.5, 419.5276, 0.001, 1234.05, -0.0001] {
            number(&mut out, value, 3);
        }
        assert_eq!(String::from_utf8(out).unwrap(), "0 1 -1.5 419.528 0.001 1234.05 0 ");
    }

    #[test]
    fn a_calibration_moves_right_and_down_and_scales_from_the_upper_left_corner() {
        let mut out = Vec::new();
        let sheet = Size { width: 100.0, height: 200.0 };
        open(&mut out, sheet, Calibration { x: 1.0, y: 2.0, scale: 1.0 });
        open(&mut out, sheet, Calibration { x: 0.0, y: 0.0, scale: 0.99 });
        assert_eq!(String::from_utf8(out).unwrap(), "q 1 0 0 1 2.8346 -5.6693 cm\nq 0.99 0 0 0.99 0 5.6693 cm\n");
    }

    #[test]
    fn a_turned_panel_is_turned_about_its_own_middle() {
        let sheet = Size { width: 148.0, height: 210.0 };
        let area = Area { x: 0.0, y: 105.0, width: 148.0, height: 105.0 };
        let upright = Placement::new(sheet, &area, Turn::Upright).matrix;
        let half = Placement::new(sheet, &area, Turn::Half).matrix;
        assert_eq!((upright[4], upright[5]), (0.0, 0.0));
        assert_eq!((half[0], half[3], half[4], half[5]), (-1.0, -1.0, 148.0 * PT_PER_MM, 105.0 * PT_PER_MM));
    }

    #[test]
    fn every_code_survives_as_a_string() {
        let mut out = Vec::new();
        for value in [0x2829, 0x5C0D, 0x000A, 0x4142] {
            code(&mut out, value);
        }
        assert_eq!(out, b"\\(\\)\\\\\\r\0\nAB");
    }
}
