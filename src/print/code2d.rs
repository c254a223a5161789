//! Two-dimensional codes: the serial of a card (B14), and the portal's address.

use super::geometry::Area;
use super::page::Shape;
use qrcode::bits::encode_auto;
use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::ec::construct_codewords;
use qrcode::{Color, EcLevel};

/// Light modules around a code, as the standard wants.
const QUIET: usize = 4;

/// The smallest module that scanners and cheap telephones read, mm.
const LEAST: f32 = 0.3;

/// A code in the middle of its box, its light border inside. `None` if the text is too long or the box too small.
pub(super) fn set(text: &str, area: &Area) -> Option<Vec<Shape>> {
    let rows = modules(text)?;
    let side = rows.len() + 2 * QUIET;
    let module = area.width.min(area.height) / side as f32;
    if module < LEAST {
        return None;
    }
    let size = rows.len() as f32 * module;
    let (x, y) = (area.x + (area.width - size) / 2.0, area.y + (area.height - size) / 2.0);
    Some(vec![Shape::Code { x, y, module, rows }])
}

/// The dark modules of each row, the left one in the lowest bit. Always in the same mask: choosing the best of eight
/// takes longer than setting the card, and every reader undoes each.
fn modules(text: &str) -> Option<Vec<u64>> {
    const LEVEL: EcLevel = EcLevel::M;
    let bits = encode_auto(text.as_bytes(), LEVEL).ok()?;
    let version = bits.version();
    let (data, correction) = construct_codewords(&bits.into_bytes(), version, LEVEL).ok()?;
    let mut canvas = Canvas::new(version, LEVEL);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &correction);
    canvas.apply_mask(MaskPattern::Checkerboard);
    let width = usize::try_from(version.width()).ok().filter(|width| *width < 64)?;
    let dark = |row: &[Color]| {
        row.iter().enumerate().filter(|(_, color)| **color == Color::Dark).fold(0, |bits, (at, _)| bits | 1 << at)
    };
    Some(canvas.into_colors().chunks(width).map(dark).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads modules back with another implementation, eight pixels each.
    fn read(rows: &[u64]) -> String {
        const SCALE: usize = 8;
        let side = (rows.len() + 2 * QUIET) * SCALE;
        let dark = |x: usize, y: usize| {
            let inside = |at: usize| (at / SCALE).checked_sub(QUIET).filter(|at| *at < rows.len());
            inside(x).zip(inside(y)).is_some_and(|(x, y)| rows[y] >> x & 1 == 1)
        };
        let mut picture =
            rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| if dark(x, y) { 0 } else { 255 });
        picture.detect_grids()[0].decode().unwrap().1
    }

    #[test]
    fn b14_another_reader_reads_what_was_encoded() {
        for text in
            ["B20261122-001-0042", "B20991231-999-9999", "https://portal.example.jp/", &"https://x.jp/".repeat(6)]
        {
            assert_eq!(read(&modules(text).unwrap()), *text);
        }
    }

    #[test]
    fn b14_a_serial_needs_the_smallest_code() {
        assert_eq!(modules("B20261122-001-0042").unwrap().len(), 21);
        let area = |side| Area { x: 0.0, y: 0.0, width: side, height: side };
        assert!(set("B20261122-001-0042", &area(10.0)).is_some() && set("B20261122-001-0042", &area(8.0)).is_none());
    }
}
