//! Making a database, and bringing an older one up to date: once, also when eight terminals start together.
//!
//! The program that opens a file brings it up to date, after a copy. A server serves many terminals, so one person runs
//! `mykempo migrate`. A program that was open before that is refused at its next change.

pub use super::schema::known;

use super::schema::{POSTGRES, SQLITE, is_current, of_file, of_server};
use super::server::{Server, TimeLimits};
use super::sqlite_file::{lock_of, must_be_local};
use super::{Db, DbUrl, FileFault, StoreError, Tx, bulk, copy, db};
use crate::files::private;
use chrono::{DateTime, Utc};
use sqlx::migrate::MigrateError;
use sqlx::{PgPool, SqlitePool};
use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// Makes a new database. An SQLite file must not exist yet, and is readable by its owner only; a database of a server
/// must be empty.
pub async fn create(url: &DbUrl) -> Result<Db, StoreError> {
    if let DbUrl::Sqlite(path) = url {
        create_private(path)?;
    }
    match Db::open(url).await {
        Err(StoreError::Older { found: 0, .. }) => {
            upgrade(url, DateTime::UNIX_EPOCH).await?;
            Db::open(url).await
        }
        opened => opened,
    }
}

fn create_private(path: &Path) -> Result<(), StoreError> {
    must_be_local(path)?;
    match private::create_new(path) {
        Ok(_) => Ok(()),
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Err(StoreError::Exists(path.to_owned())),
        Err(e) => Err(StoreError::unusable(path)(e)),
    }
}

/// What [`upgrade`] did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upgrade {
    /// The schema before; 0 in an empty database.
    pub from: i64,
    /// The schema now.
    pub to: i64,
    /// The copy of a file as it was before. It is kept.
    pub copy: Option<PathBuf>,
}

/// Brings an existing database up to date; nothing where it is. A file with something in it is copied beside itself
/// first. Each step is a transaction: what stops in between goes on with the next call.
pub async fn upgrade(url: &DbUrl, now: DateTime<Utc>) -> Result<Option<Upgrade>, StoreError> {
    match url {
        DbUrl::Sqlite(path) if !path.is_file() => Err(StoreError::Missing(path.clone())),
        DbUrl::Sqlite(path) => {
            let pool = db::sqlite_writer(path).await?;
            let done = upgrade_file(&pool, path, now).await;
            pool.close().await;
            done
        }
        DbUrl::Postgres(url) => {
            let server = Server::open(url, TimeLimits::None).await?;
            let done = upgrade_server(server.pool()).await;
            server.pool().close().await;
            done
        }
    }
}

async fn upgrade_file(pool: &SqlitePool, path: &Path, now: DateTime<Utc>) -> Result<Option<Upgrade>, StoreError> {
    if is_current(&of_file(pool).await?)? {
        return Ok(None);
    }
    // SQLite's migrator does not lock. A program that waited here finds the work done.
    let _lock = lock(path).await?;
    let applied = of_file(pool).await?;
    if is_current(&applied)? {
        return Ok(None);
    }
    let from = applied.last().copied().unwrap_or(0);
    let copied = (from > 0).then(|| {
        let stamp = now.format("%Y%m%dT%H%M%S%3fZ");
        path.with_added_extension(format!("before-{:04}-{stamp}", known()))
    });
    if let Some(copied) = &copied {
        copy::make(pool, copied).await?;
        must_be_whole(copied).await?;
    }
    rebuild(Tx::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?), &applied).await?;
    SQLITE.run(pool).await.map_err(explain)?;
    Ok(Some(Upgrade { from, to: known(), copy: copied }))
}

/// A step is taken only where there is a way back.
async fn must_be_whole(copied: &Path) -> Result<(), StoreError> {
    let db = Db::inspect(copied).await?;
    let faults = copy::faults(&mut db.read().await?).await;
    db.close().await;
    match faults?.into_iter().next() {
        Some(fault) => Err(StoreError::Unusable(FileFault::Damaged { path: copied.to_owned(), fault })),
        None => Ok(()),
    }
}

async fn upgrade_server(pool: &PgPool) -> Result<Option<Upgrade>, StoreError> {
    // Writers take the same lock: nothing is written by the old rules once the new ones have begun. It ends with its
    // connection, which ends with the pool.
    let mut lock = pool.acquire().await?;
    sqlx::query("SELECT pg_advisory_lock(461447295087)").execute(&mut *lock).await?;
    let applied = of_server(pool).await?;
    if is_current(&applied)? {
        return Ok(None);
    }
    rebuild(Tx::Postgres(pool.begin().await?), &applied).await?;
    POSTGRES.run(pool).await.map_err(explain)?;
    Ok(Some(Upgrade { from: applied.last().copied().unwrap_or(0), to: known(), copy: None }))
}

/// Rebuilds the stored search forms, as this program folds them. It comes before the steps: what stops in between is
/// not up to date yet, and begins again with the next call.
async fn rebuild(mut tx: Tx, applied: &BTreeSet<i64>) -> Result<(), StoreError> {
    /// The steps with which names and notes became searchable.
    const NAMES: i64 = 1;
    const NOTES: i64 = 5;
    if applied.contains(&NAMES) {
        bulk::rebuild_names(&mut tx).await?;
    }
    if applied.contains(&NOTES) {
        bulk::rebuild_notes(&mut tx).await?;
    }
    tx.commit().await
}

/// Only one program at a time works on the schema of a file, or copies it. The lock's file stays: if it were removed, two
/// programs could lock two different files.
pub async fn lock(path: &Path) -> Result<File, StoreError> {
    let name = lock_of(path);
    let unusable = StoreError::unusable(&name);
    let lock = private::open(&name).map_err(&unusable)?;
    // The thread that waits is not one of those that carry the other work on.
    let waited = tokio::task::spawn_blocking(move || lock.lock().map(|()| lock)).await;
    waited.map_err(io::Error::other).flatten().map_err(unusable)
}

fn explain(error: MigrateError) -> StoreError {
    match error {
        MigrateError::Execute(e) | MigrateError::ExecuteMigration(e, _) => e.into(),
        MigrateError::VersionMissing(found) => StoreError::Newer { found, known: known() },
        other => StoreError::Other(sqlx::Error::Migrate(Box::new(other))),
    }
}
