//! Why upkeep was not done.

use crate::domain::RetentionCounts;
use crate::files::IoFault;
use chrono::NaiveDate;
use std::path::PathBuf;

/// Why a backup, a restore or a purge was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UpkeepRefusal {
    /// A backup of a server, which is made by the server's own tools.
    ServerBackup,
    /// A restore into a server, which is done by the server's own tools.
    ServerRestore,
    /// A restore without a word on how far the portal is with the feed.
    PortalPosition {
        /// The last instruction in the backup.
        last: i64,
    },
    /// The portal is said to be far ahead of the feed.
    PortalTooFar {
        /// What was typed.
        given: i64,
        /// The last instruction in the backup.
        last: i64,
    },
    /// The policy still protects every kind of record of that day.
    TooYoung {
        /// The day that was asked for.
        before: NaiveDate,
        /// The latest day that may be asked for.
        youngest: NaiveDate,
    },
    /// No record is older than that day.
    NothingToPurge(NaiveDate),
    /// There is no open proposal.
    NoProposal,
    /// The proposal is the actor's own: another person approves it.
    OwnProposal,
    /// A purge would remove something else now than what was proposed.
    ProposalChanged {
        /// The counts of the proposal.
        proposed: RetentionCounts,
        /// The counts now.
        found: RetentionCounts,
    },
    /// On a server: only the owner of the tables may remove entries of the log.
    NeedsOwner,
    /// What took a backup stopped before its end.
    StreamBroken(IoFault),
    /// The backup is damaged, incomplete or cannot be opened.
    BadBackup {
        /// The backup's file.
        path: PathBuf,
        /// What is wrong with it.
        fault: BackupFault,
    },
}

/// What can be wrong with a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BackupFault {
    /// SQLite's check finds damage, or rows that refer to nothing.
    Damaged(String),
    /// The audit chain breaks at this entry, or does not run through the anchor beside the file.
    Chain(i64),
    /// Its SHA-256 is not the one that is written beside it.
    Checksum,
    /// This table has other rows than the database had.
    Rows(String),
    /// It is sealed, and no passphrase was given.
    Encrypted,
    /// The passphrase is wrong, or the file was changed.
    Passphrase,
    /// A passphrase was given, but it is not sealed.
    NotSealed,
}

impl UpkeepRefusal {
    /// The stable code for scripts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ServerBackup => "use_pg_dump",
            Self::ServerRestore => "use_pg_restore",
            Self::PortalPosition { .. } => "portal_position_needed",
            Self::PortalTooFar { .. } => "portal_too_far",
            Self::TooYoung { .. } => "too_young",
            Self::NothingToPurge(_) => "nothing_to_purge",
            Self::NoProposal => "no_proposal",
            Self::OwnProposal => "own_proposal",
            Self::ProposalChanged { .. } => "proposal_changed",
            Self::NeedsOwner => "needs_owner",
            Self::BadBackup { fault: BackupFault::Encrypted, .. } => "needs_passphrase",
            Self::BadBackup { fault: BackupFault::Passphrase, .. } => "wrong_passphrase",
            Self::BadBackup { .. } => "bad_backup",
            Self::StreamBroken(_) => "backup_not_taken",
        }
    }
}
