//! Batches, their files and their bundles.

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
    /// Viewing-password cards that are still in it.
    pub viewing: i64,
    /// Login notices that are still in it.
    pub login: i64,
    /// Employers that they go to.
    pub employers: i64,
    /// 氏名 of who drafted it.
    pub drafter: String,
}

/// The latest batches, newest first.
pub async fn latest(tx: &mut Tx, limit: i64) -> Result<Vec<BatchLine>, StoreError> {
    Ok(query!(
        tx,
        all BatchLine,
        "SELECT b.*, (SELECT COUNT(*) FROM card c WHERE c.batch_id = b.id AND c.kind = 'viewing') AS viewing,
                (SELECT COUNT(*) FROM card c WHERE c.batch_id = b.id AND c.kind = 'login') AS login,
                (SELECT COUNT(DISTINCT c.employer_id) FROM card c WHERE c.batch_id = b.id) AS employers,
                COALESCE((SELECT s.name FROM staff s WHERE s.id = b.drafted_by), b.drafted_by) AS drafter
         FROM batch b ORDER BY b.id DESC LIMIT $1",
        limit
    )?)
}

/// Writes the state and who did what; false where the batch was changed since it was read.
pub async fn update(tx: &mut Tx, batch: &Batch) -> Result<bool, StoreError> {
    let touched = query!(
        tx,
        execute "UPDATE batch SET state = $3, version = version + 1, planned_on = $4, approved_by = $5, approved_at = $6, exported_by = $7, exported_at = $8,
         printed_by = $9, printed_at = $10, dispatched_by = $11, dispatched_at = $12, dispatched_on = $13, cancelled_by = $14, cancelled_at = $15, folder = $16, expired_at = $17
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
        batch.expired_at.map(micros)
    )?;
    Ok(touched == 1)
}

/// A file of an exported batch.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct BatchFile {
    /// Row ID of its batch.
    #[serde(skip)]
    pub batch_id: i64,
    /// In the batch's folder.
    pub name: String,
    /// Pages of the file.
    pub pages: i64,
    /// Lower-case hexadecimal.
    pub sha256: String,
    /// Holds passwords: destroyed at dispatch (S4).
    pub secret: bool,
    /// When it was destroyed; of a paper, when a later edition took its place.
    pub destroyed_at: Option<DateTime<Utc>>,
    /// The export that wrote it: 1, or a remake's (B13).
    pub run: i64,
    /// The edition of a paper (B12); none for what an export wrote.
    pub edition: Option<i64>,
}

/// Records a file.
pub async fn insert_file(tx: &mut Tx, file: &BatchFile) -> Result<(), StoreError> {
    query!(
        tx,
        execute "INSERT INTO batch_file (batch_id, name, pages, sha256, secret, run, edition) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        file.batch_id,
        &file.name,
        file.pages,
        &file.sha256,
        file.secret,
        file.run,
        file.edition
    )?;
    Ok(())
}

/// A batch's files by name.
pub async fn files(tx: &mut Tx, batch_id: i64) -> Result<Vec<BatchFile>, StoreError> {
    Ok(query!(tx, all BatchFile, "SELECT * FROM batch_file WHERE batch_id = $1 ORDER BY name", batch_id)?)
}

/// S4: files with passwords that should be gone: of dispatched, cancelled and expired batches and remakes, or written
/// before `expired`.
pub async fn files_to_destroy(tx: &mut Tx, expired: DateTime<Utc>) -> Result<Vec<(i64, String, String)>, StoreError> {
    Ok(query!(
        tx,
        all(i64, String, String),
        "SELECT b.id, b.folder, f.name FROM batch_file f JOIN batch b ON b.id = f.batch_id
         LEFT JOIN remake_run r ON r.batch_id = f.batch_id AND r.run = f.run
         WHERE f.secret AND f.destroyed_at IS NULL AND b.folder IS NOT NULL
           AND (b.state IN ('dispatched', 'cancelled', 'expired') OR r.expired_at IS NOT NULL
             OR COALESCE(r.exported_at, b.exported_at) < $1) ORDER BY b.id, f.name",
        micros(expired)
    )?)
}

/// Records that a file is gone; false where that is recorded already.
pub async fn file_destroyed(tx: &mut Tx, batch_id: i64, name: &str, at: DateTime<Utc>) -> Result<bool, StoreError> {
    let touched = query!(
        tx,
        execute "UPDATE batch_file SET destroyed_at = $3 WHERE batch_id = $1 AND name = $2 AND destroyed_at IS NULL",
        batch_id,
        name,
        micros(at)
    )?;
    Ok(touched == 1)
}

/// An employer's parcel (B9).
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Bundle {
    /// Number of its batch.
    #[sqlx(try_from = "String")]
    pub batch: BatchNumber,
    /// 発送日
    pub dispatched_on: Option<NaiveDate>,
    /// 事業所記号
    pub employer: String,
    /// 事業所名
    pub name: String,
    /// 担当部署
    pub department: String,
    /// 健康保険事務担当者
    pub contact: String,
    /// 電話
    pub phone: String,
    /// Cards in it.
    pub cards: i64,
    /// When the receipt came back.
    pub receipt_on: Option<NaiveDate>,
    /// B15: cards that could not be handed over.
    pub undelivered: i64,
    /// Of those, cards that have not come back yet.
    pub expected_back: i64,
}

/// Sets how many cards a bundle has.
pub async fn set_bundle(tx: &mut Tx, batch_id: i64, employer_id: i64, cards: i64) -> Result<(), StoreError> {
    query!(
        tx,
        execute "INSERT INTO bundle (batch_id, employer_id, cards) VALUES ($1, $2, $3) ON CONFLICT (batch_id, employer_id) DO UPDATE SET cards = excluded.cards",
        batch_id,
        employer_id,
        cards
    )?;
    Ok(())
}

/// Counts again what a bundle has; a card posted by itself (R4) has none.
pub async fn recount_bundle(tx: &mut Tx, batch_id: i64, employer_id: i64, cards: i64) -> Result<(), StoreError> {
    query!(
        tx,
        execute "UPDATE bundle SET cards = $3 WHERE batch_id = $1 AND employer_id = $2",
        batch_id,
        employer_id,
        cards
    )?;
    Ok(())
}

/// Forgets the bundles of a cancelled export.
pub async fn clear_bundles(tx: &mut Tx, batch_id: i64) -> Result<(), StoreError> {
    query!(tx, execute "DELETE FROM bundle WHERE batch_id = $1", batch_id)?;
    Ok(())
}

/// A batch's bundles by employer.
pub async fn bundles(tx: &mut Tx, batch_id: i64) -> Result<Vec<Bundle>, StoreError> {
    Ok(query!(
        tx,
        all Bundle,
        "SELECT b.number AS batch, b.dispatched_on, e.code AS employer, e.name, e.department, e.contact, e.phone, u.cards, u.receipt_on,
           (SELECT COUNT(*) FROM undelivered x JOIN card c ON c.id = x.card_id
             WHERE c.batch_id = u.batch_id AND c.employer_id = u.employer_id) AS undelivered,
           (SELECT COUNT(*) FROM undelivered x JOIN card c ON c.id = x.card_id
             WHERE c.batch_id = u.batch_id AND c.employer_id = u.employer_id AND c.state = 'dispatched') AS expected_back
         FROM bundle u JOIN batch b ON b.id = u.batch_id JOIN employer e ON e.id = u.employer_id WHERE u.batch_id = $1 ORDER BY e.code",
        batch_id
    )?)
}

/// Bundles dispatched before the day whose receipt has not come back, oldest first (B9).
pub async fn without_receipt(tx: &mut Tx, before: NaiveDate) -> Result<Vec<Bundle>, StoreError> {
    Ok(query!(
        tx,
        all Bundle,
        "SELECT b.number AS batch, b.dispatched_on, e.code AS employer, e.name, e.department, e.contact, e.phone, u.cards, u.receipt_on,
           (SELECT COUNT(*) FROM undelivered x JOIN card c ON c.id = x.card_id
             WHERE c.batch_id = u.batch_id AND c.employer_id = u.employer_id) AS undelivered,
           (SELECT COUNT(*) FROM undelivered x JOIN card c ON c.id = x.card_id
             WHERE c.batch_id = u.batch_id AND c.employer_id = u.employer_id AND c.state = 'dispatched') AS expected_back
         FROM bundle u JOIN batch b ON b.id = u.batch_id JOIN employer e ON e.id = u.employer_id
         WHERE u.receipt_on IS NULL AND u.cards > 0 AND b.state = 'dispatched' AND b.dispatched_on < $1 ORDER BY b.dispatched_on, b.id, e.code",
        before
    )?)
}

/// Notes the return of a receipt; false where the batch has no such bundle.
pub async fn receipt(tx: &mut Tx, batch_id: i64, employer_id: i64, on: NaiveDate) -> Result<bool, StoreError> {
    let touched = query!(
        tx,
        execute "UPDATE bundle SET receipt_on = $3 WHERE batch_id = $1 AND employer_id = $2",
        batch_id,
        employer_id,
        on
    )?;
    Ok(touched == 1)
}

/// When the receipt of a bundle came back; nothing at all where there is no bundle, and so no receipt (R4).
pub async fn receipt_of(tx: &mut Tx, batch_id: i64, employer_id: i64) -> Result<Option<Option<NaiveDate>>, StoreError> {
    Ok(query!(
        tx,
        maybe Option<NaiveDate>,
        "SELECT receipt_on FROM bundle WHERE batch_id = $1 AND employer_id = $2",
        batch_id,
        employer_id
    )?)
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

/// S4: files with passwords that are recorded as destroyed, as folder and name.
pub async fn files_destroyed(tx: &mut Tx) -> Result<Vec<(String, String)>, StoreError> {
    let sql = "SELECT b.folder, f.name FROM batch_file f JOIN batch b ON b.id = f.batch_id
         WHERE f.secret AND f.destroyed_at IS NOT NULL AND b.folder IS NOT NULL ORDER BY b.id, f.name";
    Ok(query!(tx, all(String, String), sql)?)
}
