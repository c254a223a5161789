//! Where screens draw: every text goes through here, folded and cut by cells.

use super::context::Context;
use super::widgets::{area, cells};
use ratatui::Frame;
use ratatui::layout::{Margin, Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::Widget;

/// The frame, what every screen may know, and whether this layer has the focus.
pub(crate) struct Canvas<'a, 'b> {
    frame: &'a mut Frame<'b>,
    pub(crate) cx: &'a Context,
    cursor: Option<Position>,
}

impl<'a, 'b> Canvas<'a, 'b> {
    /// Draws on a frame.
    pub(crate) fn new(frame: &'a mut Frame<'b>, cx: &'a Context) -> Self {
        Self { frame, cx, cursor: None }
    }

    /// The whole screen.
    pub(crate) fn area(&self) -> Rect {
        self.frame.area()
    }

    /// A layer above this one takes the focus: a cursor set so far is forgotten.
    pub(crate) fn cover(&mut self) {
        self.cursor = None;
    }

    /// The terminal's cursor: the input method's window follows it.
    pub(crate) fn cursor(&mut self, x: u16, y: u16) {
        let area = self.area();
        self.cursor = Some(Position::new(x.min(area.right().saturating_sub(1)), y));
    }

    /// Whether a field on top has the cursor.
    pub(crate) fn has_cursor(&self) -> bool {
        self.cursor.is_some()
    }

    /// Puts the terminal's cursor where the focused field wanted it.
    pub(crate) fn finish(self) {
        if let Some(position) = self.cursor {
            self.frame.set_cursor_position(position);
        }
    }

    /// Draws a text of at most `width` cells; returns the cells it took.
    pub(crate) fn text(&mut self, x: u16, y: u16, width: u16, text: &str, style: Style) -> u16 {
        let area = self.area();
        if y >= area.bottom() || x >= area.right() {
            return 0;
        }
        let shown = cells::cut(text, width.min(area.right() - x));
        let buffer = self.frame.buffer_mut();
        let (end, _) = buffer.set_stringn(x, y, &shown, usize::from(width), style);
        // The second half of a wide character, too: what is drawn over it later is else taken for drawn.
        buffer.set_style(Rect::new(x, y, end - x, 1), style);
        end - x
    }

    /// Draws a text that ends at the right edge of an area.
    pub(crate) fn text_right(&mut self, area: Rect, y: u16, text: &str, style: Style) -> u16 {
        let width = cells::width(text).min(area.width);
        self.text(area.right() - width, y, width, text, style);
        width
    }

    /// Draws a text in the middle of a line.
    pub(crate) fn centred(&mut self, area: Rect, y: u16, text: &str, style: Style) {
        let width = cells::width(text).min(area.width);
        self.text(area.x + (area.width - width) / 2, y, width, text, style);
    }

    /// Draws pieces one after another; returns the cells they took.
    pub(crate) fn pieces(&mut self, area: Rect, y: u16, pieces: &[(&str, Style)]) -> u16 {
        let mut x = area.x;
        for (text, style) in pieces {
            x += self.text(x, y, area.right().saturating_sub(x), text, *style);
        }
        x - area.x
    }

    /// Draws lines one below another, as far as the area goes; returns the rows they took.
    pub(crate) fn lines(&mut self, area: Rect, lines: &[impl AsRef<str>], style: Style) -> u16 {
        for (line, row) in lines.iter().zip(area.rows()) {
            self.text(row.x, row.y, row.width, line.as_ref(), style);
        }
        area::height(lines).min(area.height)
    }

    /// The same, each line in a style of its own.
    pub(crate) fn styled(&mut self, area: Rect, lines: &[(String, Style)]) -> u16 {
        for ((line, style), row) in lines.iter().zip(area.rows()) {
            self.text(row.x, row.y, row.width, line, *style);
        }
        area::height(lines).min(area.height)
    }

    /// Blanks an area in a style.
    pub(crate) fn fill(&mut self, area: Rect, style: Style) {
        let area = area.intersection(self.area());
        for y in area.y..area.bottom() {
            let blank = " ".repeat(usize::from(area.width));
            self.frame.buffer_mut().set_string(area.x, y, blank, Style::reset().patch(style));
        }
    }

    /// Adds a style to what is there.
    pub(crate) fn tint(&mut self, area: Rect, style: Style) {
        let area = area.intersection(self.area());
        self.frame.buffer_mut().set_style(area, style);
    }

    /// Draws a widget of ratatui.
    pub(crate) fn widget(&mut self, widget: impl Widget, area: Rect) {
        widget.render(area.intersection(self.area()), self.frame.buffer_mut());
    }

    /// A quiet line across.
    pub(crate) fn rule(&mut self, row: Rect) {
        let theme = self.cx.theme;
        let line = theme.glyphs.horizontal.repeat(usize::from(row.width));
        self.frame.buffer_mut().set_stringn(row.x, row.y, line, usize::from(row.width), theme.rule);
    }

    /// A quiet line down.
    pub(crate) fn column_rule(&mut self, x: u16, area: Rect) {
        let theme = self.cx.theme;
        for y in area.y..area.bottom() {
            self.frame.buffer_mut().set_string(x, y, theme.glyphs.vertical, theme.rule);
        }
    }

    /// A box with a title, in the middle of the screen; returns the area inside.
    pub(crate) fn popup(&mut self, width: u16, height: u16, title: &str) -> Rect {
        self.popup_in(self.area(), width, height, title)
    }

    /// The same in the middle of a part of the screen.
    pub(crate) fn popup_in(&mut self, all: Rect, width: u16, height: u16, title: &str) -> Rect {
        let area = area::centred(all, width, height);
        let (width, theme) = (area.width, self.cx.theme);
        // A wide character that the box cuts in half leaves no half behind.
        self.fill(area.outer(Margin::new(1, 0)).intersection(all), theme.text);
        let glyphs = theme.glyphs;
        let line = glyphs.horizontal.repeat(usize::from(width.saturating_sub(2)));
        let [top_left, top_right, bottom_left, bottom_right] = glyphs.corners;
        self.text(area.x, area.y, width, &format!("{top_left}{line}{top_right}"), theme.rule);
        for y in area.y + 1..area.bottom().saturating_sub(1) {
            self.text(area.x, y, 1, glyphs.vertical, theme.rule);
            self.text(area.right() - 1, y, 1, glyphs.vertical, theme.rule);
        }
        self.text(area.x, area.bottom() - 1, width, &format!("{bottom_left}{line}{bottom_right}"), theme.rule);
        if !title.is_empty() {
            // Over the line, whose colour it would take on.
            let strong = Style::reset().patch(theme.strong);
            self.text(area.x + 2, area.y, width.saturating_sub(4), &format!(" {title} "), strong);
        }
        area.inner(Margin::new(2, 1))
    }
}
