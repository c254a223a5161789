//! The calls of a day, and one of them.

use super::CallLine;
use crate::domain::Permission;
use crate::store;
use crate::text::japan::midnight;
use crate::usecases::audit::{AuditEvent, SearchScope};
use crate::usecases::refusal::NoteRefusal;
use crate::usecases::{Actor, AppContext, Error};
use chrono::{Days, NaiveDate};

/// The most calls of one list.
const LIMIT: i64 = 500;

/// The calls of a day, the newest first: all that have ended, and the reader's own open ones; a look.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn list(ctx: &AppContext, actor: &Actor, day: NaiveDate) -> Result<Vec<CallLine>, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let span = (midnight(day), midnight(day + Days::new(1)));
    let mut tx = ctx.read(&allowed).await?;
    let found = store::call::between(&mut tx, span, &actor.id, LIMIT).await?;
    let ids: Vec<i64> = found.iter().map(|call| call.id).collect();
    let members = store::listed::of_calls(&mut tx, &ids).await?;
    drop(tx);
    ctx.record_list(&allowed, SearchScope::Calls, &day.to_string(), found.len(), members).await?;
    Ok(found.into_iter().map(CallLine::from).collect())
}

/// One call; a look.
///
/// # Errors
/// There is none, or it is another person's open one.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn show(ctx: &AppContext, actor: &Actor, call: i64) -> Result<CallLine, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let found = store::call::get(&mut ctx.read(&allowed).await?, call, &actor.id).await?;
    let found = CallLine::from(found.ok_or(NoteRefusal::CallUnknown(call))?);
    let seen = AuditEvent::CallSeen { call };
    ctx.record(&allowed, if let Some(key) = &found.member { seen.on(key) } else { seen.into() }).await?;
    Ok(found)
}
