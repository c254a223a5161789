//! 手引 (F1): the clerk's manual beside the list of its chapters.

pub(crate) mod page;
mod search;

use crate::labels::Chapter;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::keys::{ESC, PAGE_DOWN, TAB, f, key};
use crate::tui::screen::{KeyAction, Screen, ScreenEvent, nothing};
use crate::tui::widgets::scroll::Scroll;
use crate::tui::widgets::table::Selection;
use crate::tui::widgets::{InputField, area};
use page::ManualLine;
use ratatui::layout::Rect;
use search::Hit;
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

/// An open book.
pub(crate) struct ManualLayer {
    chapter: usize,
    scroll: Scroll,
    /// The chapter that is chosen while the list of chapters is in front.
    contents: Option<Selection>,
    /// Where something to find is typed.
    prompt: Option<InputField>,
    word: String,
    hit: Option<Hit>,
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
            contents: None,
            prompt: None,
            word: String::new(),
            hit: None,
            width: Cell::new(72),
        }
    }

    fn turn(&mut self, to: usize) {
        self.chapter = to % Chapter::ALL.len();
        self.scroll.go(0);
    }

    fn lines(&self, chapter: usize, cx: &Context) -> Vec<ManualLine> {
        page::lines(Chapter::ALL[chapter].text(cx.labels.lang), self.width.get())
    }

    fn choosing(&mut self, command: Command) {
        let Some(at) = &mut self.contents else { return };
        match command {
            Command::Open => {
                let chosen = at.row(Chapter::ALL.len()).unwrap_or(0);
                self.contents = None;
                self.turn(chosen);
            }
            Command::Back => self.contents = None,
            other => {
                at.moved(other, Chapter::ALL.len());
            }
        }
    }

    fn command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        let count = Chapter::ALL.len();
        match command {
            Command::Back => return vec![KeyAction::Close],
            Command::NextChapter => self.turn(self.chapter + 1),
            Command::PreviousChapter => self.turn(self.chapter + count - 1),
            Command::Contents => {
                let mut at = Selection::default();
                at.select(self.chapter);
                self.contents = Some(at);
            }
            Command::FindText => self.prompt = Some(InputField::new()),
            Command::NextHit | Command::PreviousHit => self.seek(command, cx),
            other => self.scroll.moved(other),
        }
        nothing()
    }
}

impl Screen for ManualLayer {
    fn bindings(&self) -> &'static [Binding] {
        match (&self.prompt, &self.contents) {
            (Some(_), _) => FINDING,
            (None, Some(_)) => CONTENTS,
            (None, None) => MANUAL,
        }
    }

    fn field(&mut self) -> Option<&mut InputField> {
        self.prompt.as_mut()
    }

    fn on(&mut self, event: ScreenEvent, cx: &Context) -> Vec<KeyAction> {
        match event {
            ScreenEvent::Command(command) if self.prompt.is_some() => {
                self.finding(command, cx);
                nothing()
            }
            ScreenEvent::Command(command) if self.contents.is_some() => {
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
        if self.contents.is_some() && list == 0 {
            self.draw_chapters(canvas, popup);
            return self.draw_search(canvas, search);
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
            if self.hit == Some((self.chapter, at)) {
                canvas.tint(row, theme.selected);
            }
        }
        self.scroll.mark(canvas, popup, lines.len());
        self.draw_search(canvas, search);
    }
}

impl ManualLayer {
    fn draw_chapters(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let (theme, lang) = (canvas.cx.theme, canvas.cx.labels.lang);
        let chosen = self.contents.as_ref().and_then(|at| at.row(Chapter::ALL.len()));
        let marked = chosen.unwrap_or(self.chapter);
        let style = if chosen.is_some() { theme.selected } else { theme.selected_away };
        for ((at, chapter), row) in Chapter::ALL.into_iter().enumerate().zip(area.rows()) {
            canvas.text(row.x, row.y, row.width, chapter.title(lang), theme.text);
            if at == marked {
                canvas.tint(row, style);
            }
        }
    }
}
