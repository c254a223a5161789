//! 取込の履歴.

use crate::domain::coded;
use crate::store::{Sql, StoreError, Tx, micros};
use chrono::{DateTime, Utc};

/// One import that was applied.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct ImportRun {
    /// Number of the import.
    pub id: i64,
    /// Instant of the import.
    pub at: DateTime<Utc>,
    /// Staff ID of the actor.
    pub staff: String,
    /// Code of `FileKind`.
    pub kind: String,
    /// Name of the file, without its folder.
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
    /// Whether all of it counts yet.
    #[sqlx(try_from = "String")]
    pub state: RunState,
}

coded! {
    /// How far an import is.
    pub enum RunState {
        /// 反映中: its rows are being applied, some at a time.
        Applying = "applying",
        /// 反映済
        Applied = "applied",
    }
}

/// Imports, and which of them.
macro_rules! runs {
    ($rest:literal) => {
        concat!(
            "SELECT id, at, staff, kind, file, sha256, row_count, added, changed, unchanged, rejected,
                 CASE WHEN EXISTS (SELECT 1 FROM work w WHERE w.kind = 'import' AND w.subject = import_run.id)
                     THEN 'applying' ELSE 'applied' END AS state
             FROM import_run ",
            $rest
        )
    };
}

/// A row that was taken although something about it deserves a look.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct ImportNote {
    /// Its line in the file.
    pub line: i64,
    /// Key of the row: of a member, an employer, an event or a request.
    pub key: String,
    /// Code of `RowWarning`.
    pub code: String,
}

/// Opens an import, so that what it writes can name it; its number.
pub async fn begin_run(tx: &mut Tx, at: DateTime<Utc>, staff: &str, kind: &str, file: &str) -> Result<i64, StoreError> {
    Ok(query!(
        tx,
        value i64,
        "INSERT INTO import_run (at, staff, kind, file, sha256, row_count, added, changed, unchanged, rejected)
         VALUES ($1, $2, $3, $4, '', 0, 0, 0, 0, 0) RETURNING id",
        micros(at),
        staff,
        kind,
        file
    )?)
}

/// What an import came to.
#[derive(Debug, Clone)]
pub struct RunResult<'a> {
    /// SHA-256 of the file.
    pub sha256: &'a str,
    /// Rows in the file.
    pub rows: i64,
    /// 追加
    pub added: i64,
    /// 変更
    pub changed: i64,
    /// 変更なし
    pub unchanged: i64,
    /// 取込不可
    pub rejected: i64,
}

/// Completes an import, with what deserves a look.
pub async fn finish_run(tx: &mut Tx, id: i64, result: &RunResult<'_>, notes: &[ImportNote]) -> Result<(), StoreError> {
    // One row may be told the same of two columns.
    const NOTES: Sql = Sql {
        sqlite: "INSERT INTO import_note (run_id, line, key, code)
             SELECT $1, value ->> 'line', value ->> 'key', value ->> 'code' FROM json_each($2) WHERE TRUE
             ON CONFLICT DO NOTHING",
        postgres: "INSERT INTO import_note (run_id, line, key, code)
             SELECT $1, line, key, code FROM json_to_recordset($2::json) AS j (line bigint, key text, code text)
             ON CONFLICT DO NOTHING",
    };
    query!(
        tx,
        execute "UPDATE import_run SET sha256 = $2, row_count = $3, added = $4, changed = $5, unchanged = $6, rejected = $7
         WHERE id = $1",
        id,
        result.sha256,
        result.rows,
        result.added,
        result.changed,
        result.unchanged,
        result.rejected
    )?;
    if notes.is_empty() {
        return Ok(());
    }
    let notes = serde_json::to_string(notes).map_err(|e| sqlx::Error::Encode(e.into()))?;
    query!(tx, execute NOTES, id, notes)?;
    Ok(())
}

/// Some rows that were to be added were overtaken before they were.
pub async fn came_late(tx: &mut Tx, id: i64, rows: i64) -> Result<(), StoreError> {
    query!(tx, execute "UPDATE import_run SET added = added - $2, rejected = rejected + $2 WHERE id = $1", id, rows)?;
    Ok(())
}

/// One by its number.
pub async fn run_of(tx: &mut Tx, id: i64) -> Result<Option<ImportRun>, StoreError> {
    Ok(query!(tx, optional ImportRun, runs!("WHERE id = $1"), id)?)
}

/// What deserves a look of an import, in the order of the file.
pub async fn notes_of(tx: &mut Tx, run_id: i64) -> Result<Vec<ImportNote>, StoreError> {
    Ok(query!(
        tx,
        all ImportNote,
        "SELECT line, key, code FROM import_note WHERE run_id = $1 ORDER BY line, code",
        run_id
    )?)
}

/// The number of the latest.
pub async fn latest_run(tx: &mut Tx) -> Result<Option<i64>, StoreError> {
    Ok(query!(tx, value Option<i64>, "SELECT MAX(id) FROM import_run")?)
}

/// The latest, newest first.
pub async fn last_runs(tx: &mut Tx, limit: i64) -> Result<Vec<ImportRun>, StoreError> {
    Ok(query!(tx, all ImportRun, runs!("ORDER BY id DESC LIMIT $1"), limit)?)
}

/// The last import of a file with this content, once it has been read to its end.
pub async fn run_of_file(tx: &mut Tx, kind: &str, sha256: &str) -> Result<Option<ImportRun>, StoreError> {
    Ok(query!(
        tx,
        optional ImportRun,
        runs!("WHERE kind = $1 AND sha256 = $2 ORDER BY id DESC LIMIT 1"),
        kind,
        sha256
    )?)
}

/// The last import of each kind.
pub async fn last_run_of_each_kind(tx: &mut Tx) -> Result<Vec<ImportRun>, StoreError> {
    Ok(query!(
        tx,
        all ImportRun,
        runs!("WHERE id IN (SELECT MAX(id) FROM import_run GROUP BY kind) ORDER BY kind")
    )?)
}
