//! A dump of a server's own tools, recorded: the program cannot make one, and still knows its age.

use super::{UpkeepRefusal, apart, copied, file_error};
use crate::domain::{Anchor, Permission};
use crate::store::audit as log;
use crate::usecases::audit::AuditEvent;
use crate::usecases::{Actor, AppContext, Error};
use chrono::{DateTime, Utc};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A dump that was recorded.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct RecordedDump {
    /// Path of the dump file.
    pub file: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// An entry of the audit chain that is in it.
    #[serde(serialize_with = "super::backup::shown")]
    pub anchor: Anchor,
}

/// Whether this is a file of `pg_dump --format=custom`.
pub fn is_dump(file: &Path) -> bool {
    const MAGIC: &[u8] = b"PGDMP";
    let mut beginning = Vec::new();
    let read = File::open(file).and_then(|file| file.take(MAGIC.len() as u64).read_to_end(&mut beginning));
    read.is_ok() && beginning == MAGIC
}

/// Records a dump as a backup. What was committed before its file was begun is in it.
///
/// # Errors
/// An SQLite database; a file that is no dump, or cannot be read.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn record_dump(ctx: &AppContext, actor: &Actor, file: &Path) -> Result<RecordedDump, Error> {
    let allowed = actor.allowed(Permission::Backup)?;
    if ctx.sqlite_source().is_some() || !is_dump(file) {
        return Err(UpkeepRefusal::ServerBackup.into());
    }
    let unusable = |e: io::Error| Error::from(file_error(file, &e));
    let begun: DateTime<Utc> = std::fs::metadata(file)
        .and_then(|facts| facts.created().or_else(|_| facts.modified()))
        .map_err(unusable)?
        .into();
    let path = file.to_owned();
    let (sha256, bytes) = apart(move || copied::checksum(&path)).await?.map_err(unusable)?;
    let anchor = log::last_before(&mut ctx.read(&allowed).await?, begun).await?;
    let anchor = anchor.unwrap_or(Anchor { seq: 0, hash: String::new() });
    let (name, digest, head) = (file.display().to_string(), sha256.clone(), anchor.clone());
    ctx.record(&allowed, AuditEvent::BackedUp { file: name, sealed: false, sha256: digest, anchor: head }).await?;
    Ok(RecordedDump { file: file.to_owned(), bytes, sha256, anchor })
}
