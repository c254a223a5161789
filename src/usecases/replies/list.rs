//! The outbox, and one reply of it.

use super::line::ReplyLine;
use super::texts::usable_texts;
use crate::domain::{Permission, coded};
use crate::store;
use crate::usecases::audit::{AuditEvent, SearchScope};
use crate::usecases::refusal::ReplyRefusal;
use crate::usecases::{Actor, AppContext, Error};

coded! {
    /// Part of the outbox that is listed.
    pub enum OutboxScope {
        /// Those that must still be sent.
        Waiting = "waiting",
        /// All of them.
        All = "all",
    }
}

/// The most replies of one list.
const LIMIT: i64 = 1_000;

/// The outbox: those that wait, the oldest first; or all, the newest first. A look.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn list(ctx: &AppContext, actor: &Actor, scope: OutboxScope) -> Result<Vec<ReplyLine>, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let mut tx = ctx.read(&allowed).await?;
    let found = match scope {
        OutboxScope::Waiting => store::reply::waiting(&mut tx, LIMIT).await?,
        OutboxScope::All => store::reply::newest(&mut tx, LIMIT).await?,
    };
    drop(tx);
    let ids = found.iter().filter_map(|reply| reply.member_id).collect();
    ctx.record_list(&allowed, SearchScope::Replies, scope.code(), found.len(), ids).await?;
    let texts = usable_texts(ctx)?;
    Ok(found.iter().map(|reply| ReplyLine::of(ctx, &texts, reply)).collect())
}

/// One reply; a look.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn show(ctx: &AppContext, actor: &Actor, reply: i64) -> Result<ReplyLine, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let found = store::reply::get(&mut ctx.read(&allowed).await?, reply).await?;
    let found = found.ok_or(ReplyRefusal::Unknown(reply))?;
    let seen = AuditEvent::ReplySeen { reply, receipt: found.receipt.clone() };
    let note = match found.member() {
        Some(key) => seen.on(key),
        None => seen.into(),
    };
    ctx.record(&allowed, note).await?;
    Ok(ReplyLine::of(ctx, &usable_texts(ctx)?, &found))
}
