//! One change of the database: its transaction, and its entries in the audit log.

use super::actor::Allowed;
use super::audit::Act;
use super::audit::NoteFacts;
use super::clock::Clock;
use super::error::Error;
use crate::domain::Anchor;
use crate::store::audit::{self as log, AuditEntry};
use crate::store::work::Work;
use crate::store::{Db, StoreError, Tx};
use chrono::{DateTime, NaiveDate, Utc};
use std::ops::{Deref, DerefMut};
use std::time::{Duration, Instant};

/// A writing transaction of an actor who may make the change. [`Self::commit`] with an audit event is the only way to
/// make it count; dropped, it is rolled back. It derefs to the store's [`Tx`].
#[derive(Debug)]
pub struct UnitOfWork {
    tx: Tx,
    clock: Clock,
    terminal: String,
    staff: String,
    /// The end of the chain, once an entry was appended.
    head: Option<Anchor>,
    begun: Instant,
}

impl UnitOfWork {
    /// Waits for the one writer.
    pub(super) async fn begin(db: &Db, clock: Clock, terminal: &str, allowed: &Allowed) -> Result<Self, StoreError> {
        let (terminal, staff) = (terminal.to_owned(), allowed.staff().to_owned());
        Ok(Self { tx: db.write().await?, clock, terminal, staff, head: None, begun: Instant::now() })
    }

    /// The staff ID of who acts.
    pub fn staff(&self) -> &str {
        &self.staff
    }

    /// The instant of an entry.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The business date.
    pub fn today(&self) -> NaiveDate {
        self.clock.today()
    }

    /// Appends an entry about a part of the change.
    pub async fn record(&mut self, note: impl Into<NoteFacts>) -> Result<(), Error> {
        self.record_all([note.into()]).await
    }

    /// Appends entries in their order, many in one statement.
    pub(super) async fn record_all(&mut self, notes: impl IntoIterator<Item = NoteFacts>) -> Result<(), Error> {
        let entries = notes.into_iter().map(|note| self.entry(note)).collect::<Result<Vec<AuditEntry>, Error>>()?;
        let head = match self.head.take() {
            Some(head) => head,
            None => log::head(&mut self.tx).await?,
        };
        self.head = Some(log::append(&mut self.tx, head, entries).await?);
        Ok(())
    }

    fn entry(&self, NoteFacts { event, member, batch }: NoteFacts) -> Result<AuditEntry, Error> {
        Ok(AuditEntry {
            seq: 0,
            at: self.clock.now(),
            staff: self.staff.clone(),
            terminal: self.terminal.clone(),
            action: event.act().code().to_owned(),
            member,
            batch,
            detail: event.facts()?,
            prev: String::new(),
            hash: String::new(),
        })
    }

    /// Whether the writer was held for long enough: the next piece of a large change takes another turn.
    pub(super) fn is_long(&self) -> bool {
        const LONG: Duration = Duration::from_millis(80);
        self.held() >= LONG
    }

    /// For how long the writer is held.
    #[cfg(not(test))]
    fn held(&self) -> Duration {
        self.begun.elapsed()
    }

    /// Tests count statements instead, two milliseconds for each.
    #[cfg(test)]
    fn held(&self) -> Duration {
        let statements = crate::store::counted::statements();
        statements.map_or_else(|| self.begun.elapsed(), |count| Duration::from_millis(2) * count)
    }

    /// Whether what was read when this was the last entry of the log is still true: nothing but looks and sign-ins came since.
    pub(super) async fn is_unchanged_since(&mut self, seq: i64) -> Result<bool, Error> {
        let acts = log::actions_after(&mut self.tx, seq).await?;
        Ok(acts.iter().all(|code| code.parse().is_ok_and(Act::leaves_lists_alone)))
    }

    /// Makes a piece of a large change count, which ends with an entry of its own.
    pub(super) async fn commit_piece(self, of: &Work) -> Result<(), Error> {
        self.tx.commit().await?;
        tracing::debug!(work = of.id, staff = self.staff, "committed a piece");
        Ok(())
    }

    /// Makes a part of a change count that has entries of its own for everything in it, and goes on.
    pub(super) async fn commit_some(self) -> Result<(), Error> {
        Ok(self.tx.commit().await?)
    }

    /// Appends the last entry, and makes the whole change count.
    pub async fn commit(mut self, note: impl Into<NoteFacts>) -> Result<(), Error> {
        let note = note.into();
        let (act, batch) = (note.event.act().code(), note.batch.clone());
        self.record(note).await?;
        self.tx.commit().await?;
        tracing::info!(act, batch, staff = self.staff, "committed");
        Ok(())
    }
}

/// A transaction for what does not count yet, and so has no entry in the log: beside the one writer where the engine
/// allows it. It derefs to the store's [`Tx`].
#[derive(Debug)]
pub(super) struct Stage(Tx);

impl Stage {
    /// Begins a transaction for pieces that do not count yet.
    pub(super) async fn begin(db: &Db, _: &Allowed) -> Result<Self, StoreError> {
        Ok(Self(db.stage().await?))
    }

    /// Keeps what was stored.
    pub(super) async fn keep(self) -> Result<(), StoreError> {
        self.0.commit().await
    }
}

impl Deref for Stage {
    type Target = Tx;

    fn deref(&self) -> &Tx {
        &self.0
    }
}

impl DerefMut for Stage {
    fn deref_mut(&mut self) -> &mut Tx {
        &mut self.0
    }
}

impl Deref for UnitOfWork {
    type Target = Tx;

    fn deref(&self) -> &Tx {
        &self.tx
    }
}

impl DerefMut for UnitOfWork {
    fn deref_mut(&mut self) -> &mut Tx {
        &mut self.tx
    }
}
