//! 変更の提案 (F2): what one person proposed, and what another decided.

use super::{StoreError, Tx, micros};
use crate::domain::{ChangeKind, ChangeState};
use chrono::{DateTime, Utc};

/// A proposed change as the database has it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ProposalRow {
    /// Number of the proposal.
    pub id: i64,
    /// What is proposed.
    #[sqlx(try_from = "String")]
    pub kind: ChangeKind,
    /// Staff ID, or key of a setting.
    pub subject: String,
    /// The change as JSON.
    pub payload: String,
    /// What became of it.
    #[sqlx(try_from = "String")]
    pub state: ChangeState,
    /// 職員ID
    pub proposed_by: String,
    /// Instant of the proposal.
    pub proposed_at: DateTime<Utc>,
    /// 職員ID; none where its time ran out, or where it was confirmed on the host.
    pub decided_by: Option<String>,
    /// Instant of the decision.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was refused.
    pub answer: Option<String>,
}

/// Notes a proposal; its number.
pub async fn insert(
    tx: &mut Tx,
    kind: ChangeKind,
    subject: &str,
    payload: &str,
    by: &str,
    at: DateTime<Utc>,
) -> Result<i64, StoreError> {
    Ok(query!(
        tx,
        value i64,
        "INSERT INTO proposal (kind, subject, payload, state, proposed_by, proposed_at) VALUES ($1, $2, $3, 'open', $4, $5) RETURNING id",
        kind.code(),
        subject,
        payload,
        by,
        micros(at)
    )?)
}

/// One by number.
pub async fn get(tx: &mut Tx, id: i64) -> Result<Option<ProposalRow>, StoreError> {
    Ok(query!(tx, optional ProposalRow, "SELECT * FROM proposal WHERE id = $1", id)?)
}

/// The open one about a subject.
pub async fn open_of(tx: &mut Tx, kind: ChangeKind, subject: &str) -> Result<Option<ProposalRow>, StoreError> {
    let sql = "SELECT * FROM proposal WHERE kind = $1 AND subject = $2 AND state = 'open'";
    Ok(query!(tx, optional ProposalRow, sql, kind.code(), subject)?)
}

/// Those that are open, or that were decided since an instant; the newest first.
pub async fn since(tx: &mut Tx, at: DateTime<Utc>) -> Result<Vec<ProposalRow>, StoreError> {
    let sql = "SELECT * FROM proposal WHERE state = 'open' OR decided_at >= $1 ORDER BY id DESC";
    Ok(query!(tx, all ProposalRow, sql, micros(at))?)
}

/// Writes what was decided.
pub async fn update(tx: &mut Tx, row: &ProposalRow) -> Result<(), StoreError> {
    query!(
        tx,
        execute "UPDATE proposal SET state = $2, decided_by = $3, decided_at = $4, answer = $5 WHERE id = $1",
        row.id,
        row.state.code(),
        row.decided_by.as_deref(),
        row.decided_at.map(micros),
        row.answer.as_deref()
    )?;
    Ok(())
}
