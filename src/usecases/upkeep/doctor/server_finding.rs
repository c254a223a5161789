//! What the look at a PostgreSQL server can find.

use crate::store::server_state::{DeadRows, Standby};
use chrono::{DateTime, Utc};

/// What was found of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServerFinding {
    /// The database is a file.
    NotAServer,
    /// The role may do everything; terminals should have a role of their own.
    OwnersRole(String),
    /// The application's role may change what it has logged.
    ExcessGrant {
        /// Name of the table.
        table: String,
        /// What it should not be able to do there.
        privileges: Vec<String>,
    },
    /// The role may not do what the program does.
    MissingGrant {
        /// Name of the table.
        table: String,
        /// What it cannot do there.
        privileges: Vec<String>,
    },
    /// A default of the server, the database or the role that the program does not work with.
    OtherDefault {
        /// Name of the setting.
        name: String,
        /// Value of the default.
        value: String,
    },
    /// A setting that data depends on is off.
    SwitchedOff(String),
    /// Few connections are left.
    FewConnections {
        /// In use, by all programs.
        used: i64,
        /// The most that the server takes.
        most: i64,
    },
    /// The write-ahead log is not archived.
    NoArchive,
    /// The write-ahead log could not be archived, since this instant or longer.
    ArchiveFails(DateTime<Utc>),
    /// Nothing has been archived for so many days.
    OldArchive(i64),
    /// A standby is behind.
    StandbyLag(Standby),
    /// Many dead rows.
    DeadRows(DeadRows),
    /// The role may not read what the server tells here.
    Hidden(&'static str),
}
