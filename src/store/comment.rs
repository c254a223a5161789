//! What people say about a batch (B17).

use super::{StoreError, Tx, micros};
use crate::domain::CommentKind;
use chrono::{DateTime, Utc};

/// A comment, or why a draft was sent back.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct BatchComment {
    /// What it is.
    #[sqlx(try_from = "String")]
    pub kind: CommentKind,
    /// What was written.
    pub text: String,
    /// How many cards had left the batch by then.
    #[serde(skip)]
    pub had_left: i64,
    /// Staff ID of the author.
    #[sqlx(rename = "by_staff")]
    pub by: String,
    /// When it was written.
    pub at: DateTime<Utc>,
}

/// Appends a comment to a batch.
pub async fn insert(tx: &mut Tx, batch_id: i64, comment: &BatchComment) -> Result<(), StoreError> {
    query!(
        tx,
        execute "INSERT INTO batch_comment (batch_id, kind, text, had_left, by_staff, at) VALUES ($1, $2, $3, $4, $5, $6)",
        batch_id,
        comment.kind.code(),
        &comment.text,
        comment.had_left,
        &comment.by,
        micros(comment.at)
    )?;
    Ok(())
}

/// Those of a batch in their order.
pub async fn of_batch(tx: &mut Tx, batch_id: i64) -> Result<Vec<BatchComment>, StoreError> {
    Ok(query!(
        tx,
        all BatchComment,
        "SELECT kind, text, had_left, by_staff, at FROM batch_comment WHERE batch_id = $1 ORDER BY id",
        batch_id
    )?)
}

/// How many cards have left a batch.
pub async fn left(tx: &mut Tx, batch_id: i64) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM batch_card WHERE batch_id = $1 AND left_as IS NOT NULL";
    Ok(query!(tx, value i64, sql, batch_id)?)
}
