//! The lock: the work stays where it was, hidden until the same person gives the password.

use super::State;
use crate::secrets::Passphrase;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::message::{Answer, Entry, Outcome};
use crate::tui::screen::{Action, Event, Screen, nothing};
use crate::tui::widgets::{Field, Focus};
use ratatui::layout::Rect;

/// The keys of the lock.
pub(crate) const LOCK: &[Binding] = bindings![Submit, SignOut.shown()];

/// Hides the desk.
pub(crate) struct Lock {
    password: Field,
    state: State,
}

impl Lock {
    /// A closed lock.
    pub(crate) fn new() -> Self {
        Self { password: Field::password(), state: State::Typing }
    }
}

impl Screen for Lock {
    fn bindings(&self) -> &'static [Binding] {
        LOCK
    }

    fn field(&mut self) -> Option<&mut Field> {
        (self.state != State::Checking).then_some(&mut self.password)
    }

    fn on(&mut self, event: Event, _cx: &Context) -> Vec<Action> {
        match event {
            Event::Command(Command::SignOut) => return vec![Action::SignOut],
            _ if self.state == State::Checking => {}
            Event::Command(Command::Submit) if !self.password.text().is_empty() => {
                self.state = State::Checking;
                return vec![Action::Give(Entry::Unlock { password: Passphrase::new(self.password.take()) })];
            }
            Event::Edited => self.state = State::Typing,
            _ => {}
        }
        nothing()
    }

    fn reply(&mut self, outcome: &Outcome, _cx: &Context) -> Vec<Action> {
        match outcome {
            Ok(Answer::Welcome) => vec![Action::Unlock],
            Ok(_) => nothing(),
            Err(refusal) => {
                self.state = State::Refused(refusal.text.clone());
                nothing()
            }
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, _area: Rect) {
        let (labels, theme) = (&canvas.cx.labels.sign_in, canvas.cx.theme);
        let name = canvas.cx.person.as_ref().map_or("", |person| person.name.as_str());
        let text = labels.lock_text(name);
        let note = match &self.state {
            State::Typing => ("", theme.quiet),
            State::Checking => (labels.checking, theme.moving),
            State::Refused(why) => (why.as_str(), theme.attention),
        };
        super::draw(canvas, (labels.lock_title, &text), &[(labels.password, &self.password, Focus::Here)], note);
    }
}
