//! A reply leaves: as a mail file, and by the word of a clerk that it was sent.

use super::folder;
use super::line::ReplyLine;
use super::texts::usable_texts;
use crate::domain::request::{ReplyState, ReplyStep, ReplyWay};
use crate::domain::{MailAddress, NoSuchStep, Permission};
use crate::files::{Existing, OutputFile};
use crate::interchange::MailFile;
use crate::store::{self, Tx, reply::Reply};
use crate::usecases::audit::{AuditEvent, NoteFacts};
use crate::usecases::refusal::ReplyRefusal;
use crate::usecases::settings::SettingId;
use crate::usecases::{Actor, AppContext, Error, Refusal};
use std::path::PathBuf;

/// A mail file that was written.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ExportedReply {
    /// Number of the reply.
    pub reply: i64,
    /// 受付番号
    pub receipt: String,
    /// Path of the written message.
    pub file: PathBuf,
}

/// Writes replies as mail files into the folder `replies` of the export folder: all of them or none. One that was exported
/// before is written again in its place.
///
/// # Errors
/// [`ReplyRefusal::NoSender`] where `reply.from` is not set, [`ReplyRefusal::NoAddress`] where the sender gave none.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn export(ctx: &AppContext, actor: &Actor, replies: &[i64]) -> Result<Vec<ExportedReply>, Error> {
    let allowed = actor.allowed(Permission::Requests)?;
    ctx.settings.must_be_readable(|id| id == SettingId::ReplyFrom)?;
    let from = MailAddress::parse(&ctx.settings.reply_from).map_err(|_| ReplyRefusal::NoSender)?;
    let texts = usable_texts(ctx)?;
    folder::to_write(ctx).await?;
    let mut uow = ctx.begin(&allowed).await?;
    let (mut files, mut last) = (Vec::new(), None);
    for id in replies {
        let mut reply = get(&mut uow, *id).await?;
        let (before, state, at) = (reply.clone(), reply.state(), uow.now());
        let no_address = |_| ReplyRefusal::NoAddress { reply: *id, receipt: before.receipt.clone() };
        let to = MailAddress::parse(&reply.email).map_err(no_address)?;
        reply.export(&actor.id, at).map_err(refused(&before, ReplyStep::Export))?;
        save(&mut uow, &reply, state).await?;
        let line = ReplyLine::of(ctx, &texts, &reply);
        let mail = MailFile {
            id: &format!("reply-{id}-{}", at.timestamp()),
            from_name: &ctx.settings.society.name,
            from: &from,
            to: &to,
            subject: &line.subject,
            text: &line.page,
            at,
        };
        files.push((
            ExportedReply { reply: *id, receipt: reply.receipt.clone(), file: folder::file(ctx, *id) },
            written(ctx, &mail, *id)?,
        ));
        if let Some(note) = last.replace(about(AuditEvent::ReplyExported { reply: *id, receipt: line.receipt }, &reply))
        {
            uow.record(note).await?;
        }
    }
    let Some(last) = last else { return Ok(Vec::new()) };
    // The files get their names once the log knows of them; what was exported can be exported again.
    uow.commit(last).await?;
    files.into_iter().map(|(exported, file)| Ok(file.finish().map(|_| exported)?)).collect()
}

fn written(ctx: &AppContext, mail: &MailFile<'_>, reply: i64) -> Result<OutputFile, Error> {
    let path = folder::file(ctx, reply);
    let mut file = OutputFile::create(&path, Existing::Replace, ctx.protected())?;
    mail.write(&mut file).map_err(|e| Refusal::File { path, why: e.into() })?;
    Ok(file)
}

/// Says that a reply was sent, and how. Its mail file is removed.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn sent(ctx: &AppContext, actor: &Actor, reply: i64, via: ReplyWay) -> Result<ReplyLine, Error> {
    let event = |receipt| AuditEvent::ReplySent { reply, receipt, via };
    end(ctx, actor, reply, ReplyStep::Send, |it, by, at| it.send(via, by, at), event).await
}

/// Says that a reply is not sent. Its mail file is removed.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn withdraw(ctx: &AppContext, actor: &Actor, reply: i64) -> Result<ReplyLine, Error> {
    let event = |receipt| AuditEvent::ReplyWithdrawn { reply, receipt };
    end(ctx, actor, reply, ReplyStep::Withdraw, |it, by, at| it.withdraw(Some(by), at), event).await
}

async fn end(
    ctx: &AppContext,
    actor: &Actor,
    id: i64,
    step: ReplyStep,
    take: impl FnOnce(&mut Reply, &str, chrono::DateTime<chrono::Utc>) -> Result<(), NoSuchStep>,
    event: impl FnOnce(String) -> AuditEvent,
) -> Result<ReplyLine, Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::Requests)?).await?;
    let mut reply = get(&mut uow, id).await?;
    let (before, from, at) = (reply.clone(), reply.state(), uow.now());
    take(&mut reply, &actor.id, at).map_err(refused(&before, step))?;
    save(&mut uow, &reply, from).await?;
    uow.commit(about(event(reply.receipt.clone()), &reply)).await?;
    folder::remove(ctx, id).await?;
    Ok(ReplyLine::of(ctx, &usable_texts(ctx)?, &reply))
}

/// A reply by number.
pub(super) async fn get(tx: &mut Tx, reply: i64) -> Result<Reply, Error> {
    Ok(store::reply::get(tx, reply).await?.ok_or(ReplyRefusal::Unknown(reply))?)
}

/// Writes a moved reply.
///
/// # Errors
/// [`Refusal::Changed`] where another transaction has moved it since it was read.
pub(super) async fn save(tx: &mut Tx, reply: &Reply, from: ReplyState) -> Result<(), Error> {
    match store::reply::update(tx, reply, from).await? {
        true => Ok(()),
        false => Err(Refusal::Changed { what: reply.receipt.clone() }.into()),
    }
}

/// Why a step was refused, of a reply as it was before.
pub(super) fn refused(reply: &Reply, step: ReplyStep) -> impl FnOnce(NoSuchStep) -> ReplyRefusal {
    let (reply, state) = (reply.id, reply.state());
    move |NoSuchStep| ReplyRefusal::Step { reply, state, step }
}

/// An event of a reply, and of the member whose request it answers.
pub(super) fn about(event: AuditEvent, reply: &Reply) -> NoteFacts {
    match reply.member() {
        Some(key) => event.on(key),
        None => event.into(),
    }
}
