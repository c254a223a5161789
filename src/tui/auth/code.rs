//! The code of the authenticator app, after a right password.

use super::{LOCK, State};
use crate::secrets::Passphrase;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command};
use crate::tui::context::Context;
use crate::tui::message::{Answer, Entry, Outcome};
use crate::tui::screen::{Action, Event, Screen, nothing};
use crate::tui::widgets::{Field, Focus};
use ratatui::layout::Rect;

/// Asks for six digits, or a recovery code.
pub(crate) struct Code {
    code: Field,
    state: State,
}

impl Code {
    /// Nothing typed yet.
    pub(crate) fn new() -> Self {
        Self { code: Field::new(), state: State::Typing }
    }
}

impl Screen for Code {
    fn bindings(&self) -> &'static [Binding] {
        LOCK
    }

    fn field(&mut self) -> Option<&mut Field> {
        (self.state != State::Checking).then_some(&mut self.code)
    }

    fn on(&mut self, event: Event, _cx: &Context) -> Vec<Action> {
        match event {
            Event::Command(Command::SignOut) => return vec![Action::SignOut],
            _ if self.state == State::Checking => {}
            Event::Command(Command::Submit) if !self.code.text().is_empty() => {
                self.state = State::Checking;
                return vec![Action::Give(Entry::Code(Passphrase::new(self.code.take())))];
            }
            Event::Edited => self.state = State::Typing,
            _ => {}
        }
        nothing()
    }

    fn reply(&mut self, outcome: &Outcome, _cx: &Context) -> Vec<Action> {
        self.state = State::Typing;
        match outcome {
            Ok(Answer::SignedIn(person)) => vec![Action::Enter(person.clone())],
            Ok(_) => nothing(),
            Err(refusal) => {
                self.state = State::Refused(refusal.text.clone());
                nothing()
            }
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, _area: Rect) {
        let (labels, theme) = (&canvas.cx.labels.sign_in, canvas.cx.theme);
        let note = match &self.state {
            State::Typing => (labels.code_hint, theme.quiet),
            State::Checking => (labels.checking, theme.moving),
            State::Refused(why) => (why.as_str(), theme.attention),
        };
        let fields = [(labels.code, &self.code, Focus::Here)];
        super::draw(canvas, (labels.code_title, labels.code_text), &fields, note);
    }
}
