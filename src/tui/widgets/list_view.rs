//! A list that is loaded, filtered, selected in and drawn: what every screen with rows does with them.
//!
//! ```text
//! lines: ListView<BatchLine>                          // impl ListItem for BatchLine { key, words }
//!
//! self.lines.wait();                                  // asked for; older rows stay to look at until then
//! self.lines.set(rows);                               // loaded: the selection follows its row
//! self.lines.fail(&why)                               // Some(text) where older rows stay: say it in the message line
//! self.lines.moved(command)                           // false where the command moves nothing
//! self.lines.selected()                               // the row at hand
//! let look = ListLook { columns: &columns, empty: (words.empty, words.empty_next), focus: Focus::Here, foot: 1 };
//! if self.lines.draw(canvas, area, &look, |line| vec![…]) {
//!     self.lines.draw_range(canvas, area, area.bottom() - 1);      // `1-14 / 312`, in the lines of the foot
//! }
//! ```

use super::Focus;
use super::area;
use super::states;
use super::table::{self, Row, Selection, TableColumn};
use crate::tui::canvas::Canvas;
use crate::tui::commands::Command;
use ratatui::layout::Rect;

/// A row of a list.
pub(crate) trait ListItem {
    /// What identifies a row in the list that is read next.
    type Key: PartialEq;

    /// The identity of this row.
    fn key(&self) -> Self::Key;

    /// What a filter looks for its text in.
    fn words(&self) -> String;
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

/// Rows, which of them are shown, and which of those is selected.
pub(crate) struct ListView<T> {
    state: State,
    rows: Vec<T>,
    /// The words of the filter, folded; none where all rows are shown.
    filter: Vec<String>,
    /// The rows that the filter leaves, by index.
    shown: Vec<usize>,
    selection: Selection,
}

impl<T> Default for ListView<T> {
    fn default() -> Self {
        Self {
            state: State::Idle,
            rows: Vec::new(),
            filter: Vec::new(),
            shown: Vec::new(),
            selection: Selection::default(),
        }
    }
}

impl<T: ListItem> ListView<T> {
    /// Rows have been asked for. Those that are there stay until the new ones come.
    pub(crate) fn wait(&mut self) {
        if self.state != State::Ready {
            self.state = State::Waiting;
        }
    }

    /// Takes loaded rows. The selection stays with its row; where that is gone, at its place.
    pub(crate) fn set(&mut self, rows: Vec<T>) {
        let selected = self.selected().map(ListItem::key);
        self.rows = rows;
        self.state = State::Ready;
        self.show(selected);
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

    /// Forgets the rows and the selection, as if nothing had been asked for.
    pub(crate) fn clear(&mut self) {
        *self = Self { filter: std::mem::take(&mut self.filter), ..Self::default() };
    }

    /// Shows only rows that have all words of the text, in any width, kana or case; an empty text shows all.
    #[cfg_attr(not(test), expect(dead_code, reason = "no screen has a key for it yet"))]
    pub(crate) fn filter(&mut self, text: &str) {
        let selected = self.selected().map(ListItem::key);
        self.filter = text.split_whitespace().map(crate::text::kana_key).collect();
        self.show(selected);
    }

    /// Applies the filter and selects the row with that key, if it is shown.
    fn show(&mut self, selected: Option<T::Key>) {
        let fits = |row: &T| {
            self.filter.is_empty() || {
                let words = crate::text::kana_key(&row.words());
                self.filter.iter().all(|wanted| words.contains(wanted))
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

    /// Moves the selection; false where the command is not one of moving.
    pub(crate) fn moved(&mut self, command: Command) -> bool {
        self.selection.moved(command, self.len())
    }

    /// Draws the rows above the foot, or what there is instead of them. Whether there are rows.
    pub(crate) fn draw(
        &self,
        canvas: &mut Canvas<'_, '_>,
        area: Rect,
        look: &ListLook<'_>,
        row: impl Fn(&T) -> Row,
    ) -> bool {
        let ready = self.draw_state(canvas, area, look.empty);
        if ready {
            let [list, _] = area::split_bottom(area, look.foot);
            self.draw_rows(canvas, list, (look.columns, look.focus), row);
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
            State::Ready if self.shown.is_empty() => states::draw_filtered(canvas, area),
            State::Ready => return true,
        }
        false
    }

    /// Draws header and rows; only the rows of the page in sight are made.
    pub(crate) fn draw_rows(
        &self,
        canvas: &mut Canvas<'_, '_>,
        area: Rect,
        (columns, focus): (&[TableColumn<'_>], Focus),
        row: impl Fn(&T) -> Row,
    ) {
        table::draw(canvas, area, columns, (&self.selection, self.len(), focus), |at| row(&self.rows[self.shown[at]]));
    }

    /// `1-14 / 312`: which of the shown rows are in sight.
    pub(crate) fn range(&self, canvas: &Canvas<'_, '_>) -> String {
        table::range(canvas, &self.selection, self.len())
    }

    /// Draws the range at the right end of a line.
    pub(crate) fn draw_range(&self, canvas: &mut Canvas<'_, '_>, area: Rect, y: u16) {
        let (range, theme) = (self.range(canvas), canvas.cx.theme);
        canvas.text_right(Rect { width: area.width.saturating_sub(1), ..area }, y, &range, theme.quiet);
    }
}

#[cfg(test)]
mod tests;
