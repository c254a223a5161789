//! Opening a database, and transactions on either engine.

use super::connect::{WAIT, connections, sqlite_options};
use super::server::{Server, TimeLimits};
use super::sqlite_file::{SqliteFile, must_be_local, must_be_ours};
use super::{DbUrl, StoreError, schema};
use sqlx::{Executor, Postgres, Sqlite, SqlitePool, Transaction};
use std::path::Path;
use std::time::{Duration, Instant};

/// The two engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Embedded, one file.
    Sqlite,
    /// A server for many terminals.
    Postgres,
}

/// An open database. Cheap to clone.
#[derive(Debug, Clone)]
pub enum Db {
    /// One writer and four readers on a WAL file.
    Sqlite {
        /// Read-only connections.
        read: SqlitePool,
        /// The one connection that writes.
        write: SqlitePool,
        /// The file that they opened.
        file: SqliteFile,
    },
    /// Connections to a server.
    Postgres(Server),
}

/// A transaction on either engine. Dropped without [`Tx::commit`], it is rolled back.
#[derive(Debug)]
pub enum Tx {
    /// SQLite
    Sqlite(Transaction<'static, Sqlite>),
    /// PostgreSQL
    Postgres(Transaction<'static, Postgres>),
}

/// Writers on PostgreSQL take turns, as they do on SQLite: the audit chain has one end, and a lock taken first can
/// never be part of a deadlock. The number is "kempo" in ASCII.
const ONE_WRITER: &str = "SELECT pg_advisory_xact_lock(461447295087)";

impl Db {
    /// Opens an existing database. Its schema must be this program's: see [`upgrade`](super::migrate::upgrade).
    pub async fn open(url: &DbUrl) -> Result<Self, StoreError> {
        let db = match url {
            DbUrl::Sqlite(path) if !path.is_file() => return Err(StoreError::Missing(path.clone())),
            DbUrl::Sqlite(path) => {
                let write = fair_writer(path).await?;
                let read = connections::<Sqlite>(4);
                let read = read.connect_with(sqlite_options(path).read_only(true)).await?;
                Self::Sqlite { read, write, file: SqliteFile::of(path)? }
            }
            DbUrl::Postgres(url) => Self::Postgres(Server::open(url, TimeLimits::Daily).await?),
        };
        let applied = match &db {
            Self::Sqlite { write, .. } => schema::of_file(write).await?,
            Self::Postgres(server) => schema::of_server(server.pool()).await?,
        };
        schema::must_be_current(&applied)?;
        Ok(db)
    }

    /// Opens a file that no program writes, to look into it. No file beside it is made.
    pub async fn inspect(path: &Path) -> Result<Self, StoreError> {
        let options = sqlite_options(path).read_only(true).immutable(true);
        let pool = connections::<Sqlite>(2);
        let read = pool.connect_with(options).await?;
        Ok(Self::Sqlite { write: read.clone(), read, file: SqliteFile::of(path)? })
    }

    /// Which engine this is.
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite { .. } => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// A transaction that only reads, from one consistent state.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        #[cfg(test)]
        counted::read();
        Ok(match self {
            Self::Sqlite { read, file, .. } => {
                file.is_still_there()?;
                Tx::Sqlite(read.begin().await?)
            }
            Self::Postgres(server) => {
                Tx::Postgres(server.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        })
    }

    /// A transaction that writes, alone until it ends. Refused where the schema has changed since the opening.
    pub async fn write(&self) -> Result<Tx, StoreError> {
        let mut tx = match self {
            Self::Sqlite { write, file, .. } => {
                file.is_still_there()?;
                Tx::Sqlite(begin_alone(write).await?)
            }
            Self::Postgres(server) => {
                // A snapshot from before the wait would miss what the writer before has appended.
                let mut tx = server.begin("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE").await?;
                sqlx::query(ONE_WRITER).execute(&mut *tx).await?;
                Tx::Postgres(tx)
            }
        };
        #[cfg(test)]
        counted::begin();
        let (count, found) = query!(&mut tx, one(i64, i64), "SELECT count(*), max(version) FROM _sqlx_migrations")?;
        schema::must_still_be_current(count, found)?;
        Ok(tx)
    }

    /// A transaction that stores what does not count yet: on a server beside the one writer.
    pub async fn stage(&self) -> Result<Tx, StoreError> {
        match self {
            Self::Sqlite { .. } => self.write().await,
            Self::Postgres(server) => {
                Ok(Tx::Postgres(server.begin("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE").await?))
            }
        }
    }

    /// Between two writing transactions of one program: those who wait take a turn. On a server they stand in a queue; at
    /// a file they look for the writer every [`TURN`].
    pub async fn let_others_in(&self) {
        if let Self::Sqlite { .. } = self {
            tokio::time::sleep(TURN * 3).await;
        }
    }

    /// Brings the planner's statistics of a file up to date, where no other program writes just now.
    /// A server does so by itself.
    pub async fn optimize(&self) {
        if let Self::Sqlite { file, .. } = self {
            file.optimize().await;
        }
    }

    /// The same, and folds SQLite's log into the file, as far as no other program reads or writes just now: after an
    /// import the log is as large as what it wrote.
    pub async fn fold(&self) {
        if let Self::Sqlite { file, .. } = self {
            file.fold().await;
        }
    }

    /// Closes every connection; the last one of a file folds its log into it.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write, .. } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(server) => server.pool().close().await,
        }
    }
}

impl Tx {
    /// The schema of the database.
    pub async fn schema(&mut self) -> Result<i64, StoreError> {
        Ok(query!(self, value i64, "SELECT max(version) FROM _sqlx_migrations")?)
    }

    /// Lifts the limits of time on a server, for work that grows with the society: an import, a purge.
    pub async fn lift_time_limits(&mut self) -> Result<(), StoreError> {
        const LIFTED: &str = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = '10min'";
        if let Self::Postgres(t) = self {
            t.execute(LIFTED).await?;
        }
        Ok(())
    }

    /// Makes everything in the transaction true at once.
    pub async fn commit(self) -> Result<(), StoreError> {
        super::fault::fault()?;
        let done = match self {
            Self::Sqlite(tx) => tx.commit().await,
            Self::Postgres(tx) => tx.commit().await,
        };
        // The answer to a commit can be lost, too.
        done.and_then(|()| super::fault::fault()).map_err(StoreError::of_commit)
    }
}

/// How often a program looks whether it can write to a file. SQLite's own waiting grows to a tenth of a second, and then
/// misses the gaps between the transactions of a large change.
const TURN: Duration = Duration::from_millis(4);

/// A deferred BEGIN that reads first and writes later fails at once where another program wrote in between.
async fn begin_alone(pool: &SqlitePool) -> Result<Transaction<'static, Sqlite>, sqlx::Error> {
    const ALONE: &str = "BEGIN IMMEDIATE";
    let begun = Instant::now();
    loop {
        match pool.begin_with(ALONE).await {
            // After a full disk SQLite has rolled back by itself, and sqlx still counts a transaction: without another
            // connection nothing could be written until the next start.
            Err(sqlx::Error::InvalidSavePointStatement) => {
                // It is given up in any case: how it ends does not matter.
                let _ = pool.acquire().await?.close().await;
            }
            Err(error) if is_busy(&error) && begun.elapsed() < WAIT => tokio::time::sleep(TURN).await,
            begun => return begun,
        }
    }
}

fn is_busy(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    matches!(code.as_deref(), Some("5" | "261" | "517"))
}

/// [`sqlite_writer`] that does not wait in SQLite.
async fn fair_writer(path: &Path) -> Result<SqlitePool, StoreError> {
    must_be_local(path)?;
    let write = connections::<Sqlite>(1).after_connect(|connection, _| {
        Box::pin(async move { connection.execute("PRAGMA busy_timeout = 0").await.map(drop) })
    });
    Ok(write.connect_with(sqlite_options(path)).await?)
}

/// The one connection that writes a file.
pub(super) async fn sqlite_writer(path: &Path) -> Result<SqlitePool, StoreError> {
    must_be_local(path)?;
    must_be_ours(path).await?;
    let write = connections::<Sqlite>(1);
    Ok(write.connect_with(sqlite_options(path)).await?)
}

/// How many reading transactions a task opens, and what it does while it holds the writer.
#[cfg(test)]
pub(crate) mod counted {
    use std::cell::Cell;

    tokio::task_local! {
        static READS: Cell<u32>;
        static HOLD: Hold;
    }

    /// Statements and rows of the present writing transaction, and the most of any.
    #[derive(Default)]
    struct Hold {
        holds: Cell<bool>,
        statements: Cell<u32>,
        rows: Cell<u64>,
        most: Cell<Most>,
    }

    /// The most that one writing transaction did.
    #[derive(Debug, Clone, Copy, Default)]
    pub(crate) struct Most {
        /// Statements: each waits for the server once.
        pub(crate) statements: u32,
        /// Rows that they wrote.
        pub(crate) rows: u64,
    }

    /// Runs, and counts.
    pub(crate) async fn reads<F: Future>(work: F) -> (F::Output, u32) {
        let counted = async {
            let done = work.await;
            (done, READS.get().get())
        };
        READS.scope(Cell::new(0), counted).await
    }

    pub(super) fn read() {
        // A task that is not counted has no count.
        let _ = READS.try_with(|reads| reads.set(reads.get() + 1));
        let _ = HOLD.try_with(|hold| hold.holds.set(false));
    }

    /// Runs, and tells the most that one writing transaction did.
    pub(crate) async fn holds<F: Future>(work: F) -> (F::Output, Most) {
        let counted = async {
            let done = work.await;
            (done, HOLD.with(|hold| hold.most.get()))
        };
        HOLD.scope(Hold::default(), counted).await
    }

    pub(super) fn begin() {
        let _ = HOLD.try_with(|hold| {
            hold.holds.set(true);
            hold.statements.set(0);
            hold.rows.set(0);
        });
    }

    pub(in crate::store) fn statement() {
        more(1, 0);
    }

    /// Rows that a statement wrote.
    pub(in crate::store) fn rows(count: u64) {
        more(0, count);
    }

    fn more(statements: u32, rows: u64) {
        let _ = HOLD.try_with(|hold| {
            if hold.holds.get() {
                hold.statements.set(hold.statements.get() + statements);
                hold.rows.set(hold.rows.get() + rows);
                let Most { statements, rows } = hold.most.get();
                let (statements, rows) = (statements.max(hold.statements.get()), rows.max(hold.rows.get()));
                hold.most.set(Most { statements, rows });
            }
        });
    }

    /// Statements since the writer was taken, where they are counted.
    pub(crate) fn statements() -> Option<u32> {
        HOLD.try_with(|hold| hold.statements.get()).ok()
    }
}
