//! 隠蔽地紋: decoys that hide what shows through the paper. They have the size and the characters of a password and are
//! mirrored as it would be seen, so that eyes and machines cannot tell the two apart.

use super::fit::TextStyle;
use super::font::Fonts;
use super::geometry::{Area, MM_PER_PT};
use super::page::{ASCENT, Mirror, Shape, TextLine, advance};
use crate::secrets::PasswordPolicy;

/// From one decoy to the next, in ems: they overlap, so that no letter stands free between them.
const ACROSS: f32 = 0.3;
const DOWN: f32 = 0.27;

/// Ink of the decoys: about what shows through, and more. Black would leave the grey between it to be read.
const GREYS: [f32; 3] = [0.72, 0.6, 0.48];

/// A mixed multiplier (splitmix64): the same pattern on every card, without any order in it.
fn draw(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB) >> 33
}

/// Fills a box with decoys.
pub(super) fn set(area: &Area, style: &TextStyle, fonts: &Fonts) -> Vec<Shape> {
    let letters = fonts.resolve_in(PasswordPolicy::ALPHABET, style.weight).unwrap_or_default();
    let (mut state, mut shapes) = (0, Vec::new());
    let mut pick = |count: usize| usize::try_from(draw(&mut state)).unwrap_or(0) % count.max(1);
    let em = style.largest * MM_PER_PT;
    let columns = ((area.width - em) / (em * ACROSS)).max(0.0) as usize + 1;
    let rows = ((area.height - em) / (em * DOWN)).max(0.0) as usize + 1;
    for cell in 0..rows * columns {
        let Some(glyph) = letters.get(pick(letters.len())) else { continue };
        let size = style.smallest + (style.largest - style.smallest) * pick(8) as f32 / 7.0;
        let width = advance(&[*glyph]) * size * MM_PER_PT;
        let free = |from: f32, step: f32, most: f32, shift: usize| {
            (from + step + shift as f32 / 10.0 * em * ACROSS).clamp(from, most)
        };
        let step = ((cell % columns) as f32 * em * ACROSS, (cell / columns) as f32 * em * DOWN);
        let x = free(area.x, step.0, area.right() - width, pick(10));
        let y = free(area.y, step.1, area.bottom() - size * MM_PER_PT, pick(10));
        let baseline = y + ASCENT * size * MM_PER_PT;
        let line = TextLine { glyphs: vec![*glyph], x, baseline, size, stretch: 1.0 };
        // A panel that is turned on the sheet sees the password upside down.
        let mirror = if pick(2) == 0 { Mirror::Across } else { Mirror::Down };
        shapes.push(Shape::Mirrored { line, grey: GREYS[pick(GREYS.len())], mirror });
    }
    shapes
}
