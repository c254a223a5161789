//! The right to carry a large change on: one program at a time has it, and the system takes it from one that has ended.

use super::sqlite_file::work_of;
use super::{Db, StoreError};
use crate::files::private;
use sqlx::{Connection, PgConnection};
use std::fs::{File, TryLockError};

/// The right, until it is dropped.
#[derive(Debug)]
pub enum WorkClaim {
    /// A locked file beside the database.
    File(File),
    /// A connection of its own with a lock of its session.
    Server(Box<PgConnection>),
}

/// Beside the number of the one writer.
const CLAIM: &str = "SELECT pg_try_advisory_lock(461447295088)";

impl Db {
    /// Takes the right, if no other program has it.
    pub async fn claim_work(&self) -> Result<Option<WorkClaim>, StoreError> {
        match self {
            Self::Sqlite { file, .. } => {
                let path = work_of(file.path());
                let unusable = StoreError::unusable(&path);
                let lock = private::open(&path).map_err(&unusable)?;
                match lock.try_lock() {
                    Ok(()) => Ok(Some(WorkClaim::File(lock))),
                    Err(TryLockError::WouldBlock) => Ok(None),
                    Err(TryLockError::Error(e)) => Err(unusable(e)),
                }
            }
            Self::Postgres(server) => {
                let mut connection = server.pool().acquire().await?.detach();
                if sqlx::query_scalar::<_, bool>(CLAIM).fetch_one(&mut connection).await? {
                    Ok(Some(WorkClaim::Server(Box::new(connection))))
                } else {
                    connection.close().await?;
                    Ok(None)
                }
            }
        }
    }
}
