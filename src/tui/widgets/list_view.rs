//! A list that is loaded, filtered, selected in, marked and drawn: what every screen with rows does with them.
//!
//! ```text
//! lines: ListView<BatchLine>                          // impl ListItem for BatchLine { key, cells }
//!
//! self.lines.wait();                                  // asked for; older rows stay to look at until then
//! self.lines.set(rows, cx);                           // loaded: the selection follows its row
//! self.lines.fail(&why)                               // Some(text) where older rows stay: say it in the message line
//! fn list(&mut self) -> Option<&mut dyn AnyList>      // of the screen: keys that move and filter go to this list
//! self.lines.selected()                               // the row at hand
//! let look = ListLook { columns: &columns, empty: (words.empty, words.empty_next), focus: Focus::Here, foot: 1 };
//! if self.lines.draw(canvas, area, &look) {
//!     self.lines.draw_range(canvas, area, area.bottom() - 1);      // `1-14 / 312`, in the lines of the foot
//! }
//! ```

use super::Focus;
use super::area;
use super::states;
use super::table::{self, Row, Selection, TableColumn};
use crate::tui::canvas::Canvas;
use crate::tui::commands::Command;
use crate::tui::context::Context;
use ratatui::layout::{Margin, Rect};

/// A row of a list.
pub(crate) trait ListItem {
    /// What identifies a row in the list that is read next.
    type Key: PartialEq;

    /// The identity of this row.
    fn key(&self) -> Self::Key;

    /// Its cells, column by column. A filter looks for its text in them.
    fn cells(&self, cx: &Context) -> Row;
}

/// A list, whatever its rows are: what the keys that every list has do with it.
pub(crate) trait AnyList {
    /// Moves the selection; false where the command is not one of moving.
    fn moved(&mut self, command: Command) -> bool;

    /// Shows only rows whose cells have all words of the text, in any width, kana or case; an empty text shows all.
    fn filter(&mut self, text: &str, cx: &Context);

    /// The text of the filter; empty where all rows are shown.
    fn filter_text(&self) -> &str;
}

/// How a list is drawn.
pub(crate) struct ListLook<'a> {
    pub(crate) columns: &'a [TableColumn<'a>],
    /// What an empty list says, and what to do next.
    pub(crate) empty: (&'a str, &'a str),
    pub(crate) focus: Focus,
    /// Lines below the rows that belong to the screen.
    pub(crate) foot: u16,
}

/// How far the loading has come.
#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    /// Nothing was asked for.
    Idle,
    Waiting,
    Ready,
    /// Why there are no rows, in words.
    Failed(String),
}

/// Whether a row is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Set,
    Unset,
}

/// Rows, which of them are shown, which of those is selected, and which are marked.
pub(crate) struct ListView<T: ListItem> {
    state: State,
    rows: Vec<T>,
    filter: String,
    /// The rows that the filter leaves, by index.
    shown: Vec<usize>,
    selection: Selection,
    /// Marked rows, also such as are not in the list now.
    marks: Vec<T::Key>,
}

impl<T: ListItem> Default for ListView<T> {
    fn default() -> Self {
        Self {
            state: State::Idle,
            rows: Vec::new(),
            filter: String::new(),
            shown: Vec::new(),
            selection: Selection::default(),
            marks: Vec::new(),
        }
    }
}

impl<T: ListItem> AnyList for ListView<T> {
    fn moved(&mut self, command: Command) -> bool {
        self.selection.moved(command, self.len())
    }

    fn filter(&mut self, text: &str, cx: &Context) {
        let selected = self.selected().map(ListItem::key);
        text.trim().clone_into(&mut self.filter);
        self.show(selected, cx);
    }

    fn filter_text(&self) -> &str {
        &self.filter
    }
}

impl<T: ListItem> ListView<T> {
    /// A list of rows that are here.
    pub(crate) fn of(rows: Vec<T>) -> Self {
        Self { state: State::Ready, shown: (0..rows.len()).collect(), rows, ..Self::default() }
    }

    /// Rows have been asked for. Those that are there stay until the new ones come.
    pub(crate) fn wait(&mut self) {
        if self.state != State::Ready {
            self.state = State::Waiting;
        }
    }

    /// Takes loaded rows. The selection stays with its row; where that is gone, at its place.
    pub(crate) fn set(&mut self, rows: Vec<T>, cx: &Context) {
        let selected = self.selected().map(ListItem::key);
        self.rows = rows;
        self.state = State::Ready;
        self.show(selected, cx);
    }

    /// Loading has failed. Returns the reason where older rows stay in sight, so that it is said elsewhere.
    pub(crate) fn fail(&mut self, why: &str) -> Option<String> {
        if self.state == State::Ready {
            return Some(why.to_owned());
        }
        self.state = State::Failed(why.to_owned());
        None
    }

    /// Loading has failed, and the rows that are there answer something else.
    pub(crate) fn fail_empty(&mut self, why: &str) {
        self.clear();
        self.state = State::Failed(why.to_owned());
    }

    /// Forgets rows, filter and selection, as if nothing had been asked for. What is marked stays marked.
    pub(crate) fn clear(&mut self) {
        *self = Self { marks: std::mem::take(&mut self.marks), ..Self::default() };
    }

    /// Applies the filter and selects the row with that key, if it is shown.
    fn show(&mut self, selected: Option<T::Key>, cx: &Context) {
        let wanted: Vec<String> = self.filter.split_whitespace().map(crate::text::name_key).collect();
        let fits = |row: &T| {
            wanted.is_empty() || {
                let cells: Vec<_> = row.cells(cx).iter().map(|(text, _)| crate::text::name_key(text)).collect();
                wanted.iter().all(|word| cells.iter().any(|cell| cell.contains(word)))
            }
        };
        self.shown = (0..self.rows.len()).filter(|index| fits(&self.rows[*index])).collect();
        let is_selected = |index: &usize| selected.as_ref().is_some_and(|key| self.rows[*index].key() == *key);
        if let Some(at) = self.shown.iter().position(is_selected) {
            self.selection.select(at);
        }
    }

    /// Whether rows have been loaded, be there none.
    pub(crate) fn is_ready(&self) -> bool {
        self.state == State::Ready
    }

    /// Every row, also those that the filter hides.
    pub(crate) fn rows(&self) -> &[T] {
        &self.rows
    }

    /// The rows that the filter leaves, in their order.
    pub(crate) fn shown(&self) -> impl Iterator<Item = &T> {
        self.shown.iter().map(|index| &self.rows[*index])
    }

    /// How many rows are shown.
    pub(crate) fn len(&self) -> usize {
        self.shown.len()
    }

    /// The place of the selected row among those that are shown.
    pub(crate) fn index(&self) -> Option<usize> {
        self.selection.row(self.len())
    }

    /// The selected row.
    pub(crate) fn selected(&self) -> Option<&T> {
        self.rows.get(*self.shown.get(self.index()?)?)
    }

    /// The selected row, to change it in place.
    pub(crate) fn selected_mut(&mut self) -> Option<&mut T> {
        let row = *self.shown.get(self.index()?)?;
        self.rows.get_mut(row)
    }

    /// Selects a row by its place among those that are shown.
    pub(crate) fn select(&mut self, index: usize) {
        self.selection.select(index);
    }

    /// Selects a row by its place among all, where it is shown.
    pub(crate) fn select_row(&mut self, row: usize) {
        if let Some(index) = self.shown.iter().position(|shown| *shown == row) {
            self.selection.select(index);
        }
    }

    /// Marks the selected row, or takes its mark away; what it is now.
    pub(crate) fn toggle_mark(&mut self) -> Option<Mark> {
        let key = self.selected()?.key();
        Some(match self.marks.iter().position(|mark| *mark == key) {
            Some(at) => {
                self.marks.remove(at);
                Mark::Unset
            }
            None => {
                self.marks.push(key);
                Mark::Set
            }
        })
    }

    /// The keys of marked rows, also of such as are not in the list now.
    pub(crate) fn marks(&self) -> &[T::Key] {
        &self.marks
    }

    /// Marks exactly these.
    pub(crate) fn set_marks(&mut self, marks: Vec<T::Key>) {
        self.marks = marks;
    }

    /// Draws the rows above the foot, or what there is instead of them. Whether there are rows.
    pub(crate) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, look: &ListLook<'_>) -> bool {
        let ready = self.draw_state(canvas, area, look.empty);
        if ready {
            let [list, _] = area::split_bottom(area, look.foot);
            self.draw_rows(canvas, list, (look.columns, look.focus));
        }
        ready
    }

    /// Says that there are no rows, or none yet, and why. Whether there are rows to draw.
    pub(crate) fn draw_state(&self, canvas: &mut Canvas<'_, '_>, area: Rect, (what, next): (&str, &str)) -> bool {
        match &self.state {
            State::Idle => {}
            State::Waiting => states::draw_loading(canvas, area),
            State::Failed(why) => states::draw_failed(canvas, area, why),
            State::Ready if self.rows.is_empty() => states::draw_empty(canvas, area, what, next),
            State::Ready if self.shown.is_empty() => {
                let words = &canvas.cx.labels.frame;
                states::draw_empty(canvas, area, &words.no_match(&self.filter), words.no_match_next);
            }
            State::Ready => return true,
        }
        false
    }

    /// Draws header and rows, and above them what they are filtered by; only the rows of the page in sight are made.
    pub(crate) fn draw_rows(
        &self,
        canvas: &mut Canvas<'_, '_>,
        area: Rect,
        (columns, focus): (&[TableColumn<'_>], Focus),
    ) {
        let (cx, theme) = (canvas.cx, canvas.cx.theme);
        let [line, filtered] = area::split_top(area, 1);
        let list = if self.filter.is_empty() { area } else { filtered };
        if list != area {
            let text = cx.labels.frame.filtered(&self.filter, self.len(), self.rows.len());
            canvas.lines(line.inner(Margin::new(2, 0)), &[text], theme.attention);
        }
        let mark_column = columns.iter().position(TableColumn::is_mark);
        let cells = |at: usize| {
            let row = &self.rows[self.shown[at]];
            let mut cells = row.cells(cx);
            let mark = mark_column.and_then(|column| cells.get_mut(column));
            if let Some(mark) = mark.filter(|_| self.marks.contains(&row.key())) {
                *mark = ("[x]".to_owned(), theme.good);
            }
            cells
        };
        table::draw(canvas, list, columns, (&self.selection, self.len(), focus), cells);
    }

    /// The rows of the page in sight, each with its lines on the screen and whether it is selected, for lists
    /// that are not tables.
    pub(crate) fn page(&self, area: Rect, lines: u16) -> impl Iterator<Item = (Rect, &T, Focus)> {
        let page = self.selection.page(self.len(), usize::from(area.height / lines));
        page.zip((area.y..).step_by(usize::from(lines))).map(move |(at, y)| {
            (Rect { y, height: lines, ..area }, &self.rows[self.shown[at]], Focus::at(Some(at), self.index()))
        })
    }

    /// `1-14 / 312`: which of the shown rows are in sight.
    pub(crate) fn range(&self, canvas: &Canvas<'_, '_>) -> String {
        table::range(canvas, &self.selection, self.len())
    }

    /// Draws the range at the right end of a line.
    pub(crate) fn draw_range(&self, canvas: &mut Canvas<'_, '_>, area: Rect, y: u16) {
        let (range, theme) = (self.range(canvas), canvas.cx.theme);
        canvas.text_right(area.inner(Margin::new(1, 0)), y, &range, theme.quiet);
    }
}

#[cfg(test)]
mod tests;
