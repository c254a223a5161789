//! Reading and setting a key.

use super::stored::{find, fitting, put};
use super::{Setting, SettingId};
use crate::domain::{GuardedChange, Permission, TwoPeople};
use crate::usecases::audit::AuditEvent;
use crate::usecases::batches::{paper_renderer, reaches_paper, settings_at_fault};
use crate::usecases::refusal::TwoPeopleRefusal;
use crate::usecases::two_people::{self, Asked};
use crate::usecases::{Actor, AppContext, Error, Refusal, UnitOfWork, templates};
use std::path::Path;

/// The value of a key.
///
/// # Errors
/// [`Refusal::SettingUnreadable`] where the stored value does not fit.
pub fn get(ctx: &AppContext, key: &str) -> Result<String, Error> {
    let setting = find(key)?;
    ctx.settings.must_be_readable(|id| id == setting.id)?;
    Ok(setting.get(&ctx.settings))
}

/// Sets a key. Where two people decide, a change that weakens or redirects something is proposed (F2).
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn set(ctx: &AppContext, actor: &Actor, key: &str, value: &str) -> Result<Asked, Error> {
    works_on_paper(ctx, key, value)?;
    let setting = find(key)?;
    let mut uow = ctx.begin(&actor.allowed(Permission::Settings)?).await?;
    let now = uow.now();
    let (old, new) = fitting(&mut uow, key, value).await?;
    let decided_by_two = two_people::in_force(&mut uow, now).await?;
    if decided_by_two && old != new && needs_two(setting) {
        let sha256 = sha256(setting, &new)?;
        let change = GuardedChange::SettingSet { key: setting.key.to_owned(), old, new, sha256 };
        return two_people::put_forward(uow, change).await;
    }
    if setting.id == SettingId::TwoPeople && new == TwoPeople::On.code() && !decided_by_two {
        let colleagues = two_people::colleagues(&mut uow, now).await?;
        if colleagues.could_confirm(&actor.id, None).is_empty() {
            return Err(TwoPeopleRefusal::NoSecond.into());
        }
    }
    let (old, new) = put(&mut uow, key, value).await?;
    uow.commit(AuditEvent::SettingSet { key: key.to_owned(), old, new }).await?;
    Ok(Asked::Done)
}

/// Whether two people decide about a setting: it weakens what protects members, reaches the paper or the replies, moves the
/// PDFs or the feed, or makes unusual looks usual.
pub const fn needs_two(setting: &Setting) -> bool {
    use SettingId as S;
    setting.guarded
        || reaches_paper(setting.id)
        || matches!(
            setting.id,
            S::ExportDir
                | S::FeedDeliver
                | S::ReplyFrom
                | S::ReplyTemplate
                | S::BrowsingMembers
                | S::BrowsingMinutes
                | S::BrowsingHours
        )
}

/// The part of a confirmed change that sets a key.
///
/// # Errors
/// [`Refusal::Changed`] where the value is no longer the old one, or the template no longer what was proposed.
pub(in crate::usecases) async fn write_proposed(
    uow: &mut UnitOfWork,
    ctx: &AppContext,
    key: &str,
    old: &str,
    new: &str,
    template: Option<&str>,
) -> Result<AuditEvent, Error> {
    works_on_paper(ctx, key, new)?;
    if sha256(find(key)?, new)?.as_deref() != template {
        return Err(Refusal::Changed { what: new.to_owned() }.into());
    }
    let (before, new) = put(uow, key, new).await?;
    if before != old {
        return Err(Refusal::Changed { what: key.to_owned() }.into());
    }
    Ok(AuditEvent::SettingSet { key: key.to_owned(), old: before, new })
}

/// What a proposal of a template is about: the file may be another by the time of the confirmation.
fn sha256(setting: &Setting, value: &str) -> Result<Option<String>, Error> {
    match setting.id {
        SettingId::PrintTemplate => templates::sha256(value).map(Some),
        SettingId::ReplyTemplate if !value.is_empty() => templates::sha256(value).map(Some),
        _ => Ok(None),
    }
}

/// A template, a printer of it, fonts and the texts of the sender are tried before they are set: a fault would stop the next
/// export.
fn works_on_paper(ctx: &AppContext, key: &str, value: &str) -> Result<(), Error> {
    let setting = find(key)?;
    match setting.id {
        SettingId::PrintTemplate => templates::usable(value.trim()),
        SettingId::ReplyTemplate if !value.trim().is_empty() => templates::replies(Path::new(value.trim())).map(drop),
        SettingId::PrintPrinter
            if !value.trim().is_empty() && !templates::knows_printer(&ctx.settings.template, value.trim())? =>
        {
            let (value, takes) = (value.to_owned(), setting.takes);
            Err(Refusal::SettingValue { key: setting.key, value, takes }.into())
        }
        _ if reaches_paper(setting.id) => sets_a_card(ctx, setting, value),
        _ => Ok(()),
    }
}

/// Whether cards can be set with the new value; another setting's fault is not told here.
fn sets_a_card(ctx: &AppContext, setting: &Setting, value: &str) -> Result<(), Error> {
    let mut after = ctx.settings.clone();
    if setting.set(&mut after, value).is_none() {
        return Ok(());
    }
    match paper_renderer(&after) {
        Err(error) if settings_at_fault(&error).contains(&setting.key) => Err(error),
        Ok(_) | Err(_) => Ok(()),
    }
}
