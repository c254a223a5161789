//! What a screen is: five methods. Dialogs are screens too, laid over another.

pub(crate) use super::status::StatusTone;

use super::authentication::Credential;
use super::call_strip::CallStrip;
use super::canvas::Canvas;
use super::context::{Context, OpenPerson, TabCounts};
use super::message::RequestId;
use super::progress::{LongTask, WorkProgress};
use super::request::{Message, RefusalText, Task, TypedRequest};
use super::route::ScreenRoute;
use super::widgets::InputField;
use super::widgets::list_view::AnyList;
use crate::tui::commands::{Binding, Command, When};
use ratatui::layout::Rect;
use std::any::Any;
use std::fmt::{self, Debug, Formatter};

/// A screen or a dialog.
pub(crate) trait Screen {
    /// The keys that work now.
    fn bindings(&self) -> &'static [Binding];

    /// The field that takes typed and pasted text, if one has the focus.
    fn field(&mut self) -> Option<&mut InputField> {
        None
    }

    /// The list in front. What every list does alike (moving, filtering) is done with it, and not told to the screen.
    fn list(&mut self) -> Option<&mut dyn AnyList> {
        None
    }

    /// Whether a condition of its commands is met now.
    fn meets(&self, _condition: When) -> bool {
        true
    }

    /// Something happened to it.
    fn on(&mut self, event: ScreenEvent, cx: &Context) -> Vec<KeyAction>;

    /// The request that it stays for: it goes when that is done, and shows a refusal.
    fn awaits(&self) -> Option<RequestId> {
        None
    }

    /// Whether what was typed in it is lost when it goes.
    fn is_lossy(&self) -> bool {
        true
    }

    /// What it waits for was refused: the request of a form, or a credential.
    fn refused(&mut self, _refusal: &RefusalText) {}

    /// A message that it sent itself: by a request that has ended, or from a dialog over it.
    fn update(&mut self, _message: Message, _cx: &Context) -> Vec<KeyAction> {
        Vec::new()
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect);
}

impl Debug for dyn Screen {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("Screen")
    }
}

/// What happens to a screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ScreenEvent {
    /// Its person has signed in.
    SignedIn,
    /// Its person signs out, locks the screen or leaves: what was typed is kept now.
    Leaving,
    /// It has come to the front.
    Shown,
    /// Another user has changed something; reloading must not disturb the work here.
    Changed,
    /// A change that it ordered was refused: mostly another user was faster, and what it shows is out of date.
    Refused,
    /// A key of its table was pressed, or the palette chose the command.
    Command(Command),
    /// Another row of its list may be selected now.
    Selected,
    /// The text of its focused field is another now.
    Edited,
    /// It is to show this.
    Visit(ScreenRoute),
    /// What it submitted is on its way.
    Submitted(RequestId),
    /// Long work that it ordered has come so far.
    Progress(WorkProgress),
    /// Long work that it ordered is over, done or not.
    Ended(LongTask),
}

/// What a screen asks of the app.
#[derive(Debug)]
pub(crate) enum KeyAction {
    /// Stop this long work, where that is safe.
    Stop(LongTask),
    /// Say something in the message line.
    Say(StatusTone, String),
    /// Lay a dialog over the screen.
    Dialog(Box<dyn Screen>),
    /// Tell the screen below something in its own words.
    Send(Message),
    /// Run a request.
    Request(Task),
    /// The same, from a form that stays until the request has ended.
    Submit(Task),
    /// Show these numbers beside the tabs.
    Count(TabCounts),
    /// The open calls, for the strip under the tabs.
    Calls(CallStrip),
    /// Put a text into the clipboard of the person at the terminal.
    Copy(String),
    /// Filter the list below this prompt.
    Filter(String),
    /// Move in the list below this prompt.
    Move(Command),
    /// This dialog is done.
    Close,
    /// Do what a key would do.
    Run(Command),
    /// Show something on its own screen.
    Visit(ScreenRoute),
    /// Nothing more to go back from here.
    Leave,
    /// Give a password or a code.
    Authenticate(Credential),
    /// A person has signed in.
    Enter(OpenPerson),
    /// Signs out, for another person.
    SignOut,
    /// End the program.
    Quit,
}

impl KeyAction {
    /// Lays a dialog over the screen.
    pub(crate) fn dialog(dialog: impl Screen + 'static) -> Self {
        Self::Dialog(Box::new(dialog))
    }

    /// Gives the screen that a dialog lies over a message of its own.
    pub(crate) fn send(message: impl Any) -> Self {
        Self::Send(Message::new(message))
    }

    /// Runs a request. What it ends with, done or refused, is the screen's message `to(..)`.
    pub(crate) fn request<R: TypedRequest, M: Any>(
        request: R,
        to: impl FnOnce(Result<R::Reply, RefusalText>) -> M + 'static,
    ) -> Self {
        Self::Request(Task::new(request, to))
    }

    /// Runs a request. Its reply is the screen's message `to(..)`; a refusal is shown by the app: of a write in the form
    /// that ordered it, or in full over the screen; of a read in the message line.
    pub(crate) fn request_ok<R: TypedRequest, M: Any>(request: R, to: impl FnOnce(R::Reply) -> M + 'static) -> Self {
        Self::Request(Task::on_success(request, to))
    }

    /// Says why something was not done, in the message line.
    pub(crate) fn refused(refusal: &RefusalText) -> Self {
        Self::Say(StatusTone::Bad, refusal.text.clone())
    }
}

/// What a screen has loaded so far.
#[derive(Debug, Default)]
pub(crate) enum Load<T> {
    /// Nothing was asked for.
    #[default]
    Idle,
    /// On its way.
    Waiting,
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
    pub(crate) fn fail(&mut self, refusal: &RefusalText) -> Vec<KeyAction> {
        if let Self::Ready(_) = self {
            return vec![KeyAction::refused(refusal)];
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
pub(crate) fn nothing() -> Vec<KeyAction> {
    Vec::new()
}
