//! 取込: read → diff → apply.
//!
//! A thread of its own reads the file. Members and portal events are compared without the writer, and what they change
//! becomes pieces (`usecases::work`): neither the file nor its rows are in memory as a whole, and a dry run, which ends
//! there, writes nothing. Employers and requests are few: they are applied in one transaction, which a dry run rolls
//! back. Portal events are sorted when the last is read.
//!
//! The log gets one entry for each member and employer that a file changes, with the old and the new value of each
//! field, and one for the import; rows that are added are no change.
//!
//! *Decisions.* An import is refused, and nothing changed, where more than `policy.import_abort_percent` of
//! - the file's rows are rejected. Portal events that merely come too late or too early (`stale_event`,
//!   `unknown_member`) do not count: they are business, not damage;
//! - the society's members would be lost by it, today or on a day to come, or would have their accounts closed, or are
//!   missing from a file that otherwise repeats what is known (a shrunken list). Ten members or fewer are everyday
//!   business in a society of any size. A file of changes, or a corrected rejects file, has few rows that repeat what is
//!   known, and is not taken for a shrunken list.

mod employers;
mod endings;
mod event_book;
mod events;
mod folder;
mod in_batches;
mod job;
mod known;
mod member_record;
mod members;
mod members_piece;
mod pending;
mod pieces;
mod preview;
mod printable;
mod reader;
mod rejects;
mod requests;
mod run;
mod threshold;

pub use super::accounts::{Ended, StoppedCard};
pub use super::refusal::ImportRefusal;
pub use crate::interchange::{FileKind, Report, RowCode, RowError};
pub use crate::store::bulk::{ImportNote, ImportRun, RunState};
pub use folder::{FileEntry, files};
pub use job::{Job, Mode, Outcome, Progress};
pub use preview::{
    AddressConfirmation, Effects, EndedCard, MovedAddress, NewRoute, Preview, PreviewChange, PreviewItem, Reinstated,
    Replaced, RouteChange, StoppedByGate, Warned,
};
pub use rejects::RejectsTo;

use super::work::{Applied, Work};
use super::{Actor, AppContext, Error, UnitOfWork};
use crate::domain::Permission;
use crate::domain::query::member_key;
use crate::store::{self, KeyColumns};
use crate::usecases::audit::SearchScope;
use run::Run;

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
    run.finish(facts?).await
}

/// Applies a piece of an import that was not carried to its end.
pub(super) async fn apply_stored(uow: &mut UnitOfWork, work: &Work, content: &[u8]) -> Result<Applied, Error> {
    pieces::apply_stored(uow, work, content).await
}

/// The latest imports, newest first.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn history(ctx: &AppContext, actor: &Actor, limit: i64) -> Result<Vec<ImportRun>, Error> {
    Ok(store::bulk::last_runs(&mut ctx.read(&actor.allowed(Permission::Look)?).await?, limit).await?)
}

/// An import that was applied, and its rows that deserve a look.
#[derive(Debug, serde::Serialize)]
pub struct Kept {
    /// File and counts.
    #[serde(flatten)]
    pub run: ImportRun,
    /// The first thousand rows that deserve a look, in the order of the file.
    pub notes: Vec<ImportNote>,
}

/// One import by its number; a look where it names members.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn kept(ctx: &AppContext, actor: &Actor, id: i64) -> Result<Kept, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let mut tx = ctx.read(&allowed).await?;
    let run = store::bulk::run_of(&mut tx, id).await?.ok_or(ImportRefusal::Unknown(id))?;
    let notes = store::bulk::notes_of(&mut tx, id).await?;
    let keys: Vec<KeyColumns> =
        notes.iter().filter_map(|note| member_key(&note.key)).map(|key| KeyColumns::of(&key)).collect();
    let members: Vec<i64> = store::member::by_keys(&mut tx, &keys).await?.into_iter().map(|member| member.id).collect();
    drop(tx);
    if !members.is_empty() {
        ctx.record_list(&allowed, SearchScope::Imports, &id.to_string(), notes.len(), members).await?;
    }
    Ok(Kept { run, notes })
}
