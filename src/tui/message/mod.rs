//! What goes into the app, and what it wants done: messages in, effects out.

mod answer;
mod entry;
mod order;
mod query;

pub(crate) use crate::usecases::import::Outcome as ImportOutcome;
pub(crate) use answer::{Answer, Called, Compared, Pairing};
pub(crate) use entry::Entry;
pub(crate) use order::{ImportJob, Order, Rejects};
pub(crate) use query::{Query, Settled};

use super::screen::{Action, Tone};
use crate::domain::BatchNumber;
use crate::tui::commands::Tab;
use crossterm::event::KeyEvent;
use std::mem::Discriminant;
use std::path::PathBuf;

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
    Reply(Reply),
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
    /// Let somebody in, if that is the right password or code.
    Enter(RequestId, Entry),
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
pub(crate) struct Reply {
    /// Which question or order.
    pub(crate) request_id: RequestId,
    /// What came of it.
    pub(crate) outcome: Outcome,
}

/// What came of a question or an order.
pub(crate) type Outcome = Result<Answer, Refusal>;

/// Why something was not done, in words of the chosen language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// What happened, what was not done, what to do.
    pub(crate) text: String,
}

impl Refusal {
    /// In the message line.
    pub(crate) fn said(&self) -> Vec<Action> {
        vec![Action::Say(Tone::Bad, self.text.clone())]
    }
}

/// Long work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Job {
    /// 出力
    Export(BatchNumber),
    /// 取込, or its dry run.
    Import(PathBuf),
}

/// How far long work has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Progress {
    /// Of what.
    pub(crate) job: Job,
    /// What is being done side by side.
    pub(crate) parts: Vec<Part>,
    /// Each of them, of so many.
    pub(crate) total: u64,
}

/// A part of long work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// In words.
    pub(crate) name: &'static str,
    /// So many.
    pub(crate) done: u64,
}

impl Progress {
    /// The part that the others wait for.
    pub(crate) fn slowest(&self) -> Option<&Part> {
        self.parts.iter().min_by_key(|part| part.done)
    }
}
