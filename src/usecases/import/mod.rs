//! 取込: read → diff → apply, in one transaction.
//!
//! A dry run does everything that an import does and then rolls back, so it cannot say anything else than what would
//! happen. The file is read by a thread of its own, and the writer is taken when that is done. Members come over in
//! batches, so neither the file nor its rows are ever in memory as a whole. The other files are smaller: their rows wait
//! in memory until the last is read, and portal events are put in order then.
//!
//! *Decisions.* An import is refused, and nothing changed, where more than `policy.import_abort_percent` of
//! - the file's rows are rejected. Portal events that merely come too late or too early (`stale_event`,
//!   `unknown_member`) do not count: they are business, not damage;
//! - the society's members would be lost by it, today or on a day to come, or would have their accounts closed, or are
//!   missing from a file that otherwise repeats what is known (a shrunken list). Ten members or fewer are everyday
//!   business in a society of any size. A file of changes, or a mended rejects file, has few rows that repeat what is
//!   known, and is not taken for a shrunken list.

mod employers;
mod events;
mod folder;
mod known;
mod member_record;
mod members;
mod pending;
mod preview;
mod printable;
mod reader;
mod rejects;
mod requests;
mod run;
mod threshold;

pub use super::accounts::{Ended, StoppedCard};
pub use crate::interchange::{FileKind, Report, RowError};
pub use crate::store::bulk::{ImportNote, ImportRun};
pub use folder::{FileEntry, files};
pub use preview::{Change, Effects, FieldChange, Item, NewRoute, Preview, Replaced, RouteChange, Warned};

pub use rejects::RejectsTo;

use super::{Actor, AppContext, Error, Refusal};
use crate::domain::Permission;
use crate::store;
use run::Run;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// Whether it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Say what would happen.
    DryRun,
    /// Do it.
    Apply,
}

/// How far it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Rows done.
    pub rows: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Bytes of the file.
    pub total: u64,
}

/// What to import, and how.
pub struct Job<'a> {
    /// What the file is about.
    pub kind: FileKind,
    /// The file.
    pub path: &'a Path,
    /// Dry run or not.
    pub mode: Mode,
    /// SHA-256 of the file that a person has checked; another one is refused.
    pub expected: Option<&'a str>,
    /// Where rejected rows go. The file is made only where there are some.
    pub rejects: Option<RejectsTo>,
    /// Says in words why a row was rejected, for the rejects file.
    pub reason: &'a (dyn Fn(&RowError) -> String + Sync),
    /// Hears how far it is.
    pub progress: &'a (dyn Fn(Progress) + Sync),
    /// Set to stop; nothing is changed then.
    pub cancel: &'a AtomicBool,
}

/// What happened, or would.
#[derive(Debug)]
pub struct Outcome {
    /// SHA-256 of the file.
    pub sha256: String,
    /// The counts.
    pub report: Report,
    /// Details for people, the first thousand of each.
    pub preview: Preview,
    /// Whether the database has changed.
    pub applied: bool,
    /// Why it was not applied, or would not be.
    pub refused: Option<Refusal>,
    /// Where the rejected rows are, if they were wanted and there are some.
    pub rejects: Option<PathBuf>,
}

/// Imports a file, or says what importing it would do.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn import(ctx: &AppContext, actor: &Actor, job: &Job<'_>) -> Result<Outcome, Error> {
    let mut run = Run::begin(ctx, actor.allowed(Permission::Import)?, job).await?;
    let facts = match job.kind {
        FileKind::Employers => employers::import(&mut run).await,
        FileKind::Members => members::import(&mut run).await,
        FileKind::PortalEvents => events::import(&mut run).await,
        FileKind::Requests => requests::import(&mut run).await,
    };
    // Also after an error: the connection goes on serving others.
    let given_back = run.give_back_memory().await;
    let facts = facts?;
    given_back?;
    run.finish(facts).await
}

/// The latest imports, newest first.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn history(ctx: &AppContext, actor: &Actor, limit: i64) -> Result<Vec<ImportRun>, Error> {
    Ok(store::bulk::last_runs(&mut ctx.read(&actor.allowed(Permission::Look)?).await?, limit).await?)
}

/// One import, and its rows that deserve a look.
#[derive(Debug, serde::Serialize)]
pub struct Kept {
    /// The import.
    #[serde(flatten)]
    pub run: ImportRun,
    /// The first thousand of them, in the order of the file.
    pub notes: Vec<ImportNote>,
}

/// One import by its number.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn kept(ctx: &AppContext, actor: &Actor, id: i64) -> Result<Kept, Error> {
    let mut tx = ctx.read(&actor.allowed(Permission::Look)?).await?;
    let run = store::bulk::run_of(&mut tx, id).await?.ok_or(Refusal::ImportUnknown(id))?;
    Ok(Kept { run, notes: store::bulk::notes_of(&mut tx, id).await? })
}
