//! The chain from end to end, and the anchors that are kept outside of it.

use super::{Act, AuditEvent, AuditQuery, PAGE, Recorded, audit_read, legacy, log};
use crate::domain::{Anchor, Permission};
use crate::store::audit::AuditEntry;
use crate::usecases::actor::Allowed;
use crate::usecases::{Actor, AppContext, Error, Refusal, UnitOfWork};
use chrono::{DateTime, Utc};

/// What a check of the chain found.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Chain {
    /// Sequence number of the last good entry.
    pub entries: i64,
    /// Hash of the last good entry.
    pub head: String,
    /// The first entry that does not fit, or is missing although an anchor knows it.
    pub broken_at: Option<i64>,
}

/// The end of the chain now, to be written down outside the database: with backups, on paper, in a mail.
pub async fn anchor(ctx: &AppContext) -> Result<Anchor, Error> {
    Ok(log::head(&mut ctx.read(&Allowed::system()).await?).await?)
}

/// Reads the whole chain and names the first entry that was edited, removed or moved.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn verify(ctx: &AppContext, actor: &Actor) -> Result<Chain, Error> {
    chain(ctx, &actor.allowed(Permission::Audit)?, None).await
}

/// The same, and the chain must run through the anchor: entries cut off at the end are missed, and a chain that was
/// written again is seen.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn verify_against(ctx: &AppContext, actor: &Actor, anchor: &Anchor) -> Result<Chain, Error> {
    chain(ctx, &actor.allowed(Permission::Audit)?, Some(anchor)).await
}

/// The check without a signed-in actor (`doctor`, a backup).
///
/// # Errors
/// An anchor below the floor: what it stood for was purged.
pub async fn check(ctx: &AppContext, anchor: Option<&Anchor>) -> Result<Chain, Error> {
    chain(ctx, &Allowed::system(), anchor).await
}

async fn chain(ctx: &AppContext, allowed: &Allowed, anchor: Option<&Anchor>) -> Result<Chain, Error> {
    let mut tx = ctx.read(allowed).await?;
    let floor = log::floor(&mut tx).await?;
    if let Some(anchor) = anchor.filter(|anchor| anchor.seq < floor.seq) {
        return Err(Refusal::AnchorPurged { anchor: anchor.seq, floor: floor.seq }.into());
    }
    let mut chain = Chain { entries: floor.seq, head: floor.hash.clone(), broken_at: None };
    let mut witness = floor.seq == 0;
    loop {
        let rest = AuditQuery { after: chain.entries, ..AuditQuery::default() };
        let page = audit_read::read(&mut tx, &rest, PAGE).await?;
        if page.is_empty() {
            break;
        }
        for entry in page {
            if contradicts(anchor, &chain) {
                chain.broken_at = Some(chain.entries);
                return Ok(chain);
            }
            let expected = chain.entries + 1;
            if entry.seq != expected || entry.prev != chain.head || entry.hash != entry.digest() {
                chain.broken_at = Some(expected);
                return Ok(chain);
            }
            witness |= purged(&entry).is_some_and(|anchor| anchor == floor);
            chain.entries = expected;
            chain.head = entry.hash;
        }
    }
    chain.broken_at = match anchor {
        _ if contradicts(anchor, &chain) => Some(chain.entries),
        Some(anchor) if anchor.seq > chain.entries => Some(chain.entries + 1),
        // A floor that no entry tells of: the beginning was cut off.
        _ if !witness => Some(floor.seq),
        _ => None,
    };
    Ok(chain)
}

fn contradicts(anchor: Option<&Anchor>, chain: &Chain) -> bool {
    anchor.is_some_and(|anchor| anchor.seq == chain.entries && anchor.hash != chain.head)
}

/// The last entry that was removed, if this entry is about a purge.
fn purged(entry: &AuditEntry) -> Option<Anchor> {
    match Recorded::of(entry) {
        Recorded::Event(AuditEvent::AuditPurged { anchor }) => Some(anchor),
        Recorded::Legacy { action, detail } if action == Act::AuditPurged.code() => legacy::purged(&detail),
        _ => None,
    }
}

/// The chain begins behind the last entry that is older than a moment; the entry about it names that one with its hash, and so
/// does the floor. Nothing older: nothing done. What is below may be removed.
pub(in crate::usecases) async fn purge(uow: &mut UnitOfWork, before: DateTime<Utc>) -> Result<(), Error> {
    let Some(last) = log::last_before(uow, before).await? else { return Ok(()) };
    uow.record(AuditEvent::AuditPurged { anchor: last.clone() }).await?;
    Ok(log::raise_floor(uow, &last).await?)
}
