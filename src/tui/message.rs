//! What goes into the app, and what it wants done: messages in, effects out.

use super::authentication::Credential;
use super::progress::WorkProgress;
use super::request::{AnyReply, AnyRequest, RefusalText};
use crossterm::event::KeyEvent;

/// Something that happened outside the app.
#[derive(Debug)]
pub(crate) enum Msg {
    Key(KeyEvent),
    Paste(String),
    /// The terminal has another size, or was left and entered again.
    Resized,
    /// The moment that the app asked to be woken at.
    Wake,
    /// A request has ended.
    Reply(RequestId, RequestOutcome),
    /// Long work has come so far.
    Progress(RequestId, WorkProgress),
    /// The terminal or the system wants the program to end.
    Terminate,
}

/// Something that the app wants done.
#[derive(Debug)]
pub(crate) enum Effect {
    /// Run a request.
    Request(RequestId, Box<dyn AnyRequest>),
    /// Give up a read that a newer one replaces.
    Abort(RequestId),
    /// Check a password or a code.
    Authenticate(RequestId, Credential),
    /// Ask long work to stop where that is safe.
    Stop(RequestId),
    /// Forget who was signed in.
    SignOut,
    /// Give the terminal back to the shell until it continues us.
    Suspend,
    /// Draw everything again.
    Redraw,
    /// Put a text into the clipboard, by the terminal.
    Copy(String),
    Quit,
}

/// Numbers requests and credentials, so that late replies are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct RequestId(pub(crate) u64);

/// How a request ended.
#[derive(Debug)]
pub(crate) enum RequestOutcome {
    /// With the reply of its type.
    Done(AnyReply),
    /// Not done, for this reason.
    Refused(RefusalText),
    /// The session has ended: the person was disabled, reset or given another role. Why, in words.
    SessionEnded(String),
}
