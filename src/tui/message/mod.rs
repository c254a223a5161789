//! What goes into the app, and what it wants done: messages in, effects out.

mod answer;
mod order;
mod query;

pub(crate) use answer::Answer;
pub(crate) use order::Order;
pub(crate) use query::Query;

use super::authentication::Credential;
use super::progress::Progress;
use super::request::{AnyReply, AnyRequest, Refusal};
use crate::tui::commands::Tab;
use crossterm::event::KeyEvent;
use std::mem::Discriminant;

/// Something that happened outside the app.
#[derive(Debug)]
pub(crate) enum Msg {
    /// A key.
    Key(KeyEvent),
    /// Pasted text.
    Paste(String),
    /// The terminal has another size, or was left and entered again.
    Resized,
    /// The moment that the app asked to be woken at.
    Wake,
    /// An answer to an effect.
    OldReply(OldReply),
    /// A request has ended.
    Reply(RequestId, Reply),
    /// Long work has come so far.
    Progress(RequestId, Progress),
    /// The terminal or the system wants the program to end.
    Terminate,
}

/// Something that the app wants done.
#[derive(Debug)]
pub(crate) enum Effect {
    /// Answer a question; a question in the same request_key that is still open may be dropped.
    Ask(RequestId, RequestKey, Query),
    /// Carry out a change, to its end.
    Order(RequestId, Order),
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
    /// Leave.
    Quit,
}

/// Numbers questions and orders, so that late answers are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct RequestId(pub(crate) u64);

/// Who asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Origin {
    /// A screen.
    Tab(Tab),
    /// Nobody: the console itself looks whether lists are still true, and whether its person may still be here.
    ChangePoller,
}

/// Questions of one kind from one screen: the newest counts.
pub(crate) type RequestKey = (Origin, Discriminant<Query>);

/// The answer to one effect.
#[derive(Debug)]
pub(crate) struct OldReply {
    /// Which question or order.
    pub(crate) request_id: RequestId,
    /// What came of it.
    pub(crate) outcome: Outcome,
}

/// What came of a question or an order.
pub(crate) type Outcome = Result<Answer, Refusal>;

/// How a request ended.
#[derive(Debug)]
pub(crate) enum Reply {
    /// With the reply of its type.
    Done(AnyReply),
    /// Not done, for this reason.
    Refused(Refusal),
    /// The session has ended: the person was disabled, reset or given another role. Why, in words.
    SessionEnded(String),
}
