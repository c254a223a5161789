//! What a PostgreSQL server tells of itself. Nothing here reads a row of the society.

use super::{StoreError, Tx};
use chrono::{DateTime, Utc};

/// A query of the server's catalog; on SQLite it gives nothing.
macro_rules! catalog {
    ($tx:expr, all $row:ty, $sql:expr) => {
        match $tx {
            Tx::Sqlite(_) => Ok(Vec::new()),
            Tx::Postgres(t) => Ok(sqlx::query_as::<_, $row>($sql).fetch_all(&mut **t).await?),
        }
    };
}

/// The role of this connection, and whether it may do what the owner of the tables may.
pub async fn role(tx: &mut Tx) -> Result<Vec<(String, bool)>, StoreError> {
    const SQL: &str = "SELECT current_user::text, pg_has_role(current_user, relowner, 'USAGE')
        FROM pg_class WHERE oid = to_regclass('audit')";
    catalog!(tx, all(String, bool), SQL)
}

/// What this role may do with each table: table, privilege, whether it has it.
pub async fn grants(tx: &mut Tx) -> Result<Vec<(String, String, bool)>, StoreError> {
    const SQL: &str = "SELECT c.relname::text, p.privilege, has_table_privilege(c.oid, p.privilege)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        CROSS JOIN (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE')) AS p (privilege)
        WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') ORDER BY c.relname, p.privilege";
    catalog!(tx, all(String, String, bool), SQL)
}

/// Defaults of the server, the database or the role that are others than the program works with, and what they are.
/// The program sets its own.
pub async fn other_defaults(tx: &mut Tx) -> Result<Vec<(String, String)>, StoreError> {
    const SQL: &str = "SELECT name, reset_val FROM pg_settings
        WHERE (name = 'default_transaction_isolation' AND reset_val <> 'read committed')
           OR (name = 'default_transaction_read_only' AND reset_val = 'on')
           OR (name = 'synchronous_commit' AND reset_val IN ('off', 'local')) ORDER BY name";
    catalog!(tx, all(String, String), SQL)
}

/// Settings of the server that are off and that data depends on.
pub async fn switched_off(tx: &mut Tx) -> Result<Vec<(String,)>, StoreError> {
    const SQL: &str = "SELECT name FROM pg_settings
        WHERE name IN ('fsync', 'full_page_writes', 'autovacuum', 'track_counts') AND setting = 'off' ORDER BY name";
    catalog!(tx, all(String,), SQL)
}

/// Connections of all programs, and the most that the server takes from ordinary roles.
pub async fn connections(tx: &mut Tx) -> Result<Vec<(i64, i64)>, StoreError> {
    const SQL: &str = "SELECT sum(numbackends)::bigint,
            current_setting('max_connections')::bigint - current_setting('superuser_reserved_connections')::bigint
        FROM pg_stat_database";
    catalog!(tx, all(i64, i64), SQL)
}

/// The archive of the write-ahead log.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Archive {
    /// Whether there is one.
    pub enabled: bool,
    /// When a segment was last archived.
    pub last_archived_time: Option<DateTime<Utc>>,
    /// When that last failed.
    pub last_failed_time: Option<DateTime<Utc>>,
}

/// The archive of the write-ahead log.
pub async fn archive(tx: &mut Tx) -> Result<Vec<Archive>, StoreError> {
    const SQL: &str = "SELECT current_setting('archive_mode') <> 'off' AS enabled, last_archived_time, last_failed_time
        FROM pg_stat_archiver";
    catalog!(tx, all Archive, SQL)
}

/// A standby as the primary sees it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Standby {
    /// Its name; empty where the role may not see it.
    pub name: String,
    /// Whether the role may not see more than that it is there.
    pub hidden: bool,
    /// How far behind it is, in seconds.
    pub seconds: i64,
    /// How far behind it is, in bytes of the log.
    pub bytes: i64,
}

/// The standbys of this server.
pub async fn standbys(tx: &mut Tx) -> Result<Vec<Standby>, StoreError> {
    const SQL: &str = "SELECT coalesce(application_name, '') AS name, state IS NULL AS hidden,
            coalesce(extract(epoch FROM replay_lag)::bigint, 0) AS seconds,
            CASE WHEN pg_is_in_recovery() THEN 0
                 ELSE coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)::bigint, 0) END AS bytes
        FROM pg_stat_replication WHERE state IS DISTINCT FROM 'backup' ORDER BY 1";
    catalog!(tx, all Standby, SQL)
}

/// A table with many dead rows.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DeadRows {
    /// Name of the table.
    pub table_name: String,
    /// Rows that were deleted or replaced, and still take room.
    pub dead: i64,
    /// Rows that count.
    pub live: i64,
    /// When the table was last vacuumed.
    pub vacuumed_at: Option<DateTime<Utc>>,
}

/// Tables with more than ten thousand dead rows, and more than one to four live ones; the worst first.
pub async fn dead_rows(tx: &mut Tx) -> Result<Vec<DeadRows>, StoreError> {
    const SQL: &str = "SELECT relname::text AS table_name, n_dead_tup AS dead, n_live_tup AS live,
            greatest(last_autovacuum, last_vacuum) AS vacuumed_at
        FROM pg_stat_user_tables WHERE n_dead_tup > 10000 AND n_dead_tup > n_live_tup / 4
        ORDER BY n_dead_tup DESC LIMIT 5";
    catalog!(tx, all DeadRows, SQL)
}
