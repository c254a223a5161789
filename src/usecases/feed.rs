//! The credential feed for the portal.

use super::audit::AuditEvent;
use super::{Actor, AppContext, Error};
use crate::domain::Permission;
use crate::interchange::FeedWriter;
use crate::store;
use std::io::{self, Write};

pub use crate::interchange::FeedRow;
pub use crate::store::feed::{Instruction, Operation};

/// Instructions of one read.
const PAGE: i64 = 2000;

/// Everything after sequence number `after`, ascending. The same range gives the same rows, always. It is given out once
/// the log knows how far.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn after(ctx: &AppContext, actor: &Actor, after: i64) -> Result<Vec<Instruction>, Error> {
    let allowed = actor.allowed(Permission::Feed)?;
    let (mut rows, mut last) = (Vec::new(), after);
    let mut tx = ctx.read(&allowed).await?;
    loop {
        let page = store::feed::page(&mut tx, last, PAGE).await?;
        let Some(end) = page.last() else { break };
        last = end.seq;
        rows.extend(page);
    }
    drop(tx);
    ctx.record(&allowed, AuditEvent::FeedWritten { after, last }).await?;
    Ok(rows)
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
        symbol: &row.symbol,
        number: &row.number,
        branch: &row.branch,
        login_id: row.login_id.as_deref().unwrap_or_default(),
        hash: row.hash.as_deref().unwrap_or_default(),
        valid_from: row.valid_from,
        must_change: row.must_change,
    }
}
