//! The code of the authenticator app, after a right password.

use super::{LOCK, State};
use crate::labels::Command;
use crate::secrets::Passphrase;
use crate::tui::authentication::Credential;
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::keys::Binding;
use crate::tui::request::Refusal;
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
                return vec![Action::Authenticate(Credential::Code(Passphrase::new(self.code.take())))];
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
        let note = match &self.state {
            State::Typing => (labels.code_hint, theme.quiet),
            State::Checking => (labels.checking, theme.moving),
            State::Refused(why) => (why.as_str(), theme.attention),
        };
        let fields = [(labels.code, &self.code, Focus::Here)];
        super::draw(canvas, (labels.code_title, labels.code_text), &fields, note);
    }
}
