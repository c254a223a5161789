//! 点検: the checks of an operator in one table. They change nothing, show nothing of a member, and need no sign-in:
//! who can open the database can read it anyway.

mod database;
mod exports;
mod machine;

pub use database::RESERVE_SUPERVISORS;

use crate::domain::{Anchor, BatchNumber, coded};
use crate::files::private::Exposed;
use crate::store::DbUrl;
use crate::usecases::{AppContext, Clock, Error};
use chrono::{DateTime, FixedOffset, Utc};
use std::path::PathBuf;

coded! {
    /// The checks, in the order of the table.
    pub enum DoctorCheck {
        /// The database opens, and its schema is this program's.
        Database = "database",
        /// SQLite's own check; rows that refer to nothing.
        Integrity = "integrity",
        /// The audit chain, against an anchor where one is given.
        Audit = "audit",
        /// When the last backup was made.
        Backup = "backup",
        /// Files open to others.
        Permissions = "permissions",
        /// Free space on the disks.
        Space = "space",
        /// Files in the export folder that belong to no batch.
        Exports = "exports",
        /// PDFs that should be gone.
        Expired = "expired",
        /// PDFs that should be there.
        Lost = "lost",
        /// Fonts, template and sender's address: whether a card can be laid out.
        Print = "print",
        /// The machine's clock and its time zone.
        Clock = "clock",
        /// The calendar of public holidays.
        Holidays = "holidays",
        /// Whether there are enough people for two-person approval.
        Staff = "staff",
        /// Whether the portal fetches its instructions.
        Feed = "feed",
    }
}

coded! {
    /// The result of a check.
    pub enum State {
        /// Nothing is wrong.
        Good = "good",
        /// Nothing is broken, but an operator should know.
        Notice = "notice",
        /// An operator must act.
        Wrong = "wrong",
    }
}

/// A finding. `labels` has its text and the remedy.
#[derive(Debug)]
pub enum Finding {
    /// Nothing is wrong.
    Good,
    /// The chain is whole to its end, this anchor.
    Whole(Anchor),
    /// The check itself failed.
    Failed(Error),
    /// The next start brings the schema up to date.
    OldSchema {
        /// The version of the database.
        found: i64,
        /// The version of this program.
        known: i64,
    },
    /// What SQLite's check finds damaged.
    Damaged(String),
    /// The chain breaks at this entry, or does not run through the anchor.
    BrokenChain(i64),
    /// No backup was ever made.
    NoBackup,
    /// The last backup is this many days old.
    OldBackup(i64),
    /// A file or folder is open to others.
    Exposed(Exposed),
    /// A clear copy that an interrupted backup left.
    ClearCopy(PathBuf),
    /// Less free space than a day's work may need.
    NoSpace {
        /// The folder.
        path: PathBuf,
        /// Free MiB.
        free: u64,
        /// MiB that a day may need.
        wanted: u64,
    },
    /// A folder that an interrupted export left.
    Unfinished(PathBuf),
    /// A folder of a batch that is not in this database, or something else.
    Stray(PathBuf),
    /// A file with passwords that should be gone (S4).
    PastTime(PathBuf),
    /// A batch whose PDF is not there (S3).
    LostFile {
        /// The batch.
        batch: BatchNumber,
        /// The missing file.
        path: PathBuf,
    },
    /// No sender on letters and cards: these settings are empty.
    NoSender(Vec<&'static str>),
    /// The machine's clock is behind the newest entry of the log.
    ClockBack {
        /// The newest entry.
        newest: DateTime<Utc>,
    },
    /// The machine is in another time zone; business days follow Japan's.
    OtherZone(FixedOffset),
    /// The calendar was not compared with the official list of this year.
    NoHolidays {
        /// The year.
        year: i32,
        /// Whether it has begun.
        begun: Begun,
    },
    /// Registered, but never signed in.
    NeverSignedIn(Vec<String>),
    /// Fewer supervisors than batches need (B3).
    FewSupervisors(usize),
    /// The portal has not fetched instructions for days.
    FeedWaits {
        /// The first that was not fetched.
        since: DateTime<Utc>,
        /// How many wait.
        count: i64,
    },
}

/// Whether a year has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begun {
    /// It is this year.
    Yes,
    /// It is next year.
    NotYet,
}

impl Finding {
    /// How it stands.
    pub const fn state(&self) -> State {
        match self {
            Self::Good | Self::Whole(_) => State::Good,
            Self::OldSchema { .. }
            | Self::NoBackup
            | Self::OldBackup(_)
            | Self::Unfinished(_)
            | Self::Stray(_)
            | Self::OtherZone(_)
            | Self::NoHolidays { begun: Begun::NotYet, .. }
            | Self::NeverSignedIn(_)
            | Self::FewSupervisors(1..)
            | Self::FeedWaits { .. } => State::Notice,
            Self::Failed(_)
            | Self::Damaged(_)
            | Self::BrokenChain(_)
            | Self::Exposed(_)
            | Self::ClearCopy(_)
            | Self::NoSpace { .. }
            | Self::PastTime(_)
            | Self::LostFile { .. }
            | Self::NoSender(_)
            | Self::ClockBack { .. }
            | Self::NoHolidays { begun: Begun::Yes, .. }
            | Self::FewSupervisors(0) => State::Wrong,
        }
    }
}

/// One row of the table.
#[derive(Debug)]
pub struct DoctorRow {
    /// The check.
    pub check: DoctorCheck,
    /// One of its findings.
    pub finding: Finding,
}

/// What is checked.
#[derive(Debug)]
pub struct Scene {
    /// The address of the database.
    pub place: DbUrl,
    /// Now and today.
    pub clock: Clock,
    /// An anchor that was kept elsewhere.
    pub anchor: Option<Anchor>,
    /// Files with secrets that do not belong to the database.
    pub private: Vec<PathBuf>,
}

/// Makes every check. One that finds nothing wrong is a row, too.
pub async fn doctor(scene: &Scene) -> Vec<DoctorRow> {
    let mut table = Table::default();
    let mut open = machine::permissions(scene);
    match AppContext::open(&scene.place, scene.clock, String::new()).await {
        Err(error) => table.add(DoctorCheck::Database, database::unopened(error)),
        Ok(ctx) => {
            match exports::exposed(&ctx).await {
                Ok(more) => open.extend(more),
                Err(error) => open.push(Finding::Failed(error)),
            }
            table.add(DoctorCheck::Database, Ok(Vec::new()));
            table.add(DoctorCheck::Integrity, database::integrity(&ctx).await);
            table.add(DoctorCheck::Audit, database::audit(&ctx, scene.anchor.as_ref()).await);
            table.add(DoctorCheck::Backup, database::backup(&ctx).await);
            table.add(DoctorCheck::Space, Ok(machine::space(&ctx)));
            table.add(DoctorCheck::Exports, exports::strays(&ctx).await);
            table.add(DoctorCheck::Expired, exports::past_time(&ctx).await);
            table.add(DoctorCheck::Lost, exports::lost(&ctx).await);
            table.add(DoctorCheck::Print, machine::print(&ctx));
            table.add(DoctorCheck::Clock, machine::clock(&ctx).await);
            table.add(DoctorCheck::Holidays, Ok(machine::holidays(&ctx)));
            table.add(DoctorCheck::Staff, database::staff(&ctx).await);
            table.add(DoctorCheck::Feed, database::feed(&ctx).await);
            ctx.close().await;
        }
    }
    table.add(DoctorCheck::Permissions, Ok(open));
    table.0.sort_by_key(|row| row.check);
    table.0
}

#[derive(Default)]
struct Table(Vec<DoctorRow>);

impl Table {
    fn add(&mut self, check: DoctorCheck, found: Result<Vec<Finding>, Error>) {
        let mut found = found.unwrap_or_else(|error| vec![Finding::Failed(error)]);
        if found.is_empty() {
            found.push(Finding::Good);
        }
        self.0.extend(found.into_iter().map(|finding| DoctorRow { check, finding }));
    }
}
