//! The open society: its database, clock, terminal and settings.

use super::actor::Allowed;
use super::audit::facts::SearchScope;
use super::audit::{AuditEvent, NoteFacts};
use super::clock::Clock;
use super::life::{Life, Place};
use super::origin::origin;
use super::unit_of_work::{Stage, UnitOfWork};
use super::{DataError, Error, Refusal, Settings, settings};
use crate::domain::WorkKind;
use crate::domain::workdays::Workdays;
use crate::files::Protected;
use crate::store::audit;
use crate::store::work::{self, Work};
use crate::store::{Db, DbUrl, StoreError, Tx, WorkClaim};
use crate::text::japan::midnight;
use chrono::{DateTime, Days, NaiveDate, Utc};
use sqlx::SqlitePool;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The open society. Its database is private: a use case reads by [`Self::read`], and changes by [`Self::begin`].
///
/// ```compile_fail,E0616
/// fn write(ctx: mykempo_console::usecases::AppContext) {
///     let _ = ctx.db.write();
/// }
/// ```
#[derive(Debug, Clone)]
pub struct AppContext {
    db: Db,
    /// Now and today.
    pub clock: Clock,
    /// The name of this terminal, for the audit log.
    pub terminal: String,
    /// Where its sign-ins come from.
    pub origin: String,
    /// The society's settings when it was opened, or refreshed.
    pub settings: Settings,
    /// Japan's business days.
    pub workdays: Workdays,
    /// Where the database is.
    pub(super) place: DbUrl,
    /// Where it lies, to compare with where it says that it lives.
    pub(super) here: Place,
    /// What it is there, when it was opened or refreshed.
    pub life: Life,
    /// The read transaction that checked the session: the first read goes on in it.
    checked: Arc<Mutex<Option<Tx>>>,
    /// The members that each list showed to each person today.
    listed: Arc<Mutex<HashMap<ListLook, BTreeSet<i64>>>>,
}

/// Who looked at which list, on which day.
type ListLook = (String, SearchScope, NaiveDate);

/// The end of the log when something was read, and how often it was.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Before {
    last: i64,
    tries: u32,
}

impl AppContext {
    /// Opens the society of an existing database.
    ///
    /// # Errors
    /// No database, no society in it, a newer schema, or `MYKEMPO_TODAY` outside a rehearsal.
    pub async fn open(url: &DbUrl, clock: Clock, terminal: String) -> Result<Self, Error> {
        let db = match Db::open(url).await {
            Err(StoreError::Older { found: 0, .. }) => return Err(Refusal::NotInitialised.into()),
            opened => opened?,
        };
        Self::with_db(db, clock, terminal, url.clone()).await
    }

    pub(super) async fn with_db(db: Db, clock: Clock, terminal: String, place: DbUrl) -> Result<Self, Error> {
        let mut tx = db.read().await?;
        let settings = settings::load(&mut tx).await?;
        let here = Place::of(&place, &mut tx).await?;
        let life = Life::of(&mut tx, &here).await?;
        drop(tx);
        if settings.society.insurer.is_empty() {
            return Err(Refusal::NotInitialised.into());
        }
        if clock.is_set() && !settings.rehearsal {
            return Err(Refusal::NotRehearsal.into());
        }
        let workdays = Workdays::japan().map_err(DataError::from)?;
        let origin = origin();
        Ok(Self {
            db,
            clock,
            terminal,
            origin,
            settings,
            workdays,
            place,
            here,
            life,
            checked: Arc::default(),
            listed: Arc::default(),
        })
    }

    /// Reads the settings again, after they were changed.
    pub async fn refresh(&mut self) -> Result<(), Error> {
        let mut tx = self.read(&Allowed::system()).await?;
        self.settings = settings::load(&mut tx).await?;
        self.life = Life::of(&mut tx, &self.here).await?;
        Ok(())
    }

    /// The same society with the settings as they are now: a console stays open for days, and what an admin sets
    /// counts at once.
    pub async fn current(&self) -> Result<Self, Error> {
        let mut ctx = self.clone();
        ctx.refresh().await?;
        Ok(ctx)
    }

    /// The same, with the settings that this transaction reads; the first read goes on in it.
    pub(super) async fn going_on_in(&self, mut tx: Tx) -> Result<Self, Error> {
        let settings = settings::load(&mut tx).await?;
        let life = Life::of(&mut tx, &self.here).await?;
        Ok(Self { settings, life, checked: Arc::new(Mutex::new(Some(tx))), ..self.clone() })
    }

    /// Where batches land: beside the database file, or with a server beside the current folder, where relative. Always
    /// a whole path: a file must be found again by a program that was started elsewhere (S4).
    pub fn export_folder(&self) -> PathBuf {
        let base = match &self.place {
            DbUrl::Sqlite(path) => path.parent().unwrap_or_else(|| Path::new("")),
            DbUrl::Postgres(_) => Path::new(""),
        };
        let folder = base.join(&self.settings.export_dir);
        std::path::absolute(&folder).unwrap_or(folder)
    }

    /// Where the database is.
    pub const fn url(&self) -> &DbUrl {
        &self.place
    }

    /// The database's files, whose place no output may take.
    pub fn protected(&self) -> Protected {
        self.place.protected()
    }

    /// A transaction that only reads, for an actor who may.
    pub(super) async fn read(&self, _: &Allowed) -> Result<Tx, Error> {
        match self.take_checked() {
            Some(tx) => Ok(tx),
            None => Ok(self.db.read().await?),
        }
    }

    /// Begins a change.
    pub async fn begin(&self, allowed: &Allowed) -> Result<UnitOfWork, Error> {
        // Its connection may be the one that the writer needs.
        drop(self.take_checked());
        Ok(UnitOfWork::begin(&self.db, self.clock, &self.terminal, allowed).await?)
    }

    /// Begins a change that must not see an import half done: it waits until that is at its end.
    ///
    /// # Errors
    /// [`Refusal::WorkUnderWay`] where that takes too long.
    pub(super) async fn begin_settled(&self, allowed: &Allowed) -> Result<UnitOfWork, Error> {
        self.begin_without(allowed, |work| work.kind == WorkKind::Import).await
    }

    /// Begins a change that no other large change may be beside: it waits until that is at its end.
    ///
    /// # Errors
    /// [`Refusal::WorkUnderWay`] where that takes too long.
    pub(super) async fn begin_alone(&self, allowed: &Allowed) -> Result<UnitOfWork, Error> {
        self.begin_without(allowed, |_| true).await
    }

    async fn begin_without(&self, allowed: &Allowed, waits: impl Fn(&Work) -> bool) -> Result<UnitOfWork, Error> {
        const PATIENCE: Duration = Duration::from_secs(10);
        const LOOK_AGAIN: Duration = Duration::from_millis(100);
        let begun = Instant::now();
        loop {
            let mut uow = self.begin(allowed).await?;
            let Some(work) = work::applying(&mut uow).await?.filter(&waits) else { return Ok(uow) };
            drop(uow);
            if begun.elapsed() >= PATIENCE {
                return Err(Refusal::WorkUnderWay { kind: work.kind, staff: work.staff }.into());
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// Reads what a change needs before it takes the writer: that may take longer than others should wait.
    ///
    /// # Errors
    /// [`StoreError::Busy`] where others change something again and again.
    pub(super) async fn read_before(&self, allowed: &Allowed, before: &mut Before) -> Result<Tx, Error> {
        const TRIES: u32 = 20;
        if before.tries == TRIES {
            return Err(StoreError::Busy.into());
        }
        let mut tx = self.read(allowed).await?;
        *before = Before { tries: before.tries + 1, last: audit::head(&mut tx).await?.seq };
        Ok(tx)
    }

    /// Begins a change where what was read before is still true: nothing but looks and sign-ins came since. Otherwise it is
    /// to be read again.
    pub(super) async fn begin_where_unchanged(
        &self,
        allowed: &Allowed,
        before: &Before,
    ) -> Result<Option<UnitOfWork>, Error> {
        let mut uow = self.begin_settled(allowed).await?;
        Ok(if uow.is_unchanged_since(before.last).await? { Some(uow) } else { None })
    }

    /// Begins a transaction that carries work on, in the name of who began it.
    pub(super) async fn begin_for(&self, work: &Work) -> Result<UnitOfWork, Error> {
        let allowed = Allowed::carried_on(&work.staff);
        Ok(UnitOfWork::begin(&self.db, self.clock, &work.terminal, &allowed).await?)
    }

    /// A transaction that stages pieces, beside the one writer where the engine allows it.
    pub(super) async fn stage(&self, allowed: &Allowed) -> Result<Stage, Error> {
        Ok(Stage::begin(&self.db, allowed).await?)
    }

    /// The right to carry work on; none where another program has it.
    pub(super) async fn claim_work(&self) -> Result<Option<WorkClaim>, Error> {
        Ok(self.db.claim_work().await?)
    }

    /// Between two transactions of a large change: those who wait for the writer take a turn.
    pub(super) async fn let_others_in(&self) {
        self.db.let_others_in().await;
    }

    /// Records a look in a short transaction of its own. What was seen is answered only where this succeeds.
    pub(super) async fn record(&self, allowed: &Allowed, note: impl Into<NoteFacts>) -> Result<(), Error> {
        self.begin(allowed).await?.commit(note).await
    }

    /// F3: records that a list was shown, and compactly its members. A list that is read again is a new look only where it
    /// shows other members, or on another day.
    pub(super) async fn record_list(
        &self,
        allowed: &Allowed,
        scope: SearchScope,
        query: &str,
        count: usize,
        members: Vec<i64>,
    ) -> Result<(), Error> {
        let (members, today): (BTreeSet<i64>, _) = (members.into_iter().collect(), self.clock.today());
        let look = (allowed.staff().to_owned(), scope, today);
        let is_known = {
            let listed = self.listed.lock().unwrap_or_else(PoisonError::into_inner);
            listed.get(&look).is_some_and(|known| members.is_subset(known))
        };
        if is_known {
            return Ok(());
        }
        let listed = Some(members.iter().copied().collect());
        let (query, count) = (query.to_owned(), count as u64);
        self.record(allowed, AuditEvent::MemberSearched { scope, query, count, listed }).await?;
        let mut known = self.listed.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|(_, _, day), _| *day == today);
        known.insert(look, members);
        Ok(())
    }

    /// What a copy of an SQLite file is made from: its readers, and its path.
    pub(super) fn sqlite_source(&self) -> Option<(&SqlitePool, &Path)> {
        match (&self.db, &self.place) {
            (Db::Sqlite { read, .. }, DbUrl::Sqlite(path)) => Some((read, path)),
            _ => None,
        }
    }

    /// What helps the queries to come, where it can be had without waiting.
    pub async fn optimize(&self) {
        self.db.optimize().await;
    }

    /// Folds SQLite's log into its file, as far as that can be had without waiting.
    pub async fn fold(&self) {
        self.db.fold().await;
    }

    /// Closes every connection.
    pub async fn close(&self) {
        drop(self.take_checked());
        self.db.close().await;
    }

    /// The end of a program: everything is written, and nothing is waited for.
    pub async fn leave(&self) {
        const SHORTLY: Duration = Duration::from_secs(1);
        drop(self.take_checked());
        self.fold().await;
        if tokio::time::timeout(SHORTLY, self.close()).await.is_err() {
            tracing::debug!("a connection was still in use at the end");
        }
    }

    fn take_checked(&self) -> Option<Tx> {
        self.checked.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// The instant before which an exported file has outlived `policy.export_ttl`: the last day counts whole.
    pub(super) fn expired(&self) -> DateTime<Utc> {
        let days = Days::new(u64::from(self.settings.export_ttl_days));
        self.clock.today().checked_sub_days(days).map(midnight).unwrap_or_default()
    }
}
