//! The lock: the work stays where it was, hidden until the same person gives the password.

use super::State;
use crate::labels::Command;
use crate::secrets::Passphrase;
use crate::tui::authentication::Credential;
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::keys::{Binding, Key, shown};
use crate::tui::request::Refusal;
use crate::tui::screen::{Action, Event, Screen, nothing};
use crate::tui::widgets::{Field, Focus};
use crossterm::event::KeyCode;
use ratatui::layout::Rect;

/// The keys of the lock.
pub(crate) const LOCK: &[Binding] =
    &[shown(&[Key::named(KeyCode::Enter)], Command::Submit), shown(&[Key::ctrl('x')], Command::SignOut)];

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
                return vec![Action::Authenticate(Credential::Unlock {
                    password: Passphrase::new(self.password.take()),
                })];
            }
            Event::Edited => self.state = State::Typing,
            _ => {}
        }
        nothing()
    }

    fn refused(&mut self, refusal: &Refusal) {
        self.state = State::Refused(refusal.text.clone());
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
