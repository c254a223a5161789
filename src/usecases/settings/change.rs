//! Reading and setting a key.

use super::stored::{find, put};
use crate::domain::Permission;
use crate::usecases::audit::AuditEvent;
use crate::usecases::{Actor, AppContext, Error};

/// The value of a key.
pub fn get(ctx: &AppContext, key: &str) -> Result<String, Error> {
    Ok(find(key)?.get(&ctx.settings))
}

/// Sets a key.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn set(ctx: &AppContext, actor: &Actor, key: &str, value: &str) -> Result<(), Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::Settings)?).await?;
    let (old, new) = put(&mut uow, key, value).await?;
    uow.commit(AuditEvent::SettingSet { key: key.to_owned(), old, new }).await
}
