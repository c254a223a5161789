//! Runs that made the spoiled cards of a batch again (B13).

use super::{StoreError, Tx, micros};
use chrono::{DateTime, Utc};

/// The number of the export that makes a batch; remakes count on.
pub const FIRST_RUN: i64 = 1;

/// One remake of a batch.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct RemakeRun {
    /// From 2 on: the first run is the export of the batch.
    pub run: i64,
    /// Cards that were made.
    pub cards: i64,
    /// Staff ID of who exported the run.
    pub exported_by: String,
    /// Instant of its export.
    pub exported_at: DateTime<Utc>,
    /// Staff ID of who noted the print.
    pub printed_by: Option<String>,
    /// 印刷
    pub printed_at: Option<DateTime<Utc>>,
    /// 期限切れ (B16)
    pub expired_at: Option<DateTime<Utc>>,
}

impl RemakeRun {
    /// Whether its cards wait for the printer.
    pub const fn is_open(&self) -> bool {
        self.printed_at.is_none() && self.expired_at.is_none()
    }
}

/// The remakes of a batch in their order.
pub async fn of_batch(tx: &mut Tx, batch_id: i64) -> Result<Vec<RemakeRun>, StoreError> {
    Ok(query!(
        tx,
        all RemakeRun,
        "SELECT run, cards, exported_by, exported_at, printed_by, printed_at, expired_at FROM remake_run
         WHERE batch_id = $1 ORDER BY run",
        batch_id
    )?)
}

/// Records a remake.
pub async fn insert(tx: &mut Tx, batch_id: i64, run: &RemakeRun) -> Result<(), StoreError> {
    query!(
        tx,
        execute "INSERT INTO remake_run (batch_id, run, cards, exported_by, exported_at) VALUES ($1, $2, $3, $4, $5)",
        batch_id,
        run.run,
        run.cards,
        &run.exported_by,
        micros(run.exported_at)
    )?;
    Ok(())
}

/// The cards of a remake are printed.
pub async fn printed(tx: &mut Tx, batch_id: i64, run: i64, by: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
    query!(
        tx,
        execute "UPDATE remake_run SET printed_by = $3, printed_at = $4 WHERE batch_id = $1 AND run = $2",
        batch_id,
        run,
        by,
        micros(at)
    )?;
    Ok(())
}

/// Nothing of a remake will be printed.
pub async fn expired(tx: &mut Tx, batch_id: i64, run: i64, at: DateTime<Utc>) -> Result<(), StoreError> {
    query!(
        tx,
        execute "UPDATE remake_run SET expired_at = $3 WHERE batch_id = $1 AND run = $2",
        batch_id,
        run,
        micros(at)
    )?;
    Ok(())
}
