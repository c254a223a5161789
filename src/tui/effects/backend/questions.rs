//! Questions of the screens.

use super::AppBackend;
use crate::labels::refusals::explain;
use crate::tui::message::{Answer, Called, Compared, Query, Settled};
use crate::usecases::{
    Error, Refusal as Reason, audit_unusual, audit_verify, batches, change_summary, day, diagnosis, home, import,
    lineage, members, notes, one_off, queue, requests, staff,
};
use std::time::Duration;

/// Members of one list; more is not read by people.
const MOST: i64 = 200;

impl AppBackend {
    pub(super) async fn answer(&self, query: Query) -> Result<Answer, Error> {
        if matches!(query, Query::Searched { settled: Settled::Stands, .. }) {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        let (ctx, actor) = &self.current().await?;
        if matches!(query, Query::Home | Query::ChangeSummary(_)) {
            // A console stays open over midnight. A day that cannot be begun now is begun at the next look.
            let _ = day::begin(ctx).await;
            // S4: so does one with a PDF in its folder. One that stays is told of at every start.
            batches::destroy_due(ctx).await;
        }
        Ok(match query {
            Query::Presence => Answer::Noted,
            Query::ChangeSummary(seen) => Answer::ChangeSummary(change_summary::since(ctx, actor, seen).await?),
            Query::Home => Answer::Home(Box::new(home::home(ctx, actor).await?)),
            Query::Find(query) => {
                let members = members::find(ctx, actor, &query, MOST).await?;
                Answer::Found { query, members }
            }
            Query::Searched { query, count, .. } => {
                members::searched(ctx, actor, &query, count).await?;
                Answer::Noted
            }
            Query::Member(key) => Answer::Member(Box::new(members::show(ctx, actor, &key).await?)),
            Query::Diagnose { topic, key, caller } => {
                let found = diagnosis::diagnose(ctx, actor, topic, &key, caller.clone()).await?;
                let words = diagnosis::words(ctx, &found.diagnosis, self.labels.lang.into())?;
                Answer::Diagnosed(Box::new(Called { key, found, words, caller }))
            }
            Query::Identify { key, said } => {
                let identity = diagnosis::identify(ctx, actor, &key, &said).await?;
                Answer::Identified(Box::new(Compared { key, said, identity }))
            }
            Query::Lineage(key) => {
                let records = lineage::lineage(ctx, actor, &key).await?;
                Answer::Lineage(Box::new(key), records)
            }
            Query::FollowUps => Answer::FollowUps(notes::due(ctx, actor).await?),
            Query::SearchNotes(words) => {
                let found = notes::search(ctx, actor, &words).await?;
                Answer::NotesFound { words, found }
            }
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
