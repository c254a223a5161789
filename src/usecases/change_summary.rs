//! Whether another terminal has changed something, so that lists refresh by themselves.

use super::{Act, Actor, AppContext, Error};
use crate::domain::Permission;
use crate::store;

/// What has happened since a terminal last asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangeSummary {
    /// The newest entry of the log.
    pub head: i64,
    /// Whether lists can have become others.
    pub changed: bool,
}

/// What is new after the entry `seen`; without one, everything is.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn since(ctx: &AppContext, actor: &Actor, seen: Option<i64>) -> Result<ChangeSummary, Error> {
    let mut tx = ctx.read(&actor.allowed(Permission::Look)?).await?;
    let head = store::audit::head(&mut tx).await?.seq;
    let changed = match seen {
        None => true,
        Some(seen) if seen == head => false,
        Some(seen) => {
            let acts = store::audit::actions_after(&mut tx, seen).await?;
            !acts.iter().all(|code| code.parse().is_ok_and(Act::leaves_lists_alone))
        }
    };
    Ok(ChangeSummary { head, changed })
}
