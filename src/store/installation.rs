//! Where the database lives: one row, written where it begins to work, and copied with every copy.

use super::{StoreError, Tx};
use crate::domain::InstallationKind;

/// What the database says of itself.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Installation {
    /// 32 random hexadecimal digits, which stand in the folder of exports, too.
    pub id: String,
    /// The machine of a file, or the server.
    pub machine: String,
    /// The path of a file, or the database of a server.
    pub place: String,
    /// What it was declared to be there.
    #[sqlx(try_from = "String")]
    pub kind: InstallationKind,
}

/// The row; none in a database of an earlier version that has not begun to work yet.
pub async fn get(tx: &mut Tx) -> Result<Option<Installation>, StoreError> {
    Ok(query!(tx, optional Installation, "SELECT id, machine, place, kind FROM installation")?)
}

/// Writes the row.
pub async fn put(tx: &mut Tx, row: &Installation) -> Result<(), StoreError> {
    let sql = "INSERT INTO installation (one, id, machine, place, kind) VALUES (1, $1, $2, $3, $4)
        ON CONFLICT (one) DO UPDATE SET id = excluded.id, machine = excluded.machine, place = excluded.place,
            kind = excluded.kind";
    query!(tx, execute sql, &row.id, &row.machine, &row.place, row.kind.code())?;
    Ok(())
}

/// A server's own identity, which its standbys share, and the database's in it; none for a file.
pub async fn on_server(tx: &mut Tx) -> Result<Option<(String, String)>, StoreError> {
    const SQL: &str = "SELECT s.system_identifier::text, d.datname || ' (' || d.oid::text || ')'
        FROM pg_control_system() s, pg_database d WHERE d.datname = current_database()";
    match tx {
        Tx::Sqlite(_) => Ok(None),
        Tx::Postgres(t) => Ok(Some(sqlx::query_as::<_, (String, String)>(SQL).fetch_one(&mut **t).await?)),
    }
}
