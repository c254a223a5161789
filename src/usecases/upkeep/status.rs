//! How a society is, in counts and ages: for a prompt, a greeting at the shell, and a monitoring system. Nothing of a
//! member is in it, nothing is changed, and no sign-in is needed: who can open the database can read it anyway.

use crate::domain::CardState;
use crate::store::home::{self, WaitingCount};
use crate::store::{self, DbUrl};
use crate::usecases::audit::Act;
use crate::usecases::{Allowed, AppContext, Clock, Error, batches, feed, incidents, promises};
use chrono::{DateTime, Utc};

/// How many, and for how long the oldest has waited.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct WaitingAge {
    /// Number of them.
    pub count: i64,
    /// Seconds since the oldest came; none where nothing waits.
    pub oldest_seconds: Option<i64>,
}

/// The last import of a kind.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ImportAge {
    /// Code of `FileKind`.
    pub kind: String,
    /// Seconds since it.
    pub age_seconds: i64,
}

/// Counts and ages of everything that waits.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct SystemStatus {
    /// 送付依頼, not settled.
    pub requests: WaitingAge,
    /// Cards that have not left, by state.
    pub cards: Vec<(CardState, i64)>,
    /// Batches on their way.
    pub batches: i64,
    /// R3, R6: addresses that wait for a second person.
    pub addresses: i64,
    /// 受領書 that should be back by now.
    pub receipts_overdue: i64,
    /// P2: what is owed to members and is not on its way.
    pub promises: i64,
    /// Of these, promises whose date has come, or that have none.
    pub promises_due: i64,
    /// 漏えい等 that are not closed.
    pub incidents: i64,
    /// Of these, incidents with a report that is due or late.
    pub incidents_due: i64,
    /// Replies that are not sent yet.
    pub replies: WaitingAge,
    /// Instructions that the portal has not acknowledged.
    pub feed: WaitingAge,
    /// Seconds since the last backup; none where there is none.
    pub backup_age_seconds: Option<i64>,
    /// The last import of each kind.
    pub imports: Vec<ImportAge>,
}

impl SystemStatus {
    /// Cards in a state.
    pub fn cards_in(&self, state: CardState) -> i64 {
        self.cards.iter().filter(|(of, _)| *of == state).map(|(_, count)| count).sum()
    }
}

/// Reads everything in one transaction.
///
/// # Errors
/// The database cannot be opened; it is not upgraded here.
pub async fn status(place: &DbUrl, clock: Clock) -> Result<SystemStatus, Error> {
    let ctx = AppContext::open(place, clock, String::new()).await?;
    let read = read(&ctx).await;
    ctx.close().await;
    read
}

async fn read(ctx: &AppContext) -> Result<SystemStatus, Error> {
    let mut tx = ctx.read(&Allowed::system()).await?;
    let now = ctx.clock.now();
    let age = |at: DateTime<Utc>| (now - at).num_seconds().max(0);
    let waiting = |of: WaitingCount| WaitingAge { count: of.count, oldest_seconds: of.oldest.map(age) };
    let cards = home::cards_by_state(&mut tx).await?;
    let promises = promises::counts(&mut tx, ctx).await?;
    let incidents = incidents::counts(&mut tx, ctx).await?;
    let portal = feed::status_in(&mut tx).await?;
    let backup = store::audit::last_of(&mut tx, Act::BackedUp.code()).await?;
    let imports = store::bulk::last_run_of_each_kind(&mut tx).await?;
    let counted = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    Ok(SystemStatus {
        requests: waiting(home::open_requests(&mut tx).await?),
        cards: cards.into_iter().filter_map(|(code, count)| Some((code.parse().ok()?, count))).collect(),
        batches: counted(store::batch::under_way(&mut tx).await?.len()),
        addresses: home::addresses(&mut tx).await? + home::unconfirmed_addresses(&mut tx).await?,
        receipts_overdue: counted(batches::overdue_in(&mut tx, ctx).await?.len()),
        promises: counted(promises.open),
        promises_due: counted(promises.due),
        incidents: counted(incidents.open),
        incidents_due: counted(incidents.due + incidents.overdue),
        replies: waiting(home::replies(&mut tx).await?),
        feed: WaitingAge { count: portal.waiting, oldest_seconds: portal.since.map(age) },
        backup_age_seconds: backup.map(|entry| age(entry.at)),
        imports: imports.into_iter().map(|run| ImportAge { kind: run.kind, age_seconds: age(run.at) }).collect(),
    })
}
