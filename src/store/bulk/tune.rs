//! What an engine needs around a large import.

use crate::store::{StoreError, Tx};

/// A larger page cache while rows go in: indexes are touched in no order, and with the usual 2 MB their pages would be
/// read and written again and again.
pub async fn before(tx: &mut Tx) -> Result<(), StoreError> {
    if let Tx::Sqlite(t) = tx {
        sqlx::query("PRAGMA cache_size = -98304").execute(&mut **t).await?;
    }
    Ok(())
}

/// Gives the memory back.
pub async fn after(tx: &mut Tx) -> Result<(), StoreError> {
    if let Tx::Sqlite(t) = tx {
        sqlx::query("PRAGMA cache_size = -2000").execute(&mut **t).await?;
    }
    Ok(())
}

/// After a large first import the planner must know that the tables are no longer empty.
pub async fn analyze(tx: &mut Tx) -> Result<(), StoreError> {
    match tx {
        Tx::Sqlite(t) => {
            sqlx::query("PRAGMA analysis_limit = 1000").execute(&mut **t).await?;
            sqlx::query("ANALYZE member").execute(&mut **t).await?;
            sqlx::query("ANALYZE member_gram").execute(&mut **t).await?;
        }
        Tx::Postgres(t) => {
            sqlx::query("ANALYZE member, member_gram").execute(&mut **t).await?;
        }
    }
    Ok(())
}
