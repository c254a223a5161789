//! Parts of an area: what `Layout` gives for the splits that screens and dialogs need. A part that does not fit is cut.

use ratatui::layout::{Constraint, Layout, Margin, Rect};

/// The first rows, and what is below them.
pub(crate) fn split_top(area: Rect, rows: u16) -> [Rect; 2] {
    Layout::vertical([Constraint::Length(rows), Constraint::Fill(1)]).areas(area)
}

/// What is above the last rows, and these.
pub(crate) fn split_bottom(area: Rect, rows: u16) -> [Rect; 2] {
    Layout::vertical([Constraint::Fill(1), Constraint::Length(rows)]).areas(area)
}

/// The first cells of each row, and what is to the right of them.
pub(crate) fn split_left(area: Rect, cells: u16) -> [Rect; 2] {
    Layout::horizontal([Constraint::Length(cells), Constraint::Fill(1)]).areas(area)
}

/// What is from a row of the screen on.
pub(crate) fn below(area: Rect, y: u16) -> Rect {
    let [_, below] = split_top(area, y.saturating_sub(area.y));
    below
}

/// Two panes, the left one of so many cells, and the rule between them; a cell is free beside each.
pub(crate) fn panes(area: Rect, left: u16) -> [Rect; 3] {
    let cells = [1, left, 1, 1, 1].map(Constraint::Length);
    let [_, left, _, rule, _, right] = Layout::horizontal(cells.into_iter().chain([Constraint::Fill(1)])).areas(area);
    [left, rule, Rect { width: right.width.saturating_sub(1), ..right }]
}

/// An area of this size, as far as it fits, in the middle of another.
pub(crate) fn centred(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect::new(area.x + (area.width - width) / 2, area.y + (area.height - height) / 2, width, height)
}

/// One row of an area.
pub(crate) const fn row(area: Rect, y: u16) -> Rect {
    Rect { y, height: 1, ..area }
}

/// An area without the two cells at either side that texts of a screen keep free.
pub(crate) const fn inset(area: Rect) -> Rect {
    area.inner(Margin::new(2, 0))
}

/// How many rows these lines take.
pub(crate) fn height<T>(lines: &[T]) -> u16 {
    u16::try_from(lines.len()).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_split_takes_no_more_than_there_is() {
        let area = Rect::new(2, 3, 10, 4);
        assert_eq!(split_top(area, 1), [Rect::new(2, 3, 10, 1), Rect::new(2, 4, 10, 3)]);
        assert_eq!(split_bottom(area, 3), [Rect::new(2, 3, 10, 1), Rect::new(2, 4, 10, 3)]);
        assert_eq!(split_left(area, 4), [Rect::new(2, 3, 4, 4), Rect::new(6, 3, 6, 4)]);
        assert_eq!(split_top(area, 9), [Rect::new(2, 3, 10, 4), Rect::new(2, 7, 10, 0)]);
    }

    #[test]
    fn panes_stand_beside_their_rule() {
        let panes = panes(Rect::new(0, 3, 80, 4), 37);
        assert_eq!(panes, [Rect::new(1, 3, 37, 4), Rect::new(39, 3, 1, 4), Rect::new(41, 3, 38, 4)]);
    }

    #[test]
    fn a_box_is_centred_and_cut_to_its_area() {
        let area = Rect::new(0, 0, 80, 24);
        assert_eq!(centred(area, 57, 7), Rect::new(11, 8, 57, 7));
        assert_eq!(centred(area, 99, 30), area);
    }
}
