//! 取込の履歴.

use crate::store::{StoreError, Tx, micros};
use chrono::{DateTime, Utc};

/// One import that was applied.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct ImportRun {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub staff: String,
    /// Code of `FileKind`.
    pub kind: String,
    /// File name.
    pub file: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Rows in the file.
    pub row_count: i64,
    /// 追加
    pub added: i64,
    /// 変更
    pub changed: i64,
    /// 変更なし
    pub unchanged: i64,
    /// 取込不可
    pub rejected: i64,
}

/// Notes one.
pub async fn add_run(tx: &mut Tx, run: &ImportRun) -> Result<(), StoreError> {
    run!(
        tx,
        execute "INSERT INTO import_run (at, staff, kind, file, sha256, row_count, added, changed, unchanged, rejected)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        micros(run.at),
        &run.staff,
        &run.kind,
        &run.file,
        &run.sha256,
        run.row_count,
        run.added,
        run.changed,
        run.unchanged,
        run.rejected
    )?;
    Ok(())
}

/// The number of the latest.
pub async fn latest_run(tx: &mut Tx) -> Result<Option<i64>, StoreError> {
    Ok(run!(tx, value Option<i64>, "SELECT MAX(id) FROM import_run")?)
}

/// The latest, newest first.
pub async fn last_runs(tx: &mut Tx, limit: i64) -> Result<Vec<ImportRun>, StoreError> {
    Ok(run!(tx, all ImportRun, "SELECT * FROM import_run ORDER BY id DESC LIMIT $1", limit)?)
}

/// The last import of each kind.
pub async fn last_run_of_each_kind(tx: &mut Tx) -> Result<Vec<ImportRun>, StoreError> {
    Ok(run!(
        tx,
        all ImportRun,
        "SELECT * FROM import_run WHERE id IN (SELECT MAX(id) FROM import_run GROUP BY kind) ORDER BY kind"
    )?)
}
