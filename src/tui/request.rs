//! Requests: what a screen wants of the use cases, each with a reply of its own type.
//!
//! A request stands beside the screen that makes it. The screen says into which of its messages the reply is turned;
//! the app delivers that message, and only to the screen that asked. In between the types are erased: `App` and the
//! runner know no request by name.

use super::progress::WorkHandle;
use crate::labels::Labels;
use crate::labels::refusals::explain;
use crate::usecases::{Actor, AppContext, Error, Refusal as Reason};
use std::any::Any;
use std::fmt::{self, Debug, Formatter};
use std::pin::Pin;

/// What becomes of a request when the same screen makes another of its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RequestPolicy {
    /// A read: the newer one replaces it, at any point.
    Latest,
    /// A write: it is never aborted, and the console does not end before it has.
    Always,
}

/// What a request runs with. Opened for each: the settings and the person are those of this moment.
#[derive(Clone, Copy)]
pub(crate) struct RequestContext<'a> {
    pub(crate) ctx: &'a AppContext,
    pub(crate) actor: &'a Actor,
    pub(crate) labels: &'static Labels,
    pub(crate) work: &'a WorkHandle,
}

impl RequestContext<'_> {
    /// A refusal as a reply, in words: it answers what was typed or pressed, and is read in full. That the session has
    /// ended stays an error, as does a broken database.
    pub(crate) fn in_words<T>(&self, done: Result<T, Error>) -> Result<Result<T, String>, Error> {
        match done {
            Err(error @ Error::Refused(Reason::ShutOut)) => Err(error),
            Err(error @ Error::Refused(_)) => Ok(Err(explain(self.labels.lang, &error))),
            done => done.map(Ok),
        }
    }
}

/// One call of a use case.
pub(crate) trait TypedRequest: Debug + Send + 'static {
    /// What it comes back with.
    type Reply: Send + 'static;

    const KIND: RequestPolicy;

    /// Calls the use case.
    fn run(self, session: RequestContext<'_>) -> impl Future<Output = Result<Self::Reply, Error>> + Send;
}

/// A reply on its way back. Its type is the request's `Reply`.
pub(crate) type AnyReply = Box<dyn Any + Send>;

/// A request of any type, on its way to the runner.
pub(crate) trait AnyRequest: Any + Debug + Send {
    fn kind(&self) -> RequestPolicy;

    /// Calls the use case.
    fn run_any<'a>(
        self: Box<Self>,
        session: RequestContext<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<AnyReply, Error>> + Send + 'a>>;
}

impl<R: TypedRequest> AnyRequest for R {
    fn kind(&self) -> RequestPolicy {
        R::KIND
    }

    fn run_any<'a>(
        self: Box<Self>,
        session: RequestContext<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<AnyReply, Error>> + Send + 'a>> {
        Box::pin(async move { Ok(Box::new(self.run(session).await?) as AnyReply) })
    }
}

/// Implements [`TypedRequest`] where a use case is all there is to it:
/// `request!(ReleaseCard => Released, Always, |ctx, actor, it| cards::release(ctx, actor, it.0).await);`
macro_rules! request {
    ($request:ty => $reply:ty, $kind:ident, |$ctx:ident, $actor:ident $(, $it:ident)?| $run:expr) => {
        impl $crate::tui::request::TypedRequest for $request {
            type Reply = $reply;
            const KIND: $crate::tui::request::RequestPolicy = $crate::tui::request::RequestPolicy::$kind;

            async fn run(
                self,
                session: $crate::tui::request::RequestContext<'_>,
            ) -> Result<$reply, $crate::usecases::Error> {
                let ($ctx, $actor) = (session.ctx, session.actor);
                $(let $it = self;)?
                $run
            }
        }
    };
}
pub(crate) use request;

/// Why something was not done, in words of the chosen language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RefusalText {
    /// What happened, what was not done, what to do.
    pub(crate) text: String,
}

/// A message of a screen to itself, of the screen's own type.
pub(crate) struct Message(Box<dyn Any>);

impl Message {
    /// Wraps a message.
    pub(crate) fn new(message: impl Any) -> Self {
        Self(Box::new(message))
    }

    /// The message, where it is of this type.
    pub(crate) fn read<M: Any>(self) -> Option<M> {
        self.0.downcast().ok().map(|message| *message)
    }
}

impl Debug for Message {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("Message")
    }
}

/// Turns what a request ended with into the message of who asked; a refusal may be left to the app to show. None: the
/// reply is of another type, which `Task` rules out.
type Deliver = Box<dyn FnOnce(Result<AnyReply, RefusalText>) -> Option<Result<Message, RefusalText>>>;

/// The way of a reply back to who asked.
pub(crate) struct ReplyRoute(Deliver);

impl ReplyRoute {
    /// Expects a reply of type `T`, which `to` turns into a message.
    pub(crate) fn new<T: Any, M: Any>(
        to: impl FnOnce(Result<T, RefusalText>) -> Result<M, RefusalText> + 'static,
    ) -> Self {
        Self(Box::new(move |result| {
            let result = match result {
                Ok(reply) => Ok(*reply.downcast().ok()?),
                Err(refusal) => Err(refusal),
            };
            Some(to(result).map(Message::new))
        }))
    }

    /// The message of who asked, or the refusal where that is left to the app.
    pub(crate) fn deliver(self, result: Result<AnyReply, RefusalText>) -> Option<Result<Message, RefusalText>> {
        (self.0)(result)
    }
}

impl Debug for ReplyRoute {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("Delivery")
    }
}

/// A request, and the way of its reply.
#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) request: Box<dyn AnyRequest>,
    pub(crate) delivery: ReplyRoute,
}

impl Task {
    /// The asker gets a message in any case.
    pub(crate) fn new<R: TypedRequest, M: Any>(
        request: R,
        to: impl FnOnce(Result<R::Reply, RefusalText>) -> M + 'static,
    ) -> Self {
        Self { request: Box::new(request), delivery: ReplyRoute::new(move |result| Ok(to(result))) }
    }

    /// The asker gets a message when it is done; a refusal is shown by the app.
    pub(crate) fn on_success<R: TypedRequest, M: Any>(request: R, to: impl FnOnce(R::Reply) -> M + 'static) -> Self {
        Self { request: Box::new(request), delivery: ReplyRoute::new(move |result: Result<_, _>| result.map(to)) }
    }
}
