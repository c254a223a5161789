//! Requests as calls of the use cases.

mod session;
#[cfg(test)]
mod tests;

use super::Backend;
use crate::labels::Labels;
use crate::labels::refusals::explain;
use crate::tui::authentication::Credential;
use crate::tui::message::Reply;
use crate::tui::progress::WorkHandle;
use crate::tui::request::{AnyReply, AnyRequest, Refusal, Session};
use crate::usecases::{AppContext, Error, Refusal as Reason, staff};
use session::SignedIn;
use std::sync::Mutex;

/// The society's office behind the console.
pub(crate) struct AppBackend {
    ctx: AppContext,
    labels: &'static Labels,
    session: Mutex<SignedIn>,
}

impl AppBackend {
    /// Before the sign-in.
    pub(crate) fn new(ctx: AppContext, labels: &'static Labels) -> Self {
        Self { ctx, labels, session: Mutex::new(SignedIn::Nobody) }
    }

    fn reply(&self, result: Result<AnyReply, Error>) -> Reply {
        match result {
            Ok(reply) => Reply::Done(reply),
            Err(error @ Error::Refused(Reason::ShutOut)) => Reply::SessionEnded(explain(self.labels.lang, &error)),
            Err(error) => Reply::Refused(Refusal { text: explain(self.labels.lang, &error) }),
        }
    }

    async fn call(&self, request: Box<dyn AnyRequest>, work: &WorkHandle) -> Result<AnyReply, Error> {
        let (ctx, actor) = self.open().await?;
        request.run_any(Session { ctx: &ctx, actor: &actor, labels: self.labels, work }).await
    }
}

impl Backend for AppBackend {
    async fn run(&self, request: Box<dyn AnyRequest>, work: WorkHandle) -> Reply {
        self.reply(self.call(request, &work).await)
    }

    async fn authenticate(&self, credential: Credential) -> Reply {
        self.reply(self.check(credential).await.map(|step| Box::new(step) as AnyReply))
    }

    async fn sign_out(&self) {
        let session = std::mem::replace(&mut *self.session(), SignedIn::Nobody);
        if let SignedIn::Open(session) = session {
            // An audit failure on sign-out is ignored: sign-out must not fail.
            let _ = staff::sign_out(&self.ctx, &session.actor).await;
        }
    }
}
