//! What is told of failed sign-ins, and how a closed account is opened when no one is left who can sign in (F1).

use super::{CLOSING, Staff, get};
use crate::domain::{Permission, Role};
use crate::store::{self, DbUrl, audit as log, server_state};
use crate::usecases::actor::{Actor, Allowed};
use crate::usecases::audit::{Act, AuditEvent, Recorded, SignInFailure};
use crate::usecases::{AppContext, Error, Refusal, UnitOfWork};
use chrono::{DateTime, Utc};
use std::os::unix::fs::MetadataExt;

/// Failures under a staff ID between its last two sign-ins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FailedSignIns {
    /// Number of failed tries.
    pub count: u64,
    /// The last one.
    pub last: DateTime<Utc>,
}

/// What the person who has just signed in should know; none where nothing failed.
pub async fn failures_since_last(ctx: &AppContext, actor: &Actor) -> Result<Option<FailedSignIns>, Error> {
    let mut tx = ctx.read(&actor.own()).await?;
    let (before, now) = log::last_two(&mut tx, &actor.id, Act::SignedIn.code()).await?;
    let mut failed = log::between(&mut tx, &actor.id, Act::SignInFailed.code(), before, now).await?;
    // The password comes before its code: the last step of a good sign-in is no failure.
    let code_missing = Recorded::Event(AuditEvent::SignInFailed { cause: SignInFailure::CodeMissing });
    if failed.last().is_some_and(|entry| Recorded::of(entry) == code_missing) {
        failed.pop();
    }
    Ok(failed.last().map(|entry| FailedSignIns { count: failed.len() as u64, last: entry.at }))
}

/// Opens the account of an admin without sign-in, on the host of the database, where no supervisor and no other admin is
/// left who could do it. The password stays.
///
/// # Errors
/// Another who can open the account; an account that is not closed; not the owner of the database's file or tables.
pub async fn break_glass(ctx: &AppContext, id: &str) -> Result<(), Error> {
    let mut uow = ctx.begin(&Allowed::system()).await?;
    must_own(&mut uow, ctx).await?;
    let staff = get(&mut uow, id).await?;
    let others = store::staff::all(&mut uow).await?;
    let can_open = |other: &Staff| {
        other.id != id && other.role.may(Permission::Unlock) && other.disabled_at.is_none() && other.failures < CLOSING
    };
    if staff.role != Role::Admin || staff.failures < CLOSING || others.iter().any(can_open) {
        return Err(Refusal::NoBreakGlass(id.to_owned()).into());
    }
    store::staff::update(&mut uow, &Staff { failures: 0, locked_until: None, ..staff }).await?;
    uow.commit(AuditEvent::StaffOpenedOnHost { id: id.to_owned() }).await
}

/// Refuses who does not own the database's file or tables.
pub(in crate::usecases) async fn must_own(uow: &mut UnitOfWork, ctx: &AppContext) -> Result<(), Error> {
    let owns = match ctx.url() {
        DbUrl::Sqlite(path) => {
            let owner = std::fs::metadata(path).map(|facts| facts.uid()).map_err(|_| Refusal::NotTheHost)?;
            let me = rustix::process::geteuid();
            me.is_root() || me.as_raw() == owner
        }
        DbUrl::Postgres(_) => server_state::role(uow).await?.iter().any(|(_, owns)| *owns),
    };
    if owns { Ok(()) } else { Err(Refusal::NotTheHost.into()) }
}

/// F3: an attempt at what the role may not do is an entry, too.
pub async fn record_refused(ctx: &AppContext, actor: &Actor, needs: Permission) -> Result<(), Error> {
    ctx.record(&actor.own(), AuditEvent::Refused { needs }).await
}
