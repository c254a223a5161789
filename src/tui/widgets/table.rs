//! Tables whose columns line up under full-width text, and the selection in them.
//!
//! Lists turn pages instead of scrolling: moving the selection redraws two rows, which is quick over a slow line.

use super::Focus;
use super::{area, cells};
use crate::tui::canvas::Canvas;
use crate::tui::commands::Command;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::cell::Cell;

/// How a column takes its width.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Width {
    /// So many cells, more where a text needs it, and fewer where another column does.
    Cells(u16),
    /// The same of keys, numbers and serials: they are never cut.
    Whole(u16),
    /// What the others leave, shared among all of these by need.
    Rest,
}

/// Where the text stands in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// A column and its header.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TableColumn<'a> {
    pub(crate) header: &'a str,
    pub(crate) width: Width,
    pub(crate) align: Align,
    pub(crate) holds: Holds,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// The cell of the row.
    Cells,
    /// The same, and in its place a mark where the row is marked.
    Marks,
}

impl<'a> TableColumn<'a> {
    /// A text column of fixed width.
    pub(crate) const fn cells(header: &'a str, cells: u16) -> Self {
        Self { header, width: Width::Cells(cells), align: Align::Left, holds: Holds::Cells }
    }

    /// A column of keys or serials.
    pub(crate) const fn key(header: &'a str, cells: u16) -> Self {
        Self { width: Width::Whole(cells), ..Self::cells(header, cells) }
    }

    /// A column of numbers.
    pub(crate) const fn number(header: &'a str, cells: u16) -> Self {
        Self { align: Align::Right, ..Self::key(header, cells) }
    }

    /// A text column that takes what is left.
    pub(crate) const fn rest(header: &'a str) -> Self {
        Self { width: Width::Rest, ..Self::cells(header, 0) }
    }

    /// The column of marks.
    pub(crate) const fn mark(cells: u16) -> Self {
        Self { holds: Holds::Marks, ..Self::cells("", cells) }
    }

    /// The cells that it takes where there is room for all, by its longest text.
    fn wanted(&self, longest: u16) -> u16 {
        match self.width {
            Width::Cells(cells) | Width::Whole(cells) => cells.max(longest),
            Width::Rest => longest,
        }
    }

    /// The cells that it keeps where there is not.
    fn kept(&self, longest: u16) -> u16 {
        match self.width {
            // A mark may be set at any time.
            Width::Cells(cells) if self.is_mark() => cells,
            Width::Cells(cells) => cells.min(longest),
            Width::Whole(_) => longest,
            Width::Rest => 0,
        }
    }

    /// Whether marks stand in it.
    pub(super) fn is_mark(&self) -> bool {
        self.holds == Holds::Marks
    }
}

/// A row: texts and their styles, column by column.
pub(crate) type Row = Vec<(String, Style)>;

/// Which row of a list is selected. The list remembers how many rows were drawn, to turn pages.
#[derive(Debug, Default)]
pub(super) struct Selection {
    row: usize,
    page: Cell<usize>,
}

impl Selection {
    /// The selected row of a list of that length.
    pub(super) fn row(&self, length: usize) -> Option<usize> {
        (length > 0).then(|| self.row.min(length - 1))
    }

    /// Selects a row.
    pub(super) fn select(&mut self, row: usize) {
        self.row = row;
    }

    /// Moves by a command; false where the command is not one of moving.
    pub(super) fn moved(&mut self, command: Command, length: usize) -> bool {
        let last = length.saturating_sub(1);
        let row = self.row.min(last);
        let page = self.page.get().max(1);
        self.row = match command {
            Command::Up => row.saturating_sub(1),
            Command::Down => (row + 1).min(last),
            Command::PageUp => row.saturating_sub(page),
            Command::PageDown => (row + page).min(last),
            Command::First => 0,
            Command::Last => last,
            _ => return false,
        };
        true
    }

    /// The rows of the page on which the selection is.
    pub(super) fn page(&self, length: usize, height: usize) -> std::ops::Range<usize> {
        self.page.set(height);
        let height = height.max(1);
        let first = self.row(length).unwrap_or(0) / height * height;
        first..(first + height).min(length)
    }
}

/// Draws header and rows; `row` makes one row, and only the rows on the page are made.
pub(super) fn draw(
    canvas: &mut Canvas<'_, '_>,
    area: Rect,
    columns: &[TableColumn<'_>],
    (selection, length, focus): (&Selection, usize, Focus),
    row: impl Fn(usize) -> Row,
) {
    if area.height < 2 {
        return;
    }
    let theme = canvas.cx.theme;
    let header: Row = columns.iter().map(|column| (column.header.to_owned(), theme.quiet)).collect();
    let page = selection.page(length, usize::from(area.height - 1));
    let rows: Vec<Row> = std::iter::once(header).chain(page.clone().map(row)).collect();
    let widths = widths(columns, &rows, area.width.saturating_sub(2));
    let selected = selection.row(length).map(|row| row - page.start + 1);
    for ((y, index), row) in (area.y..).zip(0..).zip(&rows) {
        draw_row(canvas, area, y, columns, &widths, row);
        if selected == Some(index) {
            let line = area::row(area, y);
            match focus {
                Focus::Here => canvas.tint(line, theme.selected),
                Focus::Elsewhere => canvas.tint(line, theme.selected_away),
            }
            canvas.text(area.x, y, 1, theme.glyphs.marker, theme.text);
        }
    }
}

/// `1-14 / 312`: what of a list is seen.
pub(super) fn range(canvas: &Canvas<'_, '_>, selection: &Selection, length: usize) -> String {
    let page = selection.page.get().max(1);
    let first = selection.row(length).unwrap_or(0) / page * page;
    canvas.cx.labels.frame.range((first + 1).min(length), (first + page).min(length), length)
}

fn draw_row(
    canvas: &mut Canvas<'_, '_>,
    area: Rect,
    y: u16,
    columns: &[TableColumn<'_>],
    widths: &[u16],
    texts: &[(String, Style)],
) {
    let mut x = area.x + 2;
    for ((column, width), (text, style)) in columns.iter().zip(widths).zip(texts) {
        let indent = match column.align {
            Align::Left => 0,
            Align::Right => width.saturating_sub(cells::width(text)),
        };
        canvas.text(x + indent, y, width - indent, text, *style);
        x += width + GAP;
    }
}

const GAP: u16 = 2;

/// Flexible columns keep so many cells while fixed ones grow.
const LEAST: u16 = 20;

/// The widths in cells for the rows in sight, the header among them. Where there is room for all texts, a fixed column has
/// its own width, and the flexible ones share the rest. Where there is not, fixed ones shrink to what is shown, but for
/// keys and numbers they are cut before a flexible one has fewer than [`LEAST`].
fn widths(columns: &[TableColumn<'_>], rows: &[Row], all: u16) -> Vec<u16> {
    let longest = |at: usize| {
        let texts = rows.iter().filter_map(|row| row.get(at));
        texts.map(|(text, _)| cells::width(text)).max().unwrap_or(0)
    };
    let longest: Vec<u16> = (0..columns.len()).map(longest).collect();
    let each = || columns.iter().zip(&longest);
    let gaps = GAP * u16::try_from(columns.len().saturating_sub(1)).unwrap_or(0);
    let room = all.saturating_sub(gaps);
    let (flexible, fixed): (Vec<usize>, Vec<usize>) =
        (0..columns.len()).partition(|at| matches!(columns[*at].width, Width::Rest));
    let fits = each().map(|(column, longest)| column.wanted(*longest)).sum::<u16>() <= room;
    let mut widths: Vec<u16> = each().map(|(column, longest)| column.kept(*longest)).collect();
    let mut left = room.saturating_sub(widths.iter().sum());
    let least: u16 = if fits { 0 } else { flexible.iter().map(|at| longest[*at].min(LEAST)).sum() };
    for at in fixed {
        let wish = if fits { columns[at].wanted(longest[at]) } else { longest[at] };
        let growth = wish.saturating_sub(widths[at]).min(left.saturating_sub(least));
        widths[at] += growth;
        left -= growth;
    }
    share(&flexible, &longest, left, &mut widths);
    widths
}

/// Shares cells evenly among the columns; where one needs more than its share, the others give what they do not need.
fn share(columns: &[usize], longest: &[u16], mut left: u16, widths: &mut [u16]) {
    let count = u16::try_from(columns.len().max(1)).unwrap_or(u16::MAX);
    let is_enough = columns.iter().all(|at| longest[*at] <= left / count);
    let mut ascending = columns.to_vec();
    ascending.sort_by_key(|at| longest[*at]);
    for (at, waiting) in ascending.into_iter().zip((1..=count).rev()) {
        let even = left / waiting;
        widths[at] = if is_enough { even } else { even.min(longest[at]) };
        left -= widths[at];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selection_stays_inside_a_list_that_shrank() {
        let mut selection = Selection::default();
        selection.select(9);
        assert_eq!(selection.row(3), Some(2));
        assert_eq!(selection.row(0), None);
        assert!(selection.moved(Command::Up, 3));
        assert_eq!(selection.row(3), Some(1));
    }

    #[test]
    fn a_list_turns_pages() {
        let mut selection = Selection::default();
        assert_eq!(selection.page(25, 10), 0..10);
        selection.moved(Command::PageDown, 25);
        assert_eq!(selection.page(25, 10), 10..20);
        selection.moved(Command::Last, 25);
        assert_eq!(selection.page(25, 10), 20..25);
        assert!(!selection.moved(Command::Help, 25));
    }

    fn measured(texts: [&str; 4], all: u16) -> Vec<u16> {
        let columns =
            [TableColumn::cells("", 10), TableColumn::rest(""), TableColumn::number("", 4), TableColumn::rest("")];
        let row = texts.map(|text| (text.to_owned(), Style::new()));
        widths(&columns, &[row.to_vec()], all)
    }

    #[test]
    fn flexible_columns_share_what_is_left() {
        assert_eq!(measured(["", "", "", ""], 60), [10, 20, 4, 20]);
        assert_eq!(measured(["", "高橋花子", "", &"a".repeat(30)], 60), [10, 8, 4, 30], "one gives to the other");
        assert_eq!(
            measured(["", &"a".repeat(90), "", &"a".repeat(30)], 60),
            [0, 27, 0, 27],
            "the fixed ones give, too"
        );
        assert_eq!(measured(["発送待ち", &"a".repeat(90), "1", ""], 60), [8, 45, 1, 0]);
    }

    #[test]
    fn a_number_that_is_longer_than_its_column_is_not_cut() {
        assert_eq!(measured(["山田", "山田", "12345", "山田"], 60), [10, 19, 5, 20]);
        let name = "a".repeat(30);
        assert_eq!(measured(["a long remark", &name, "1234567", &name], 60), [10, 18, 7, 19], "names keep some cells");
    }

    proptest::proptest! {
        #[test]
        fn columns_fit_and_give_what_they_do_not_need(
            lengths in proptest::collection::vec((0_u16..40, 0_usize..3, 1_u16..20), 1..8),
            all in 60_u16..160,
        ) {
            let columns: Vec<TableColumn<'_>> = lengths.iter().map(|(_, kind, cells)| match kind {
                0 => TableColumn::cells("", *cells),
                1 => TableColumn::key("", *cells),
                _ => TableColumn::rest(""),
            }).collect();
            let row: Row = lengths.iter().map(|(length, ..)| ("a".repeat(usize::from(*length)), Style::new())).collect();
            let found = widths(&columns, &[row], all);
            let room = all - GAP * (columns.len() as u16 - 1);
            let keys = |at: &usize| matches!(columns[*at].width, Width::Whole(_));
            let needed: u16 = (0..columns.len()).filter(keys).map(|at| lengths[at].0).sum();
            proptest::prop_assume!(needed <= room);
            proptest::prop_assert!(found.iter().sum::<u16>() <= room.max(columns.iter().zip(&lengths).map(|(c, l)| c.kept(l.0)).sum()));
            for at in (0..columns.len()).filter(keys) {
                proptest::prop_assert!(found[at] >= lengths[at].0, "a key is cut");
            }
            let cut = (0..columns.len()).any(|at| matches!(columns[at].width, Width::Rest) && found[at] < lengths[at].0);
            for at in (0..columns.len()).filter(|at| cut && !matches!(columns[*at].width, Width::Rest)) {
                proptest::prop_assert!(found[at] <= lengths[at].0, "a fixed column stands half empty");
            }
        }
    }
}
