//! Drafts of notes: a half-written note outlives a lock, a sign-out and a crash of the terminal.
//!
//! *Decision.* A draft is in the database, is read by its author alone, and goes with the note, or when it is given up. It
//! is no record yet, and its text is not in the log.

use crate::domain::{MemberKey, Permission};
use crate::store;
use crate::usecases::audit::AuditEvent;
use crate::usecases::{Actor, AppContext, Error, Refusal};

/// Keeps the fields of a form.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn keep(ctx: &AppContext, actor: &Actor, key: &MemberKey, fields: &[String]) -> Result<(), Error> {
    let fields = serde_json::to_string(fields).map_err(crate::usecases::error::DataError::from)?;
    let mut uow = ctx.begin(&actor.allowed(Permission::Note)?).await?;
    let member = store::member::by_key(&mut uow, key).await?;
    let member = member.ok_or_else(|| Refusal::MemberUnknown(key.to_string()))?;
    store::note::keep_draft(&mut uow, &actor.id, member.id, &fields, ctx.clock.now()).await?;
    uow.commit(AuditEvent::DraftKept.on(member.key())).await
}

/// The author's own draft on a member.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn draft(ctx: &AppContext, actor: &Actor, key: &MemberKey) -> Result<Option<Vec<String>>, Error> {
    let mut tx = ctx.read(&actor.allowed(Permission::Note)?).await?;
    let Some(member) = store::member::by_key(&mut tx, key).await? else { return Ok(None) };
    let kept = store::note::draft(&mut tx, &actor.id, member.id).await?;
    Ok(kept.and_then(|draft| serde_json::from_str(&draft.fields).ok()))
}

/// Gives the draft up.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn give_up(ctx: &AppContext, actor: &Actor, key: &MemberKey) -> Result<(), Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::Note)?).await?;
    let member = store::member::by_key(&mut uow, key).await?;
    let member = member.ok_or_else(|| Refusal::MemberUnknown(key.to_string()))?;
    store::note::erase_draft(&mut uow, &actor.id, member.id).await?;
    uow.commit(AuditEvent::DraftGivenUp.on(member.key())).await
}
