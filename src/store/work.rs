//! Large changes in pieces: what is still to be done of one, until it is done.

use super::{StoreError, Tx, micros};
use crate::domain::{WorkKind, WorkState};
use chrono::{DateTime, Utc};

/// A change that is applied in pieces, one after the other.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct Work {
    /// Row ID of the work.
    #[serde(skip)]
    pub id: i64,
    /// What it is.
    #[sqlx(try_from = "String")]
    pub kind: WorkKind,
    /// Staff ID of the actor.
    pub staff: String,
    /// The terminal at which it was begun.
    pub terminal: String,
    /// Instant at which it was begun.
    pub begun_at: DateTime<Utc>,
    /// What is changed: the number of the import, or the last entry of the log that a purge removes.
    pub subject: Option<i64>,
}

/// Begins to store the pieces of a change; its row ID.
pub async fn stage(
    tx: &mut Tx,
    kind: WorkKind,
    staff: &str,
    terminal: &str,
    at: DateTime<Utc>,
) -> Result<i64, StoreError> {
    let sql = "INSERT INTO work (kind, state, staff, terminal, begun_at) VALUES ($1, $2, $3, $4, $5) RETURNING id";
    Ok(query!(tx, value i64, sql, kind.code(), WorkState::Staged.code(), staff, terminal, micros(at))?)
}

/// Stores a piece. Pieces are applied in the order of their positions.
pub async fn add(tx: &mut Tx, work: i64, position: i64, content: &[u8]) -> Result<(), StoreError> {
    let sql = "INSERT INTO work_piece (work_id, position, content) VALUES ($1, $2, $3)";
    query!(tx, execute sql, work, position, content)?;
    Ok(())
}

/// From the end of the transaction on it will be carried to its end. False where it is gone: another one was
/// staged since then.
pub async fn begin(tx: &mut Tx, work: i64, subject: Option<i64>) -> Result<bool, StoreError> {
    let sql = "UPDATE work SET state = $2, subject = $3 WHERE id = $1";
    Ok(query!(tx, execute sql, work, WorkState::Applying.code(), subject)? == 1)
}

/// The one that is being applied.
pub async fn applying(tx: &mut Tx) -> Result<Option<Work>, StoreError> {
    let sql = "SELECT id, kind, staff, terminal, begun_at, subject FROM work WHERE state = 'applying'";
    Ok(query!(tx, optional Work, sql)?)
}

/// The first piece that is left, and its position.
pub async fn first(tx: &mut Tx, work: i64) -> Result<Option<(i64, Vec<u8>)>, StoreError> {
    let sql = "SELECT position, content FROM work_piece WHERE work_id = $1 ORDER BY position LIMIT 1";
    Ok(query!(tx, optional(i64, Vec<u8>), sql, work)?)
}

/// How many pieces are left.
pub async fn left(tx: &mut Tx, work: i64) -> Result<i64, StoreError> {
    Ok(query!(tx, value i64, "SELECT count(*) FROM work_piece WHERE work_id = $1", work)?)
}

/// Removes a piece that was applied.
pub async fn applied(tx: &mut Tx, work: i64, position: i64) -> Result<(), StoreError> {
    query!(tx, execute "DELETE FROM work_piece WHERE work_id = $1 AND position = $2", work, position)?;
    Ok(())
}

/// Removes a change that was carried to its end.
pub async fn end(tx: &mut Tx, work: i64) -> Result<(), StoreError> {
    query!(tx, execute "DELETE FROM work WHERE id = $1", work)?;
    Ok(())
}

/// Removes what was staged and never begun: its program has ended, or is told that another one was faster.
pub async fn discard_staged(tx: &mut Tx) -> Result<(), StoreError> {
    query!(tx, execute "DELETE FROM work_piece WHERE work_id IN (SELECT id FROM work WHERE state = 'staged')")?;
    query!(tx, execute "DELETE FROM work WHERE state = 'staged'")?;
    Ok(())
}
