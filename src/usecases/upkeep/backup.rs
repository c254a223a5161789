//! バックアップ: one file that holds everything, checked before it gets its name.

use super::{BackupFault, UpkeepRefusal, apart, bad, copied, file_error, seal_error};
use crate::domain::{Anchor, Permission};
use crate::files::{Existing, OutputFile, folder_of, private};
use crate::secrets::{Passphrase, encryption};
use crate::store::copy::{self, Census};
use crate::store::migrate;
use crate::usecases::audit::AuditEvent;
use crate::usecases::staff::strong_passphrase;
use crate::usecases::{Actor, Allowed, AppContext, Error};
use sha2::{Digest, Sha256};
use sqlx::SqlitePool;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A backup that is asked for.
#[derive(Debug)]
pub struct BackupRequest<'a> {
    /// Where the backup goes.
    pub to: &'a Path,
    /// What happens to a file that is there.
    pub existing: Existing,
    /// Encrypts the file where given.
    pub passphrase: Option<&'a Passphrase>,
}

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Backup {
    /// The path of the backup.
    pub file: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// Whether it is encrypted with a passphrase.
    pub sealed: bool,
    /// The version of its schema.
    pub schema: i64,
    /// The end of the audit chain in it, to be kept elsewhere, too.
    #[serde(serialize_with = "shown")]
    pub anchor: Anchor,
    /// The text file beside it with these facts.
    pub anchor_file: PathBuf,
}

pub(super) fn shown<S: serde::Serializer>(anchor: &Anchor, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(anchor)
}

/// How names of folders with clear copies begin that are to be encrypted. One that stays was left by a crash.
pub(super) const WORK: &str = ".mykempo-backup-";

/// Backs a live database up while others work: copied, checked, synced to the disk, and only then named.
///
/// # Errors
/// A server; a file that exists; a copy that is not whole; a file error. Nothing is left behind then.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn backup(ctx: &AppContext, actor: &Actor, order: &BackupRequest<'_>) -> Result<Backup, Error> {
    let allowed = actor.allowed(Permission::Backup)?;
    order.passphrase.map_or(Ok(()), strong_passphrase)?;
    let Some((read, source)) = ctx.sqlite_source() else { return Err(UpkeepRefusal::ServerBackup.into()) };
    let anchor_file = order.to.with_added_extension("anchor");
    let copy = OutputFile::create(order.to, order.existing, ctx.protected())?;
    let anchor = OutputFile::create(&anchor_file, order.existing, ctx.protected())?;
    let _lock = migrate::lock(source).await?;
    let unusable = |e: io::Error| file_error(order.to, &e);
    if order.passphrase.is_some() {
        clear_left(source).map_err(unusable)?;
    }
    let census = write_copy(ctx, &allowed, (read, source), copy.unfinished(), order.passphrase).await?;
    copy::sync(copy.unfinished()).map_err(unusable)?;
    let (sha256, bytes) = checksum(copy.unfinished()).await?.map_err(unusable)?;
    let made = Backup {
        file: order.to.to_owned(),
        bytes,
        sha256,
        sealed: order.passphrase.is_some(),
        schema: census.schema,
        anchor: census.head,
        anchor_file,
    };
    // The copy may leave the society: the log has it before it gets its name.
    let (file, sealed) = (made.file.display().to_string(), made.sealed);
    let (sha256, head) = (made.sha256.clone(), made.anchor.clone());
    ctx.record(&allowed, AuditEvent::BackedUp { file, sealed, sha256, anchor: head }).await?;
    copy.finish()?;
    write_anchor(ctx, &made, anchor)?;
    Ok(made)
}

/// A checked copy in this file, encrypted where there is a passphrase. The clear copy is beside the database then, in a folder
/// of its owner's, and goes with it.
pub(super) async fn write_copy(
    ctx: &AppContext,
    allowed: &Allowed,
    (read, source): (&SqlitePool, &Path),
    to: &Path,
    passphrase: Option<&Passphrase>,
) -> Result<Census, Error> {
    let Some(passphrase) = passphrase else { return copy_to(ctx, allowed, read, to).await };
    let unusable = |e: io::Error| file_error(to, &e);
    let work = work(source).map_err(unusable)?;
    let clear = work.path().join("clear");
    let census = copy_to(ctx, allowed, read, &clear).await?;
    sealed(&clear, to, passphrase).await?;
    work.close().map_err(unusable)?;
    Ok(census)
}

/// Copies and compares: the copy's counts of rows must lie between those before and after.
async fn copy_to(ctx: &AppContext, allowed: &Allowed, read: &SqlitePool, path: &Path) -> Result<Census, Error> {
    let before = Census::of(&mut ctx.read(allowed).await?).await?;
    copy::make(read, path).await?;
    let after = Census::of(&mut ctx.read(allowed).await?).await?;
    let census = copied::examine(path).await?;
    match census.differs(&before, &after) {
        Some(table) => Err(bad(path, BackupFault::Rows(table)).into()),
        None => Ok(census),
    }
}

/// Encrypts a clear copy, and decrypts the result again to compare.
async fn sealed(clear: &Path, to: &Path, passphrase: &Passphrase) -> Result<(), Error> {
    let (from, into, secret) = (clear.to_owned(), to.to_owned(), passphrase.clone());
    let done = apart(move || {
        let mut out = BufWriter::new(private::open(&into)?);
        encryption::encrypt(&secret, BufReader::new(File::open(&from)?), &mut out)?;
        out.flush()?;
        let mut opened = Digester(Sha256::new());
        encryption::decrypt(&secret, BufReader::new(File::open(&into)?), &mut opened)?;
        let same = crate::text::hex(&opened.0.finalize()) == copied::checksum(&from)?.0;
        if same { Ok(()) } else { Err(encryption::EncryptionError::Wrong) }
    });
    done.await?.map_err(|e| seal_error(to, e))
}

struct Digester(Sha256);

impl Write for Digester {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The text file beside the backup, which a restore compares it with.
fn write_anchor(ctx: &AppContext, made: &Backup, mut file: OutputFile) -> Result<(), Error> {
    let written = write!(
        file,
        "# mykempo: 監査記録の末尾 / the end of the audit log in this backup\n\
         anchor = \"{}\"\nsha256 = \"{}\"\nschema = {}\ntaken_at = \"{}\"\n",
        made.anchor,
        made.sha256,
        made.schema,
        ctx.clock.now().format("%FT%TZ"),
    );
    written.map_err(|e| file_error(&made.anchor_file, &e))?;
    file.finish()?;
    Ok(())
}

pub(super) fn work(source: &Path) -> io::Result<TempDir> {
    let private = std::fs::Permissions::from_mode(0o700);
    tempfile::Builder::new().prefix(WORK).permissions(private).tempdir_in(folder_of(source))
}

/// Removes clear copies that a crash left. The lock is held: none is in use.
pub(super) fn clear_left(source: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(folder_of(source))? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(WORK) {
            std::fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

async fn checksum(path: &Path) -> Result<io::Result<(String, u64)>, Error> {
    let path = path.to_owned();
    apart(move || copied::checksum(&path)).await
}
