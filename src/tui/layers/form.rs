//! A few fields to fill in, checked while they are typed.

use crate::labels::Command;
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::keys::{Binding, Key, hidden, shown};
use crate::tui::screen::{Action, Event, Screen, nothing};
use crate::tui::widgets::{Field, Focus, cells};
use crossterm::event::KeyCode;
use ratatui::layout::Rect;

/// The keys of a form.
pub(crate) const FORM: &[Binding] = &[
    shown(&[Key::named(KeyCode::Enter)], Command::Submit),
    shown(&[Key::named(KeyCode::Tab), Key::named(KeyCode::Down)], Command::NextField),
    hidden(&[Key::named(KeyCode::BackTab), Key::named(KeyCode::Up)], Command::PreviousField),
    shown(&[Key::named(KeyCode::Esc), Key::named(KeyCode::F(3))], Command::Back),
];

/// What is understood of a text, or why it is none.
type Check = Box<dyn Fn(&str, &Context) -> Result<String, String> + Send>;

/// A labelled field.
pub(crate) struct Row {
    label: String,
    field: Field,
    check: Check,
}

impl Row {
    /// Any text, also none.
    pub(crate) fn text(label: impl Into<String>) -> Self {
        Self { label: label.into(), field: Field::new(), check: Box::new(|_, _| Ok(String::new())) }
    }

    /// Text that nobody may see.
    pub(crate) fn password(label: impl Into<String>) -> Self {
        Self { field: Field::password(), ..Self::text(label) }
    }

    /// Begins with a text.
    pub(crate) fn holding(mut self, text: &str) -> Self {
        self.field.set(text);
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
}

/// What a filled-in form leads to.
type Done = Box<dyn FnMut(Vec<String>) -> Vec<Action> + Send>;

/// Fields and what they are for.
pub(crate) struct Form {
    title: String,
    text: Vec<String>,
    rows: Vec<Row>,
    at: usize,
    tried: Tried,
    done: Done,
}

/// Complaints about empty fields wait until somebody submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tried {
    NotYet,
    Once,
}

impl std::fmt::Debug for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Form").field("title", &self.title).finish_non_exhaustive()
    }
}

impl Form {
    /// A form; `done` gets the texts in the order of the rows.
    pub(crate) fn new(
        title: impl Into<String>,
        rows: Vec<Row>,
        done: impl FnMut(Vec<String>) -> Vec<Action> + Send + 'static,
    ) -> Self {
        Self { title: title.into(), text: Vec::new(), rows, at: 0, tried: Tried::NotYet, done: Box::new(done) }
    }

    /// Says what the form is for.
    pub(crate) fn saying(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.text.extend(lines);
        self
    }

    fn submit(&mut self, cx: &Context) -> Vec<Action> {
        self.tried = Tried::Once;
        if let Some(wrong) = self.rows.iter().position(|row| (row.check)(row.field.text(), cx).is_err()) {
            self.at = wrong;
            return nothing();
        }
        let texts = self.rows.iter_mut().map(|row| row.field.take()).collect();
        let mut actions = vec![Action::Close];
        actions.append(&mut (self.done)(texts));
        actions
    }
}

impl Screen for Form {
    fn bindings(&self) -> &'static [Binding] {
        FORM
    }

    fn field(&mut self) -> Option<&mut Field> {
        self.rows.get_mut(self.at).map(|row| &mut row.field)
    }

    fn on(&mut self, event: Event, cx: &Context) -> Vec<Action> {
        let count = self.rows.len().max(1);
        match event {
            // Enter walks through the fields and submits at the last.
            Event::Command(Command::Submit) if self.at + 1 < self.rows.len() => self.at += 1,
            Event::Command(Command::Submit) => return self.submit(cx),
            Event::Command(Command::NextField) => self.at = (self.at + 1) % count,
            Event::Command(Command::PreviousField) => self.at = (self.at + count - 1) % count,
            Event::Command(Command::Back) => return vec![Action::Close],
            _ => {}
        }
        nothing()
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, _area: Rect) {
        let theme = canvas.cx.theme;
        let width = 68.min(canvas.area().width);
        let text: Vec<String> = self.text.iter().flat_map(|line| cells::wrap(line, width - 4)).collect();
        let height = u16::try_from(text.len() + self.rows.len() * 2)
            .unwrap_or(u16::MAX)
            .saturating_add(5)
            .min(canvas.area().height);
        let area = canvas.popup(width, height, &self.title);
        let label_width = self.rows.iter().map(|row| cells::width(&row.label)).max().unwrap_or(0) + 2;
        let mut y = area.y + 1;
        for line in &text {
            canvas.text(area.x, y, area.width, line, theme.text);
            y += 1;
        }
        y += u16::from(!text.is_empty());
        for (index, row) in self.rows.iter().enumerate() {
            canvas.text(area.x, y, label_width, &row.label, theme.quiet);
            let field = Rect::new(area.x + label_width, y, area.width.saturating_sub(label_width), 1);
            row.field.draw(canvas, field, Focus::at(index, self.at));
            let verdict = (row.check)(row.field.text(), canvas.cx);
            let (note, style) = match &verdict {
                Ok(understood) => (understood.as_str(), theme.quiet),
                Err(_) if row.field.text().is_empty() && self.tried == Tried::NotYet => ("", theme.quiet),
                Err(reason) => (reason.as_str(), theme.attention),
            };
            canvas.text(field.x, y + 1, field.width, note, style);
            y += 2;
        }
    }
}
