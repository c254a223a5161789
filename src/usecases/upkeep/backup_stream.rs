//! バックアップ to another program, which encrypts it or takes it away: no passphrase of it is on this machine.

use super::backup::{clear_left, shown, work, write_copy};
use super::{BackupFault, UpkeepRefusal, apart, bad, copied, file_error};
use crate::domain::{Anchor, Permission};
use crate::secrets::Passphrase;
use crate::store::migrate;
use crate::usecases::audit::AuditEvent;
use crate::usecases::staff::strong_passphrase;
use crate::usecases::{Actor, AppContext, Error};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

/// What the log calls the place of a backup that another program took.
const STREAM: &str = "-";

/// As much of the file as is in memory at a time.
const PIECE: usize = 64 * 1024;

/// A backup that was handed over.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct StreamedBackup {
    /// Its size in bytes.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// Whether it is encrypted with a passphrase.
    pub sealed: bool,
    /// The version of its schema.
    pub schema: i64,
    /// The end of the audit chain in it, to be kept elsewhere.
    #[serde(serialize_with = "shown")]
    pub anchor: Anchor,
}

/// Backs a live database up into a stream. The copy is made and checked in a folder of its owner's beside the database,
/// before the first byte leaves, and goes when the last one has. The log says first that it leaves, and then that all of it
/// was taken: only that is a backup.
///
/// # Errors
/// As [`backup`](super::backup()); [`UpkeepRefusal::StreamBroken`] where the other side stops reading.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn stream_backup(
    ctx: &AppContext,
    actor: &Actor,
    out: impl Write + Send + 'static,
    passphrase: Option<&Passphrase>,
) -> Result<StreamedBackup, Error> {
    let allowed = actor.allowed(Permission::Backup)?;
    passphrase.map_or(Ok(()), strong_passphrase)?;
    let Some((read, source)) = ctx.sqlite_source() else { return Err(UpkeepRefusal::ServerBackup.into()) };
    // Held to the end: the next backup removes what it finds beside the database.
    let _lock = migrate::lock(source).await?;
    let unusable = |e: io::Error| file_error(source, &e);
    clear_left(source).map_err(unusable)?;
    let folder = work(source).map_err(unusable)?;
    let file = folder.path().join("backup");
    let census = write_copy(ctx, &allowed, (read, source), &file, passphrase).await?;
    let from = file.clone();
    let (sha256, bytes) = apart(move || copied::checksum(&from)).await?.map_err(unusable)?;
    let made =
        StreamedBackup { bytes, sha256, sealed: passphrase.is_some(), schema: census.schema, anchor: census.head };
    let (sealed, sha256, anchor) = (made.sealed, made.sha256.clone(), made.anchor.clone());
    ctx.record(&allowed, AuditEvent::BackupSent { sealed, sha256: sha256.clone(), anchor: anchor.clone() }).await?;
    let from = file.clone();
    let sent = apart(move || send(&from, out)).await?.map_err(|e| UpkeepRefusal::StreamBroken(e.into()))?;
    folder.close().map_err(unusable)?;
    if sent != sha256 {
        return Err(bad(&file, BackupFault::Checksum).into());
    }
    ctx.record(&allowed, AuditEvent::BackedUp { file: STREAM.to_owned(), sealed, sha256, anchor }).await?;
    Ok(made)
}

/// Copies a file; the SHA-256 of what was taken.
fn send(from: &Path, mut out: impl Write) -> io::Result<String> {
    let (mut file, mut hash) = (File::open(from)?, Sha256::new());
    let mut piece = vec![0; PIECE];
    loop {
        let count = file.read(&mut piece)?;
        if count == 0 {
            out.flush()?;
            return Ok(crate::text::hex(&hash.finalize()));
        }
        hash.update(&piece[..count]);
        out.write_all(&piece[..count])?;
    }
}
