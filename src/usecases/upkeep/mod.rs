//! 保守: backup and restore, upgrade, retention, doctor.

mod backup;
mod backup_stream;
mod copied;
pub mod doctor;
mod dump;
mod metrics;
mod purge;
mod restore;
mod status;
mod upgrade;

pub use super::refusal::{BackupFault, UpkeepRefusal};
pub use backup::{Backup, BackupRequest, backup};
pub use backup_stream::{StreamedBackup, stream_backup};
pub use dump::{RecordedDump, is_dump, record_dump};
pub use metrics::{METRICS, Metric, exposition};
pub(super) use purge::apply_stored as apply_purge;
pub use purge::{Kind, Plan, PurgeLine, Retention, approve, preview, proposal, propose};
pub use restore::{OpenedBackup, RestoreFor, Restored, open_backup, restored_elsewhere};
pub use status::{ImportAge, SystemStatus, WaitingAge, status};
pub use upgrade::{Upgrade, known_schema, upgrade};

use super::Refusal;
use crate::secrets::SecretsError;
use crate::secrets::encryption::EncryptionError;
use std::io;
use std::path::Path;

fn bad(path: &Path, fault: BackupFault) -> UpkeepRefusal {
    UpkeepRefusal::BadBackup { path: path.to_owned(), fault }
}

fn file_error(path: &Path, why: &io::Error) -> Refusal {
    Refusal::Folder { path: path.to_owned(), why: why.into() }
}

fn seal_error(path: &Path, error: EncryptionError) -> super::Error {
    match error {
        EncryptionError::NotEncrypted => bad(path, BackupFault::NotSealed).into(),
        EncryptionError::Wrong => bad(path, BackupFault::Passphrase).into(),
        EncryptionError::Io(e) => file_error(path, &e).into(),
        EncryptionError::Random(e) => SecretsError::Random(e).into(),
        EncryptionError::Key(e) => SecretsError::Cost(e).into(),
    }
}

/// Runs work that takes long, with files or keys, on a thread of its own.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, super::Error> {
    tokio::task::spawn_blocking(work).await.map_err(|_| super::Error::Stopped("upkeep"))
}
