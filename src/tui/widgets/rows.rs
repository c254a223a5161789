//! A text of several lines as a field shows it: where each row begins, and in which cell a caret stands.

use super::cells;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// The rows of a text, in bytes and without their line breaks. There is always one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TextRows(Vec<Range<usize>>);

impl TextRows {
    /// Broken at line breaks, and between graphemes where a line is wider than `width` cells.
    pub(super) fn of(text: &str, width: u16) -> Self {
        let mut rows = Vec::new();
        let mut start = 0;
        for line in text.split('\n') {
            let (mut from, mut used) = (start, 0);
            for (at, grapheme) in line.grapheme_indices(true) {
                let wide = cells::width(grapheme);
                if used + wide > width.max(2) {
                    rows.push(from..start + at);
                    (from, used) = (start + at, 0);
                }
                used += wide;
            }
            rows.push(from..start + line.len());
            start += line.len() + 1;
        }
        Self(rows)
    }

    /// The row in which a caret stands; at a break inside a line, the row that begins there.
    pub(super) fn row(&self, caret: usize) -> usize {
        self.0.iter().rposition(|row| row.start <= caret).unwrap_or(0)
    }

    /// A row, if the text has so many.
    pub(super) fn get(&self, row: usize) -> Option<Range<usize>> {
        self.0.get(row).cloned()
    }

    /// Where a caret goes that moves to `row` and stays near the cell `x`.
    pub(super) fn caret(&self, text: &str, row: usize, x: u16) -> Option<usize> {
        let range = self.get(row)?;
        Some(range.start + cells::prefix(&text[range], x).len())
    }

    /// From `first` on.
    pub(super) fn from(&self, first: usize) -> impl Iterator<Item = Range<usize>> {
        self.0.iter().skip(first).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, width: u16) -> Vec<&str> {
        TextRows::of(text, width).0.into_iter().map(|row| &text[row]).collect()
    }

    #[test]
    fn a_text_is_broken_by_cells_and_at_its_own_line_breaks() {
        assert_eq!(shown("東海林\n拓也さん", 4), ["東海", "林", "拓也", "さん"]);
        assert_eq!(shown("", 4), [""]);
        assert_eq!(shown("a\n", 4), ["a", ""]);
    }

    #[test]
    fn a_row_never_begins_inside_a_grapheme() {
        assert_eq!(shown("ｶﾞｷﾞ", 2), ["ｶﾞ", "ｷﾞ"]);
        assert_eq!(shown("葛\u{E0100}飾", 3), ["葛\u{E0100}", "飾"]);
    }

    #[test]
    fn a_full_width_blank_takes_two_cells_of_its_row() {
        assert_eq!(shown("東\u{3000}海", 5), ["東\u{3000}", "海"]);
    }

    #[test]
    fn a_caret_at_a_break_inside_a_line_stands_on_the_row_below() {
        let rows = TextRows::of("東海林\n拓也", 4);
        assert_eq!([0, 6, 9, 10].map(|caret| rows.row(caret)), [0, 1, 1, 2]);
    }

    #[test]
    fn moving_between_rows_never_splits_a_character() {
        let text = "abc\n東海";
        let rows = TextRows::of(text, 10);
        assert_eq!(rows.caret(text, 1, 3), Some(7));
        assert_eq!(rows.caret(text, 0, 9), Some(3));
        assert_eq!(rows.caret(text, 2, 0), None);
    }
}
