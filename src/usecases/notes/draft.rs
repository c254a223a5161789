//! Drafts of notes: a half-written note outlives a lock, a sign-out and a crash of the terminal.
//!
//! *Decision.* A draft is in the database, is read by its author alone, and goes with the note, or when it is given up. It
//! is no record yet, and its text is not in the log.

use crate::domain::diagnosis::{CallerKind, Section, Topic};
use crate::domain::request::Channel;
use crate::domain::{MemberKey, Permission};
use crate::store::{self, Tx};
use crate::usecases::audit::AuditEvent;
use crate::usecases::error::DataError;
use crate::usecases::{Actor, AppContext, Error, known};

/// A note that is not written yet, as far as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct NoteDraft {
    /// What about; nothing for what the guide does not know.
    pub topic: Option<Topic>,
    /// Phone, form or counter.
    pub channel: Channel,
    /// Who called; nothing where the note is no call.
    pub caller: Option<CallerKind>,
    /// The note that this one supplements or corrects.
    pub adds_to: Option<i64>,
    /// The number to call back, as typed.
    pub phone: String,
    /// What was said.
    pub body: String,
    /// Where the caller was sent on to.
    pub referred: Option<Section>,
    /// When to get back to the member, as typed.
    pub follow_up_on: String,
}

/// Keeps a draft, in place of an earlier one. Without a text there is nothing to go on with: the earlier one goes.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn keep(ctx: &AppContext, actor: &Actor, key: &MemberKey, draft: &NoteDraft) -> Result<(), Error> {
    let fields = serde_json::to_string(draft).map_err(DataError::from)?;
    let mut uow = ctx.begin(&actor.allowed(Permission::Note)?).await?;
    let member = known::member(&mut uow, key).await?;
    if draft.body.trim().is_empty() {
        store::note::erase_draft(&mut uow, &actor.id, member.id).await?;
        return uow.commit(AuditEvent::DraftGivenUp.on(member.key())).await;
    }
    store::note::keep_draft(&mut uow, &actor.id, member.id, &fields, ctx.clock.now()).await?;
    uow.commit(AuditEvent::DraftKept.on(member.key())).await
}

/// The author's own draft on a member. One that another version has kept in other fields is not put into these.
pub(in crate::usecases) async fn of(tx: &mut Tx, staff: &str, member_id: i64) -> Result<Option<NoteDraft>, Error> {
    let fields = store::note::draft(tx, staff, member_id).await?;
    Ok(fields.and_then(|fields| serde_json::from_str(&fields).ok()))
}
