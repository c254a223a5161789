//! 保存期間: records past their retention are removed by two people. One proposes and sees what would be removed; another
//! one approves exactly that.
//!
//! What the log says of a member stays until its entries are purged themselves: an entry cannot be changed.

use super::UpkeepRefusal;
use crate::domain::{Permission, RetentionCounts};
use crate::store;
use crate::store::retention::{self, PurgeProposal, RetentionSpan};
use crate::text::japan::midnight;
use crate::usecases::audit::{self, AuditEvent};
use crate::usecases::{Actor, AppContext, Error, Refusal, UnitOfWork, two_people};
use chrono::NaiveDate;

pub use crate::domain::{Retention, RetentionKind as Kind};

/// One kind in a purge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct PurgeLine {
    /// Kind of data that is removed.
    pub kind: Kind,
    /// Records from this day or later must be kept.
    pub kept_from: NaiveDate,
    /// How many are removed; none where the day asked for is too young for this kind.
    pub count: Option<i64>,
    /// The day of the oldest of them.
    pub oldest: Option<NaiveDate>,
    /// The day of the newest of them.
    pub newest: Option<NaiveDate>,
}

/// What a purge removes.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Plan {
    /// Records that ended before this day.
    pub before: NaiveDate,
    /// Kind by kind.
    pub lines: Vec<PurgeLine>,
}

impl Plan {
    fn counts(&self) -> RetentionCounts {
        self.lines.iter().filter_map(|line| Some((line.kind, line.count?))).collect()
    }
}

/// What a purge would remove: it is carried out, and rolled back.
///
/// # Errors
/// A day that is too young for every kind; on a server, a role that may not remove entries of the log.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn preview(ctx: &AppContext, actor: &Actor, before: NaiveDate) -> Result<Plan, Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::Upkeep)?).await?;
    carry_out(&mut uow, ctx, before).await
}

/// Proposes a purge, which another person approves; it replaces an open proposal.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn propose(ctx: &AppContext, actor: &Actor, before: NaiveDate) -> Result<Plan, Error> {
    let plan = preview(ctx, actor, before).await?;
    let counts = plan.counts();
    if counts.total() == 0 {
        return Err(UpkeepRefusal::NothingToPurge(before).into());
    }
    let mut uow = ctx.begin(&actor.allowed(Permission::Upkeep)?).await?;
    let proposal = PurgeProposal {
        before_on: before,
        counts: counts.clone(),
        proposed_by: actor.id.clone(),
        proposed_at: ctx.clock.now(),
    };
    retention::propose(&mut uow, &proposal).await?;
    uow.commit(AuditEvent::PurgeProposed { before, counts }).await?;
    Ok(plan)
}

/// The open proposal.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn proposal(ctx: &AppContext, actor: &Actor) -> Result<Option<PurgeProposal>, Error> {
    Ok(retention::open(&mut ctx.read(&actor.allowed(Permission::ApprovePurge)?).await?).await?)
}

/// Removes what was proposed, in one transaction with the entry about it.
///
/// # Errors
/// Other counts than those of the proposal: nothing is removed then.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn approve(ctx: &AppContext, actor: &Actor) -> Result<Plan, Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::ApprovePurge)?).await?;
    let proposal = retention::open(&mut uow).await?.ok_or(UpkeepRefusal::NoProposal)?;
    if proposal.proposed_by == actor.id {
        return Err(UpkeepRefusal::OwnProposal.into());
    }
    two_people::must_be_apart(&mut uow, ctx.clock.now(), &proposal.proposed_by, &actor.id).await?;
    let plan = carry_out(&mut uow, ctx, proposal.before_on).await?;
    let counts = plan.counts();
    if counts != proposal.counts {
        return Err(UpkeepRefusal::ProposalChanged { proposed: proposal.counts, found: counts }.into());
    }
    retention::approved(&mut uow, &actor.id, ctx.clock.now()).await?;
    let (before, proposed_by) = (plan.before, proposal.proposed_by);
    uow.commit(AuditEvent::Purged { before, counts, proposed_by }).await?;
    ctx.fold().await;
    Ok(plan)
}

/// Removes every kind that policy no longer holds back.
async fn carry_out(uow: &mut UnitOfWork, ctx: &AppContext, before: NaiveDate) -> Result<Plan, Error> {
    let today = ctx.clock.today();
    let kept_from = |kind| ctx.settings.retention.kept_from(kind, today);
    let youngest = Kind::ALL.iter().map(|kind| kept_from(*kind)).max().unwrap_or(today);
    if before > youngest {
        return Err(UpkeepRefusal::TooYoung { before, youngest }.into());
    }
    uow.lift_time_limits().await?;
    retention::overwrite(uow).await?;
    let mut lines = Vec::new();
    for kind in Kind::ALL {
        let kept_from = kept_from(*kind);
        let found = if before > kept_from { None } else { Some(remove(uow, *kind, before).await?) };
        let RetentionSpan { oldest, newest, .. } = found.unwrap_or_default();
        lines.push(PurgeLine { kind: *kind, kept_from, count: found.map(|found| found.count), oldest, newest });
    }
    Ok(Plan { before, lines })
}

async fn remove(uow: &mut UnitOfWork, kind: Kind, before: NaiveDate) -> Result<RetentionSpan, Error> {
    let at = midnight(before);
    match kind {
        Kind::Notes => Ok(retention::notes(uow, at).await?),
        Kind::Requests => Ok(retention::requests(uow, at).await?),
        Kind::Members => Ok(retention::members(uow, before, at).await?),
        Kind::Audit => {
            // H3: what was printed stays as long as the log.
            store::approved_card::purge(uow, at).await?;
            let Some(last) = store::audit::last_before(uow, at).await? else { return Ok(RetentionSpan::default()) };
            let found = retention::audit_span(uow, last.seq).await?;
            audit::purge(uow, at).await.map_err(by_the_owner)?;
            Ok(found)
        }
    }
}

/// On a server the application's role may not remove entries: the owner of the tables may.
fn by_the_owner(error: Error) -> Error {
    match &error {
        Error::Store(denied) if denied.is_denied() => Refusal::Upkeep(UpkeepRefusal::NeedsOwner).into(),
        _ => error,
    }
}
