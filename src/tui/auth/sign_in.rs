//! Staff ID and password.

use super::{GATE, State};
use crate::secrets::Passphrase;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command};
use crate::tui::context::Context;
use crate::tui::message::{Answer, Entry, Outcome};
use crate::tui::screen::{Action, Event, Screen, nothing};
use crate::tui::widgets::{Field, Focus};
use ratatui::layout::Rect;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Id,
    Password,
}

/// The first screen.
pub(crate) struct SignIn {
    id: Field,
    password: Field,
    at: At,
    state: State,
}

impl SignIn {
    /// An empty one.
    pub(crate) fn new() -> Self {
        Self { id: Field::new(), password: Field::password(), at: At::Id, state: State::Typing }
    }

    /// With an ID already there, the password comes next.
    pub(crate) fn offering(id: Option<&str>) -> Self {
        let mut empty = Self::new();
        if let Some(id) = id {
            empty.id.set(id);
            empty.at = At::Password;
        }
        empty
    }

    /// After somebody was shut out, in words.
    pub(crate) fn refused(why: String) -> Self {
        Self { state: State::Refused(why), ..Self::new() }
    }

    fn submit(&mut self, cx: &Context) -> Vec<Action> {
        if self.at == At::Id && !self.id.text().is_empty() {
            self.at = At::Password;
            return nothing();
        }
        if self.id.text().trim().is_empty() || self.password.text().is_empty() {
            self.state = State::Refused(cx.labels.sign_in.missing.to_owned());
            return nothing();
        }
        self.state = State::Checking;
        let id = crate::text::nfkc(self.id.text());
        vec![Action::Give(Entry::SignIn { id, password: Passphrase::new(self.password.take()) })]
    }
}

impl Screen for SignIn {
    fn bindings(&self) -> &'static [Binding] {
        GATE
    }

    fn field(&mut self) -> Option<&mut Field> {
        match (&self.state, self.at) {
            (State::Checking, _) => None,
            (_, At::Id) => Some(&mut self.id),
            (_, At::Password) => Some(&mut self.password),
        }
    }

    fn on(&mut self, event: Event, cx: &Context) -> Vec<Action> {
        match event {
            _ if self.state == State::Checking => {}
            Event::Command(Command::Submit) => return self.submit(cx),
            Event::Command(Command::NextField | Command::PreviousField) => {
                self.at = match self.at {
                    At::Id => At::Password,
                    At::Password => At::Id,
                };
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
            State::Typing => (labels.hint, theme.quiet),
            State::Checking => (labels.checking, theme.moving),
            State::Refused(why) => (why.as_str(), theme.attention),
        };
        let focus = |own| match self.state {
            State::Checking => Focus::Elsewhere,
            _ => Focus::at(own, self.at),
        };
        let fields =
            [(labels.staff_id, &self.id, focus(At::Id)), (labels.password, &self.password, focus(At::Password))];
        super::draw(canvas, (&canvas.cx.society.clone(), labels.program), &fields, note);
    }
}
