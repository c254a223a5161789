//! Carries out effects: requests run on tokio, each with the session as it is then, and come back as messages.

mod session;
#[cfg(test)]
mod tests;

pub(crate) use session::SessionStore;

use super::authentication::Credential;
use super::message::{Effect, Msg, RequestId, RequestOutcome};
use super::progress::WorkHandle;
use super::request::{AnyReply, AnyRequest, RefusalText, RequestPolicy};
use crate::labels::Labels;
use crate::labels::refusals::explain;
use crate::usecases::{Error, Refusal as Reason};
use futures::future::join_all;
use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::JoinHandle;

/// A request under way.
struct Running {
    kind: RequestPolicy,
    task: JoinHandle<()>,
    stop: Arc<AtomicBool>,
}

/// Runs effects on tokio; replies come back as messages.
pub(crate) struct Runner {
    sessions: Arc<SessionStore>,
    labels: &'static Labels,
    to: UnboundedSender<Msg>,
    running: HashMap<RequestId, Running>,
    /// Sign-outs under way: the program waits for them.
    sign_outs: Vec<JoinHandle<()>>,
}

impl Runner {
    /// Replies go to `to`.
    pub(crate) fn new(sessions: SessionStore, labels: &'static Labels, to: UnboundedSender<Msg>) -> Self {
        Self { sessions: Arc::new(sessions), labels, to, running: HashMap::new(), sign_outs: Vec::new() }
    }

    /// Carries out what needs no terminal; gives back what does.
    pub(crate) fn run(&mut self, effect: Effect) -> Option<Effect> {
        match effect {
            Effect::Request(id, request) => self.start(id, request),
            Effect::Abort(id) => self.abort(id),
            Effect::Authenticate(id, credential) => self.authenticate(id, credential),
            Effect::Stop(id) => self.stop(id),
            Effect::SignOut => self.sign_out(),
            Effect::Suspend | Effect::Redraw | Effect::Copy(_) | Effect::Quit => return Some(effect),
        }
        None
    }

    /// Runs a request in the background.
    fn start(&mut self, id: RequestId, request: Box<dyn AnyRequest>) {
        let (sessions, labels, reports) = (Arc::clone(&self.sessions), self.labels, self.to.clone());
        let (kind, stop) = (request.kind(), Arc::new(AtomicBool::new(false)));
        let work = WorkHandle::new(move |progress| send(&reports, Msg::Progress(id, progress)), Arc::clone(&stop));
        let session = sessions.at_hand();
        self.spawn(id, kind, stop, async move { sessions.run(session, request, labels, &work).await });
    }

    /// Checks a password or a code. That is waited for: a new password is a change.
    fn authenticate(&mut self, id: RequestId, credential: Credential) {
        let sessions = Arc::clone(&self.sessions);
        self.spawn(id, RequestPolicy::Always, Arc::default(), async move {
            Ok(Box::new(sessions.authenticate(credential).await?) as AnyReply)
        });
    }

    fn spawn(
        &mut self,
        id: RequestId,
        kind: RequestPolicy,
        stop: Arc<AtomicBool>,
        run: impl Future<Output = Result<AnyReply, Error>> + Send + 'static,
    ) {
        let (to, labels) = (self.to.clone(), self.labels);
        let task = tokio::spawn(async move {
            if kind == RequestPolicy::Always {
                super::terminal::break_if_rehearsed("order");
            }
            send(&to, Msg::Reply(id, reply(run.await, labels)));
        });
        self.running.retain(|_, running| !running.task.is_finished());
        self.running.insert(id, Running { kind, task, stop });
    }

    /// Gives up a read.
    fn abort(&mut self, id: RequestId) {
        if let Some(running) = self.running.remove(&id) {
            running.task.abort();
        }
    }

    /// Asks long work to stop.
    fn stop(&self, id: RequestId) {
        if let Some(running) = self.running.get(&id) {
            running.stop.store(true, Ordering::SeqCst);
        }
    }

    fn sign_out(&mut self) {
        let sessions = Arc::clone(&self.sessions);
        self.sign_outs.push(tokio::spawn(async move { sessions.sign_out().await }));
    }

    /// Waits until every write has ended.
    ///
    /// # Errors
    /// One of them panicked.
    pub(crate) async fn finish(&mut self) -> io::Result<()> {
        let writes = self.running.drain().filter(|(_, running)| running.kind == RequestPolicy::Always);
        let tasks = writes.map(|(_, running)| running.task).chain(self.sign_outs.drain(..));
        let ended = join_all(tasks).await;
        ended.into_iter().collect::<Result<(), _>>().map_err(io::Error::other)
    }
}

/// What a request has ended with, in words where it was refused.
fn reply(result: Result<AnyReply, Error>, labels: &Labels) -> RequestOutcome {
    match result {
        Ok(reply) => RequestOutcome::Done(reply),
        Err(error @ Error::Refused(Reason::ShutOut)) => RequestOutcome::SessionEnded(explain(labels.lang, &error)),
        Err(error) => RequestOutcome::Refused(RefusalText { text: explain(labels.lang, &error) }),
    }
}

/// Sends a message to the app. It can fail only when the console has ended, and then nothing waits for the message.
fn send(to: &UnboundedSender<Msg>, msg: Msg) {
    to.send(msg).ok();
}
