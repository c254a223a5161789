//! 次の連絡: what is due, and that it was done.

use super::{LIMIT, NoteLine, plain};
use crate::domain::Permission;
use crate::store::{self, note::FollowUpDone};
use crate::usecases::audit::{AuditEvent, SearchScope};
use crate::usecases::refusal::NoteRefusal;
use crate::usecases::{Actor, AppContext, Error};

/// A note whose follow-up is due.
#[derive(Debug, Clone, serde::Serialize)]
pub struct FollowUp {
    /// The note that asks for the follow-up.
    #[serde(flatten)]
    pub note: NoteLine,
    /// Business days since it was due; 0 on the day itself.
    pub overdue: u32,
}

/// Follow-ups due today or before, the longest due first; a look.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn due(ctx: &AppContext, actor: &Actor) -> Result<Vec<FollowUp>, Error> {
    let (allowed, today) = (actor.allowed(Permission::Look)?, ctx.clock.today());
    let mut tx = ctx.read(&allowed).await?;
    let notes = store::note::due(&mut tx, today, LIMIT).await?;
    let ids: Vec<i64> = notes.iter().map(|note| note.id).collect();
    let members = store::listed::of_notes(&mut tx, &ids).await?;
    drop(tx);
    ctx.record_list(&allowed, SearchScope::FollowUps, &today.to_string(), notes.len(), members).await?;
    let overdue = |note: &NoteLine| note.follow_up_on.map_or(0, |day| ctx.workdays.waited(day, today));
    Ok(notes.into_iter().map(|note| FollowUp { overdue: overdue(&note), note }).collect())
}

/// A follow-up was done; `closing` says what came of it, where there is something to say.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn done(ctx: &AppContext, actor: &Actor, id: i64, closing: &str) -> Result<(), Error> {
    let allowed = actor.allowed(Permission::Note)?;
    let closing = Some(plain(closing)).filter(|text| !text.is_empty());
    let mut uow = ctx.begin(&allowed).await?;
    let unknown = || NoteRefusal::Unknown(id);
    let note = store::note::get(&mut uow, id).await?.ok_or_else(unknown)?;
    let how = FollowUpDone { at: ctx.clock.now(), staff: &actor.id, closing: closing.as_deref() };
    if !store::note::done(&mut uow, id, how).await? {
        return Err(unknown().into());
    }
    let member = note.key.to_string();
    uow.commit(AuditEvent::NoteDone { note: id }.on(member)).await
}
