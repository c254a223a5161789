//! A few fields to fill in, checked while they are typed. What is ordered with them stays until it is carried out.

use super::Confirm;
use super::filled::Filled;
use super::row::{FormRow, InputKind, Turn};
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::message::RequestId;
use crate::tui::request::{RefusalText, RequestPolicy, Task};
use crate::tui::screen::{KeyAction, Screen, ScreenEvent, nothing};
use crate::tui::widgets::{Focus, InputField, area, cells};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The keys of a form in a line.
pub(crate) const FORM: &[Binding] = bindings![Submit, Save.hidden(), NextField, PreviousField, Back];

/// The keys of a form in a text of several lines, where Enter is text.
pub(crate) const AREA_KEYS: &[Binding] = bindings![Save, NextField, PreviousField, Back];

/// The keys of a form at a choice.
pub(crate) const CHOICE: &[Binding] =
    bindings![NextChoice, PreviousChoice, Submit.hidden(), Save, NextField, PreviousField, Back];

/// The keys of a form whose request is under way.
pub(crate) const WAITING: &[Binding] = bindings![Submit.hidden(), Save.hidden(), Back];

/// Lines of a text in the left pane.
const LEAST_TEXT: u16 = 3;
const MOST_TEXT: u16 = 10;

/// What a filled-in form leads to.
type Done = Box<dyn FnMut(Filled) -> Vec<KeyAction> + Send>;

/// What keeps a half-filled form: it gets the text of every row.
type Keep = Box<dyn FnMut(Vec<String>) -> KeyAction + Send>;

/// Fields and what they are for.
pub(crate) struct Form {
    title: String,
    text: Vec<String>,
    rows: Vec<FormRow>,
    at: usize,
    stage: Stage,
    done: Done,
    keep: Option<Keep>,
    place: Place,
}

/// Where a form lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In the middle of the screen.
    Over,
    /// Over the left pane: what stands on the right stays in sight.
    Beside,
}

/// How far a form has come.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Stage {
    /// Not submitted yet: empty fields are not reported.
    New,
    /// Something in it was wrong when it was submitted.
    Tried,
    /// Its request is under way.
    Waiting(RequestId),
    /// Its request was refused, for this reason.
    Refused(String),
}

impl std::fmt::Debug for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Form").field("title", &self.title).finish_non_exhaustive()
    }
}

impl Form {
    /// A form; `done` gets the values in the order of the rows. Where it orders something, the form stays until that
    /// is carried out, and says why if it was refused; then `done` is asked again.
    pub(crate) fn new(
        title: impl Into<String>,
        rows: Vec<FormRow>,
        done: impl FnMut(Filled) -> Vec<KeyAction> + Send + 'static,
    ) -> Self {
        Self {
            title: title.into(),
            text: Vec::new(),
            rows,
            at: 0,
            stage: Stage::New,
            done: Box::new(done),
            keep: None,
            place: Place::Over,
        }
    }

    /// Says what the form is for.
    pub(crate) fn saying(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.text.extend(lines);
        self
    }

    /// Lies over the left pane of the screen: what is to be said on the right stays in sight.
    pub(crate) fn beside(self) -> Self {
        Self { place: Place::Beside, ..self }
    }

    /// Keeps what was typed, each time that it changes.
    pub(crate) fn keeping(mut self, keep: impl FnMut(Vec<String>) -> KeyAction + Send + 'static) -> Self {
        self.keep = Some(Box::new(keep));
        self
    }

    fn kept(&mut self) -> Vec<KeyAction> {
        let fields = self.rows.iter().map(|row| row.text_now().to_owned()).collect();
        self.keep.as_mut().map(|keep| keep(fields)).into_iter().collect()
    }

    /// Begins at another row than the first.
    pub(crate) fn from(mut self, row: usize) -> Self {
        self.at = row.min(self.rows.len().saturating_sub(1));
        self
    }

    fn turn(&mut self, turn: Turn) {
        if let Some(row) = self.rows.get_mut(self.at) {
            row.turn(turn);
        }
    }

    fn verdict(&self, index: usize, cx: &Context) -> Result<String, String> {
        let before = index.checked_sub(1).and_then(|before| self.rows.get(before));
        self.rows.get(index).map_or_else(|| Ok(String::new()), |row| row.verdict(before, cx))
    }

    /// What was understood of a row, or what is wrong with it: one line at least, whole sentences always.
    fn note(&self, index: usize, width: u16, cx: &Context) -> (Vec<String>, Style) {
        let row = &self.rows[index];
        if row.takes() == InputKind::Choice {
            return (Vec::new(), cx.theme.quiet);
        }
        let (note, style) = match self.verdict(index, cx) {
            Ok(understood) => (understood, cx.theme.quiet),
            Err(_) if row.text_now().is_empty() && self.stage == Stage::New => (String::new(), cx.theme.quiet),
            Err(reason) => (reason, cx.theme.attention),
        };
        (cells::wrap(&note, width), style)
    }

    fn submit(&mut self, cx: &Context) -> Vec<KeyAction> {
        if let Some(wrong) = (0..self.rows.len()).find(|index| self.verdict(*index, cx).is_err()) {
            (self.at, self.stage) = (wrong, Stage::Tried);
            return nothing();
        }
        let values = self.rows.iter().filter_map(|row| row.value(cx.today())).collect();
        let actions = (self.done)(Filled::of(values));
        let writes = |task: &Task| task.request.kind() == RequestPolicy::Always;
        if actions.iter().any(|action| matches!(action, KeyAction::Request(task) if writes(task))) {
            let submitted = |action| match action {
                KeyAction::Request(task) if writes(&task) => KeyAction::Submit(task),
                other => other,
            };
            return actions.into_iter().map(submitted).collect();
        }
        std::iter::once(KeyAction::Close).chain(actions).collect()
    }

    /// What was typed is not lost to one key: an input method's own Esc comes through at times. A form that is kept may be
    /// left at any time.
    fn leave(&mut self, cx: &Context) -> Vec<KeyAction> {
        if !self.rows.iter().any(FormRow::is_changed) {
            return vec![KeyAction::Close];
        }
        if self.keep.is_some() {
            return std::iter::once(KeyAction::Close).chain(self.kept()).collect();
        }
        let words = &cx.labels.dialogs;
        let question = Confirm::new(words.discard_title, words.discard_yes, vec![KeyAction::Close])
            .saying([self.title.clone()])
            .warning([words.discard_text.to_owned()]);
        vec![KeyAction::dialog(question)]
    }

    /// In the left pane: a long text has the whole width below its label, and the note of the row in front is told.
    fn draw_beside(&self, canvas: &mut Canvas<'_, '_>) {
        const FRAME: u16 = 3;
        let (theme, words) = (canvas.cx.theme, &canvas.cx.labels.dialogs);
        let all = canvas.area();
        let main = Rect { y: FRAME, height: all.height.saturating_sub(2 * FRAME), ..all };
        let [left, ..] = area::panes(main, main.width * 9 / 20 + 1);
        let pane = Rect { x: main.x, width: left.width + 2, ..main };
        let popup = canvas.popup_in(pane, pane.width, pane.height, &self.title);
        let mut head = self.head(popup.width, canvas.cx);
        head.truncate(2);
        let label_width = self.rows.iter().map(|row| cells::width(&row.label)).max().unwrap_or(0) + 2;
        let note = |index: usize| match index == self.at || self.stage == Stage::Tried {
            true => self.note(index, popup.width.saturating_sub(2), canvas.cx),
            false => (Vec::new(), theme.quiet),
        };
        let notes: Vec<_> = (0..self.rows.len()).map(note).collect();
        let told = notes.iter().map(|(lines, _)| area::height(lines)).fold(area::height(&head), u16::saturating_add);
        let others = area::height(&self.rows).saturating_add(told);
        let text = popup.height.saturating_sub(others).clamp(LEAST_TEXT, MOST_TEXT);
        let mut y = popup.y + canvas.styled(popup, &head);
        let here = if self.awaits().is_some() { None } else { Some(self.at) };
        for (index, row) in self.rows.iter().enumerate() {
            canvas.text(popup.x, y, label_width, &row.label, theme.quiet);
            let [_, beside] = area::split_left(popup, label_width);
            let input = match row.takes() {
                InputKind::Area => Rect { y: y + 1, height: text, ..popup },
                InputKind::Line | InputKind::Choice => Rect { y, height: 1, ..beside },
            };
            row.draw(canvas, input.intersection(popup), Focus::at(Some(index), here));
            let (lines, style) = &notes[index];
            let below = Rect { x: popup.x + 2, y: input.bottom(), width: popup.width - 2, height: area::height(lines) };
            y = below.y + canvas.lines(below.intersection(popup), lines, *style);
        }
        if self.awaits().is_some() {
            canvas.text_right(popup, popup.bottom() - 1, words.waiting, theme.moving);
        }
    }

    /// Above the rows: why the order was refused, and what the form is for.
    fn head(&self, width: u16, cx: &Context) -> Vec<(String, Style)> {
        let refused = match &self.stage {
            Stage::Refused(reason) => cells::wrap(reason, width),
            Stage::New | Stage::Tried | Stage::Waiting(_) => Vec::new(),
        };
        let text = self.text.iter().flat_map(|line| cells::wrap(line, width));
        let refused = refused.into_iter().map(|line| (line, cx.theme.bad));
        refused.chain(text.map(|line| (line, cx.theme.text))).collect()
    }
}

impl Screen for Form {
    fn bindings(&self) -> &'static [Binding] {
        if self.awaits().is_some() {
            return WAITING;
        }
        match self.rows.get(self.at).map(FormRow::takes) {
            Some(InputKind::Area) => AREA_KEYS,
            Some(InputKind::Choice) => CHOICE,
            Some(InputKind::Line) | None => FORM,
        }
    }

    fn field(&mut self) -> Option<&mut InputField> {
        if self.awaits().is_some() {
            return None;
        }
        self.rows.get_mut(self.at)?.field()
    }

    fn is_lossy(&self) -> bool {
        self.keep.is_none()
    }

    fn awaits(&self) -> Option<RequestId> {
        match self.stage {
            Stage::Waiting(request_id) => Some(request_id),
            Stage::New | Stage::Tried | Stage::Refused(_) => None,
        }
    }

    fn refused(&mut self, refusal: &RefusalText) {
        self.stage = Stage::Refused(refusal.text.clone());
    }

    fn on(&mut self, event: ScreenEvent, cx: &Context) -> Vec<KeyAction> {
        let count = self.rows.len().max(1);
        match event {
            ScreenEvent::Submitted(request_id) => self.stage = Stage::Waiting(request_id),
            // The request goes on; its reply is shown by the screen in front.
            ScreenEvent::Command(Command::Back) if self.awaits().is_some() => return vec![KeyAction::Close],
            _ if self.awaits().is_some() => {}
            ScreenEvent::Command(Command::Submit) if self.rows.get_mut(self.at).is_some_and(FormRow::ends_scan) => {}
            // Enter walks through the fields and submits at the last; it does not walk past what is wrong.
            ScreenEvent::Command(Command::Submit) if self.at + 1 < self.rows.len() => match self.verdict(self.at, cx) {
                Ok(_) => self.at += 1,
                Err(_) => self.stage = Stage::Tried,
            },
            ScreenEvent::Command(Command::Submit | Command::Save) => return self.submit(cx),
            ScreenEvent::Command(Command::NextChoice) => {
                self.turn(Turn::Next);
                return self.kept();
            }
            ScreenEvent::Command(Command::PreviousChoice) => {
                self.turn(Turn::Previous);
                return self.kept();
            }
            ScreenEvent::Edited => return self.kept(),
            ScreenEvent::Command(Command::NextField) => self.at = (self.at + 1) % count,
            ScreenEvent::Command(Command::PreviousField) => self.at = (self.at + count - 1) % count,
            ScreenEvent::Command(Command::Back) => return self.leave(cx),
            _ => {}
        }
        nothing()
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, _area: Rect) {
        if self.place == Place::Beside {
            return self.draw_beside(canvas);
        }
        let (theme, words) = (canvas.cx.theme, &canvas.cx.labels.dialogs);
        let width = 68.min(canvas.area().width);
        let label_width = self.rows.iter().map(|row| cells::width(&row.label)).max().unwrap_or(0) + 2;
        let notes: Vec<_> =
            (0..self.rows.len()).map(|index| self.note(index, width - 4 - label_width, canvas.cx)).collect();
        let inputs: u16 = self.rows.iter().map(FormRow::height).sum();
        let below = notes.iter().map(|(lines, _)| area::height(lines)).fold(inputs, u16::saturating_add);
        let rows = below.saturating_add(5);
        let mut head = self.head(width - 4, canvas.cx);
        // What was typed is seen whole; what the form is for was read before.
        head.truncate(usize::from(canvas.area().height.saturating_sub(rows)));
        let popup = canvas.popup(width, area::height(&head).saturating_add(rows), &self.title);
        let mut y = popup.y + 1;
        for (line, style) in &head {
            canvas.text(popup.x, y, popup.width, line, *style);
            y += 1;
        }
        y += u16::from(!head.is_empty());
        let [labels, inputs] = area::split_left(popup, label_width);
        let here = if self.awaits().is_some() { None } else { Some(self.at) };
        for (index, row) in self.rows.iter().enumerate() {
            canvas.text(labels.x, y, labels.width, &row.label, theme.quiet);
            let input = Rect { y, height: row.height(), ..inputs };
            row.draw(canvas, input, Focus::at(Some(index), here));
            let (lines, style) = &notes[index];
            let note = Rect { y: input.bottom(), height: area::height(lines), ..inputs };
            y = note.y + canvas.lines(note, lines, *style);
        }
        if self.awaits().is_some() {
            canvas.text_right(popup, popup.bottom() - 1, words.waiting, theme.moving);
        }
    }
}
