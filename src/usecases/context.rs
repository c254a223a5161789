//! The open society: its database, clock, terminal and settings; and who acts.

use super::{Error, Refusal, Settings, settings};
use crate::domain::workdays::Workdays;
use crate::domain::{Permission, Role};
use crate::files::Protected;
use crate::store::{Db, DbUrl, StoreError, Tx};
use crate::text::japan;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use std::path::{Path, PathBuf};

/// Now and today. A rehearsal sets the business date by `MYKEMPO_TODAY`; the time of day goes on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    today: Option<NaiveDate>,
    frozen: Option<NaiveTime>,
}

impl Clock {
    /// The machine's clock, with the business date of a rehearsal if one is set.
    pub const fn new(today: Option<NaiveDate>) -> Self {
        Self { today, frozen: None }
    }

    /// A clock that stands still, for tests.
    pub const fn frozen(today: NaiveDate, time: NaiveTime) -> Self {
        Self { today: Some(today), frozen: Some(time) }
    }

    /// The instant of an entry.
    pub fn now(&self) -> DateTime<Utc> {
        let real = japan::local(Utc::now());
        let day = self.today.unwrap_or_else(|| real.date_naive());
        japan::instant(day.and_time(self.frozen.unwrap_or_else(|| real.time())))
    }

    /// The machine's own time, for codes of other devices: the business date of a rehearsal does not move theirs.
    pub fn instant(&self) -> DateTime<Utc> {
        if self.frozen.is_some() { self.now() } else { Utc::now() }
    }

    /// The business date in Japan.
    pub fn today(&self) -> NaiveDate {
        japan::day_of(self.now())
    }

    /// Whether the business date was set by hand.
    pub const fn is_set(&self) -> bool {
        self.today.is_some()
    }
}

/// The open society.
#[derive(Debug, Clone)]
pub struct AppContext {
    /// The database.
    pub db: Db,
    /// Now and today.
    pub clock: Clock,
    /// The name of this terminal, for the audit log.
    pub terminal: String,
    /// The society's settings when it was opened, or refreshed.
    pub settings: Settings,
    /// Japan's business days.
    pub workdays: Workdays,
    /// Where the database is.
    pub(super) place: DbUrl,
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
        let settings = settings::load(&mut db.read().await?).await?;
        if settings.society.insurer.is_empty() {
            return Err(Refusal::NotInitialised.into());
        }
        if clock.is_set() && !settings.rehearsal {
            return Err(Refusal::NotRehearsal.into());
        }
        let workdays = Workdays::japan().map_err(|e| Error::Data(e.to_string()))?;
        Ok(Self { db, clock, terminal, settings, workdays, place })
    }

    /// Reads the settings again, after somebody changed them.
    pub async fn refresh(&mut self) -> Result<(), Error> {
        self.settings = settings::load(&mut self.db.read().await?).await?;
        Ok(())
    }

    /// The same office with the settings as they are now: a console stays open for days, and what an admin sets counts at
    /// once.
    pub async fn current(&self) -> Result<Self, Error> {
        let mut ctx = self.clone();
        ctx.refresh().await?;
        Ok(ctx)
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

    /// The database's files, whose place no output may take.
    pub fn protected(&self) -> Protected {
        self.place.protected()
    }

    pub(super) async fn read(&self) -> Result<Tx, Error> {
        Ok(self.db.read().await?)
    }

    pub(super) async fn write(&self) -> Result<Tx, Error> {
        Ok(self.db.write().await?)
    }

    /// The last instant before which an exported file has outlived `policy.export_ttl`.
    pub(super) fn expired(&self) -> DateTime<Utc> {
        let days = Days::new(u64::from(self.settings.export_ttl_days));
        self.clock.now().checked_sub_days(days).unwrap_or_default()
    }
}

/// Who acts: somebody signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// 職員ID
    pub id: String,
    /// 氏名
    pub name: String,
    /// 役割
    pub role: Role,
}

impl Actor {
    /// Nobody: what the program does by the date alone.
    pub(super) fn system() -> Self {
        Self { id: super::audit::SYSTEM.to_owned(), name: super::audit::SYSTEM.to_owned(), role: Role::Admin }
    }

    /// Refuses what the role may not do.
    pub fn must(&self, needs: Permission) -> Result<(), Refusal> {
        if self.role.may(needs) { Ok(()) } else { Err(Refusal::Role { role: self.role, needs }) }
    }
}
