//! The form for credentials: fields that are typed one after another, checked elsewhere, and asked for again.

use super::enrolment::EnrolmentForm;
use super::input::{FormWords, Input};
use super::step::{SignInStep, Submitted};
use crate::tui::authentication::Pairing;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::{Context, OpenPerson};
use crate::tui::request::RefusalText;
use crate::tui::screen::{KeyAction, Screen, ScreenEvent, nothing};
use crate::tui::widgets::{Focus, InputField, area, cells};
use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use ratatui::style::Style;

/// The keys of a form with two fields.
pub(crate) const TWO_FIELDS: &[Binding] = bindings![Submit, NextField, PreviousField];

/// The keys of a form with one field, which another person may leave for the sign-in.
pub(crate) const ONE_FIELD: &[Binding] = bindings![Submit, SignOut.shown()];

/// How far the credentials are.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Check {
    Typing,
    UnderWay,
    /// Why the last ones were not taken.
    Refused(String),
}

/// Asks for credentials until they are right.
pub(crate) struct CredentialForm {
    step: SignInStep,
    inputs: Vec<Input>,
    at: usize,
    check: Check,
}

impl CredentialForm {
    fn new(step: SignInStep) -> Self {
        Self { inputs: step.inputs(), step, at: 0, check: Check::Typing }
    }

    /// Staff ID and password; with an ID already there, the password comes first.
    pub(crate) fn sign_in(id: Option<&str>) -> Self {
        let mut form = Self::new(SignInStep::SignIn);
        if let (Some(id), Some(input)) = (id, form.inputs.first_mut()) {
            input.field.set(id);
            form.at = 1;
        }
        form
    }

    /// Sign-in after a session was ended, and why.
    pub(crate) fn sign_in_again(why: String) -> Self {
        Self { check: Check::Refused(why), ..Self::new(SignInStep::SignIn) }
    }

    /// A password of their own, from a person whose password was set by another.
    pub(crate) fn change(person: OpenPerson) -> Self {
        Self::new(SignInStep::Change(person))
    }

    /// The code of the authenticator app.
    pub(crate) fn code() -> Self {
        Self::new(SignInStep::Code)
    }

    /// The first code of a device that is enrolled with this secret.
    pub(crate) fn enrol(pairing: Pairing) -> Self {
        Self::new(SignInStep::Enrol(EnrolmentForm::new(pairing)))
    }

    /// The password of the person who is signed in.
    pub(crate) fn unlock() -> Self {
        Self::new(SignInStep::Unlock)
    }

    fn submit(&mut self, cx: &Context) -> Vec<KeyAction> {
        match self.step.submit(&mut self.inputs, self.at, &cx.labels.sign_in) {
            Submitted::Asks(at) => self.at = at,
            Submitted::Refused(why, at) => (self.check, self.at) = (Check::Refused(why), at),
            Submitted::Complete(credential) => {
                self.check = Check::UnderWay;
                return vec![KeyAction::Authenticate(credential)];
            }
        }
        nothing()
    }

    fn focus(&self, index: usize) -> Focus {
        if self.check == Check::UnderWay { Focus::Elsewhere } else { Focus::at(index, self.at) }
    }

    /// What came of the last try, or the hint.
    fn note<'a>(&'a self, hint: &'a str, cx: &'a Context) -> (&'a str, Style) {
        match &self.check {
            Check::Typing => (hint, cx.theme.quiet),
            Check::UnderWay => (cx.labels.sign_in.checking, cx.theme.moving),
            Check::Refused(why) => (why, cx.theme.attention),
        }
    }
}

impl Screen for CredentialForm {
    fn bindings(&self) -> &'static [Binding] {
        if self.inputs.len() > 1 { TWO_FIELDS } else { ONE_FIELD }
    }

    fn field(&mut self) -> Option<&mut InputField> {
        let input = self.inputs.get_mut(self.at)?;
        (self.check != Check::UnderWay).then_some(&mut input.field)
    }

    fn on(&mut self, event: ScreenEvent, cx: &Context) -> Vec<KeyAction> {
        match event {
            ScreenEvent::Command(Command::SignOut) => return vec![KeyAction::SignOut],
            _ if self.check == Check::UnderWay => {}
            ScreenEvent::Command(Command::Submit) => return self.submit(cx),
            // There are two fields at most: the next is the previous.
            ScreenEvent::Command(Command::NextField | Command::PreviousField) => {
                self.at = (self.at + 1) % self.inputs.len().max(1);
            }
            ScreenEvent::Edited => self.check = Check::Typing,
            _ => {}
        }
        nothing()
    }

    fn refused(&mut self, refusal: &RefusalText) {
        self.check = Check::Refused(refusal.text.clone());
        // What was secret has been taken out.
        self.at = self.inputs.iter().position(|input| input.field.text().is_empty()).unwrap_or(0);
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let words = self.step.words(&self.inputs, canvas.cx);
        let note = self.note(words.hint, canvas.cx);
        match (&self.step, self.inputs.first()) {
            (SignInStep::Enrol(enrolment), Some(input)) => {
                enrolment.draw(canvas, area, (&words, input), (self.focus(0), note));
            }
            _ => self.draw_popup(canvas, &words, note),
        }
    }
}

impl CredentialForm {
    /// A title, a text, the fields and the note in the middle of the screen.
    fn draw_popup(&self, canvas: &mut Canvas<'_, '_>, words: &FormWords, (note, style): (&str, Style)) {
        const WIDTH: u16 = 56;
        let (labels, theme) = (&canvas.cx.labels.sign_in, canvas.cx.theme);
        let text = cells::wrap(&words.text, WIDTH - 4);
        let inputs = area::height(&self.inputs) * 2;
        let note = cells::wrap(note, WIDTH - 4);
        let popup = canvas.popup(WIDTH, area::height(&text) + inputs + area::height(&note).max(3) + 4, &words.title);
        let rows = [Length(1), Length(area::height(&text)), Length(1), Length(inputs), Fill(1)];
        let [_, above, _, middle, below] = popup.layout(&Layout::vertical(rows));
        canvas.lines(above, &text, theme.quiet);
        let widest = self.inputs.iter().map(|input| cells::width((input.label)(labels))).max().unwrap_or(0);
        let [names, fields] = area::split_left(middle, widest + 2);
        for ((index, input), row) in self.inputs.iter().enumerate().zip(fields.rows().step_by(2)) {
            canvas.text(names.x, row.y, names.width, (input.label)(labels), theme.text);
            input.field.draw(canvas, row, self.focus(index));
        }
        canvas.lines(below, &note, style);
    }
}
