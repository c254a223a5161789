//! A row of a form: a label with a line, an area or a few words to choose from.

use super::filled::FilledValue;
use crate::domain::packing::PaperCode;
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::days::{self, Days};
use crate::tui::widgets::{Focus, InputField};
use crate::usecases::staff::Passphrase;
use chrono::NaiveDate;
use ratatui::layout::Rect;

/// What is understood of a text, or why it is none.
type Check = Box<dyn Fn(&str, &Context) -> Result<String, String> + Send>;

/// One of a few, by code and in words.
struct Options {
    all: Vec<(String, String)>,
    at: usize,
}

enum Input {
    Typed(InputField),
    Chosen(Options),
}

/// What a row hands on.
enum Yields {
    Text,
    Secret,
    Day(Days),
    /// Nothing: it is the row before it, typed again.
    Again,
}

/// A labelled input.
pub(crate) struct FormRow {
    pub(super) label: String,
    input: Input,
    yields: Yields,
    /// What stood in it at first.
    held: String,
    check: Check,
    enter: Enter,
}

/// What Enter does in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Enter {
    /// Goes on with what the form is for.
    Submits,
    /// Goes on, but behind a scanned serial: the scanner types Enter itself, and the next card follows (B14).
    EndsScan,
}

/// What the row in front takes, and so which keys work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InputKind {
    Line,
    Area,
    Choice,
}

impl FormRow {
    fn of(label: impl Into<String>, input: Input, yields: Yields) -> Self {
        Self {
            label: label.into(),
            input,
            yields,
            held: String::new(),
            check: Box::new(|_, _| Ok(String::new())),
            enter: Enter::Submits,
        }
    }

    /// Any text, also none.
    pub(crate) fn text(label: impl Into<String>) -> Self {
        Self::of(label, Input::Typed(InputField::new()), Yields::Text)
    }

    /// Text of several lines.
    pub(crate) fn area(label: impl Into<String>) -> Self {
        Self::of(label, Input::Typed(InputField::area()), Yields::Text)
    }

    /// Text that is never shown.
    pub(crate) fn password(label: impl Into<String>) -> Self {
        Self::of(label, Input::Typed(InputField::password()), Yields::Secret)
    }

    /// The password of the row before, once more.
    pub(crate) fn again(label: impl Into<String>) -> Self {
        Self::of(label, Input::Typed(InputField::password()), Yields::Again)
    }

    /// A day, and which days it can be; what was understood stands below the field. May not stay empty, unless
    /// something is said of that.
    pub(crate) fn date(label: impl Into<String>, days: Days) -> Self {
        Self::of(label, Input::Typed(InputField::new()), Yields::Day(days))
            .checked(move |text, cx| days::verdict(days, text, None, cx))
    }

    /// A day that may stay empty; `blank` says what that means.
    pub(crate) fn date_or(label: impl Into<String>, days: Days, blank: &'static str) -> Self {
        Self::date(label, days).checked(move |text, cx| days::verdict(days, text, Some(blank), cx))
    }

    /// One of a few, each with its code and its words; the form hands over the code. `chosen` is in front at first.
    pub(crate) fn choice(label: impl Into<String>, all: Vec<(String, String)>, chosen: &str) -> Self {
        let at = all.iter().position(|(code, _)| code == chosen).unwrap_or(0);
        let held = all.get(at).map(|(code, _)| code.clone()).unwrap_or_default();
        Self { held, ..Self::of(label, Input::Chosen(Options { all, at }), Yields::Text) }
    }

    /// Begins with a text.
    pub(crate) fn holding(mut self, text: &str) -> Self {
        if let Input::Typed(field) = &mut self.input {
            field.set(text);
            self.held = field.text().to_owned();
        }
        self
    }

    /// Checked while it is typed; what was understood stands below the field.
    pub(crate) fn checked(mut self, check: impl Fn(&str, &Context) -> Result<String, String> + Send + 'static) -> Self {
        self.check = Box::new(check);
        self
    }

    /// Takes serials, one scan after another.
    pub(crate) fn scanned(self) -> Self {
        Self { enter: Enter::EndsScan, ..self }
    }

    /// Enter behind a scanned serial: the next one may follow. Whether it was that.
    pub(super) fn ends_scan(&mut self) -> bool {
        let is_serial = |typed: &str| matches!(PaperCode::parse(typed), Some(PaperCode::Card(_)));
        match (&mut self.input, self.enter) {
            (Input::Typed(field), Enter::EndsScan) if field.text().rsplit([',', ' ']).next().is_some_and(is_serial) => {
                let text = format!("{}, ", field.text());
                field.set(&text);
                true
            }
            _ => false,
        }
    }

    /// May not stay empty.
    pub(crate) fn required(self) -> Self {
        self.checked(|text, cx| match text.trim() {
            "" => Err(cx.labels.dialogs.required.to_owned()),
            _ => Ok(String::new()),
        })
    }

    pub(super) fn takes(&self) -> InputKind {
        match &self.input {
            Input::Typed(field) if field.is_area() => InputKind::Area,
            Input::Typed(_) => InputKind::Line,
            Input::Chosen(_) => InputKind::Choice,
        }
    }

    pub(super) fn field(&mut self) -> Option<&mut InputField> {
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

    /// Whether something else stands in it than at first.
    pub(super) fn is_changed(&self) -> bool {
        self.text_now() != self.held
    }

    /// What it hands on. It keeps its own: an order can be refused.
    pub(super) fn value(&self, today: NaiveDate) -> Option<FilledValue> {
        let text = self.text_now();
        Some(match self.yields {
            Yields::Text => FilledValue::Text(text.to_owned()),
            Yields::Secret => FilledValue::Secret(Passphrase::new(text.to_owned())),
            Yields::Day(days) => FilledValue::Day(days.read(text, today).ok().flatten()),
            Yields::Again => return None,
        })
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

    /// What is understood of it, or what is wrong; `before` is the row before it.
    pub(super) fn verdict(&self, before: Option<&Self>, cx: &Context) -> Result<String, String> {
        match self.yields {
            Yields::Again if before.is_some_and(|before| before.text_now() != self.text_now()) => {
                Err(cx.labels.dialogs.differs.to_owned())
            }
            Yields::Text | Yields::Secret | Yields::Day(_) | Yields::Again => (self.check)(self.text_now(), cx),
        }
    }

    /// The lines that it takes, without the note below what is typed.
    pub(super) fn height(&self) -> u16 {
        match self.takes() {
            InputKind::Line | InputKind::Choice => 1,
            InputKind::Area => AREA,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Next,
    Previous,
}
