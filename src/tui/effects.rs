//! Carries out effects: the only place where the console meets the use cases.

mod backend;

pub(crate) use backend::AppBackend;

use super::authentication::Credential;
use super::message::{Effect, Msg, Reply, RequestId};
use super::progress::WorkHandle;
use super::request::{AnyRequest, RequestKind};
use futures::future::join_all;
use std::collections::HashMap;
use std::future::Future;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::JoinHandle;

/// Runs requests.
pub(crate) trait Backend: Send + Sync + 'static {
    /// Runs a request with the session as it is now. A read may be aborted at any point.
    fn run(&self, request: Box<dyn AnyRequest>, work: WorkHandle) -> impl Future<Output = Reply> + Send;
    /// Checks a password or a code.
    fn authenticate(&self, credential: Credential) -> impl Future<Output = Reply> + Send;
    /// Forgets who was signed in.
    fn sign_out(&self) -> impl Future<Output = ()> + Send;
}

/// A request under way.
struct Running {
    kind: RequestKind,
    task: JoinHandle<()>,
    stop: Arc<AtomicBool>,
}

/// Runs effects on tokio; replies come back as messages.
pub(crate) struct Runner<B> {
    backend: Arc<B>,
    to: UnboundedSender<Msg>,
    /// Requests under way.
    running: HashMap<RequestId, Running>,
    /// The program waits for them.
    sign_outs: Vec<JoinHandle<()>>,
}

impl<B: Backend> Runner<B> {
    /// Over a backend; replies go to `to`.
    pub(crate) fn new(backend: B, to: UnboundedSender<Msg>) -> Self {
        Self { backend: Arc::new(backend), to, running: HashMap::new(), sign_outs: Vec::new() }
    }

    /// Runs a request in the background.
    fn start(&mut self, id: RequestId, request: Box<dyn AnyRequest>) {
        let (backend, reports) = (Arc::clone(&self.backend), self.to.clone());
        let (kind, stop) = (request.kind(), Arc::new(AtomicBool::new(false)));
        let work = WorkHandle::new(move |progress| tell(&reports, Msg::Progress(id, progress)), Arc::clone(&stop));
        self.spawn(id, kind, stop, async move { backend.run(request, work).await });
    }

    /// Checks a password or a code. That is waited for: a new password is a change.
    fn authenticate(&mut self, id: RequestId, credential: Credential) {
        let backend = Arc::clone(&self.backend);
        self.spawn(id, RequestKind::Always, Arc::default(), async move { backend.authenticate(credential).await });
    }

    fn spawn(
        &mut self,
        id: RequestId,
        kind: RequestKind,
        stop: Arc<AtomicBool>,
        run: impl Future<Output = Reply> + Send + 'static,
    ) {
        let to = self.to.clone();
        let task = tokio::spawn(async move {
            if kind == RequestKind::Always {
                super::terminal::break_if_rehearsed("order");
            }
            tell(&to, Msg::Reply(id, run.await));
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

    /// Carries out what needs no terminal; gives back what does.
    pub(crate) fn run(&mut self, effect: Effect) -> Option<Effect> {
        match effect {
            Effect::Request(id, request) => self.start(id, request),
            Effect::Abort(id) => self.abort(id),
            Effect::Authenticate(id, credential) => self.authenticate(id, credential),
            Effect::Stop(request_id) => self.stop(request_id),
            Effect::SignOut => self.sign_out(),
            Effect::Suspend | Effect::Redraw | Effect::Quit => return Some(effect),
        }
        None
    }

    fn sign_out(&mut self) {
        let backend = Arc::clone(&self.backend);
        self.sign_outs.push(tokio::spawn(async move { backend.sign_out().await }));
    }

    fn stop(&self, request_id: RequestId) {
        if let Some(running) = self.running.get(&request_id) {
            running.stop.store(true, Ordering::SeqCst);
        }
    }

    /// Waits until every write has ended.
    ///
    /// # Errors
    /// One of them panicked.
    pub(crate) async fn finish(&mut self) -> io::Result<()> {
        let writes = self.running.drain().filter(|(_, running)| running.kind == RequestKind::Always);
        let ended = join_all(writes.map(|(_, running)| running.task)).await;
        for task in self.sign_outs.drain(..) {
            // A panic inside it has been reported by the hook.
            let _ = task.await;
        }
        ended.into_iter().collect::<Result<(), _>>().map_err(io::Error::other)
    }
}

/// Sends a message to the app. Once the console has ended, nothing waits for it.
fn tell(to: &UnboundedSender<Msg>, msg: Msg) {
    drop(to.send(msg));
}
