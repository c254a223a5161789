//! A text longer than its area: which lines of it are seen.

use crate::tui::canvas::Canvas;
use crate::tui::commands::Command;
use ratatui::layout::Rect;
use std::cell::Cell;
use std::ops::Range;

/// The first line that is seen. It remembers what was drawn, to stop at the end.
#[derive(Debug, Default)]
pub(crate) struct Scroll {
    top: usize,
    page: Cell<usize>,
    last: Cell<usize>,
}

impl Scroll {
    /// Moves by a command; others do nothing.
    pub(crate) fn moved(&mut self, command: Command) {
        // A line of the page before stays in sight.
        let page = self.page.get().saturating_sub(1).max(1);
        let top = self.top.min(self.last.get());
        let to = match command {
            Command::Up => top.saturating_sub(1),
            Command::Down => top + 1,
            Command::PageUp => top.saturating_sub(page),
            Command::PageDown => top + page,
            Command::First => 0,
            Command::Last => self.last.get(),
            _ => return,
        };
        self.top = to.min(self.last.get());
    }

    /// Brings a line to the top.
    pub(crate) fn go(&mut self, line: usize) {
        self.top = line;
    }

    /// The first line that is seen.
    pub(crate) fn top(&self) -> usize {
        self.top
    }

    /// The lines of so many that are seen in an area of that height.
    pub(crate) fn window(&self, lines: usize, height: usize) -> Range<usize> {
        self.page.set(height);
        self.last.set(lines.saturating_sub(height));
        let top = self.top.min(self.last.get());
        top..(top + height).min(lines)
    }

    /// The lines that are seen in an area. Where not all of them are, its last row says how many have been.
    pub(crate) fn part(&self, canvas: &mut Canvas<'_, '_>, area: Rect, lines: usize) -> Range<usize> {
        if lines <= usize::from(area.height) {
            return self.window(lines, area.height.into());
        }
        let part = self.window(lines, area.height.saturating_sub(1).into());
        let (more, theme) = (canvas.cx.labels.frame.scroll_more, canvas.cx.theme);
        let more = if part.end < lines { more } else { "" };
        let seen = format!("{more} {}%", part.end * 100 / lines.max(1));
        canvas.text_right(area, area.bottom().saturating_sub(1), &seen, theme.quiet);
        part
    }

    /// Says in the lower right corner of a box how much of it has been seen, where not all is.
    pub(crate) fn mark(&self, canvas: &mut Canvas<'_, '_>, area: Rect, lines: usize) {
        if lines > self.page.get() {
            let seen = (self.top.min(self.last.get()) + self.page.get()).min(lines);
            let theme = canvas.cx.theme;
            canvas.text_right(area, area.bottom(), &format!(" {}% ", seen * 100 / lines), theme.quiet);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stops_at_its_end() {
        let mut scroll = Scroll::default();
        assert_eq!(scroll.window(25, 10), 0..10);
        scroll.moved(Command::PageDown);
        assert_eq!(scroll.window(25, 10), 9..19);
        scroll.moved(Command::PageDown);
        assert_eq!(scroll.window(25, 10), 15..25);
        scroll.moved(Command::Up);
        assert_eq!(scroll.window(25, 10), 14..24);
        assert_eq!(scroll.window(5, 10), 0..5);
    }
}
