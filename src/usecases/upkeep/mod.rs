//! 保守: backup and restore, upgrade, retention, doctor.

mod backup;
mod copied;
pub mod doctor;
mod purge;
mod restore;
mod upgrade;

pub use backup::{Backup, Order, backup};
pub use purge::{Kind, Line, Plan, Retention, approve, preview, proposal, propose};
pub use restore::{Candidate, Restored, open_backup};
pub use upgrade::upgrade;

use super::Refusal;
use crate::secrets::encryption::EncryptionError;
use chrono::NaiveDate;
use std::io;
use std::path::{Path, PathBuf};

/// Why upkeep was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UpkeepRefusal {
    /// A server is backed up by its own tools.
    ServerBackup,
    /// A server is restored by its own tools.
    ServerRestore,
    /// Policy still protects what is from that day, of every kind.
    TooYoung {
        /// What was asked for.
        before: NaiveDate,
        /// Not later than this.
        youngest: NaiveDate,
    },
    /// Nothing is older than that.
    NothingToPurge(NaiveDate),
    /// Nobody has proposed a purge.
    NoProposal,
    /// Who proposes does not approve.
    OwnProposal,
    /// What would go now is not what was proposed.
    ProposalChanged {
        /// As it was proposed.
        proposed: String,
        /// As it is now.
        found: String,
    },
    /// On a server: only the owner of the tables may remove entries of the log.
    NeedsOwner,
    /// The backup is no whole society.
    BadBackup {
        /// Which.
        path: PathBuf,
        /// What is wrong with it.
        fault: BackupFault,
    },
}

/// What can be wrong with a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BackupFault {
    /// SQLite finds it damaged, or rows that refer to nothing.
    Damaged(String),
    /// The audit chain breaks at this entry, or does not run through the anchor beside the file.
    Chain(i64),
    /// A table has not the rows that it had.
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
            Self::TooYoung { .. } => "too_young",
            Self::NothingToPurge(_) => "nothing_to_purge",
            Self::NoProposal => "no_proposal",
            Self::OwnProposal => "own_proposal",
            Self::ProposalChanged { .. } => "proposal_changed",
            Self::NeedsOwner => "needs_owner",
            Self::BadBackup { fault: BackupFault::Encrypted, .. } => "needs_passphrase",
            Self::BadBackup { fault: BackupFault::Passphrase, .. } => "wrong_passphrase",
            Self::BadBackup { .. } => "bad_backup",
        }
    }
}

impl From<UpkeepRefusal> for super::Error {
    fn from(refusal: UpkeepRefusal) -> Self {
        Refusal::Upkeep(refusal).into()
    }
}

fn bad(path: &Path, fault: BackupFault) -> UpkeepRefusal {
    UpkeepRefusal::BadBackup { path: path.to_owned(), fault }
}

fn file_error(path: &Path, why: &io::Error) -> Refusal {
    Refusal::Folder { path: path.to_owned(), why: why.to_string() }
}

fn seal_error(path: &Path, error: EncryptionError) -> super::Error {
    match error {
        EncryptionError::NotEncrypted => bad(path, BackupFault::NotSealed).into(),
        EncryptionError::Wrong => bad(path, BackupFault::Passphrase).into(),
        EncryptionError::Io(e) => file_error(path, &e).into(),
        EncryptionError::Random(_) | EncryptionError::Key(_) => super::Error::Secrets(error.to_string()),
    }
}

/// Work that would block the others: files, keys.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, super::Error> {
    tokio::task::spawn_blocking(work).await.map_err(|_| super::Error::Stopped("upkeep"))
}
