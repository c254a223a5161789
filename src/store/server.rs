//! Connections to a PostgreSQL server: their settings, and how many are kept.

use super::StoreError;
use super::connect::connections;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Executor, PgPool, Postgres, Transaction};
use std::str::FromStr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

/// What the program relies on, whatever the server, the database or the role has as its default. It is sent as plain
/// statements when a connection is made: a pooler in front of the server refuses settings in the startup packet.
///
/// `pg_temp` is last: a temporary table must not take the place of one of ours. A commit is on the server's disk when it
/// is answered (S3: a password that was printed is never printed again); a stricter setting stays.
const SETTINGS: &str = "
SET search_path = public, pg_temp;
SET TimeZone = 'UTC';
SET DateStyle = 'ISO, YMD';
SET standard_conforming_strings = on;
SET default_transaction_isolation = 'read committed';
SET default_transaction_read_only = off;
SET default_transaction_deferrable = off;
SET tcp_keepalives_idle = '60s';
SET tcp_keepalives_interval = '10s';
SET tcp_keepalives_count = 6;
SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local');
SELECT set_config(name, '0', false) FROM pg_settings WHERE name IN ('idle_session_timeout', 'transaction_timeout');
";

/// The limits of daily work. A writer waits for another as long as on SQLite. A statement of daily work takes
/// milliseconds; a minute means that something is wrong. An open transaction would make every other writer
/// wait for ever.
const LIMITED: &str = "
SET lock_timeout = '10s';
SET statement_timeout = '60s';
SET idle_in_transaction_session_timeout = '60s';
";

const UNLIMITED: &str = "
SET lock_timeout = 0;
SET statement_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
";

/// How long statements may run, and wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TimeLimits {
    /// The limits of daily work.
    Daily,
    /// A change of the schema waits for others and takes as long as it takes.
    None,
}

/// Connections of one program: as many as it needs at once, and none that it has not needed for a while.
#[derive(Debug, Clone)]
pub struct Server(Arc<Connections>);

#[derive(Debug)]
struct Connections {
    pool: PgPool,
    /// The most that were in use at once since [`Server::close_idle`].
    needed: AtomicU32,
}

/// The most connections of one program.
const MOST: u32 = 4;
/// How often connections are closed that were not needed.
const SWEEP: Duration = Duration::from_secs(30);

impl Server {
    pub(super) async fn open(url: &str, limits: TimeLimits) -> Result<Self, StoreError> {
        let options = PgConnectOptions::from_str(url)?.application_name("mykempo");
        let pool = connections::<Postgres>(MOST).after_connect(move |connection, _| {
            Box::pin(async move {
                connection.execute(SETTINGS).await?;
                connection
                    .execute(match limits {
                        TimeLimits::Daily => LIMITED,
                        TimeLimits::None => UNLIMITED,
                    })
                    .await
                    .map(drop)
            })
        });
        let pool = pool.connect_with(options).await?;
        let connections = Arc::new(Connections { pool, needed: AtomicU32::new(1) });
        tokio::spawn(sweep(Arc::downgrade(&connections)));
        Ok(Self(connections))
    }

    pub(super) fn pool(&self) -> &PgPool {
        &self.0.pool
    }

    /// Begins a transaction with this statement.
    pub(super) async fn begin(&self, sql: &'static str) -> Result<Transaction<'static, Postgres>, sqlx::Error> {
        let tx = self.0.pool.begin_with(sql).await?;
        self.0.needed.fetch_max(self.0.in_use(), Ordering::Relaxed);
        Ok(tx)
    }

    /// Closes the idle connections beyond the most that were in use at once since the last call: one that works alone
    /// keeps one, and one that is left alone keeps none.
    pub async fn close_idle(&self) {
        self.0.close_idle().await;
    }
}

impl Connections {
    fn in_use(&self) -> u32 {
        let idle = u32::try_from(self.pool.num_idle()).unwrap_or(u32::MAX);
        self.pool.size().saturating_sub(idle)
    }

    async fn close_idle(&self) {
        let needed = self.needed.swap(0, Ordering::Relaxed);
        while self.pool.size() > needed {
            let Some(idle) = self.pool.try_acquire() else { return };
            if let Err(error) = idle.close().await {
                tracing::debug!(%error, "an idle connection was broken");
            }
        }
    }
}

/// sqlx would do it by `idle_timeout`, with a task that may go round for ever (see [`connections`]); and as it hands
/// idle connections out in turn, none would ever be idle for long.
async fn sweep(connections: Weak<Connections>) {
    loop {
        tokio::time::sleep(SWEEP).await;
        match connections.upgrade().filter(|connections| !connections.pool.is_closed()) {
            Some(connections) => connections.close_idle().await,
            None => return,
        }
    }
}
