//! The whole state of the console: messages in, effects out. Synchronous and pure; the clock comes with each message.

use super::canvas::Canvas;
use super::context::{Context, Person};
use super::desk::Desk;
use super::frame;
use super::gate::{Change, Lock, SignIn};
use super::keys::{self, Key};
use super::message::{Answer, Effect, Lane, Msg, Order, Origin, Outcome, Progress, Query, Reply, Ticket};
use super::screen::{Action, Event, Screen, Tab, Tone};
use super::theme::Theme;
use super::widgets::Edit;
use crate::labels::{Command, Labels};
use chrono::{DateTime, Duration, Timelike, Utc};
use crossterm::event::KeyEvent;
use ratatui::Frame;
use std::collections::BTreeMap;

/// Who is at the terminal, and what they see.
enum Stage {
    SignIn(SignIn),
    Change(Change),
    Desk(Box<Desk>),
    Locked(Lock, Box<Desk>),
}

/// A question or an order that has not been answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pending {
    Question(Lane),
    Order(Origin),
}

/// Whether the program is about to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leaving {
    No,
    /// As soon as every order is carried out.
    WhenWritten,
}

/// Something said in the message line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) tone: Tone,
    pub(crate) text: String,
}

/// Long work under way.
#[derive(Debug)]
pub(crate) struct Work {
    pub(crate) ticket: Ticket,
    pub(crate) progress: Progress,
    pub(crate) since: DateTime<Utc>,
}

/// The console.
pub(crate) struct App {
    cx: Context,
    stage: Stage,
    said: Option<Said>,
    work: Option<Work>,
    tickets: u64,
    pending: BTreeMap<Ticket, Pending>,
    leaving: Leaving,
    last_key: DateTime<Utc>,
    effects: Vec<Effect>,
}

impl App {
    /// A console with nobody signed in.
    pub(crate) fn new(labels: &'static Labels, theme: Theme, society: String, now: DateTime<Utc>) -> Self {
        Self {
            cx: Context { labels, theme, society, now, person: None, waiting: Default::default() },
            stage: Stage::SignIn(SignIn::new()),
            said: None,
            work: None,
            tickets: 0,
            pending: BTreeMap::new(),
            leaving: Leaving::No,
            last_key: now,
            effects: Vec::new(),
        }
    }

    /// Offers a staff ID at sign-in.
    pub(crate) fn offering(mut self, staff: Option<&str>) -> Self {
        self.stage = Stage::SignIn(SignIn::offering(staff));
        self
    }

    /// Takes in what happened; returns what is to be done about it.
    pub(crate) fn update(&mut self, msg: Msg, now: DateTime<Utc>) -> Vec<Effect> {
        self.cx.now = now;
        match msg {
            Msg::Key(event) => self.key(event),
            Msg::Paste(text) => self.paste(&text),
            Msg::Resized => {}
            Msg::Wake => self.lock_when_idle(),
            Msg::Reply(reply) => self.reply(reply),
            Msg::Progress(ticket, progress) => self.progress(ticket, progress),
            Msg::Terminate => self.leave(),
        }
        std::mem::take(&mut self.effects)
    }

    /// How long the app may sleep: to the next minute of its clock, or until it is to lock itself.
    pub(crate) fn wake_in(&self) -> Option<Duration> {
        let (Stage::Desk(_), Some(person)) = (&self.stage, &self.cx.person) else { return None };
        let now = self.cx.now;
        let since_minute = i64::from(now.second()) * 1000 + i64::from(now.timestamp_subsec_millis() % 1000);
        let to_minute = Duration::milliseconds(60_000 - since_minute);
        Some(to_minute.min(self.idle_end(person) - now))
    }

    fn idle_end(&self, person: &Person) -> DateTime<Utc> {
        self.last_key + Duration::minutes(person.idle_minutes.into())
    }

    fn lock_when_idle(&mut self) {
        let Some(person) = &self.cx.person else { return };
        if matches!(self.stage, Stage::Desk(_)) && self.cx.now >= self.idle_end(person) {
            let minutes = person.idle_minutes;
            self.lock();
            self.say(Tone::Quiet, (self.cx.labels.frame.lock_after)(minutes.into()));
        }
    }

    fn key(&mut self, event: KeyEvent) {
        let Some(key) = Key::of(event) else { return };
        self.lock_when_idle();
        self.last_key = self.cx.now;
        self.said = None;
        let edit = match self.top().field() {
            Some(field) => field.key(event),
            None => Edit::Ignored,
        };
        match edit {
            Edit::Changed => self.tell(Event::Edited),
            Edit::Moved => {}
            Edit::Ignored => self.command_key(key),
        }
    }

    fn command_key(&mut self, key: Key) {
        let command = keys::command_of(self.top().bindings(), key).or_else(|| keys::command_of(self.common(), key));
        match command {
            Some(command) => self.command(command),
            None if matches!(self.stage, Stage::Desk(_)) => {
                self.say(Tone::Quiet, (self.cx.labels.frame.no_such_key)(&key.shown()));
            }
            None => {}
        }
    }

    /// The keys that work besides those of the screen in front.
    fn common(&self) -> &'static [keys::Binding] {
        match &self.stage {
            Stage::Desk(desk) if desk.layers.is_empty() => keys::EVERYWHERE,
            _ => keys::OUTSIDE,
        }
    }

    /// A command of the screen in front goes there; the others are the app's.
    fn command(&mut self, command: Command) {
        let own = self.top().bindings().iter().any(|binding| binding.command == command);
        if own {
            return self.tell(Event::Command(command));
        }
        match command {
            Command::Quit => self.ask_to_quit(),
            Command::Suspend => self.effects.push(Effect::Suspend),
            Command::Redraw => self.effects.push(Effect::Redraw),
            Command::Lock => self.lock(),
            Command::SignOut => self.sign_out(),
            _ => self.desk_command(command),
        }
    }

    fn desk_command(&mut self, command: Command) {
        let Stage::Desk(desk) = &mut self.stage else { return };
        let actions = match (command, Tab::of(command)) {
            (_, Some(tab)) => desk.go(tab, &self.cx),
            (Command::Search, _) => desk.search(None, &self.cx),
            (Command::Help, _) => desk.help(),
            (Command::Palette, _) => desk.palette(),
            (Command::Reload, _) => desk.reload(&self.cx),
            _ => Vec::new(),
        };
        self.perform(actions);
    }

    fn ask_to_quit(&mut self) {
        match &mut self.stage {
            Stage::Desk(desk) if desk.layers.is_empty() => desk.confirm_quit(&self.cx),
            _ => self.leave(),
        }
    }

    fn paste(&mut self, text: &str) {
        self.last_key = self.cx.now;
        self.said = None;
        if let Some(field) = self.top().field() {
            if field.paste(text) == Edit::Changed {
                self.tell(Event::Edited);
            }
            return;
        }
        if let Stage::Desk(desk) = &mut self.stage
            && desk.layers.is_empty()
        {
            let actions = desk.search(Some(text), &self.cx);
            self.perform(actions);
        }
    }

    /// The screen that has the focus.
    fn top(&mut self) -> &mut dyn Screen {
        match &mut self.stage {
            Stage::SignIn(screen) => screen,
            Stage::Change(screen) => screen,
            Stage::Desk(desk) => desk.top(),
            Stage::Locked(screen, _) => screen,
        }
    }

    fn tell(&mut self, event: Event) {
        let actions = match &mut self.stage {
            Stage::SignIn(screen) => screen.on(event, &self.cx),
            Stage::Change(screen) => screen.on(event, &self.cx),
            Stage::Desk(desk) => desk.top().on(event, &self.cx),
            Stage::Locked(screen, _) => screen.on(event, &self.cx),
        };
        self.perform(actions);
    }

    fn perform(&mut self, actions: Vec<Action>) {
        for action in actions {
            self.act(action);
        }
    }

    fn act(&mut self, action: Action) {
        match action {
            Action::Ask(query) => self.ask(query, self.origin()),
            Action::Order(order) => self.order(order, self.origin()),
            Action::Stop => self.effects.extend(self.work.as_ref().map(|work| Effect::Stop(work.ticket))),
            Action::Say(tone, text) => self.say(tone, text),
            Action::Run(command) => self.command(command),
            Action::Enter(person) => self.enter(person),
            Action::Unlock => self.unlock(),
            Action::SignOut => self.sign_out(),
            Action::Quit => self.leave(),
            other => {
                if let Stage::Desk(desk) = &mut self.stage {
                    let more = desk.act(other, &self.cx);
                    self.perform(more);
                }
            }
        }
    }

    fn origin(&self) -> Origin {
        match &self.stage {
            Stage::Desk(desk) => Origin::Tab(desk.open),
            _ => Origin::Gate,
        }
    }

    fn ticket(&mut self) -> Ticket {
        self.tickets += 1;
        Ticket(self.tickets)
    }

    fn ask(&mut self, query: Query, origin: Origin) {
        let lane = (origin, std::mem::discriminant(&query));
        self.pending.retain(|_, pending| *pending != Pending::Question(lane));
        let ticket = self.ticket();
        self.pending.insert(ticket, Pending::Question(lane));
        self.effects.push(Effect::Ask(ticket, lane, query));
    }

    fn order(&mut self, order: Order, origin: Origin) {
        let ticket = self.ticket();
        self.pending.insert(ticket, Pending::Order(origin));
        self.effects.push(Effect::Order(ticket, order));
    }

    fn reply(&mut self, Reply { ticket, outcome }: Reply) {
        // An answer that nobody waits for any more is dropped here.
        let Some(pending) = self.pending.remove(&ticket) else { return };
        if self.work.as_ref().is_some_and(|work| work.ticket == ticket) {
            self.work = None;
        }
        let origin = match pending {
            Pending::Question((origin, _)) | Pending::Order(origin) => origin,
        };
        self.note_waiting(&outcome);
        match origin {
            Origin::Gate => self.gate_reply(&outcome),
            Origin::Tab(tab) => self.tab_reply(tab, pending, &outcome),
        }
        if self.leaving == Leaving::WhenWritten {
            self.leave();
        }
    }

    fn gate_reply(&mut self, outcome: &Outcome) {
        if let (Stage::SignIn(_), Ok(Answer::MustChange(person))) = (&self.stage, outcome) {
            self.stage = Stage::Change(Change::new(person.clone()));
            return;
        }
        let actions = match &mut self.stage {
            Stage::SignIn(screen) => screen.reply(outcome, &self.cx),
            Stage::Change(screen) => screen.reply(outcome, &self.cx),
            Stage::Locked(screen, _) => screen.reply(outcome, &self.cx),
            Stage::Desk(_) => Vec::new(),
        };
        self.perform(actions);
    }

    fn tab_reply(&mut self, tab: Tab, pending: Pending, outcome: &Outcome) {
        let (Stage::Desk(desk) | Stage::Locked(_, desk)) = &mut self.stage else { return };
        if let (Pending::Order(_), Err(refusal)) = (pending, outcome) {
            desk.refused(refusal, &self.cx);
        }
        let actions = desk.screen(tab).reply(outcome, &self.cx);
        for action in actions {
            match action {
                Action::Ask(query) => self.ask(query, Origin::Tab(tab)),
                Action::Order(order) => self.order(order, Origin::Tab(tab)),
                other => self.act(other),
            }
        }
    }

    fn progress(&mut self, ticket: Ticket, progress: Progress) {
        let Some(Pending::Order(origin)) = self.pending.get(&ticket).copied() else { return };
        let since = match &self.work {
            Some(work) if work.ticket == ticket => work.since,
            _ => self.cx.now,
        };
        self.work = Some(Work { ticket, progress: progress.clone(), since });
        if let (Origin::Tab(tab), Stage::Desk(desk) | Stage::Locked(_, desk)) = (origin, &mut self.stage) {
            desk.screen(tab).on(Event::Progress(progress), &self.cx);
        }
    }

    /// Numbers in the tabs follow whatever was last heard of them.
    fn note_waiting(&mut self, outcome: &Outcome) {
        if let Ok(answer) = outcome {
            self.cx.waiting.hear(answer);
        }
    }

    fn say(&mut self, tone: Tone, text: String) {
        self.said = Some(Said { tone, text });
    }

    fn enter(&mut self, person: Person) {
        self.say(Tone::Quiet, (self.cx.labels.sign_in.welcome)(&person.name));
        self.last_key = self.cx.now;
        self.cx.person = Some(person);
        self.stage = Stage::Desk(Box::new(Desk::new()));
        self.tell(Event::Shown);
    }

    fn lock(&mut self) {
        let stage = std::mem::replace(&mut self.stage, Stage::SignIn(SignIn::new()));
        self.stage = match stage {
            Stage::Desk(desk) => Stage::Locked(Lock::new(), desk),
            other => other,
        };
    }

    fn unlock(&mut self) {
        let stage = std::mem::replace(&mut self.stage, Stage::SignIn(SignIn::new()));
        self.stage = match stage {
            Stage::Locked(_, desk) => Stage::Desk(desk),
            other => other,
        };
        self.last_key = self.cx.now;
    }

    fn sign_out(&mut self) {
        self.stage = Stage::SignIn(SignIn::new());
        self.cx.person = None;
        self.cx.waiting = Default::default();
        self.pending.retain(|_, pending| matches!(pending, Pending::Order(_)));
        self.say(Tone::Quiet, self.cx.labels.frame.signed_out.to_owned());
        self.effects.push(Effect::SignOut);
    }

    /// Ends the program, but not before every order is carried out.
    fn leave(&mut self) {
        let writing = self.pending.values().any(|pending| matches!(pending, Pending::Order(Origin::Tab(_))));
        if writing {
            self.leaving = Leaving::WhenWritten;
            self.say(Tone::Attention, self.cx.labels.frame.quit_waits.to_owned());
        } else {
            self.effects.push(Effect::Quit);
        }
    }

    /// Draws everything.
    pub(crate) fn draw(&self, frame: &mut Frame<'_>) {
        let mut canvas = Canvas::new(frame, &self.cx);
        if frame::is_too_small(canvas.area()) {
            return frame::draw_too_small(&mut canvas);
        }
        match &self.stage {
            Stage::SignIn(screen) => frame::draw_gate(&mut canvas, screen, self.said.as_ref()),
            Stage::Change(screen) => frame::draw_gate(&mut canvas, screen, self.said.as_ref()),
            Stage::Locked(screen, _) => frame::draw_gate(&mut canvas, screen, self.said.as_ref()),
            Stage::Desk(desk) => frame::draw_desk(&mut canvas, desk, self.said.as_ref(), self.work.as_ref()),
        }
        canvas.finish();
    }
}
