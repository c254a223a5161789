//! Carries out effects: the only place where the console meets the use cases.

mod backend;

pub(crate) use backend::AppBackend;

use super::authentication::Credential;
use super::message::{Effect, Msg, OldReply, Order, Outcome, Query, Reply, RequestId, RequestKey};
use super::progress::{Progress, WorkHandle};
use super::request::{AnyRequest, RequestKind};
use futures::future::join_all;
use std::collections::HashMap;
use std::future::Future;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::{AbortHandle, JoinHandle};

/// Answers questions and carries out orders.
pub(crate) trait Backend: Send + Sync + 'static {
    /// Answers a question. May be aborted at any point.
    fn ask(&self, query: Query) -> impl Future<Output = Outcome> + Send;
    /// Carries out an order, and tells how far it is.
    fn order(&self, order: Order, steps: Steps) -> impl Future<Output = Outcome> + Send;
    /// Runs a request with the session as it is now. A read may be aborted at any point.
    fn run(&self, request: Box<dyn AnyRequest>, work: WorkHandle) -> impl Future<Output = Reply> + Send;
    /// Checks a password or a code.
    fn authenticate(&self, credential: Credential) -> impl Future<Output = Reply> + Send;
    /// Forgets who was signed in.
    fn sign_out(&self) -> impl Future<Output = ()> + Send;
}

/// Where long work tells how far it is, and hears that it should stop.
#[derive(Clone)]
pub(crate) struct Steps {
    request_id: RequestId,
    to: UnboundedSender<Msg>,
    stop: Arc<AtomicBool>,
}

impl Steps {
    /// So far.
    pub(crate) fn report(&self, progress: Progress) {
        // The console may be gone already; the work goes on to its end.
        let _ = self.to.send(Msg::Progress(self.request_id, progress));
    }

    /// Set when somebody asks to stop.
    pub(crate) fn stop_flag(&self) -> &AtomicBool {
        &self.stop
    }

    /// Whether somebody asked to stop.
    pub(crate) fn stopped(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }
}

/// A request under way.
struct Running {
    kind: RequestKind,
    task: JoinHandle<()>,
    stop: Arc<AtomicBool>,
}

/// Runs effects on tokio; answers come back as messages.
pub(crate) struct Runner<B> {
    backend: Arc<B>,
    to: UnboundedSender<Msg>,
    /// Requests under way.
    running: HashMap<RequestId, Running>,
    /// The newest open question of each request_key.
    asked: HashMap<RequestKey, AbortHandle>,
    /// Orders that may be asked to stop.
    stops: HashMap<RequestId, Arc<AtomicBool>>,
    /// Orders under way: the program waits for them.
    orders: Vec<JoinHandle<()>>,
}

impl<B: Backend> Runner<B> {
    /// Over a backend; answers go to `to`.
    pub(crate) fn new(backend: B, to: UnboundedSender<Msg>) -> Self {
        let (running, asked, stops) = (HashMap::new(), HashMap::new(), HashMap::new());
        Self { backend: Arc::new(backend), to, running, asked, stops, orders: Vec::new() }
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

    /// Answers a question in the background, instead of an older one of its request_key.
    pub(crate) fn ask(&mut self, request_id: RequestId, request_key: RequestKey, query: Query) {
        let (backend, to) = (Arc::clone(&self.backend), self.to.clone());
        let task = tokio::spawn(async move {
            let outcome = backend.ask(query).await;
            let _ = to.send(Msg::OldReply(OldReply { request_id, outcome }));
        });
        if let Some(older) = self.asked.insert(request_key, task.abort_handle()) {
            older.abort();
        }
    }

    /// Carries out an order in the background, to its end.
    pub(crate) fn order(&mut self, request_id: RequestId, order: Order) {
        let backend = Arc::clone(&self.backend);
        let stop = Arc::new(AtomicBool::new(false));
        let steps = Steps { request_id, to: self.to.clone(), stop: Arc::clone(&stop) };
        self.stops.insert(request_id, stop);
        self.carry_out(request_id, async move { backend.order(order, steps).await });
    }

    fn carry_out(&mut self, request_id: RequestId, work: impl Future<Output = Outcome> + Send + 'static) {
        let to = self.to.clone();
        self.orders.retain(|task| !task.is_finished());
        self.orders.push(tokio::spawn(async move {
            super::terminal::break_if_rehearsed("order");
            let outcome = work.await;
            let _ = to.send(Msg::OldReply(OldReply { request_id, outcome }));
        }));
    }

    /// Carries out what needs no terminal; gives back what does.
    pub(crate) fn run(&mut self, effect: Effect) -> Option<Effect> {
        match effect {
            Effect::Ask(request_id, request_key, query) => self.ask(request_id, request_key, query),
            Effect::Order(request_id, order) => self.order(request_id, order),
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
        self.orders.push(tokio::spawn(async move { backend.sign_out().await }));
    }

    fn stop(&self, request_id: RequestId) {
        if let Some(stop) = self.stops.get(&request_id) {
            stop.store(true, Ordering::SeqCst);
        }
        if let Some(running) = self.running.get(&request_id) {
            running.stop.store(true, Ordering::SeqCst);
        }
    }

    /// Waits until every order is carried out.
    ///
    /// # Errors
    /// One of them panicked.
    pub(crate) async fn finish(&mut self) -> io::Result<()> {
        let writes = self.running.drain().filter(|(_, running)| running.kind == RequestKind::Always);
        let ended = join_all(writes.map(|(_, running)| running.task)).await;
        for task in self.orders.drain(..) {
            // A panic inside an order has been reported by the hook.
            let _ = task.await;
        }
        ended.into_iter().collect::<Result<(), _>>().map_err(io::Error::other)
    }
}

/// Sends a message to the app. Once the console has ended, nothing waits for it.
fn tell(to: &UnboundedSender<Msg>, msg: Msg) {
    drop(to.send(msg));
}
