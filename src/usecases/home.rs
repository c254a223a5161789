//! ホーム: what waits, how old it is, and the last four weeks.

use super::feed::{self, PortalStatus};
use super::incidents::{self, IncidentCounts};
use super::promises::{self, PromiseCounts};
use super::two_people::{self, Proposal, ProposalScope};
use super::{Actor, AppContext, Error, batches};
use crate::domain::{BatchNumber, BatchState, CardState, ChangeState, HoldReason, Permission};
use crate::store::{self, home::WaitingCount};
use crate::text::japan::{day_of, midnight};
use chrono::{Days, NaiveDate};

use crate::store::bulk::ImportRun;
use crate::usecases::batches::{Expiring, SentBackDraft};

/// How many, and for how many business days the oldest has waited.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Count {
    /// Number of waiting items.
    pub count: i64,
    /// Business days since the oldest came in.
    pub waited: u32,
}

/// The first screen.
#[derive(Debug, Clone, serde::Serialize)]
pub struct HomeSummary {
    /// 送付依頼, not settled.
    pub requests: Count,
    /// 送付依頼 by business days waited: since today, for one or two, for three or more.
    pub requests_by_age: [i64; 3],
    /// Cards that have not left yet, in the order of their way to the post.
    pub cards_by_state: Vec<(CardState, i64)>,
    /// 発送待ち
    pub queued: Count,
    /// 保留
    pub held: Count,
    /// 保留 by reason, the most first.
    pub held_by: Vec<(HoldReason, i64)>,
    /// R3: one-off addresses that wait for a second supervisor.
    pub addresses: i64,
    /// R6: changed representative addresses that wait for another person than the importer.
    pub changed_addresses: i64,
    /// F2: proposed changes that wait for another person; for supervisors and admins.
    pub proposals: Vec<Proposal>,
    /// F2: changes that were confirmed within two weeks, the newest first; for supervisors and admins.
    pub confirmed: Vec<Proposal>,
    /// Batches on their way, oldest first, with their state.
    pub batches: Vec<(BatchNumber, BatchState)>,
    /// Own drafts that an approver sent back (B17).
    pub sent_back: Vec<SentBackDraft>,
    /// B17: drafts of all persons that were sent back and have no answer.
    pub unanswered: Vec<BatchNumber>,
    /// Cards that employers are to send back (B15).
    pub expected_back: usize,
    /// Batches that must be printed within days, the most urgent first (B16).
    pub expiring: Vec<Expiring>,
    /// 受領書 that should be back by now.
    pub receipts: usize,
    /// P2: what is owed to members and is not on its way.
    pub promises: PromiseCounts,
    /// 次の連絡 due by today.
    pub follow_ups: i64,
    /// 漏えい等 that are not closed, and what of them is due.
    pub incidents: IncidentCounts,
    /// replies that are not sent yet.
    pub replies: Count,
    /// The person's own open calls.
    pub calls: i64,
    /// How far the portal is with the feed.
    pub portal: PortalStatus,
    /// The last import of each kind.
    pub imports: Vec<ImportRun>,
    /// Requests of each of the last four weeks, the oldest first.
    pub requests_by_week: [i64; 4],
    /// Dispatched cards of each of the last four weeks, the oldest first.
    pub dispatched_by_week: [i64; 4],
}

/// Everything of the first screen, from one consistent state.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn home(ctx: &AppContext, actor: &Actor) -> Result<HomeSummary, Error> {
    let today = ctx.clock.today();
    let first = today.checked_sub_days(Days::new(27)).unwrap_or(today);
    let mut tx = ctx.read(&actor.allowed(Permission::Look)?).await?;
    let receipts = batches::overdue_in(&mut tx, ctx).await?.len();
    let count = |waiting: WaitingCount| Count {
        count: waiting.count,
        waited: waiting.oldest.map_or(0, |at| ctx.workdays.waited(day_of(at), today)),
    };
    let requests = store::home::requests_since(&mut tx, midnight(first)).await?;
    let dispatched = store::home::dispatched_since(&mut tx, first).await?;
    let open = store::home::open_request_dates(&mut tx).await?;
    let by_state = store::home::cards_by_state(&mut tx).await?;
    let held_by = store::home::held(&mut tx).await?;
    let under_way = store::batch::under_way(&mut tx).await?;
    let changes = match actor.role.may(Permission::Second) {
        true => two_people::listed(&mut tx, ctx.clock.now(), ProposalScope::Lately).await?,
        false => Vec::new(),
    };
    let changes_in = |state| changes.iter().filter(|it| it.state == state).cloned().collect::<Vec<Proposal>>();
    Ok(HomeSummary {
        requests: count(store::home::open_requests(&mut tx).await?),
        requests_by_age: ages(open.into_iter().map(|at| ctx.workdays.waited(day_of(at), today))),
        cards_by_state: in_order(by_state.into_iter().filter_map(|(code, n)| Some((code.parse().ok()?, n))).collect()),
        queued: count(store::home::cards(&mut tx, CardState::Queued.code()).await?),
        held: count(store::home::cards(&mut tx, CardState::Held.code()).await?),
        held_by: held_by.into_iter().filter_map(|(code, n)| Some((code.parse().ok()?, n))).collect(),
        addresses: store::home::addresses(&mut tx).await?,
        changed_addresses: store::home::unconfirmed_addresses(&mut tx).await?,
        proposals: changes_in(ChangeState::Open),
        confirmed: changes_in(ChangeState::Confirmed),
        batches: under_way.iter().map(|batch| (batch.number.clone(), batch.state())).collect(),
        sent_back: batches::sent_back_to(&mut tx, &actor.id).await?,
        unanswered: batches::unanswered_among(&mut tx, &under_way).await?,
        expected_back: store::undelivered::expected(&mut tx).await?.len(),
        expiring: batches::expiring(&mut tx, ctx).await?,
        receipts,
        promises: promises::counts(&mut tx, ctx).await?,
        follow_ups: store::home::follow_ups(&mut tx, today).await?,
        incidents: incidents::counts(&mut tx, ctx).await?,
        replies: count(store::home::replies(&mut tx).await?),
        calls: store::home::calls(&mut tx, &actor.id).await?,
        portal: feed::status_in(&mut tx).await?,
        imports: store::bulk::last_run_of_each_kind(&mut tx).await?,
        requests_by_week: weeks(first, requests.into_iter().map(|at| (day_of(at), 1))),
        dispatched_by_week: weeks(first, dispatched.into_iter()),
    })
}

/// How many waited since today, for one or two business days, for three or more.
fn ages(waited: impl Iterator<Item = u32>) -> [i64; 3] {
    let mut counts = [0; 3];
    for days in waited {
        let age = match days {
            0 => 0,
            1 | 2 => 1,
            _ => 2,
        };
        counts[age] += 1;
    }
    counts
}

/// From the queue to the post.
fn in_order(mut counts: Vec<(CardState, i64)>) -> Vec<(CardState, i64)> {
    counts.sort_by_key(|(state, _)| CardState::ALL.iter().position(|other| other == state));
    counts
}

/// Sums over four weeks from `first` on.
fn weeks(first: NaiveDate, counts: impl Iterator<Item = (NaiveDate, i64)>) -> [i64; 4] {
    let mut sums = [0; 4];
    for (day, count) in counts {
        let week = usize::try_from((day - first).num_days().div_euclid(7)).unwrap_or(usize::MAX);
        if let Some(sum) = sums.get_mut(week) {
            *sum += count;
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn q5_requests_are_counted_by_business_days_waited() {
        assert_eq!(ages([0, 0, 1, 2, 3, 17].into_iter()), [2, 2, 2]);
    }

    #[test]
    fn four_weeks_end_today() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
        let first = day(24).checked_sub_days(Days::new(27)).unwrap();
        let counts = [(first, 1), (day(17), 2), (day(18), 4), (day(24), 8), (day(25), 16)];
        assert_eq!(weeks(first, counts.into_iter()), [1, 0, 2, 12]);
    }
}
