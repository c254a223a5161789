//! The schema: which one a database has, and bringing an older one up to date, once, also when eight terminals start
//! together.
//!
//! A file is brought up to date by whoever opens it, after a copy. A server serves many terminals, so it is done by
//! one word of one person (`mykempo migrate`). A program that was open before that finds out at its next change.

use super::sqlite_file::lock_of;
use super::{Db, DbUrl, StoreError, Tx, bulk, copy, db};
use crate::files::private;
use chrono::{DateTime, Utc};
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::{PgPool, SqlitePool};
use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// The schema that this program works with.
pub fn known() -> i64 {
    SQLITE.iter().map(|migration| migration.version).max().unwrap_or(0)
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
            let pool = db::postgres(url).await?;
            let done = upgrade_server(&pool).await;
            pool.close().await;
            done
        }
    }
}

async fn upgrade_file(pool: &SqlitePool, path: &Path, now: DateTime<Utc>) -> Result<Option<Upgrade>, StoreError> {
    if is_current(&of_file(pool).await?)? {
        return Ok(None);
    }
    // SQLite's migrator does not lock. Who waited here finds the work done.
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
        Some(fault) => Err(StoreError::Unusable(format!("{}: {fault}", copied.display()))),
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

/// Makes the stored search forms anew, as this program folds them. It comes before the steps: what stops in between is
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

/// Only one works on the schema of a file, or copies it, at a time. The lock's file stays: removing it would let two
/// late comers lock two different files.
pub async fn lock(path: &Path) -> Result<File, StoreError> {
    let name = lock_of(path);
    let unusable = |e: std::io::Error| StoreError::Unusable(format!("{}: {e}", name.display()));
    let lock = private::open(&name).map_err(unusable)?;
    // Waiting for it must not keep the one who has it from going on.
    let waited = tokio::task::spawn_blocking(move || lock.lock().map(|()| lock)).await;
    waited.map_err(|_| StoreError::Busy)?.map_err(unusable)
}

/// The schema of an open database.
pub async fn version(tx: &mut Tx) -> Result<i64, StoreError> {
    Ok(query!(tx, value i64, "SELECT max(version) FROM _sqlx_migrations")?)
}

/// Refuses a database whose schema is not this program's.
pub(super) async fn must_be_current(db: &Db) -> Result<(), StoreError> {
    let applied = match db {
        Db::Sqlite { write, .. } => of_file(write).await?,
        Db::Postgres(pool) => of_server(pool).await?,
    };
    if is_current(&applied)? {
        return Ok(());
    }
    Err(StoreError::Older { found: applied.last().copied().unwrap_or(0), known: known() })
}

/// The same for a transaction that is about to write: somebody may have brought the schema up to date since.
pub(super) async fn must_still_be_current(tx: &mut Tx) -> Result<(), StoreError> {
    let (count, found) = query!(tx, one(i64, i64), "SELECT count(*), max(version) FROM _sqlx_migrations")?;
    let mine = i64::try_from(SQLITE.iter().count()).unwrap_or(i64::MAX);
    if (count, found) == (mine, known()) { Ok(()) } else { Err(StoreError::Newer { found, known: known() }) }
}

/// Steps may have been numbered before they were finished, so the sets are compared, not the highest numbers.
fn is_current(applied: &BTreeSet<i64>) -> Result<bool, StoreError> {
    let mine: BTreeSet<i64> = SQLITE.iter().map(|migration| migration.version).collect();
    match applied.difference(&mine).max() {
        Some(found) => Err(StoreError::Newer { found: *found, known: known() }),
        None => Ok(*applied == mine),
    }
}

async fn of_file(pool: &SqlitePool) -> Result<BTreeSet<i64>, StoreError> {
    let there = "SELECT count(*) FROM sqlite_master WHERE name = '_sqlx_migrations'";
    if sqlx::query_scalar::<_, i64>(there).fetch_one(pool).await? == 0 {
        return Ok(BTreeSet::new());
    }
    Ok(sqlx::query_scalar::<_, i64>(APPLIED).fetch_all(pool).await?.into_iter().collect())
}

async fn of_server(pool: &PgPool) -> Result<BTreeSet<i64>, StoreError> {
    let there = "SELECT to_regclass('_sqlx_migrations') IS NOT NULL";
    if !sqlx::query_scalar::<_, bool>(there).fetch_one(pool).await? {
        return Ok(BTreeSet::new());
    }
    Ok(sqlx::query_scalar::<_, i64>(APPLIED).fetch_all(pool).await?.into_iter().collect())
}

const APPLIED: &str = "SELECT version FROM _sqlx_migrations";

fn explain(error: MigrateError) -> StoreError {
    match error {
        MigrateError::Execute(e) | MigrateError::ExecuteMigration(e, _) => e.into(),
        MigrateError::VersionMissing(found) => StoreError::Newer { found, known: known() },
        other => StoreError::Other(sqlx::Error::Migrate(Box::new(other))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_engines_have_the_same_steps() {
        let names = |m: &Migrator| m.iter().map(|m| (m.version, m.description.to_string())).collect::<Vec<_>>();
        assert_eq!(names(&SQLITE), names(&POSTGRES));
    }
}
