//! The schema as this program knows it, and as a database has it.

use super::StoreError;
use sqlx::migrate::Migrator;
use sqlx::{PgPool, SqlitePool};
use std::collections::BTreeSet;

/// The steps for a file.
pub(super) static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
/// The same steps for a server.
pub(super) static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// The schema that this program works with.
pub fn known() -> i64 {
    SQLITE.iter().map(|migration| migration.version).max().unwrap_or(0)
}

/// Refuses a database whose schema is not this program's.
pub(super) fn must_be_current(applied: &BTreeSet<i64>) -> Result<(), StoreError> {
    if is_current(applied)? {
        return Ok(());
    }
    Err(StoreError::Older { found: applied.last().copied().unwrap_or(0), known: known() })
}

/// The same for a transaction that is about to write, by the number of its steps and the highest: another program may
/// have brought the schema up to date since the database was opened.
pub(super) fn must_still_be_current(count: i64, found: i64) -> Result<(), StoreError> {
    let mine = i64::try_from(SQLITE.iter().count()).unwrap_or(i64::MAX);
    if (count, found) == (mine, known()) { Ok(()) } else { Err(StoreError::Newer { found, known: known() }) }
}

/// Steps may have been numbered before they were finished, so the sets are compared, not the highest numbers.
pub(super) fn is_current(applied: &BTreeSet<i64>) -> Result<bool, StoreError> {
    let mine: BTreeSet<i64> = SQLITE.iter().map(|migration| migration.version).collect();
    match applied.difference(&mine).max() {
        Some(found) => Err(StoreError::Newer { found: *found, known: known() }),
        None => Ok(*applied == mine),
    }
}

/// The steps that a file has.
pub(super) async fn of_file(pool: &SqlitePool) -> Result<BTreeSet<i64>, StoreError> {
    let there = "SELECT count(*) FROM sqlite_master WHERE name = '_sqlx_migrations'";
    if sqlx::query_scalar::<_, i64>(there).fetch_one(pool).await? == 0 {
        return Ok(BTreeSet::new());
    }
    Ok(sqlx::query_scalar::<_, i64>(APPLIED).fetch_all(pool).await?.into_iter().collect())
}

/// The steps that a server's database has.
pub(super) async fn of_server(pool: &PgPool) -> Result<BTreeSet<i64>, StoreError> {
    let there = "SELECT to_regclass('_sqlx_migrations') IS NOT NULL";
    if !sqlx::query_scalar::<_, bool>(there).fetch_one(pool).await? {
        return Ok(BTreeSet::new());
    }
    Ok(sqlx::query_scalar::<_, i64>(APPLIED).fetch_all(pool).await?.into_iter().collect())
}

const APPLIED: &str = "SELECT version FROM _sqlx_migrations";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_engines_have_the_same_steps() {
        let names = |m: &Migrator| m.iter().map(|m| (m.version, m.description.to_string())).collect::<Vec<_>>();
        assert_eq!(names(&SQLITE), names(&POSTGRES));
    }
}
