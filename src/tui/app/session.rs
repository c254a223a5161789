//! Who is at the terminal: signing in and out, the lock, and the end.

use super::{App, AppState, Leaving, Pending};
use crate::domain::Permission;
use crate::text::japan::local;
use crate::tui::auth::{CredentialForm, Recovery};
use crate::tui::authentication::{AuthStep, Credential};
use crate::tui::change_poller::ChangePoller;
use crate::tui::commands::Tab;
use crate::tui::context::OpenPerson;
use crate::tui::message::Effect;
use crate::tui::screen::{ScreenEvent, StatusTone};
use crate::tui::workspace::Workspace;
use chrono::{DateTime, Duration, Timelike, Utc};

impl App {
    /// How long the app may sleep: to the next minute of its clock, until it is to lock itself, or to look whether
    /// others have changed something.
    pub(crate) fn wake_in(&self) -> Option<Duration> {
        let (AppState::Workspace(workspace), Some(person)) = (&self.state, &self.cx.person) else { return None };
        let now = self.cx.now;
        let since_minute = i64::from(now.second()) * 1000 + i64::from(now.timestamp_subsec_millis() % 1000);
        let to_minute = Duration::milliseconds(60_000 - since_minute);
        let poller = if workspace.shows_lists() { self.poller.due_in(now) } else { to_minute };
        Some(to_minute.min(self.idle_end(person) - now).min(poller))
    }

    fn idle_end(&self, person: &OpenPerson) -> DateTime<Utc> {
        self.last_key + Duration::minutes(person.idle_minutes.into())
    }

    pub(super) fn lock_when_idle(&mut self) {
        let Some(person) = &self.cx.person else { return };
        // A clock that was set back must not keep the screen open for as long.
        self.last_key = self.last_key.min(self.cx.now);
        if matches!(self.state, AppState::Workspace(_)) && self.cx.now >= self.idle_end(person) {
            let minutes = person.idle_minutes;
            self.changed = true;
            self.lock();
            self.say(StatusTone::Quiet, self.cx.labels.frame.lock_after(minutes.into()));
        }
    }

    /// Has a password or a code checked.
    pub(super) fn authenticate(&mut self, credential: Credential) {
        let id = self.request_id();
        self.pending.insert(id, Pending::Credential);
        self.effects.push(Effect::Authenticate(id, credential));
    }

    /// A credential was right. Nothing but the password for the lock opens that.
    pub(super) fn authenticated(&mut self, step: AuthStep) {
        if matches!(self.state, AppState::Locked(..)) != matches!(step, AuthStep::Unlock) {
            return;
        }
        match step {
            AuthStep::Enter(person) => self.enter(person),
            AuthStep::PasswordChanged(person) => {
                self.enter(person);
                self.say(StatusTone::Good, self.cx.labels.sign_in.changed.to_owned());
            }
            AuthStep::ChangePassword(person) => self.state = AppState::Credentials(CredentialForm::change(person)),
            AuthStep::GiveCode => self.state = AppState::Credentials(CredentialForm::code()),
            AuthStep::Enrol(pairing) => self.state = AppState::Credentials(CredentialForm::enrol(pairing)),
            AuthStep::RecoveryCodes(person, codes) => self.state = AppState::Recovery(Recovery::new(person, codes)),
            AuthStep::Unlock => self.unlock(),
        }
    }

    pub(super) fn enter(&mut self, person: OpenPerson) {
        let words = &self.cx.labels.sign_in;
        match person.failed {
            None => self.say(StatusTone::Quiet, words.welcome(&person.name)),
            Some(failed) => {
                let at = local(failed.last).format("%m/%d %H:%M").to_string();
                self.say(StatusTone::Attention, words.failures(&person.name, failed.count, &at));
            }
        }
        let first = if person.role.may(Permission::Look) { Tab::Home } else { Tab::Admin };
        self.last_key = self.cx.now;
        self.cx.person = Some(person);
        self.poller = ChangePoller::from(self.cx.now);
        self.state = AppState::Workspace(Box::new(Workspace::new(first)));
        self.tell_members(ScreenEvent::SignedIn);
        self.tell(ScreenEvent::Shown);
    }

    pub(super) fn lock(&mut self) {
        self.tell_members(ScreenEvent::Leaving);
        let state = std::mem::replace(&mut self.state, AppState::Credentials(CredentialForm::sign_in(None)));
        self.state = match state {
            AppState::Workspace(workspace) => AppState::Locked(CredentialForm::unlock(), workspace),
            other => other,
        };
    }

    /// Calls outlive the session: the screen that has them is told when it begins and ends.
    fn tell_members(&mut self, event: ScreenEvent) {
        if !self.cx.may(Permission::Note) {
            return;
        }
        let Some(workspace) = self.state.workspace() else { return };
        let actions = workspace.screen(Tab::Members).on(event, &self.cx);
        self.perform_for(Tab::Members, actions);
    }

    fn unlock(&mut self) {
        let state = std::mem::replace(&mut self.state, AppState::Credentials(CredentialForm::sign_in(None)));
        self.state = match state {
            AppState::Locked(_, workspace) => AppState::Workspace(workspace),
            other => other,
        };
        self.last_key = self.cx.now;
    }

    pub(super) fn sign_out(&mut self) {
        self.tell_members(ScreenEvent::Leaving);
        self.forget();
        self.say(StatusTone::Quiet, self.cx.labels.frame.signed_out.to_owned());
    }

    /// The person was disabled, reset or given another role.
    pub(super) fn shut_out(&mut self, why: String) {
        self.forget();
        self.state = AppState::Credentials(CredentialForm::sign_in_again(why));
        // It may be the reply to a request that no screen has made.
        self.changed = true;
    }

    /// Clears the workspace. Writes under way are completed; their replies are discarded.
    fn forget(&mut self) {
        self.state = AppState::Credentials(CredentialForm::sign_in(None));
        self.said = None;
        self.works.clear();
        self.cx.person = None;
        self.cx.counts = Default::default();
        self.pending.retain(|_, pending| pending.writes());
        self.pending.values_mut().for_each(|pending| *pending = Pending::Left);
        self.effects.push(Effect::SignOut);
    }

    /// Ends the program, but not before every write has ended.
    pub(super) fn leave(&mut self) {
        self.tell_members(ScreenEvent::Leaving);
        let writing = self.pending.values().any(Pending::writes);
        if writing {
            self.leaving = Leaving::WhenWritten;
            self.say(StatusTone::Attention, self.cx.labels.frame.quit_waits.to_owned());
        } else {
            self.effects.push(Effect::Quit);
        }
    }
}
