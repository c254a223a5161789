//! Questions of the screens.

use super::AppBackend;
use crate::labels::refusals::explain;
use crate::tui::message::{Answer, Query};
use crate::usecases::{
    Error, Refusal as Reason, audit_unusual, audit_verify, batches, import, one_off, queue, requests, staff,
};

/// Members of one list; more is not read by people.
const MOST: i64 = 200;

impl AppBackend {
    pub(super) async fn answer(&self, query: Query) -> Result<Answer, Error> {
        let (ctx, actor) = (&self.ctx.current().await?, &self.actor().await?);
        Ok(match query {
            Query::Requests(scope) => Answer::Requests(requests::list(ctx, actor, scope).await?),
            Query::Request(receipt) => Answer::Request(Box::new(requests::show(ctx, actor, &receipt).await?)),
            Query::Queue => Answer::Queue(queue::by_employer(ctx, actor).await?),
            Query::QueueCards(filter) => Answer::QueueCards(queue::list(ctx, actor, &filter).await?),
            Query::Batches => Answer::Batches(batches::list(ctx, actor, MOST).await?),
            Query::Batch(number) => Answer::Batch(Box::new(batches::show(ctx, actor, &number).await?)),
            Query::Files(beginning) => {
                let entries = import::files(actor, &beginning)?;
                Answer::Files { beginning, entries }
            }
            Query::Imports => Answer::Imports(import::history(ctx, actor, MOST).await?),
            Query::Staff => Answer::Staff(staff::list(ctx, actor).await?),
            Query::Settings => Answer::Settings(Box::new(ctx.settings.clone())),
            Query::Unusual => Answer::Unusual(audit_unusual(ctx, actor, None).await?),
            Query::VerifyAudit => Answer::Chain(audit_verify(ctx, actor).await?),
            Query::Address { card, who } => match one_off::look(ctx, actor, card).await {
                Ok(waiting) => Answer::Address { card, who, waiting: waiting.map(Box::new) },
                refused => self.told(refused.map(drop))?,
            },
            Query::MissingReceipts => Answer::MissingReceipts(batches::missing(ctx, actor).await?),
            Query::CardOf(serial) => match batches::find(ctx, actor, &serial).await {
                Ok(found) => Answer::CardFound(found),
                refused => self.told(refused.map(drop))?,
            },
            Query::Gate(number) => {
                let gate = batches::gate(ctx, actor, &number).await?;
                Answer::Gate(number, gate)
            }
        })
    }

    /// A refusal as an answer: somebody typed or pressed something and waits for it. A broken database stays an error.
    fn told(&self, refused: Result<(), Error>) -> Result<Answer, Error> {
        match refused {
            Err(error @ Error::Refused(Reason::ShutOut)) => Err(error),
            Err(error @ Error::Refused(_)) => Ok(Answer::Confirmation(explain(self.labels.lang, &error))),
            other => other.map(|()| Answer::Noted),
        }
    }
}
