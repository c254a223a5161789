//! The macro that runs one query on whichever engine the transaction is of.

use super::Engine;
use chrono::{DateTime, SubsecRound, Utc};

/// A query whose text differs between the engines.
#[derive(Debug, Clone, Copy)]
pub struct Sql {
    /// For SQLite.
    pub sqlite: &'static str,
    /// For PostgreSQL.
    pub postgres: &'static str,
}

/// What `run!` takes as a query: one text for both, or a [`Sql`].
pub(crate) trait Query: Copy {
    /// The text for this engine.
    fn on(self, engine: Engine) -> &'static str;
}

impl Query for &'static str {
    fn on(self, _: Engine) -> &'static str {
        self
    }
}

impl Query for Sql {
    fn on(self, engine: Engine) -> &'static str {
        match engine {
            Engine::Sqlite => self.sqlite,
            Engine::Postgres => self.postgres,
        }
    }
}

/// Microseconds are what both engines keep.
pub fn micros(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(6)
}

/// Where the model test breaks the connection; nothing else does.
#[cfg(not(test))]
#[expect(clippy::unnecessary_wraps, reason = "the test's twin fails")]
pub(crate) const fn fault() -> Result<(), sqlx::Error> {
    Ok(())
}

#[cfg(test)]
pub(crate) use injected::fault;

#[cfg(test)]
pub(crate) mod injected {
    //! Faults for tests: the n-th statement or commit of a task fails as a broken connection does.

    use std::cell::Cell;
    use std::io::{Error, ErrorKind};

    tokio::task_local! {
        static FUSE: Cell<u32>;
    }

    /// Runs with a fuse of `steps` statements; 0 never burns down.
    pub(crate) async fn with_fuse<F: Future>(steps: u32, work: F) -> F::Output {
        FUSE.scope(Cell::new(steps), work).await
    }

    /// One step shorter; an error where it burns down.
    pub(crate) fn fault() -> Result<(), sqlx::Error> {
        let burnt = FUSE.try_with(|fuse| match fuse.get() {
            0 => false,
            left => {
                fuse.set(left - 1);
                left == 1
            }
        });
        let broken = || sqlx::Error::Io(Error::new(ErrorKind::ConnectionReset, "injected"));
        if burnt.unwrap_or(false) { Err(broken()) } else { Ok(()) }
    }
}

/// `run!(tx, execute SQL, a, b)` gives the rows touched; `all T`, `one T`, `optional T` give rows; `value T` and
/// `values T` give the first column.
macro_rules! run {
    ($tx:expr, execute $sql:expr $(, $arg:expr)* $(,)?) => {
        match $crate::store::run::fault().and(Ok($tx)) {
            Err(fault) => Err(fault),
            Ok($crate::store::Tx::Sqlite(t)) => sqlx::query($crate::store::run::Query::on($sql, $crate::store::Engine::Sqlite))$(.bind($arg))*.execute(&mut **t).await.map(|done| done.rows_affected()),
            Ok($crate::store::Tx::Postgres(t)) => sqlx::query($crate::store::run::Query::on($sql, $crate::store::Engine::Postgres))$(.bind($arg))*.execute(&mut **t).await.map(|done| done.rows_affected()),
        }
    };
    ($tx:expr, all $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => { run!(@as $tx, query_as, $row, fetch_all, $sql $(, $arg)*) };
    ($tx:expr, one $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => { run!(@as $tx, query_as, $row, fetch_one, $sql $(, $arg)*) };
    ($tx:expr, optional $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => { run!(@as $tx, query_as, $row, fetch_optional, $sql $(, $arg)*) };
    ($tx:expr, value $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => { run!(@as $tx, query_scalar, $row, fetch_one, $sql $(, $arg)*) };
    ($tx:expr, maybe $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => { run!(@as $tx, query_scalar, $row, fetch_optional, $sql $(, $arg)*) };
    ($tx:expr, values $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => { run!(@as $tx, query_scalar, $row, fetch_all, $sql $(, $arg)*) };
    (@as $tx:expr, $query:ident, $row:ty, $fetch:ident, $sql:expr $(, $arg:expr)*) => {
        match $crate::store::run::fault().and(Ok($tx)) {
            Err(fault) => Err(fault),
            Ok($crate::store::Tx::Sqlite(t)) => sqlx::$query::<_, $row>($crate::store::run::Query::on($sql, $crate::store::Engine::Sqlite))$(.bind($arg))*.$fetch(&mut **t).await,
            Ok($crate::store::Tx::Postgres(t)) => sqlx::$query::<_, $row>($crate::store::run::Query::on($sql, $crate::store::Engine::Postgres))$(.bind($arg))*.$fetch(&mut **t).await,
        }
    };
}
