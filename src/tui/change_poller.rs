//! Whether another user has changed what the lists show.
//!
//! The console sleeps until something happens, but nothing tells it of work at another terminal: SQLite has no such
//! message, and a server's would not reach it over every connection. One slow timer is the trade, while a list that
//! others change is in front: it reads the end of the log, and the list only where that has moved. With a dialog open,
//! behind the lock and on every other screen there is no timer but the clock's.

use super::request::{RequestContext, RequestPolicy, TypedRequest};
use crate::usecases::change_summary::{self, ChangeSummary};
use crate::usecases::{AppContext, Error, batches, day, interrupted};
use chrono::{DateTime, Duration, Utc};

const EVERY: Duration = Duration::seconds(5);

/// What was seen of the log, and when to look again.
#[derive(Debug)]
pub(crate) struct ChangePoller {
    seen: Option<i64>,
    next: DateTime<Utc>,
}

impl ChangePoller {
    /// Looks for the first time a little later: what is in front was read just now.
    pub(crate) fn from(now: DateTime<Utc>) -> Self {
        Self { seen: None, next: now + EVERY }
    }

    /// How long until the next look.
    pub(crate) fn due_in(&self, now: DateTime<Utc>) -> Duration {
        self.next - now
    }

    /// The request, where it is time.
    pub(crate) fn poll(&mut self, now: DateTime<Utc>) -> Option<PollChanges> {
        (now >= self.next).then(|| {
            self.next = now + EVERY;
            PollChanges(self.seen)
        })
    }

    /// Takes an answer in; whether lists are to be read again.
    pub(crate) fn apply(&mut self, changes: ChangeSummary) -> bool {
        self.seen = Some(changes.head);
        changes.changed
    }
}

/// What an open console shows or does by a setting: an admin may change it while the console is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConsoleSettings {
    pub(crate) society: String,
    /// After so long without a key the screen locks.
    pub(crate) idle_minutes: u32,
}

impl ConsoleSettings {
    fn of(ctx: &AppContext) -> Self {
        Self { society: ctx.settings.society.name.clone(), idle_minutes: ctx.settings.idle_minutes }
    }
}

/// What others have changed after this entry of the log.
#[derive(Debug)]
pub(crate) struct PollChanges(pub(crate) Option<i64>);

impl TypedRequest for PollChanges {
    type Reply = (ChangeSummary, ConsoleSettings);
    const KIND: RequestPolicy = RequestPolicy::Latest;

    async fn run(self, session: RequestContext<'_>) -> Result<Self::Reply, Error> {
        begin_day(session.ctx).await;
        let changes = change_summary::since(session.ctx, session.actor, self.0).await?;
        Ok((changes, ConsoleSettings::of(session.ctx)))
    }
}

/// Whether the person who signed in may still be here: the session says so by itself.
#[derive(Debug)]
pub(crate) struct CheckSession;

impl TypedRequest for CheckSession {
    type Reply = ConsoleSettings;
    const KIND: RequestPolicy = RequestPolicy::Latest;

    async fn run(self, session: RequestContext<'_>) -> Result<ConsoleSettings, Error> {
        Ok(ConsoleSettings::of(session.ctx))
    }
}

/// What the date alone brings about: a console stays open over midnight, and with a PDF in its folder (S4). What cannot
/// be done now is done at the next look; a file that stays is told of at every start.
pub(crate) async fn begin_day(ctx: &AppContext) {
    if let Err(error) = interrupted::carry_on(ctx).await {
        tracing::warn!(code = error.code(), "an interrupted change was not carried on");
    }
    if let Err(error) = day::begin(ctx).await {
        tracing::warn!(code = error.code(), "the business day was not begun");
    }
    batches::destroy_due(ctx).await;
}
