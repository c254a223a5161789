//! Batches.

use super::{StoreError, Tx, micros};
use crate::domain::{BatchNumber, BatchState, BatchStep, NoSuchStep};
use chrono::{DateTime, NaiveDate, Utc};

/// A batch with who did each step, and when.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Batch {
    /// Row ID of the batch.
    #[serde(skip)]
    pub id: i64,
    /// `B20261122-001`
    #[sqlx(try_from = "String")]
    pub number: BatchNumber,
    #[sqlx(try_from = "String")]
    state: BatchState,
    /// Counts every change: an export that started from an older one is refused.
    #[serde(skip)]
    pub version: i64,
    /// The date printed on its cards (V5).
    pub planned_on: Option<NaiveDate>,
    /// 作成
    pub drafted_by: String,
    /// 作成
    pub drafted_at: DateTime<Utc>,
    /// 承認
    pub approved_by: Option<String>,
    /// 承認
    pub approved_at: Option<DateTime<Utc>>,
    /// 出力
    pub exported_by: Option<String>,
    /// 出力
    pub exported_at: Option<DateTime<Utc>>,
    /// 印刷
    pub printed_by: Option<String>,
    /// 印刷
    pub printed_at: Option<DateTime<Utc>>,
    /// 発送
    pub dispatched_by: Option<String>,
    /// 発送
    pub dispatched_at: Option<DateTime<Utc>>,
    /// 発送日
    pub dispatched_on: Option<NaiveDate>,
    /// 取消
    pub cancelled_by: Option<String>,
    /// 取消
    pub cancelled_at: Option<DateTime<Utc>>,
    /// 期限切れ (B16)
    pub expired_at: Option<DateTime<Utc>>,
    /// Where its files are.
    pub folder: Option<String>,
    /// B11: what was approved besides the cards, as JSON.
    #[serde(skip)]
    pub approval: Option<String>,
    /// B11: the digest over all that was approved.
    pub approval_digest: Option<String>,
}

impl Batch {
    /// Where it stands.
    pub const fn state(&self) -> BatchState {
        self.state
    }

    /// Takes a step of [`BATCH_TABLE`](crate::domain::BATCH_TABLE); the batch stays as it is where there is none.
    pub fn step(&mut self, step: BatchStep) -> Result<(), NoSuchStep> {
        self.state = self.state.after(step).ok_or(NoSuchStep)?;
        Ok(())
    }

    /// Who brought it to a state, and when; nothing where it was never there.
    pub fn brought_to(&self, state: BatchState) -> Option<(&str, DateTime<Utc>)> {
        let (by, at) = match state {
            BatchState::Draft => (Some(&self.drafted_by), Some(self.drafted_at)),
            BatchState::Approved => (self.approved_by.as_ref(), self.approved_at),
            BatchState::Exported => (self.exported_by.as_ref(), self.exported_at),
            BatchState::Printed => (self.printed_by.as_ref(), self.printed_at),
            BatchState::Dispatched => (self.dispatched_by.as_ref(), self.dispatched_at),
            BatchState::Cancelled => (self.cancelled_by.as_ref(), self.cancelled_at),
            // The program takes this step, not a person.
            BatchState::Expired => (None, None),
        };
        by.map(String::as_str).zip(at)
    }

    /// A new draft, for tests without a database.
    #[cfg(test)]
    pub(crate) fn drafted(number: BatchNumber, by: &str, at: DateTime<Utc>) -> Self {
        Self {
            id: 1,
            number,
            state: BatchState::Draft,
            version: 1,
            planned_on: None,
            drafted_by: by.to_owned(),
            drafted_at: at,
            approved_by: None,
            approved_at: None,
            exported_by: None,
            exported_at: None,
            printed_by: None,
            printed_at: None,
            dispatched_by: None,
            dispatched_at: None,
            dispatched_on: None,
            cancelled_by: None,
            cancelled_at: None,
            expired_at: None,
            folder: None,
            approval: None,
            approval_digest: None,
        }
    }
}

/// A new draft; its row id.
pub async fn insert(tx: &mut Tx, number: &BatchNumber, by: &str, at: DateTime<Utc>) -> Result<i64, StoreError> {
    Ok(query!(
        tx,
        value i64,
        "INSERT INTO batch (number, state, drafted_by, drafted_at) VALUES ($1, 'draft', $2, $3) RETURNING id",
        number.as_str(),
        by,
        micros(at)
    )?)
}

/// How many batches were drafted with this prefix (`B20261122-`).
pub async fn count_with_prefix(tx: &mut Tx, prefix: &str) -> Result<i64, StoreError> {
    Ok(query!(
        tx,
        value i64,
        "SELECT COUNT(*) FROM batch WHERE number >= $1 AND number < $2",
        prefix,
        format!("{prefix}\u{10FFFF}")
    )?)
}

/// One by number.
pub async fn by_number(tx: &mut Tx, number: &BatchNumber) -> Result<Option<Batch>, StoreError> {
    Ok(query!(tx, optional Batch, "SELECT * FROM batch WHERE number = $1", number.as_str())?)
}

/// One by row id.
pub async fn get(tx: &mut Tx, id: i64) -> Result<Option<Batch>, StoreError> {
    Ok(query!(tx, optional Batch, "SELECT * FROM batch WHERE id = $1", id)?)
}

/// A batch and how many cards it has.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct BatchLine {
    /// The batch itself.
    #[sqlx(flatten)]
    #[serde(flatten)]
    pub batch: Batch,
    /// Viewing-password cards in its pile.
    pub viewing: i64,
    /// Login notices in its pile.
    pub login: i64,
    /// Employers that they go to.
    pub employers: i64,
    /// 氏名 of who drafted it.
    pub drafter: String,
    /// B17: whether it is a draft that was sent back and waits for an answer.
    #[sqlx(skip)]
    pub sent_back: bool,
}

/// The cards in the pile of a batch `b`: those of [`CardState::is_in_pile`](crate::domain::CardState::is_in_pile).
macro_rules! pile {
    () => {
        "FROM card c WHERE c.batch_id = b.id AND c.state NOT IN ('held', 'cancelled', 'spoiled', 'pulled')"
    };
}

/// The latest batches, newest first.
pub async fn latest(tx: &mut Tx, limit: i64) -> Result<Vec<BatchLine>, StoreError> {
    Ok(query!(
        tx,
        all BatchLine,
        concat!(
            "SELECT b.*, (SELECT COUNT(*) ", pile!(), " AND c.kind = 'viewing') AS viewing,
                (SELECT COUNT(*) ", pile!(), " AND c.kind = 'login') AS login,
                (SELECT COUNT(DISTINCT c.employer_id) ", pile!(), ") AS employers,
                COALESCE((SELECT s.name FROM staff s WHERE s.id = b.drafted_by), b.drafted_by) AS drafter
         FROM batch b ORDER BY b.id DESC LIMIT $1"
        ),
        limit
    )?)
}

/// Writes the state and who did what; false where the batch was changed since it was read.
pub async fn update(tx: &mut Tx, batch: &Batch) -> Result<bool, StoreError> {
    let touched = query!(
        tx,
        execute "UPDATE batch SET state = $3, version = version + 1, planned_on = $4, approved_by = $5, approved_at = $6, exported_by = $7, exported_at = $8,
         printed_by = $9, printed_at = $10, dispatched_by = $11, dispatched_at = $12, dispatched_on = $13, cancelled_by = $14, cancelled_at = $15, folder = $16, expired_at = $17,
         approval = $18, approval_digest = $19
         WHERE id = $1 AND version = $2",
        batch.id,
        batch.version,
        batch.state.code(),
        batch.planned_on,
        batch.approved_by.as_deref(),
        batch.approved_at.map(micros),
        batch.exported_by.as_deref(),
        batch.exported_at.map(micros),
        batch.printed_by.as_deref(),
        batch.printed_at.map(micros),
        batch.dispatched_by.as_deref(),
        batch.dispatched_at.map(micros),
        batch.dispatched_on,
        batch.cancelled_by.as_deref(),
        batch.cancelled_at.map(micros),
        batch.folder.as_deref(),
        batch.expired_at.map(micros),
        batch.approval.as_deref(),
        batch.approval_digest.as_deref()
    )?;
    Ok(touched == 1)
}

/// Batches that have files, by row ID: number and folder.
pub async fn folders(tx: &mut Tx) -> Result<Vec<(i64, String, String)>, StoreError> {
    let sql = "SELECT id, number, folder FROM batch WHERE folder IS NOT NULL ORDER BY id";
    Ok(query!(tx, all(i64, String, String), sql)?)
}

/// Records where the files of a batch are now.
pub async fn set_folder(tx: &mut Tx, id: i64, folder: &str) -> Result<(), StoreError> {
    query!(tx, execute "UPDATE batch SET folder = $2, version = version + 1 WHERE id = $1", id, folder)?;
    Ok(())
}

/// The numbers of batches, by row ID.
pub async fn numbers(tx: &mut Tx, ids: &[i64]) -> Result<Vec<(i64, String)>, StoreError> {
    const NUMBERS: super::Sql = among!("SELECT id, number FROM batch WHERE id IN ", "");
    Ok(query!(tx, all(i64, String), NUMBERS, super::query::id_list(ids))?)
}

/// Batches between draft and dispatch, oldest first.
pub async fn under_way(tx: &mut Tx) -> Result<Vec<Batch>, StoreError> {
    Ok(
        query!(tx, all Batch, "SELECT * FROM batch WHERE state NOT IN ('dispatched', 'cancelled', 'expired') ORDER BY id")?,
    )
}

/// Batches whose paper is made, but has not left yet.
pub async fn with_paper(tx: &mut Tx) -> Result<Vec<Batch>, StoreError> {
    Ok(query!(tx, all Batch, "SELECT * FROM batch WHERE state IN ('exported', 'printed') ORDER BY number")?)
}

#[cfg(test)]
mod tests {
    use crate::domain::CardState;

    #[test]
    fn the_list_counts_the_pile() {
        for state in CardState::ALL {
            assert_eq!(pile!().contains(&format!("'{}'", state.code())), !state.is_in_pile(), "{state:?}");
        }
    }
}
