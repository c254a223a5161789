//! Bringing a schema up to date, once, also when eight terminals start together.

use super::StoreError;
use crate::secrets::private;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::{PgPool, SqlitePool};
use std::path::Path;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// The SQLite migrator does not lock: a file beside the database does.
pub(super) async fn sqlite(pool: &SqlitePool, path: &Path) -> Result<(), StoreError> {
    // It stays: removing it would let two late comers lock two different files.
    let name = path.with_added_extension("lock");
    let unusable = |e: std::io::Error| StoreError::Unusable(format!("{}: {e}", name.display()));
    let lock = private::create(&name).map_err(unusable)?;
    lock.lock().map_err(unusable)?;
    SQLITE.run(pool).await.map_err(|e| explain(e, &SQLITE))
}

/// PostgreSQL's migrator takes an advisory lock itself.
pub(super) async fn postgres(pool: &PgPool) -> Result<(), StoreError> {
    // The application's role may make no tables, not even those that are there.
    if is_current(pool).await? {
        return Ok(());
    }
    POSTGRES.run(pool).await.map_err(|e| explain(e, &POSTGRES))
}

async fn is_current(pool: &PgPool) -> Result<bool, StoreError> {
    let applied = sqlx::query_scalar("SELECT version FROM _sqlx_migrations WHERE success").fetch_all(pool).await;
    let applied: Vec<i64> = match applied {
        Err(sqlx::Error::Database(e)) if e.code().as_deref() == Some("42P01") => return Ok(false),
        applied => applied?,
    };
    Ok(POSTGRES.iter().all(|step| applied.contains(&step.version)) && applied.len() == POSTGRES.iter().count())
}

fn explain(error: MigrateError, migrator: &Migrator) -> StoreError {
    match error {
        MigrateError::Execute(e) | MigrateError::ExecuteMigration(e, _) => e.into(),
        MigrateError::VersionMissing(found) => {
            StoreError::Newer { found, known: migrator.iter().map(|m| m.version).max().unwrap_or(0) }
        }
        other => StoreError::Other(sqlx::Error::Migrate(Box::new(other))),
    }
}
