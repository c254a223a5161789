//! What is checked, and what can be found.

use super::server_finding::ServerFinding;
use crate::domain::{Anchor, BatchNumber, coded};
use crate::files::private::Exposed;
use crate::usecases::incidents::NextReport;
use crate::usecases::refusal::InstallationRefusal;
use crate::usecases::{Error, Life};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use std::path::PathBuf;

coded! {
    /// The checks, in the order of the table.
    pub enum DoctorCheck {
        /// The database opens, and its schema is this program's.
        Database = "database",
        /// SQLite's own check; rows that refer to nothing.
        Integrity = "integrity",
        /// Stored settings that do not fit, or that this program does not know.
        Settings = "settings",
        /// The audit chain, against an anchor where one is given.
        Audit = "audit",
        /// When the last backup was made.
        Backup = "backup",
        /// A PostgreSQL server: roles, settings, connections, archive, standbys, dead rows.
        Server = "server",
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
        /// Whether every promise to a member has a date or a card on its way (P2).
        Promises = "promises",
        /// Whether a report of an incident is due or late.
        Incidents = "incidents",
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
    /// The database is a copy: for practice, or of which it is not said what it is.
    Copy(Life),
    /// Its folder of exports is another's, or others can write in it.
    NotOurFolder(InstallationRefusal),
    /// What SQLite's check finds damaged.
    Damaged(String),
    /// The stored value of this setting does not fit.
    SettingUnreadable(&'static str),
    /// A stored setting that this program does not know.
    SettingUnknown(String),
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
        /// Folder that is meant.
        path: PathBuf,
        /// Free space in MiB.
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
        /// Number of the batch.
        batch: BatchNumber,
        /// The missing file.
        path: PathBuf,
    },
    /// A batch that is not printed yet, and whose PDF is destroyed soon (B16).
    PrintSoon {
        /// Number of the batch.
        batch: BatchNumber,
        /// The day on which its PDF is destroyed.
        on: NaiveDate,
    },
    /// A batch that was not printed in time, and expires at the next start (B16).
    PrintOver {
        /// Number of the batch.
        batch: BatchNumber,
        /// The last day on which it could be printed.
        on: NaiveDate,
    },
    /// No sender on letters and cards: these settings are empty.
    NoSender(Vec<&'static str>),
    /// The postcodes that come with the program are of this day, more than a year ago.
    OldPostcodes(NaiveDate),
    /// The machine's clock is behind the newest entry of the log.
    ClockBack {
        /// The newest entry.
        newest: DateTime<Utc>,
    },
    /// The machine is in another time zone; business days follow Japan's.
    OtherZone(FixedOffset),
    /// The calendar was not compared with the official list of this year.
    NoHolidays {
        /// Calendar year without holidays.
        year: i32,
        /// Whether it has begun.
        begun: YearBegun,
    },
    /// Registered, but never signed in.
    NeverSignedIn(Vec<String>),
    /// Machines that should work each day, and have not signed in for longer.
    SilentMachines(Vec<String>),
    /// Fewer supervisors than batches need (B3).
    FewSupervisors(usize),
    /// F2: one person alone adds and resets staff and changes policies; so many people could confirm.
    OneDecides(usize),
    /// The portal has not acknowledged instructions for days.
    FeedWaits {
        /// When the first of them was written.
        since: DateTime<Utc>,
        /// How many wait.
        count: i64,
        /// The last that it has.
        acknowledged: i64,
    },
    /// P2: what is owed without a card on its way, and without a date to act or after it.
    ForgottenPromises {
        /// Number of promises.
        count: usize,
        /// The first of them: the member's key.
        first: String,
    },
    /// 漏えい等: reports that are due.
    ReportDue(NextReport),
    /// 漏えい等: reports whose last day has passed.
    ReportLate(NextReport),
    /// About a PostgreSQL server.
    Server(ServerFinding),
}

/// Whether a year has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearBegun {
    /// It is this year.
    Yes,
    /// It is next year.
    NotYet,
}

coded! {
    /// What kind of finding a row is.
    pub enum FindingCode {
        /// Nothing is wrong.
        Good = "good",
        /// The audit chain is whole.
        Whole = "chain_whole",
        /// The check itself failed.
        Failed = "check_failed",
        /// The schema is older.
        OldSchema = "old_schema",
        /// The database is a copy.
        Copy = "copy",
        /// The folder of exports is not this database's alone.
        NotOurFolder = "not_our_folder",
        /// The file is damaged.
        Damaged = "damaged",
        /// A stored setting does not fit.
        SettingUnreadable = "setting_unreadable",
        /// A stored setting is not known.
        SettingUnknown = "setting_unknown",
        /// The audit chain is broken.
        BrokenChain = "broken_chain",
        /// There is no backup.
        NoBackup = "no_backup",
        /// The last backup is old.
        OldBackup = "old_backup",
        /// A file is open to others.
        Exposed = "exposed",
        /// A clear copy was left.
        ClearCopy = "clear_copy",
        /// The disk is nearly full.
        NoSpace = "no_space",
        /// An export was interrupted.
        Unfinished = "unfinished_export",
        /// A folder is not of this database.
        Stray = "stray",
        /// A PDF should be gone.
        PastTime = "past_time",
        /// A PDF is missing.
        LostFile = "lost_file",
        /// A PDF must be printed soon.
        PrintSoon = "print_soon",
        /// A PDF was not printed in time.
        PrintOver = "print_over",
        /// No sender is set.
        NoSender = "no_sender",
        /// The postcodes are old.
        OldPostcodes = "old_postcodes",
        /// The clock is behind.
        ClockBack = "clock_back",
        /// Another time zone.
        OtherZone = "other_zone",
        /// Holidays are not known.
        NoHolidays = "no_holidays",
        /// First passwords are not changed.
        NeverSignedIn = "never_signed_in",
        /// A job does not run.
        SilentMachines = "silent_machine",
        /// Too few supervisors.
        FewSupervisors = "few_supervisors",
        /// One person decides alone.
        OneDecides = "one_decides",
        /// The portal does not fetch.
        FeedWaits = "feed_waits",
        /// Members wait without a date on which to act.
        ForgottenPromises = "forgotten_promises",
        /// A report of an incident is due.
        ReportDue = "report_due",
        /// A report of an incident is late.
        ReportLate = "report_late",
        /// The database is a file.
        NotAServer = "not_a_server",
        /// The role owns the tables.
        OwnersRole = "owners_role",
        /// The role may do too much.
        ExcessGrant = "excess_grant",
        /// The role may do too little.
        MissingGrant = "missing_grant",
        /// A default is another.
        OtherDefault = "other_default",
        /// A setting is off.
        SwitchedOff = "switched_off",
        /// Few connections are left.
        FewConnections = "few_connections",
        /// No archive of the write-ahead log.
        NoArchive = "no_archive",
        /// Archiving the log fails.
        ArchiveFails = "archive_fails",
        /// Nothing was archived for long.
        OldArchive = "old_archive",
        /// A standby is behind.
        StandbyLag = "standby_lag",
        /// Many dead rows.
        DeadRows = "dead_rows",
        /// The role may not read it.
        Hidden = "hidden",
    }
}
