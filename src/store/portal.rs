//! The portal's position in the feed, and what the feed need not hold any more.

use super::query::id_list;
use super::{Sql, StoreError, Tx, micros};
use chrono::{DateTime, NaiveDate, Utc};

/// How far the portal is.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct PortalPosition {
    /// The number that the feed of this epoch begins with: 1, and higher after a restore.
    pub epoch: i64,
    /// When a restore began this epoch.
    pub restored_at: Option<DateTime<Utc>>,
    /// The last instruction that the portal says it has.
    pub acknowledged: i64,
    /// Who recorded that.
    pub acknowledged_by: Option<String>,
    /// When that was recorded.
    pub acknowledged_at: Option<DateTime<Utc>>,
}

/// Where the portal is.
pub async fn position(tx: &mut Tx) -> Result<PortalPosition, StoreError> {
    let sql = "SELECT epoch, restored_at, acknowledged, acknowledged_by, acknowledged_at FROM portal";
    Ok(query!(tx, one PortalPosition, sql)?)
}

/// Records what the portal has.
pub async fn acknowledge(tx: &mut Tx, seq: i64, by: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
    let sql = "UPDATE portal SET acknowledged = $1, acknowledged_by = $2, acknowledged_at = $3";
    query!(tx, execute sql, seq, by, micros(at))?;
    Ok(())
}

/// How far the feed was delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct DeliveryPosition {
    /// The last instruction that is, or was, on its way.
    pub delivering: i64,
    /// The last one that arrived at its place.
    pub delivered: i64,
    /// The last one that the portal says it has.
    pub acknowledged: i64,
}

/// How far the feed was delivered.
pub async fn delivery(tx: &mut Tx) -> Result<DeliveryPosition, StoreError> {
    Ok(query!(tx, one DeliveryPosition, "SELECT delivering, delivered, acknowledged FROM portal")?)
}

/// Notes what is on its way.
pub async fn deliver(tx: &mut Tx, until: i64) -> Result<(), StoreError> {
    query!(tx, execute "UPDATE portal SET delivering = $1", until)?;
    Ok(())
}

/// Notes what has arrived.
pub async fn delivered(tx: &mut Tx, until: i64, at: DateTime<Utc>) -> Result<(), StoreError> {
    query!(tx, execute "UPDATE portal SET delivered = $1, delivered_at = $2", until, micros(at))?;
    Ok(())
}

/// Begins another epoch, behind everything that the portal may have.
pub async fn begin_epoch(tx: &mut Tx, epoch: i64, acknowledged: i64, at: DateTime<Utc>) -> Result<(), StoreError> {
    let sql = "UPDATE portal SET epoch = $1, acknowledged = $2, restored_at = $3";
    query!(tx, execute sql, epoch, acknowledged, micros(at))?;
    Ok(())
}

/// H4: instructions up to one that the portal has whose login IDs and hashes are no longer needed: those that a later one of
/// the same member ends, those that end something, and temporary passwords that have run out. What still counts stays, so
/// that a portal can be built up again.
pub async fn not_needed(tx: &mut Tx, acknowledged: i64, today: NaiveDate) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT seq FROM feed WHERE (login_id IS NOT NULL OR hash IS NOT NULL) AND seq <= $2
          AND (operation <> 'activate' OR valid_until < $1 OR EXISTS (SELECT 1 FROM feed l
              WHERE l.symbol = feed.symbol AND l.number = feed.number AND l.branch = feed.branch AND l.seq > feed.seq
                AND l.seq <= $2 AND (l.operation = 'close' OR l.kind = feed.kind)))
        ORDER BY seq";
    Ok(query!(tx, values i64, sql, today, acknowledged)?)
}

/// Takes login IDs and hashes out of acknowledged instructions.
pub async fn redact(tx: &mut Tx, seqs: &[i64]) -> Result<(), StoreError> {
    const REDACT: Sql = among!(
        "UPDATE feed SET login_id = NULL, hash = NULL WHERE seq <= (SELECT acknowledged FROM portal)
             AND seq IN ",
        ""
    );
    query!(tx, execute REDACT, id_list(seqs))?;
    Ok(())
}
