//! Copies of a live SQLite file, and what is in a copy.
//!
//! `VACUUM INTO` reads one consistent state while others go on writing. SQLite's backup API would do the same; sqlx
//! gives it as a raw pointer only, and this crate forbids unsafe code.

use super::{StoreError, Tx, audit};
use crate::domain::Anchor;
use crate::files::{folder_of, private};
use sqlx::{AssertSqlSafe, SqlitePool};
use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;

/// Copies into a new file, or an empty one; its owner's alone from the first byte, and forced to the disk. A copy that
/// could not be finished is removed.
pub async fn make(pool: &SqlitePool, to: &Path) -> Result<(), StoreError> {
    let unusable = StoreError::unusable(to);
    private::open(to).map_err(&unusable)?;
    let made = sqlx::query("VACUUM INTO $1").bind(to.to_string_lossy().into_owned()).execute(pool).await;
    let made = made.map_err(StoreError::from).and_then(|_| sync(to).map_err(unusable));
    if made.is_err()
        && let Err(error) = std::fs::remove_file(to)
    {
        tracing::warn!(%error, "an unfinished copy of the database was left");
    }
    made
}

/// Forces a file, and its name in its folder, to the disk.
pub fn sync(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()?;
    File::open(folder_of(path))?.sync_all()
}

/// What a database holds, so that a copy can be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Census {
    /// The highest step of its schema.
    pub schema: i64,
    /// The end of its audit chain.
    pub head: Anchor,
    /// Rows of each table.
    pub rows: BTreeMap<String, i64>,
}

impl Census {
    /// Counts the rows of every table of an SQLite file.
    pub async fn of(tx: &mut Tx) -> Result<Self, StoreError> {
        let (schema, head) = (tx.schema().await?, audit::head(tx).await?);
        let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
        let tables = query!(tx, values String, tables)?;
        let mut rows = BTreeMap::new();
        let Tx::Sqlite(t) = tx else { return Ok(Self { schema, head, rows }) };
        for table in tables {
            // A table cannot be bound. The name is the file's own, and quoted.
            let count = AssertSqlSafe(format!("SELECT count(*) FROM \"{}\"", table.replace('"', "\"\"")));
            let count = sqlx::query_scalar(count).fetch_one(&mut **t).await?;
            rows.insert(table, count);
        }
        Ok(Self { schema, head, rows })
    }

    /// The first table with fewer rows than before the copying or more than after it. Where nothing was written meanwhile,
    /// that is the first table with another number of rows.
    pub fn differs(&self, before: &Self, after: &Self) -> Option<String> {
        let tables = before.rows.keys().chain(self.rows.keys());
        tables.into_iter().find(|table| !self.lies_between(before, after, table)).cloned()
    }

    fn lies_between(&self, before: &Self, after: &Self, table: &str) -> bool {
        let count = |census: &Self| census.rows.get(table).copied();
        match (count(self), count(before), count(after)) {
            (Some(here), Some(a), Some(b)) => (a.min(b)..=a.max(b)).contains(&here),
            _ => false,
        }
    }
}

/// What SQLite itself finds wrong with a file, and rows that refer to nothing. A server looks after itself.
pub async fn faults(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    let integrity = super::Sql { sqlite: "PRAGMA integrity_check", postgres: "SELECT 'ok'" };
    let references = super::Sql {
        sqlite: "SELECT DISTINCT \"table\" || ' -> ' || parent FROM pragma_foreign_key_check",
        postgres: "SELECT conname::text FROM pg_constraint WHERE contype = 'f' AND NOT convalidated",
    };
    let mut found = query!(tx, values String, integrity)?;
    found.retain(|line| line != "ok");
    found.extend(query!(tx, values String, references)?);
    Ok(found)
}
