//! The whole state of the console: messages in, effects out. Synchronous and pure; the clock comes with each message.

mod changes;
mod input;
mod requests;
mod session;
mod state;

use super::auth::CredentialForm;
use super::canvas::Canvas;
use super::change_poller::ChangePoller;
use super::context::{Context, Database};
use super::frame;
use super::message::{Effect, Msg, RequestId};
use super::request::{ReplyRoute, RequestPolicy};
use super::screen::{KeyAction, ScreenEvent, StatusTone};
use super::status::{RunningWork, StatusMessage};
use super::theme::Theme;
use crate::labels::Labels;
use crate::tui::commands::Tab;
use chrono::{DateTime, Utc};
use ratatui::Frame;
use state::AppState;
use std::any::TypeId;
use std::cell::Cell;
use std::collections::BTreeMap;

/// What has not been answered yet.
#[derive(Debug)]
enum Pending {
    Request(Asked),
    /// A password or a code: the one thing whose reply opens a workspace.
    Credential,
    /// A write of a person who has signed out since: waited for, and not shown.
    Left,
}

impl Pending {
    /// Whether it changes something: the program does not end before it has ended.
    fn writes(&self) -> bool {
        match self {
            Self::Left => true,
            Self::Request(asked) => asked.kind == RequestPolicy::Always,
            Self::Credential => false,
        }
    }
}

/// A request that has not ended.
#[derive(Debug)]
struct Asked {
    asker: Asker,
    kind: RequestPolicy,
    /// Which request it is: a newer read of the same type replaces an older one.
    type_id: TypeId,
    delivery: ReplyRoute,
}

/// Who made a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asker {
    Screen(Tab),
    /// The app itself: whether lists are still true, and whether its person may still be here.
    App,
}

/// Whether the program is about to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leaving {
    No,
    /// As soon as every write has ended.
    WhenWritten,
}

/// State of the console: session, screens, layers over them.
pub(crate) struct App {
    cx: Context,
    state: AppState,
    said: Option<StatusMessage>,
    /// The one that was heard of last stands at the end.
    works: Vec<RunningWork>,
    /// Of the newest request.
    last_id: u64,
    pending: BTreeMap<RequestId, Pending>,
    leaving: Leaving,
    last_key: DateTime<Utc>,
    poller: ChangePoller,
    /// Whether anything can look different since it was drawn.
    changed: bool,
    /// Whether the terminal was too small to work at when it was drawn last.
    small: Cell<bool>,
    effects: Vec<Effect>,
}

impl App {
    /// A console before the sign-in.
    pub(crate) fn new(labels: &'static Labels, theme: Theme, society: String, now: DateTime<Utc>) -> Self {
        Self {
            cx: Context {
                labels,
                theme,
                society,
                database: Default::default(),
                now,
                person: None,
                counts: Default::default(),
            },
            state: AppState::Credentials(CredentialForm::sign_in(None)),
            said: None,
            works: Vec::new(),
            last_id: 0,
            pending: BTreeMap::new(),
            leaving: Leaving::No,
            last_key: now,
            poller: ChangePoller::from(now),
            changed: true,
            small: Cell::new(false),
            effects: Vec::new(),
        }
    }

    /// Names the database in the title.
    pub(crate) fn at(mut self, database: Database) -> Self {
        self.cx.database = database;
        self
    }

    #[cfg(test)]
    pub(crate) fn looking(mut self, theme: Theme) -> Self {
        self.cx.theme = theme;
        self
    }

    /// Offers a staff ID at sign-in.
    pub(crate) fn offering(mut self, staff: Option<&str>) -> Self {
        self.state = AppState::Credentials(CredentialForm::sign_in(staff));
        self
    }

    /// Takes in what happened; returns what is to be done about it.
    pub(crate) fn update(&mut self, msg: Msg, now: DateTime<Utc>) -> Vec<Effect> {
        let clock = self.cx.clock();
        self.cx.now = now;
        self.changed |= clock != self.cx.clock() || !self.is_quiet(&msg);
        match msg {
            Msg::Key(event) => self.key(event),
            Msg::Paste(text) => self.paste(&text),
            Msg::Resized => {}
            Msg::Wake => {
                self.lock_when_idle();
                self.poll_changes();
                self.check_session();
            }
            Msg::Reply(id, reply) => self.replied(id, reply),
            Msg::Progress(request_id, progress) => self.progress(request_id, progress),
            Msg::Terminate => self.leave(),
        }
        if let AppState::Workspace(workspace) = &mut self.state {
            workspace.show_late();
        }
        std::mem::take(&mut self.effects)
    }

    fn tell(&mut self, event: ScreenEvent) {
        let actions = self.state.screen_mut().on(event, &self.cx);
        self.perform(actions);
    }

    fn perform(&mut self, actions: Vec<KeyAction>) {
        for action in actions {
            self.act(action);
        }
    }

    fn act(&mut self, action: KeyAction) {
        match action {
            KeyAction::Authenticate(credential) => self.authenticate(credential),
            KeyAction::Stop(job) => {
                let works = self.works.iter().filter(|work| work.progress.job == job);
                self.effects.extend(works.map(|work| Effect::Stop(work.request_id)));
            }
            KeyAction::Say(tone, text) => self.say(tone, text),
            KeyAction::Count(counts) => self.cx.counts.update(counts),
            KeyAction::Copy(text) => self.effects.push(Effect::Copy(text)),
            KeyAction::Run(command) => self.command(command),
            KeyAction::Enter(person) => self.enter(person),
            KeyAction::SignOut => self.sign_out(),
            KeyAction::Quit => self.leave(),
            other => self.act_at_desk(other),
        }
    }

    /// What only a signed-in person can want; what is asked and ordered there is the screen's in front.
    fn act_at_desk(&mut self, action: KeyAction) {
        let AppState::Workspace(workspace) = &mut self.state else { return };
        let tab = workspace.open;
        match action {
            KeyAction::Request(task) => {
                self.request(task, Asker::Screen(tab));
            }
            KeyAction::Submit(task) => {
                let id = self.request(task, Asker::Screen(tab));
                self.tell(ScreenEvent::Submitted(id));
            }
            other => {
                let more = workspace.act(other, &self.cx);
                self.perform(more);
            }
        }
    }

    fn say(&mut self, tone: StatusTone, text: String) {
        self.said = Some(StatusMessage { tone, text });
    }

    pub(crate) fn draw(&self, frame: &mut Frame<'_>) {
        let mut canvas = Canvas::new(frame, &self.cx);
        self.small.set(frame::is_too_small(canvas.area()));
        if self.small.get() {
            return frame::draw_too_small(&mut canvas);
        }
        match &self.state {
            AppState::Workspace(workspace) => {
                let late = workspace.late(&self.cx).map(|text| StatusMessage { tone: StatusTone::Attention, text });
                frame::draw_workspace(&mut canvas, workspace, self.said.as_ref().or(late.as_ref()), self.works.last());
            }
            gate => frame::draw_auth(&mut canvas, gate.screen(), self.said.as_ref()),
        }
        canvas.finish();
    }
}
