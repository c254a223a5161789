//! 監査記録: every change in the same transaction as what it records, and every look.

mod browsing;
mod chain;
pub(super) mod event;
mod facts;
pub(super) mod legacy;
mod sheet;

pub use browsing::unusual;
pub(super) use chain::purge;
pub use chain::{Chain, anchor, check, verify, verify_against};
pub use sheet::sheet;

pub use event::{Act, AuditEvent, NoteFacts, Recorded};
pub use facts::{CardRef, ExportOutcome, FieldChange, IdRanges, MemberPart, SearchScope, SignInFailure};

use super::{Actor, AppContext, Error};
use crate::domain::Permission;
use crate::store::audit as log;

pub use crate::store::audit::{AuditEntry, AuditFilter};

const PAGE: i64 = 2000;

/// Every entry that fits the filter, in the order of the chain; the export is an entry itself. A log of years is read
/// while others write, and given out once the entry is there.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn export(ctx: &AppContext, actor: &Actor, filter: &AuditFilter) -> Result<Vec<AuditEntry>, Error> {
    let allowed = actor.allowed(Permission::Audit)?;
    let mut tx = ctx.read(&allowed).await?;
    let mut entries = Vec::new();
    loop {
        let after = entries.last().map_or(0, |entry: &AuditEntry| entry.seq);
        let page = log::page(&mut tx, filter, after, PAGE).await?;
        if page.is_empty() {
            break;
        }
        entries.extend(page);
    }
    drop(tx);
    let AuditFilter { member, batch, staff } = filter.clone();
    ctx.record(&allowed, AuditEvent::AuditExported { member, batch, staff }).await?;
    Ok(entries)
}
