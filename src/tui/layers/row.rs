//! A row of a form: a label with a line, an area or a few words to choose from.

use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::widgets::{Field, Focus};
use ratatui::layout::Rect;

/// What is understood of a text, or why it is none.
type Check = Box<dyn Fn(&str, &Context) -> Result<String, String> + Send>;

/// One of a few, by code and in words.
struct Options {
    all: Vec<(String, String)>,
    at: usize,
}

enum Input {
    Typed(Field),
    Chosen(Options),
}

/// A labelled input.
pub(crate) struct Row {
    pub(super) label: String,
    input: Input,
    check: Check,
}

/// What the row in front takes, and so which keys work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    Line,
    Area,
    Choice,
}

impl Row {
    fn of(label: impl Into<String>, input: Input) -> Self {
        Self { label: label.into(), input, check: Box::new(|_, _| Ok(String::new())) }
    }

    /// Any text, also none.
    pub(crate) fn text(label: impl Into<String>) -> Self {
        Self::of(label, Input::Typed(Field::new()))
    }

    /// Text of several lines.
    pub(crate) fn area(label: impl Into<String>) -> Self {
        Self::of(label, Input::Typed(Field::area()))
    }

    /// Text that nobody may see.
    pub(crate) fn password(label: impl Into<String>) -> Self {
        Self::of(label, Input::Typed(Field::password()))
    }

    /// One of a few, each with its code and its words; the form hands over the code. `chosen` is in front at first.
    pub(crate) fn choice(label: impl Into<String>, all: Vec<(String, String)>, chosen: &str) -> Self {
        let at = all.iter().position(|(code, _)| code == chosen).unwrap_or(0);
        Self::of(label, Input::Chosen(Options { all, at }))
    }

    /// Begins with a text.
    pub(crate) fn holding(mut self, text: &str) -> Self {
        if let Input::Typed(field) = &mut self.input {
            field.set(text);
        }
        self
    }

    /// Checked while it is typed; what was understood stands below the field.
    pub(crate) fn checked(mut self, check: impl Fn(&str, &Context) -> Result<String, String> + Send + 'static) -> Self {
        self.check = Box::new(check);
        self
    }

    /// May not stay empty.
    pub(crate) fn required(self) -> Self {
        self.checked(|text, cx| match text.trim() {
            "" => Err(cx.labels.dialogs.required.to_owned()),
            _ => Ok(String::new()),
        })
    }

    pub(super) fn takes(&self) -> Takes {
        match &self.input {
            Input::Typed(field) if field.is_area() => Takes::Area,
            Input::Typed(_) => Takes::Line,
            Input::Chosen(_) => Takes::Choice,
        }
    }

    pub(super) fn field(&mut self) -> Option<&mut Field> {
        match &mut self.input {
            Input::Typed(field) => Some(field),
            Input::Chosen(_) => None,
        }
    }

    /// What stands in it now.
    pub(super) fn text_now(&self) -> &str {
        match &self.input {
            Input::Typed(field) => field.text(),
            Input::Chosen(options) => options.all.get(options.at).map_or("", |(code, _)| code),
        }
    }

    /// Takes the text, or the code of the choice.
    pub(super) fn take(&mut self) -> String {
        match &mut self.input {
            Input::Typed(field) => field.take(),
            Input::Chosen(_) => self.text_now().to_owned(),
        }
    }

    /// Turns to another of its choices, round and round.
    pub(super) fn turn(&mut self, turn: Turn) {
        if let Input::Chosen(options) = &mut self.input {
            let count = options.all.len().max(1);
            options.at = match turn {
                Turn::Next => (options.at + 1) % count,
                Turn::Previous => (options.at + count - 1) % count,
            };
        }
    }

    pub(super) fn verdict(&self, cx: &Context) -> Result<String, String> {
        (self.check)(self.text_now(), cx)
    }

    /// The lines that it takes, without the note below what is typed.
    pub(super) fn height(&self) -> u16 {
        match self.takes() {
            Takes::Line | Takes::Choice => 1,
            Takes::Area => AREA,
        }
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, focus: Focus) {
        match &self.input {
            Input::Typed(field) => field.draw(canvas, area, focus),
            Input::Chosen(options) => {
                let theme = canvas.cx.theme;
                let style = match focus {
                    Focus::Here => theme.selected,
                    Focus::Elsewhere => theme.text,
                };
                let words = options.all.get(options.at).map_or("", |(_, words)| words);
                canvas.pieces(area, area.y, &[("< ", theme.quiet), (words, style), (" >", theme.quiet)]);
            }
        }
    }
}

/// Lines of an area on the screen; a longer text scrolls.
pub(super) const AREA: u16 = 6;

/// Among choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Next,
    Previous,
}
