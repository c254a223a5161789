//! 連携データの配信: what the portal has not been given yet goes to the place of `feed.deliver`.
//!
//! What is to be given is noted before it leaves, and that it has arrived afterwards. A delivery that was broken off in
//! between is done again, with the same instructions under the same name, before anything newer: no number is in two files.
//! Whether the portal has applied them is its own word alone (`feed ack`).

use super::actor::Allowed;
use super::audit::AuditEvent;
use super::refusal::DeliveryRefusal;
use super::{Actor, AppContext, Error, Refusal, feed, work};
use crate::domain::{FeedPlace, Permission};
use crate::files::{Existing, OutputFile};
use crate::store;
use feed::FeedPart;
use std::fs::Permissions;
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Instructions that were delivered together.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Delivered {
    /// The epoch of the feed.
    pub epoch: i64,
    /// The number that they come after.
    pub after: i64,
    /// The last one.
    pub last: i64,
    /// How many there are.
    pub rows: usize,
    /// Name of the file, also for a program.
    pub name: String,
}

/// How long another delivery, or a large change, is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// Delivers what waits, and says what it was; nothing where there is nothing.
///
/// # Errors
/// [`DeliveryRefusal`]; a folder that cannot be written. What is not delivered stays, and comes next time.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn deliver(ctx: &AppContext, actor: &Actor) -> Result<Vec<Delivered>, Error> {
    let allowed = actor.allowed(Permission::Feed)?;
    let place = ctx.settings.feed_place.clone();
    must_be_closed(&place)?;
    let _claim = work::claim_within(ctx, PATIENCE).await?.ok_or(DeliveryRefusal::Running)?;
    let mut done = Vec::new();
    while let Some(part) = next(ctx, &allowed).await? {
        let (name, last) = (part.file_name(), part.last);
        let given = Delivered { epoch: part.epoch, after: part.after, last, rows: part.rows.len(), name };
        let (to, protected) = (place.clone(), ctx.protected());
        let sent = tokio::task::spawn_blocking(move || match to {
            FeedPlace::Nowhere => Err(DeliveryRefusal::NoPlace.into()),
            FeedPlace::Folder(folder) => {
                let file = OutputFile::create(&folder.join(part.file_name()), Existing::Replace, protected);
                into_folder(file?, &folder, &part)
            }
            FeedPlace::Command(program, arguments) => into_program(&program, &arguments, &part),
        });
        sent.await.map_err(|_| Error::Stopped("delivery"))??;
        let mut uow = ctx.begin(&allowed).await?;
        let now = uow.now();
        store::portal::delivered(&mut uow, last, now).await?;
        let (epoch, after) = (given.epoch, given.after);
        uow.commit(AuditEvent::FeedDelivered { epoch, after, last, to: place.to_string() }).await?;
        tracing::info!(epoch, after, last, "the feed was delivered");
        done.push(given);
    }
    Ok(done)
}

/// What is delivered next: what was on its way when another delivery was broken off, or else all that is new, which is on
/// its way from here on.
async fn next(ctx: &AppContext, allowed: &Allowed) -> Result<Option<FeedPart>, Error> {
    let mut tx = ctx.read(allowed).await?;
    let known = store::portal::delivery(&mut tx).await?;
    // What the portal has by its own word it may have got by hand.
    let after = known.delivered.max(known.acknowledged);
    let broken_off = known.delivering > after;
    let until = if broken_off { known.delivering } else { i64::MAX };
    let part = feed::part(&mut tx, ctx, after, until).await?;
    drop(tx);
    if part.rows.is_empty() {
        return Ok(None);
    }
    if !broken_off {
        let mut uow = ctx.begin(allowed).await?;
        store::portal::deliver(&mut uow, part.last).await?;
        uow.commit(AuditEvent::FeedWritten { after, last: part.last }).await?;
    }
    Ok(Some(part))
}

/// Hashes and login IDs go where the owner and one group can read them, and the program is one that only its owner changes.
fn must_be_closed(place: &FeedPlace) -> Result<(), Refusal> {
    let (path, open): (&PathBuf, u32) = match place {
        FeedPlace::Nowhere => return Err(DeliveryRefusal::NoPlace.into()),
        FeedPlace::Folder(folder) => (folder, 0o007),
        FeedPlace::Command(program, _) => (program, 0o022),
    };
    let facts = std::fs::metadata(path).map_err(|e| Refusal::File { path: path.clone(), why: e.into() })?;
    if matches!(place, FeedPlace::Folder(_)) && !facts.is_dir() {
        return Err(Refusal::Folder { path: path.clone(), why: io::Error::from(io::ErrorKind::NotADirectory).into() });
    }
    let mode = facts.mode() & 0o7777;
    if mode & open == 0 { Ok(()) } else { Err(DeliveryRefusal::Open { path: path.clone(), mode }.into()) }
}

/// Whole or not at all; the group reads it where the group may enter the folder. The same name has the same instructions:
/// what a broken delivery had put there may be replaced.
fn into_folder(mut file: OutputFile, folder: &Path, part: &FeedPart) -> Result<(), Error> {
    let path = file.path().to_owned();
    let unusable = |e: io::Error| Refusal::Folder { path: path.clone(), why: e.into() };
    feed::write(&mut file, &part.rows).map_err(unusable)?;
    let group = std::fs::metadata(folder).map_err(unusable)?.mode() & 0o040 != 0;
    if group {
        std::fs::set_permissions(file.unfinished(), Permissions::from_mode(0o640)).map_err(unusable)?;
    }
    file.finish()?;
    Ok(())
}

/// The program reads the feed from its standard input, and its name from `FEED_NAME`; exit code 0 says that it has it. It
/// gets none of this program's own variables, which may hold secrets.
fn into_program(program: &Path, arguments: &[String], part: &FeedPart) -> Result<(), Error> {
    let mut command = Command::new(program);
    command.args(arguments).env_clear().env("FEED_NAME", part.file_name());
    for kept in ["PATH", "HOME", "LANG"] {
        command.envs(std::env::var_os(kept).map(|value| (kept, value)));
    }
    let started = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn();
    let mut child = started.map_err(|e| DeliveryRefusal::NoProgram { path: program.to_owned(), why: e.into() })?;
    let written = child.stdin.take().map_or(Ok(()), |mut input| {
        feed::write(&mut input, &part.rows)?;
        input.flush()
    });
    let ended = child.wait().map_err(|e| DeliveryRefusal::NoProgram { path: program.to_owned(), why: e.into() })?;
    // One that ends well without having read everything has not taken it.
    if ended.success() && written.is_ok() {
        return Ok(());
    }
    Err(DeliveryRefusal::NotTaken { path: program.to_owned(), exit: ended.code() }.into())
}
