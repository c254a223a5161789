//! 復元: a backup becomes a database where there is none. It is checked before it gets its name.

use super::{BackupFault, UpkeepRefusal, apart, bad, copied, file_error, seal_error};
use crate::domain::{Anchor, BatchNumber, InstallationKind, Permission, Settling, portal};
use crate::files::{IoFault, folder_of, private};
use crate::secrets::{Passphrase, encryption};
use crate::store::{self, Db, DbUrl, StoreError, copy, migrate};
use crate::usecases::audit::AuditEvent;
use crate::usecases::refusal::InstallationRefusal;
use crate::usecases::{Actor, AppContext, Clock, Error, Life, Refusal, UnitOfWork, batches, exports, installation};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tempfile::{TempDir, TempPath};

/// A backup that was opened and checked, but is not in its place yet. Dropped, it leaves nothing behind.
#[derive(Debug)]
pub struct OpenedBackup {
    ctx: AppContext,
    target: PathBuf,
    file: PathBuf,
    sha256: String,
    work: TempDir,
}

/// What a restored database is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RestoreFor {
    /// The society goes on with it. The portal has the feed up to this number, where that was said.
    Society {
        /// The last instruction that the portal has.
        portal_at: Option<i64>,
    },
    /// Practice: it sends nothing and touches no file of the society.
    Drill,
}

/// A restored database, and what is missing in it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Restored {
    /// What it is now.
    pub kind: InstallationKind,
    /// Backup file that is to be opened.
    pub file: PathBuf,
    /// The path of the database.
    pub database: PathBuf,
    /// How many entries its audit chain has.
    pub entries: i64,
    /// Batches whose PDF is not there: they are cancelled and drafted again (S3).
    pub lost: Vec<BatchNumber>,
    /// The last instruction of the credential feed. A portal that is further has received instructions that this
    /// backup does not have.
    pub feed: i64,
    /// The last instruction that the portal has; none of a copy for practice.
    pub portal_at: Option<i64>,
    /// The number that the feed goes on with, and its new epoch; none of a copy for practice.
    pub epoch: Option<i64>,
    /// A folder of exports that belongs to another database: nothing is exported until that is settled.
    pub folder_of_another: Option<PathBuf>,
}

/// Unpacks a backup in a private folder beside its later place, and checks it: SQLite's own check, references,
/// the audit chain, and the anchor beside the file. An older schema is brought up to date; the backup stays as it is.
///
/// # Errors
/// A server; a database that exists; a wrong passphrase; a backup that is not whole.
pub async fn open_backup(
    target: &DbUrl,
    file: &Path,
    passphrase: Option<&Passphrase>,
    clock: Clock,
    terminal: String,
) -> Result<OpenedBackup, Error> {
    let DbUrl::Sqlite(target) = target else { return Err(UpkeepRefusal::ServerRestore.into()) };
    must_be_free(target)?;
    let unusable = |e: io::Error| file_error(target, &e);
    let work = work(target).map_err(unusable)?;
    let path = work.path().join("restored.db");
    let sha256 = unpack(file, &path, passphrase).await?;
    let beside = beside(file)?;
    whole(&path).await.map_err(|e| in_terms_of(file, e))?;
    let url = DbUrl::Sqlite(path.clone());
    let found = migrate::upgrade(&url, clock.now()).await?;
    let db = Db::open(&url).await?;
    let ctx = AppContext::with_db(db.clone(), clock, terminal, DbUrl::Sqlite(target.clone())).await?;
    copied::chain(file, &ctx, beside.as_ref().map(|beside| &beside.anchor)).await?;
    // Last, so that damage is told as what it is.
    if beside.and_then(|beside| beside.sha256).is_some_and(|written| written != sha256) {
        return Err(bad(file, BackupFault::Checksum).into());
    }
    if let Some(done) = found {
        super::upgrade::record(&db, clock, &ctx.terminal, &done).await?;
    }
    Ok(OpenedBackup { ctx, target: target.clone(), file: file.to_owned(), sha256, work })
}

fn work(target: &Path) -> io::Result<TempDir> {
    let private = std::fs::Permissions::from_mode(0o700);
    tempfile::Builder::new().prefix(".mykempo-restore-").permissions(private).tempdir_in(folder_of(target))
}

/// Refuses a place where a database is, or the log of one: SQLite would use it.
fn must_be_free(target: &Path) -> Result<(), Error> {
    match store::with_companions(target).into_iter().find(|path| path.exists()) {
        Some(path) => Err(StoreError::Exists(path).into()),
        None => Ok(()),
    }
}

/// Copies or decrypts the file; its SHA-256.
async fn unpack(file: &Path, to: &Path, passphrase: Option<&Passphrase>) -> Result<String, Error> {
    let unreadable = |e: &io::Error| Refusal::File { path: file.to_owned(), why: e.into() };
    let sealed = is_sealed(file).map_err(|e| unreadable(&e))?;
    let passphrase = match (sealed, passphrase) {
        (true, None) => return Err(bad(file, BackupFault::Encrypted).into()),
        (false, Some(_)) => return Err(bad(file, BackupFault::NotSealed).into()),
        (true, Some(passphrase)) => Some(passphrase.clone()),
        (false, None) => None,
    };
    let (from, into) = (file.to_owned(), to.to_owned());
    let done = apart(move || {
        let mut source = BufReader::new(File::open(&from)?);
        let mut out = BufWriter::new(private::create_new(&into)?);
        match passphrase {
            Some(passphrase) => encryption::decrypt(&passphrase, source, &mut out)?,
            None => drop(io::copy(&mut source, &mut out)?),
        }
        out.flush()?;
        Ok(copied::checksum(&from)?.0)
    });
    done.await?.map_err(|e| seal_error(file, e))
}

fn is_sealed(file: &Path) -> io::Result<bool> {
    let mut beginning = Vec::new();
    File::open(file)?.take(encryption::MAGIC.len() as u64).read_to_end(&mut beginning)?;
    Ok(beginning == encryption::MAGIC)
}

/// SQLite's own check, which needs no schema.
async fn whole(path: &Path) -> Result<(), Error> {
    let db = Db::inspect(path).await?;
    let faults = async { copy::faults(&mut db.read().await?).await }.await;
    db.close().await;
    copied::sound(path, faults?)
}

/// Names the backup in an error, not the place where it was unpacked.
fn in_terms_of(file: &Path, error: Error) -> Error {
    match error {
        Error::Refused(Refusal::Upkeep(UpkeepRefusal::BadBackup { fault, .. })) => bad(file, fault).into(),
        Error::Store(StoreError::Unusable(why)) => bad(file, BackupFault::Damaged(why.to_string())).into(),
        other => other,
    }
}

/// What was written beside a backup.
struct BesideBackup {
    anchor: Anchor,
    /// SHA-256 of the file, hexadecimal; an early version did not write it.
    sha256: Option<String>,
}

/// What was written with the backup, where that file is still there.
fn beside(file: &Path) -> Result<Option<BesideBackup>, Error> {
    let path = file.with_added_extension("anchor");
    let unusable = |why: IoFault| Refusal::File { path: path.clone(), why };
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some(read_beside(&text).map_err(|why| unusable(IoFault::Said(why)))?)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(unusable(e.into()).into()),
    }
}

/// The anchor and the checksum in the text beside a backup.
fn read_beside(text: &str) -> Result<BesideBackup, String> {
    #[derive(serde::Deserialize)]
    struct Written {
        anchor: String,
        sha256: Option<String>,
    }
    let Written { anchor, sha256 } = toml::from_str(text).map_err(|e| e.to_string())?;
    let anchor = anchor.parse().map_err(|e: crate::domain::NoAnchor| e.to_string())?;
    Ok(BesideBackup { anchor, sha256 })
}

/// A number that the portal may have seen is never given out again with other contents: the feed goes on behind it,
/// in a new epoch.
async fn begin_epoch(uow: &mut UnitOfWork, last: i64, portal_at: i64) -> Result<i64, Error> {
    let known = store::portal::position(uow).await?.acknowledged;
    if portal_at < known {
        return Err(Refusal::FeedBackwards { given: portal_at, acknowledged: known }.into());
    }
    if portal::is_too_far(portal_at, last) {
        return Err(UpkeepRefusal::PortalTooFar { given: portal_at, last }.into());
    }
    let (epoch, now) = (last.max(portal_at) + 1, uow.now());
    store::portal::begin_epoch(uow, epoch, portal_at, now).await?;
    uow.record(AuditEvent::FeedEpochBegun { epoch, portal_at, last }).await?;
    Ok(epoch)
}

/// A restored database that begins to be one.
struct Begun {
    id: String,
    kind: InstallationKind,
    feed: i64,
    portal_at: Option<i64>,
    epoch: Option<i64>,
}

async fn begin(uow: &mut UnitOfWork, ctx: &AppContext, purpose: RestoreFor) -> Result<Begun, Error> {
    let feed = store::feed::last(uow).await?;
    let (how, portal_at, epoch) = match purpose {
        RestoreFor::Drill => (Settling::Drill, None, None),
        RestoreFor::Society { portal_at } => {
            let portal_at = portal_at.ok_or(UpkeepRefusal::PortalPosition { last: feed })?;
            (Settling::Restored, Some(portal_at), Some(begin_epoch(uow, feed, portal_at).await?))
        }
    };
    let (id, settled) = installation::put(uow, &ctx.here, how).await?;
    uow.record(settled).await?;
    Ok(Begun { id, kind: how.kind(), feed, portal_at, epoch })
}

/// The folder of exports goes over where it was of a database at this place; otherwise it is named.
async fn folder(ctx: &AppContext, kind: InstallationKind, id: &str) -> Result<Option<PathBuf>, Error> {
    if kind == InstallationKind::Drill {
        return Ok(None);
    }
    // One that cannot be used is told by whatever needs it, and by doctor.
    if let Err(refusal) = exports::inherit(ctx, id, None) {
        tracing::warn!(code = refusal.code(), "the folder of exports was not taken over");
    }
    let ctx = ctx.current().await?;
    Ok(exports::obstacle(&ctx).map(|_| ctx.export_folder()))
}

/// A database that was restored by other means goes on as the society's own: in a new epoch of the feed, with a new id.
/// A server's database is restored by the server's tools.
///
/// # Errors
/// [`InstallationRefusal::Drill`] of a copy for practice; [`InstallationRefusal::StillThere`] where the database that it is a
/// copy of is left; the portal's position as at [`OpenedBackup::finish`].
pub async fn restored_elsewhere(ctx: &AppContext, actor: &Actor, portal_at: i64) -> Result<Restored, Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::Upkeep)?).await?;
    if Life::of(&mut uow, &ctx.here).await? == Life::Drill {
        return Err(InstallationRefusal::Drill.into());
    }
    if let Some(lived) = store::installation::get(&mut uow).await? {
        installation::must_be_alone(lived, &ctx.here)?;
    }
    let purpose = RestoreFor::Society { portal_at: Some(portal_at) };
    let Begun { id, kind, feed, portal_at, epoch } = begin(&mut uow, ctx, purpose).await?;
    let entries = store::audit::head(&mut uow).await?.seq + 1;
    let database = PathBuf::from(&ctx.here.place);
    let file = database.clone();
    uow.commit_some().await?;
    let folder_of_another = folder(ctx, kind, &id).await?;
    let lost = batches::without_files(ctx).await?.into_iter().map(|lost| lost.batch).collect();
    Ok(Restored { kind, file, database, entries, lost, feed, portal_at, epoch, folder_of_another })
}

impl OpenedBackup {
    /// The society of the backup, to sign in to.
    pub fn ctx(&self) -> &AppContext {
        &self.ctx
    }

    /// Gives the database its name. The entry about the restore is the last of its chain. The folder of exports of the
    /// database that was there before goes over to it; one of a database that lives elsewhere does not.
    ///
    /// # Errors
    /// It is not said how far the portal is, or less than it has acknowledged, or far more than the backup has.
    pub async fn finish(self, actor: &Actor, purpose: RestoreFor) -> Result<Restored, Error> {
        let ctx = &self.ctx;
        let mut uow = ctx.begin(&actor.allowed(Permission::Upkeep)?).await?;
        let Begun { id, kind, feed, portal_at, epoch } = begin(&mut uow, ctx, purpose).await?;
        let entries = store::audit::head(&mut uow).await?.seq + 1;
        let (file, sha256) = (self.file.display().to_string(), self.sha256.clone());
        uow.commit(AuditEvent::Restored { file, sha256 }).await?;
        let folder_of_another = folder(ctx, kind, &id).await?;
        let lost = batches::without_files(ctx).await?.into_iter().map(|lost| lost.batch).collect();
        // Closing the last connection merges SQLite's log into the file.
        ctx.close().await;
        let unusable = |e: io::Error| Error::from(file_error(&self.target, &e));
        let path = self.work.path().join("restored.db");
        copy::sync(&path).map_err(unusable)?;
        let named = TempPath::try_from_path(&path).map_err(unusable)?.persist_noclobber(&self.target);
        named.map_err(|e| match e.error.kind() {
            io::ErrorKind::AlreadyExists => StoreError::Exists(self.target.clone()).into(),
            _ => unusable(e.error),
        })?;
        copy::sync(&self.target).map_err(unusable)?;
        let (file, database) = (self.file.clone(), self.target.clone());
        Ok(Restored { kind, file, database, entries, lost, feed, portal_at, epoch, folder_of_another })
    }
}
