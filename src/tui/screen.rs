//! What a screen is: five methods. Dialogs are screens too, laid over another.

use super::canvas::Canvas;
use super::context::{Context, Person};
use super::layers::{Confirm, Form, Notice, Pick, Ticks};
use super::message::{Entry, Job, Order, Outcome, Progress, Query, Refusal, RequestId};
use super::widgets::Field;
use crate::domain::diagnosis::Question;
use crate::domain::{BatchNumber, MemberKey};
use crate::interchange::FileKind;
use crate::tui::commands::{Binding, Command, Tab, When};
use ratatui::layout::Rect;

/// A screen or a dialog.
pub(crate) trait Screen {
    /// The keys that work now.
    fn bindings(&self) -> &'static [Binding];

    /// The field that takes typed and pasted text, if one has the focus.
    fn field(&mut self) -> Option<&mut Field> {
        None
    }

    /// Whether a condition of its commands is met now.
    fn meets(&self, _condition: When) -> bool {
        true
    }

    /// Something happened to it.
    fn on(&mut self, event: Event, cx: &Context) -> Vec<Action>;

    /// The order that it stays for: it is told what came of it, and then goes.
    fn awaits(&self) -> Option<RequestId> {
        None
    }

    /// What it asked for has come, or what it ordered was done or refused.
    fn reply(&mut self, _outcome: &Outcome, _cx: &Context) -> Vec<Action> {
        Vec::new()
    }

    /// What it asked for could not be told: it shows that where it waits, or says so.
    fn failed(&mut self, _query: &Query, refusal: &Refusal) -> Vec<Action> {
        refusal.said()
    }

    /// Draws itself.
    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect);
}

/// What happens to a screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Event {
    /// It has come to the front.
    Shown,
    /// Somebody else has changed something; whatever is read again must not disturb who works here.
    Changed,
    /// A key of its table was pressed, or the palette chose the command.
    Command(Command),
    /// The text of its focused field is another now.
    Edited,
    /// It is to show this.
    Visit(Target),
    /// The caller has answered a question.
    Heard(Question, String),
    /// What it submitted is on its way.
    Ordered(RequestId),
    /// Long work that it ordered has come so far.
    Progress(Progress),
    /// Long work that it ordered is over, done or not.
    Ended(Job),
}

/// Something that another screen can be asked to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// A member, by key.
    Member(MemberKey),
    /// A batch, by number.
    Batch(BatchNumber),
    /// 次の連絡
    FollowUps,
    /// The search for notes.
    Notes,
    /// B9: the follow-up list.
    MissingReceipts,
    /// A file of this kind, to be imported.
    Import(FileKind),
}

impl Target {
    /// Where it is shown.
    pub(crate) const fn tab(&self) -> Tab {
        match self {
            Self::Member(_) | Self::FollowUps | Self::Notes => Tab::Members,
            Self::Batch(_) | Self::MissingReceipts => Tab::Batches,
            Self::Import(_) => Tab::Import,
        }
    }
}

/// What a screen asks of the app.
#[derive(Debug)]
pub(crate) enum Action {
    /// Look something up; the answer comes as a reply. A newer question of the same kind replaces it.
    Ask(Query),
    /// Change something; never aborted.
    Order(Order),
    /// The same, from a form that stays until it hears what came of it.
    Submit(Order),
    /// Stop this long work, where that is safe.
    Stop(Job),
    /// Say something in the message line.
    Say(Tone, String),
    /// Lay a dialog over the screen.
    Confirm(Confirm),
    /// Lay a form over the screen.
    Form(Form),
    /// Lay a choice over the screen.
    Pick(Pick),
    /// Lay a list to tick over the screen.
    Ticks(Ticks),
    /// Lay a text over the screen.
    Notice(Notice),
    /// This dialog is done.
    Close,
    /// Do what a key would do.
    Run(Command),
    /// The caller has answered a question.
    Heard(Question, String),
    /// Show something on its own screen.
    Visit(Target),
    /// Nothing more to go back from here.
    Leave,
    /// Give a password or a code.
    Give(Entry),
    /// Somebody has signed in.
    Enter(Person),
    /// The lock is open again.
    Unlock,
    /// Somebody else may sign in.
    SignOut,
    /// End the program.
    Quit,
}

/// How a message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Done.
    Good,
    /// By the way.
    Quiet,
    /// Look here.
    Attention,
    /// Refused or failed.
    Bad,
}

/// What a screen has loaded so far.
#[derive(Debug, Default)]
pub(crate) enum Load<T> {
    /// Nothing was asked for.
    #[default]
    Idle,
    /// On its way.
    Waiting,
    /// Here.
    Ready(T),
    /// Refused, in words.
    Failed(String),
}

impl<T> Load<T> {
    /// What is here.
    pub(crate) const fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(value) => Some(value),
            _ => None,
        }
    }

    /// Says why where something older stays to look at; otherwise why stands in its place.
    pub(crate) fn fail(&mut self, refusal: &Refusal) -> Vec<Action> {
        if let Self::Ready(_) = self {
            return refusal.said();
        }
        *self = Self::Failed(refusal.text.clone());
        nothing()
    }

    /// Waits, unless something older is there to look at meanwhile.
    pub(crate) fn wait(&mut self) {
        if !matches!(self, Self::Ready(_)) {
            *self = Self::Waiting;
        }
    }
}

/// Nothing to do.
pub(crate) fn nothing() -> Vec<Action> {
    Vec::new()
}
