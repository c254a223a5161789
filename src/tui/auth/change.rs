//! The first sign-in: an own password before anything else.

use super::{GATE, State};
use crate::secrets::{Passphrase, Rule};
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command};
use crate::tui::context::{Context, Person};
use crate::tui::message::{Answer, Entry, Outcome};
use crate::tui::screen::{Action, Event, Screen, Tone, nothing};
use crate::tui::widgets::{Field, Focus};
use ratatui::layout::Rect;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    New,
    Again,
}

/// Asks twice for a new password.
pub(crate) struct Change {
    person: Person,
    new: Field,
    again: Field,
    at: At,
    state: State,
}

impl Change {
    /// For somebody whose password was set by another.
    pub(crate) fn new(person: Person) -> Self {
        Self { person, new: Field::password(), again: Field::password(), at: At::New, state: State::Typing }
    }

    /// The rules, told before anything is typed and ticked off as they are met.
    fn rules(&self, cx: &Context) -> [String; 3] {
        Rule::ALL.map(|rule| {
            let met = !self.new.text().is_empty() && rule.holds(self.new.text(), &self.person.id);
            format!("[{}] {}", if met { 'x' } else { ' ' }, cx.labels.sign_in.rule(rule))
        })
    }

    fn submit(&mut self, cx: &Context) -> Vec<Action> {
        let labels = &cx.labels.sign_in;
        if let Some(rule) = Rule::ALL.into_iter().find(|rule| !rule.holds(self.new.text(), &self.person.id)) {
            self.state = State::Refused(labels.broken(rule).to_owned());
            self.at = At::New;
            return nothing();
        }
        if self.at == At::New {
            self.at = At::Again;
            return nothing();
        }
        if self.new.text() != self.again.text() {
            self.state = State::Refused(labels.differ.to_owned());
            self.new.take();
            self.again.take();
            self.at = At::New;
            return nothing();
        }
        self.state = State::Checking;
        self.again.take();
        vec![Action::Give(Entry::ChangePassword { new: Passphrase::new(self.new.take()) })]
    }
}

impl Screen for Change {
    fn bindings(&self) -> &'static [Binding] {
        GATE
    }

    fn field(&mut self) -> Option<&mut Field> {
        match (&self.state, self.at) {
            (State::Checking, _) => None,
            (_, At::New) => Some(&mut self.new),
            (_, At::Again) => Some(&mut self.again),
        }
    }

    fn on(&mut self, event: Event, cx: &Context) -> Vec<Action> {
        match event {
            _ if self.state == State::Checking => {}
            Event::Command(Command::Submit) => return self.submit(cx),
            Event::Command(Command::NextField | Command::PreviousField) => {
                self.at = match self.at {
                    At::New => At::Again,
                    At::Again => At::New,
                };
            }
            Event::Edited => self.state = State::Typing,
            _ => {}
        }
        nothing()
    }

    fn reply(&mut self, outcome: &Outcome, cx: &Context) -> Vec<Action> {
        match outcome {
            Ok(Answer::Welcome) => {
                let said = Action::Say(Tone::Good, cx.labels.sign_in.changed.to_owned());
                vec![Action::Enter(self.person.clone()), said]
            }
            Ok(_) => nothing(),
            Err(refusal) => {
                self.at = At::New;
                self.state = State::Refused(refusal.text.clone());
                nothing()
            }
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, _area: Rect) {
        let (labels, theme) = (&canvas.cx.labels.sign_in, canvas.cx.theme);
        let note = match &self.state {
            State::Typing => (labels.change_hint, theme.quiet),
            State::Checking => (labels.checking, theme.moving),
            State::Refused(why) => (why.as_str(), theme.attention),
        };
        let fields = [
            (labels.new_password, &self.new, Focus::at(At::New, self.at)),
            (labels.again, &self.again, Focus::at(At::Again, self.at)),
        ];
        let text = format!("{}\n{}", labels.change_why, self.rules(canvas.cx).join("\n"));
        super::draw(canvas, (labels.change_title, &text), &fields, note);
    }
}
