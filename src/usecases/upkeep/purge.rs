//! 保存期間: records past their retention are removed by two people. One proposes and sees what would be removed; another
//! one approves exactly that.
//!
//! What the log says of a member stays until its entries are purged themselves: an entry cannot be changed.

use super::UpkeepRefusal;
use crate::domain::{Permission, RetentionCounts, WorkKind};
use crate::store::retention::{self, MemberBounds, PurgeProposal, RetentionSpan};
use crate::store::{self, Tx};
use crate::text::japan::midnight;
use crate::usecases::audit::{self, AuditEvent};
use crate::usecases::context::Before;
use crate::usecases::settings::SettingId;
use crate::usecases::work::{self, Applied, StagedPieces};
use crate::usecases::{Actor, AppContext, Error, Refusal, UnitOfWork, two_people};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

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
    /// What the members' records are judged by: the kinds before theirs are decided.
    fn bounds(&self) -> MemberBounds {
        let at = midnight(self.before);
        let goes = |kind| {
            let line = self.lines.iter().find(|line| line.kind == kind);
            line.and_then(|line| line.count).map(|_| at)
        };
        let (requests, notes) = (goes(Kind::Requests), goes(Kind::Notes));
        MemberBounds { before: self.before, midnight: at, requests, notes }
    }

    fn counts(&self) -> RetentionCounts {
        self.lines.iter().filter_map(|line| Some((line.kind, line.count?))).collect()
    }
}

/// What a purge would remove. Nothing is written.
///
/// # Errors
/// A day that is too young for every kind; on a server, a role that may not remove entries of the log.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn preview(ctx: &AppContext, actor: &Actor, before: NaiveDate) -> Result<Plan, Error> {
    let mut tx = ctx.read(&actor.allowed(Permission::Upkeep)?).await?;
    plan(&mut tx, ctx, before).await
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

/// Removes what was proposed, some rows in each transaction. From the approval on it is carried to its end, by this program
/// or by the next one.
///
/// # Errors
/// Other counts than those of the proposal: nothing is removed then.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn approve(ctx: &AppContext, actor: &Actor) -> Result<Plan, Error> {
    let allowed = actor.allowed(Permission::ApprovePurge)?;
    let Proposed { proposal, plan, pieces } = proposed(&mut ctx.read(&allowed).await?, ctx, actor).await?;
    let mut staging = StagedPieces::new(WorkKind::Purge);
    for piece in &pieces {
        staging.add(ctx, &allowed, piece).await?;
    }
    staging.store(ctx, &allowed).await?;
    let claim = work::claim(ctx).await?;
    drop(ctx.begin_alone(&allowed).await?);
    let mut before = Before::default();
    let (mut uow, again) = loop {
        let mut tx = ctx.read_before(&allowed, &mut before).await?;
        let again = proposed(&mut tx, ctx, actor).await?;
        drop(tx);
        if let Some(uow) = ctx.begin_where_unchanged(&allowed, &before).await? {
            break (uow, again);
        }
    };
    if again.proposal != proposal || again.pieces != pieces {
        return Err(UpkeepRefusal::ProposalChanged { proposed: proposal.counts, found: again.plan.counts() }.into());
    }
    retention::approved(&mut uow, &actor.id, ctx.clock.now()).await?;
    let log = pieces.contains(&Piece::Entries).then_some(plan.before);
    let subject = match log {
        Some(before) => store::audit::last_before(&mut uow, midnight(before)).await?.map(|last| last.seq),
        None => None,
    };
    let work = staging.begin(&mut uow, subject).await?;
    uow.commit_piece(&work).await?;
    work::carry_on(ctx, &claim, async |uow, _, content| apply_stored(uow, content).await).await?;
    ctx.fold().await;
    Ok(plan)
}

/// What another person has proposed, and what is to be done.
struct Proposed {
    proposal: PurgeProposal,
    plan: Plan,
    pieces: Vec<Piece>,
}

async fn proposed(tx: &mut Tx, ctx: &AppContext, actor: &Actor) -> Result<Proposed, Error> {
    let proposal = retention::open(tx).await?.ok_or(UpkeepRefusal::NoProposal)?;
    if proposal.proposed_by == actor.id {
        return Err(UpkeepRefusal::OwnProposal.into());
    }
    two_people::must_be_apart(tx, ctx.clock.now(), &proposal.proposed_by, &actor.id).await?;
    let plan = plan(tx, ctx, proposal.before_on).await?;
    let counts = plan.counts();
    if counts != proposal.counts {
        return Err(UpkeepRefusal::ProposalChanged { proposed: proposal.counts, found: counts }.into());
    }
    let mut pieces = Vec::new();
    for line in plan.lines.iter().filter(|line| line.count.is_some()) {
        match line.kind {
            Kind::Notes => pieces.push(Piece::Notes(plan.before)),
            Kind::Requests => pieces.push(Piece::Requests(plan.before)),
            Kind::Members => {
                let ids = retention::member_ids(tx, plan.bounds()).await?;
                pieces.extend(ids.chunks(MEMBERS).map(|ids| Piece::Members(plan.before, ids.to_vec())));
            }
            Kind::Audit => {
                pieces.push(Piece::Printed(plan.before));
                if line.count > Some(0) {
                    pieces.extend([Piece::Floor(plan.before), Piece::Entries]);
                }
            }
        }
    }
    let proposed_by = proposal.proposed_by.clone();
    pieces.push(Piece::Finish { before: plan.before, counts, proposed_by });
    Ok(Proposed { proposal, plan, pieces })
}

/// Members of one piece.
const MEMBERS: usize = 100;
/// Rows of another kind that are removed in one transaction.
const ROWS: i64 = 1_000;

/// A piece of a purge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Piece {
    /// Notes from before a day, some at a time.
    Notes(NaiveDate),
    /// Requests settled before a day, some at a time.
    Requests(NaiveDate),
    /// Members who lost coverage before a day, by row ID.
    Members(NaiveDate, Vec<i64>),
    /// H3: what was printed before a day, as long as the log is kept, some at a time.
    Printed(NaiveDate),
    /// The log begins behind what is older than a day.
    Floor(NaiveDate),
    /// What is below that, some at a time.
    Entries,
    /// The entry of the log about the whole.
    Finish { before: NaiveDate, counts: RetentionCounts, proposed_by: String },
}

/// Applies a stored piece in the transaction of its own.
pub(in crate::usecases) async fn apply_stored(uow: &mut UnitOfWork, content: &[u8]) -> Result<Applied, Error> {
    retention::overwrite(uow).await?;
    let left = match work::unpack(content)? {
        Piece::Notes(before) => retention::remove_notes(uow, midnight(before), ROWS).await?,
        Piece::Requests(before) => retention::remove_requests(uow, midnight(before), ROWS).await?,
        Piece::Members(before, ids) => {
            // Notes and requests that may go are gone by now: what is left holds its member back.
            let bounds = MemberBounds { before, midnight: midnight(before), requests: None, notes: None };
            retention::remove_members(uow, &ids, bounds).await?;
            0
        }
        Piece::Floor(before) => {
            audit::purge(uow, midnight(before)).await?;
            0
        }
        Piece::Printed(before) => store::approved_card::purge(uow, midnight(before), ROWS).await?,
        Piece::Entries => store::audit::remove_below_floor(uow, ROWS).await?,
        Piece::Finish { before, counts, proposed_by } => {
            return Ok(Applied::Last(AuditEvent::Purged { before, counts, proposed_by }.into()));
        }
    };
    Ok(if left > 0 { Applied::InPart } else { Applied::Whole })
}

/// What policy no longer holds back, kind by kind.
async fn plan(tx: &mut Tx, ctx: &AppContext, before: NaiveDate) -> Result<Plan, Error> {
    ctx.settings.must_be_readable(is_retention)?;
    let today = ctx.clock.today();
    let kept_from = |kind| ctx.settings.retention.kept_from(kind, today);
    let youngest = Kind::ALL.iter().map(|kind| kept_from(*kind)).max().unwrap_or(today);
    if before > youngest {
        return Err(UpkeepRefusal::TooYoung { before, youngest }.into());
    }
    tx.lift_time_limits().await?;
    let mut plan = Plan { before, lines: Vec::new() };
    for kind in Kind::ALL {
        let kept_from = kept_from(*kind);
        let found = if before > kept_from { None } else { Some(count(tx, *kind, &plan).await?) };
        let RetentionSpan { oldest, newest, .. } = found.unwrap_or_default();
        plan.lines.push(PurgeLine { kind: *kind, kept_from, count: found.map(|found| found.count), oldest, newest });
    }
    Ok(plan)
}

fn is_retention(id: SettingId) -> bool {
    use SettingId as S;
    matches!(id, S::RetentionNotes | S::RetentionRequests | S::RetentionTombstone | S::RetentionAudit)
}

async fn count(tx: &mut Tx, kind: Kind, plan: &Plan) -> Result<RetentionSpan, Error> {
    let at = midnight(plan.before);
    match kind {
        Kind::Notes => Ok(retention::notes(tx, at).await?),
        Kind::Requests => Ok(retention::requests(tx, at).await?),
        Kind::Members => Ok(retention::members(tx, plan.bounds()).await?),
        Kind::Audit => {
            let Some(last) = store::audit::last_before(tx, at).await? else { return Ok(RetentionSpan::default()) };
            if !retention::may_remove_log(tx).await? {
                return Err(Refusal::Upkeep(UpkeepRefusal::NeedsOwner).into());
            }
            Ok(retention::audit_span(tx, last.seq).await?)
        }
    }
}
