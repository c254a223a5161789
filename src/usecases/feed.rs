//! The credential feed for the portal, and how far the portal is. The contract is docs/portal.md.

use super::actor::Allowed;
use super::audit::AuditEvent;
use super::installation::must_be_own;
use super::{Actor, AppContext, Error, Refusal};
use crate::domain::Permission;
use crate::interchange::FeedWriter;
use crate::store::{self, Tx};
use chrono::{DateTime, Utc};
use std::io::{self, Write};

pub use crate::interchange::FeedRow;
pub use crate::store::feed::{Instruction, Operation};
pub use crate::store::portal::PortalPosition;

/// Days until the portal must have acknowledged an instruction.
pub const PORTAL_DAYS: i64 = 3;

/// Instructions of one read.
const PAGE: i64 = 2000;

/// A part of the feed.
#[derive(Debug, Clone)]
pub struct FeedPart {
    /// The number that the feed of this epoch begins with.
    pub epoch: i64,
    /// The number that was asked for what comes after.
    pub after: i64,
    /// The last number of the part; `after` where it is empty.
    pub last: i64,
    /// Its instructions, ascending.
    pub rows: Vec<Instruction>,
}

impl FeedPart {
    /// `feed-1-0-120.csv`: epoch, what it comes after, and its last number.
    pub fn file_name(&self) -> String {
        format!("feed-{}-{}-{}.csv", self.epoch, self.after, self.last)
    }
}

/// Everything after sequence number `after`, ascending. Reading acknowledges nothing: it can be
/// read any number of times.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn after(ctx: &AppContext, actor: &Actor, after: i64) -> Result<FeedPart, Error> {
    let allowed = actor.allowed(Permission::Feed)?;
    let part = part(&mut ctx.read(&allowed).await?, ctx, after, i64::MAX).await?;
    ctx.record(&allowed, AuditEvent::FeedWritten { after, last: part.last }).await?;
    Ok(part)
}

/// What comes after one number, up to another.
pub(super) async fn part(tx: &mut Tx, ctx: &AppContext, after: i64, until: i64) -> Result<FeedPart, Error> {
    let (mut rows, mut last) = (Vec::new(), after);
    must_be_own(tx, ctx).await?;
    let epoch = store::portal::position(tx).await?.epoch;
    loop {
        let mut page = store::feed::page(tx, last, PAGE).await?;
        page.retain(|row| row.seq <= until);
        let Some(end) = page.last() else { return Ok(FeedPart { epoch, after, last, rows }) };
        last = end.seq;
        rows.extend(page);
    }
}

/// What was acknowledged.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Acknowledged {
    /// The epoch of the feed.
    pub epoch: i64,
    /// The last instruction that the portal has.
    pub acknowledged: i64,
    /// The last instruction that there is.
    pub last: i64,
    /// Instructions whose login ID and hash were taken out.
    pub redacted: u64,
}

/// Records what the portal says it has, and redacts what is no longer needed (H4).
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn acknowledge(ctx: &AppContext, actor: &Actor, seq: i64) -> Result<Acknowledged, Error> {
    let allowed = actor.allowed(Permission::Feed)?;
    let mut tx = ctx.read(&allowed).await?;
    let not_needed = store::portal::not_needed(&mut tx, seq, ctx.clock.today()).await?;
    drop(tx);
    let mut uow = ctx.begin(&allowed).await?;
    must_be_own(&mut uow, ctx).await?;
    let position = store::portal::position(&mut uow).await?;
    let last = store::feed::last(&mut uow).await?;
    if seq > last {
        return Err(Refusal::FeedBeyond { given: seq, last }.into());
    }
    if seq < position.acknowledged {
        return Err(Refusal::FeedBackwards { given: seq, acknowledged: position.acknowledged }.into());
    }
    let (by, at) = (uow.staff().to_owned(), uow.now());
    store::portal::acknowledge(&mut uow, seq, &by, at).await?;
    let redacted = not_needed.len() as u64;
    uow.commit(AuditEvent::FeedAcknowledged { epoch: position.epoch, seq, redacted }).await?;
    redact(ctx, &allowed, &not_needed).await?;
    Ok(Acknowledged { epoch: position.epoch, acknowledged: seq, last, redacted })
}

/// H4: what is left of that by an interruption, and what ends with time: a temporary password that has run out.
pub(super) async fn redact_due(ctx: &AppContext, allowed: &Allowed) -> Result<(), Error> {
    let mut tx = ctx.read(allowed).await?;
    let acknowledged = store::portal::position(&mut tx).await?.acknowledged;
    let not_needed = store::portal::not_needed(&mut tx, acknowledged, ctx.clock.today()).await?;
    drop(tx);
    redact(ctx, allowed, &not_needed).await
}

/// Redacts some instructions in each transaction: what is not needed now is not needed later.
async fn redact(ctx: &AppContext, allowed: &Allowed, seqs: &[i64]) -> Result<(), Error> {
    const AT_ONCE: usize = 1_000;
    for seqs in seqs.chunks(AT_ONCE) {
        let mut uow = ctx.begin(allowed).await?;
        store::portal::redact(&mut uow, seqs).await?;
        uow.commit_some().await?;
        ctx.let_others_in().await;
    }
    Ok(())
}

/// How far the portal is, and what waits for it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct PortalStatus {
    /// The position that was acknowledged last.
    #[serde(flatten)]
    pub position: PortalPosition,
    /// The last instruction that there is.
    pub last: i64,
    /// Instructions that the portal has not acknowledged.
    pub waiting: i64,
    /// Since when the oldest of them waits.
    pub since: Option<DateTime<Utc>>,
}

/// The same for `feed status`.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn status(ctx: &AppContext, actor: &Actor) -> Result<PortalStatus, Error> {
    let needs = if actor.role.may(Permission::Feed) { Permission::Feed } else { Permission::Look };
    status_in(&mut ctx.read(&actor.allowed(needs)?).await?).await
}

/// The same among other questions.
pub(super) async fn status_in(tx: &mut Tx) -> Result<PortalStatus, Error> {
    let position = store::portal::position(tx).await?;
    let waiting = store::feed::waiting(tx, position.acknowledged).await?;
    Ok(PortalStatus {
        last: store::feed::last(tx).await?,
        waiting: waiting.map_or(0, |(count, _)| count),
        since: waiting.map(|(_, since)| since),
        position,
    })
}

/// Writes the feed's file.
pub fn write<W: Write>(out: W, rows: &[Instruction]) -> io::Result<W> {
    let mut writer = FeedWriter::new(out)?;
    for row in rows {
        writer.write(&self::row(row))?;
    }
    writer.finish()
}

/// An instruction as the portal reads it.
pub fn row(row: &Instruction) -> FeedRow<'_> {
    FeedRow {
        seq: row.seq,
        at: row.at,
        operation: row.operation.code(),
        kind: row.kind.as_deref().unwrap_or_default(),
        symbol: &row.key.symbol,
        number: &row.key.number,
        branch: &row.key.branch,
        login_id: row.login_id.as_deref().unwrap_or_default(),
        hash: row.hash.as_deref().unwrap_or_default(),
        valid_from: row.valid_from,
        must_change: row.must_change,
        valid_until: row.valid_until,
    }
}
