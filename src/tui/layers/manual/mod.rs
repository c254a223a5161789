//! 手引 (F1): the clerk's manual beside the list of its chapters.

pub(crate) mod page;
mod search;

use crate::labels::Chapter;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::keys::{ESC, PAGE_DOWN, TAB, f, key};
use crate::tui::screen::{KeyAction, Screen, ScreenEvent, nothing};
use crate::tui::widgets::list_view::{AnyList, ListItem, ListView};
use crate::tui::widgets::scroll::Scroll;
use crate::tui::widgets::table::Row;
use crate::tui::widgets::{InputField, area};
use ratatui::layout::Rect;
use search::Search;
use std::cell::Cell;

/// The keys of the manual.
pub(crate) const MANUAL: &[Binding] = bindings![
    Back.on(&[ESC, f(3), f(1), key('q')]),
    Contents,
    NextChapter,
    PreviousChapter,
    PageDown.on(&[PAGE_DOWN, f(8), key(' ')]).shown(),
    FindText,
    NextHit,
    PreviousHit,
    PageUp,
    Down,
    Up,
    First,
    Last
];

/// The keys while one types what to find.
pub(crate) const FINDING: &[Binding] = bindings![Submit, Back.on(&[ESC, f(3), f(1)])];

/// The keys of the list of chapters.
pub(crate) const CONTENTS: &[Binding] = bindings![Open, Up, Down, First, Last, Back.on(&[ESC, f(3), f(1), TAB])];

impl ListItem for Chapter {
    type Key = Self;

    fn key(&self) -> Self {
        *self
    }

    fn cells(&self, cx: &Context) -> Row {
        vec![(self.title(cx.labels.lang).to_owned(), cx.theme.text)]
    }
}

/// What has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Front {
    Text,
    Contents,
}

/// An open book.
pub(crate) struct ManualLayer {
    chapter: usize,
    scroll: Scroll,
    contents: ListView<Chapter>,
    front: Front,
    search: Search,
    /// The cells that the text had when it was drawn: what is found is found in the lines that are seen.
    width: Cell<u16>,
}

impl ManualLayer {
    /// Opened at a chapter.
    pub(crate) fn at(chapter: Chapter) -> Self {
        let chapter = Chapter::ALL.iter().position(|other| *other == chapter).unwrap_or(0);
        Self {
            chapter,
            scroll: Scroll::default(),
            contents: ListView::of(Chapter::ALL.to_vec()),
            front: Front::Text,
            search: Search::default(),
            width: Cell::new(72),
        }
    }

    fn turn(&mut self, to: usize) {
        self.chapter = to % Chapter::ALL.len();
        self.scroll.go(0);
    }

    fn seek(&mut self, command: Command, cx: &Context) {
        let from = (self.chapter, self.scroll.top());
        if let Some((chapter, line)) = self.search.seek(command, from, (self.width.get(), cx.labels.lang)) {
            self.turn(chapter);
            // A little of what stands before is seen, too.
            self.scroll.go(line.saturating_sub(3));
        }
    }

    fn choosing(&mut self, command: Command) {
        self.front = Front::Text;
        if command == Command::Open {
            self.turn(self.contents.index().unwrap_or(0));
        }
    }

    fn command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        let count = Chapter::ALL.len();
        match command {
            Command::Back => return vec![KeyAction::Close],
            Command::NextChapter => self.turn(self.chapter + 1),
            Command::PreviousChapter => self.turn(self.chapter + count - 1),
            Command::Contents => {
                self.contents.select(self.chapter);
                self.front = Front::Contents;
            }
            Command::FindText => self.search.begin(),
            Command::NextHit | Command::PreviousHit => self.seek(command, cx),
            other => self.scroll.moved(other),
        }
        nothing()
    }
}

impl Screen for ManualLayer {
    fn bindings(&self) -> &'static [Binding] {
        match self.front {
            _ if self.search.is_typed() => FINDING,
            Front::Contents => CONTENTS,
            Front::Text => MANUAL,
        }
    }

    fn field(&mut self) -> Option<&mut InputField> {
        self.search.field()
    }

    fn list(&mut self) -> Option<&mut dyn AnyList> {
        match self.front {
            Front::Contents => Some(&mut self.contents),
            Front::Text => None,
        }
    }

    fn on(&mut self, event: ScreenEvent, cx: &Context) -> Vec<KeyAction> {
        match event {
            ScreenEvent::Command(command) if self.search.is_typed() => {
                if self.search.end(command) {
                    self.seek(Command::FindText, cx);
                }
                nothing()
            }
            ScreenEvent::Command(command) if self.front == Front::Contents => {
                self.choosing(command);
                nothing()
            }
            ScreenEvent::Command(command) => self.command(command, cx),
            _ => nothing(),
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, _area: Rect) {
        let all = canvas.area();
        let (cx, theme) = (canvas.cx, canvas.cx.theme);
        let lang = cx.labels.lang;
        let chapter = Chapter::ALL[self.chapter];
        let title = format!("{} {}/{}", cx.labels.manual.title, self.chapter + 1, Chapter::ALL.len());
        // The last two lines of the screen are the message's and the footer's.
        let [main, last] = area::split_bottom(all, 2);
        let popup = canvas.popup_in(main, main.width.min(110), main.height, &title);
        let search = area::row(last, last.y);
        // The chapters stand beside the text where there is room for both.
        let list = if popup.width >= 100 { 26 } else { 0 };
        if self.front == Front::Contents && list == 0 {
            self.draw_chapters(canvas, popup);
            return self.search.draw(canvas, search, self.width.get());
        }
        let [chapters, text] = area::split_left(popup, list);
        if list > 0 {
            let [chapters, rule] = area::split_left(chapters, list - 2);
            self.draw_chapters(canvas, chapters);
            canvas.column_rule(rule.x, popup);
        }
        self.width.set(text.width);
        let lines = page::lines(chapter.text(lang), text.width);
        for (row, at) in text.rows().zip(self.scroll.window(lines.len(), usize::from(text.height))) {
            let [_, indented] = area::split_left(row, lines[at].indent());
            let pieces = lines[at].pieces(&theme);
            let pieces: Vec<_> = pieces.iter().map(|(piece, style)| (piece.as_str(), *style)).collect();
            canvas.pieces(indented, row.y, &pieces);
            if self.search.hit() == Some((self.chapter, at)) {
                canvas.tint(row, theme.selected);
            }
        }
        self.scroll.mark(canvas, popup, lines.len());
        self.search.draw(canvas, search, self.width.get());
    }
}

impl ManualLayer {
    fn draw_chapters(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let theme = canvas.cx.theme;
        let (marked, style) = match self.front {
            Front::Contents => (self.contents.index().unwrap_or(0), theme.selected),
            Front::Text => (self.chapter, theme.selected_away),
        };
        for ((at, chapter), row) in Chapter::ALL.into_iter().enumerate().zip(area.rows()) {
            canvas.text(row.x, row.y, row.width, chapter.title(canvas.cx.labels.lang), theme.text);
            if at == marked {
                canvas.tint(row, style);
            }
        }
    }
}
