//! How connections are made, on either engine.

use sqlx::Database;
use sqlx::pool::PoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use std::path::Path;
use std::time::Duration;

/// How long a program waits for a connection, and for another writer.
pub(super) const WAIT: Duration = Duration::from_secs(10);

/// A pool of at most so many. None is closed for its age: the task that sqlx 0.9 looks after that with counts idle
/// connections in a race, and may go round for ever, so that a program that has done its work does not end. A
/// connection that is dead is found when it is taken.
pub(super) fn connections<DB: Database>(most: u32) -> PoolOptions<DB> {
    PoolOptions::new().max_connections(most).acquire_timeout(WAIT).idle_timeout(None).max_lifetime(None)
}

/// A connection to a file.
pub(super) fn sqlite_options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(WAIT)
        // Rows come over from SQLite's own thread: a million of them in hundreds, not in fifties.
        .row_buffer_size(500)
}
