//! The files of batches, and what is recorded of those that are gone (S4).

use super::{StoreError, Tx, micros};
use chrono::{DateTime, Utc};

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
    /// S4: it opens with a passphrase only.
    pub encrypted: bool,
}

/// Records a file.
pub async fn insert(tx: &mut Tx, file: &BatchFile) -> Result<(), StoreError> {
    query!(
        tx,
        execute "INSERT INTO batch_file (batch_id, name, pages, sha256, secret, run, edition, encrypted) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        file.batch_id,
        &file.name,
        file.pages,
        &file.sha256,
        file.secret,
        file.run,
        file.edition,
        file.encrypted
    )?;
    Ok(())
}

/// A batch's files by name.
pub async fn of_batch(tx: &mut Tx, batch_id: i64) -> Result<Vec<BatchFile>, StoreError> {
    Ok(query!(tx, all BatchFile, "SELECT * FROM batch_file WHERE batch_id = $1 ORDER BY name", batch_id)?)
}

/// Where a file of a batch was written.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct RecordedFile {
    /// Row ID of its batch.
    pub batch_id: i64,
    /// Number of its batch.
    pub number: String,
    /// The path of the batch's folder, as it was then.
    pub folder: String,
    /// In that folder.
    pub name: String,
}

/// S4: files with passwords that should be gone: of dispatched, cancelled and expired batches and remakes, or written
/// before `expired`.
pub async fn to_destroy(tx: &mut Tx, expired: DateTime<Utc>) -> Result<Vec<RecordedFile>, StoreError> {
    Ok(query!(
        tx,
        all RecordedFile,
        "SELECT b.id AS batch_id, b.number, b.folder, f.name FROM batch_file f JOIN batch b ON b.id = f.batch_id
         LEFT JOIN remake_run r ON r.batch_id = f.batch_id AND r.run = f.run
         WHERE f.secret AND f.destroyed_at IS NULL AND b.folder IS NOT NULL
           AND (b.state IN ('dispatched', 'cancelled', 'expired') OR r.expired_at IS NOT NULL
             OR COALESCE(r.exported_at, b.exported_at) < $1) ORDER BY b.id, f.name",
        micros(expired)
    )?)
}

/// Records that a file is gone; false where that is recorded already.
pub async fn destroyed(tx: &mut Tx, batch_id: i64, name: &str, at: DateTime<Utc>) -> Result<bool, StoreError> {
    let touched = query!(
        tx,
        execute "UPDATE batch_file SET destroyed_at = $3 WHERE batch_id = $1 AND name = $2 AND destroyed_at IS NULL",
        batch_id,
        name,
        micros(at)
    )?;
    Ok(touched == 1)
}

/// S4: files with passwords that are recorded as destroyed.
pub async fn all_destroyed(tx: &mut Tx) -> Result<Vec<RecordedFile>, StoreError> {
    let sql = "SELECT b.id AS batch_id, b.number, b.folder, f.name FROM batch_file f JOIN batch b ON b.id = f.batch_id
         WHERE f.secret AND f.destroyed_at IS NOT NULL AND b.folder IS NOT NULL ORDER BY b.id, f.name";
    Ok(query!(tx, all RecordedFile, sql)?)
}

/// B12: papers that a later edition took the place of.
pub async fn outdated(tx: &mut Tx) -> Result<Vec<RecordedFile>, StoreError> {
    let sql = "SELECT b.id AS batch_id, b.number, b.folder, f.name FROM batch_file f JOIN batch b ON b.id = f.batch_id
         WHERE NOT f.secret AND f.destroyed_at IS NOT NULL AND b.folder IS NOT NULL ORDER BY b.id, f.name";
    Ok(query!(tx, all RecordedFile, sql)?)
}
