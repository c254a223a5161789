//! Reading and setting a key.

use super::SettingId;
use super::stored::{find, put};
use crate::domain::Permission;
use crate::usecases::audit::AuditEvent;
use crate::usecases::{Actor, AppContext, Error, Refusal, templates};

/// The value of a key.
pub fn get(ctx: &AppContext, key: &str) -> Result<String, Error> {
    Ok(find(key)?.get(&ctx.settings))
}

/// Sets a key.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn set(ctx: &AppContext, actor: &Actor, key: &str, value: &str) -> Result<(), Error> {
    works_on_paper(ctx, key, value)?;
    let mut uow = ctx.begin(&actor.allowed(Permission::Settings)?).await?;
    let (old, new) = put(&mut uow, key, value).await?;
    uow.commit(AuditEvent::SettingSet { key: key.to_owned(), old, new }).await
}

/// A template, and a printer of it, are tried before they are set: a fault would stop the next export.
fn works_on_paper(ctx: &AppContext, key: &str, value: &str) -> Result<(), Error> {
    let setting = find(key)?;
    match setting.id {
        SettingId::PrintTemplate => templates::usable(value.trim()),
        SettingId::PrintPrinter
            if !value.trim().is_empty() && !templates::knows_printer(&ctx.settings.template, value.trim())? =>
        {
            let (value, takes) = (value.to_owned(), setting.takes);
            Err(Refusal::SettingValue { key: setting.key, value, takes }.into())
        }
        _ => Ok(()),
    }
}
