//! Bars: how far long work has come, and how much of a kind there is.

use crate::tui::canvas::Canvas;
use ratatui::style::Style;

/// A bar of `width` cells that is `done` of `total` full.
pub(crate) fn bar(canvas: &mut Canvas<'_, '_>, (x, y, width): (u16, u16, u16), done: u64, total: u64, style: Style) {
    let glyphs = canvas.cx.theme.glyphs;
    let rule = canvas.cx.theme.rule;
    let full = filled(width, done, total);
    canvas.text(x, y, full, &glyphs.bar.repeat(usize::from(full)), style);
    canvas.text(x + full, y, width - full, &glyphs.bar_rest.repeat(usize::from(width - full)), rule);
}

/// A length of at most `width` cells, the longest for `most`; whatever is not nothing is seen.
pub(crate) fn length(canvas: &mut Canvas<'_, '_>, (x, y, width): (u16, u16, u16), value: u64, most: u64, style: Style) {
    let cells = filled(width, value, most).max(u16::from(value > 0)).min(width);
    let bar = canvas.cx.theme.glyphs.bar.repeat(usize::from(cells));
    canvas.text(x, y, cells, &bar, style);
}

fn filled(width: u16, done: u64, total: u64) -> u16 {
    if total == 0 {
        return 0;
    }
    u16::try_from(u64::from(width) * done.min(total) / total).unwrap_or(width)
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn a_bar_is_full_only_when_all_is_done() {
        assert_eq!(filled(26, 0, 31), 0);
        assert_eq!(filled(26, 30, 31), 25);
        assert_eq!(filled(26, 31, 31), 26);
        assert_eq!(filled(26, 40, 31), 26);
        assert_eq!(filled(26, 1, 0), 0);
    }
}
