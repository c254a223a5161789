//! What a database is where it lies, as a person says it: moved there, or a copy for practice.

use super::life::Life;
use super::refusal::InstallationRefusal;
use super::{Actor, AppContext, Error, UnitOfWork, exports, installation};
use crate::domain::{InstallationKind, Permission, Settling};
use crate::store::installation as rows;
use std::path::PathBuf;

/// What a person said that a database is.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SettledDatabase {
    /// What it is.
    pub kind: InstallationKind,
    /// How it came there.
    pub how: Settling,
    /// Where it lies.
    pub database: String,
}

/// It was moved here, and is nowhere else.
///
/// # Errors
/// [`InstallationRefusal::AtHome`] where it lies where it lived, [`InstallationRefusal::StillThere`] where a database is left
/// there: this one is a copy then.
pub async fn moved(ctx: &AppContext, actor: &Actor) -> Result<SettledDatabase, Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::Upkeep)?).await?;
    match Life::of(&mut uow, &ctx.here).await? {
        Life::Drill => return Err(InstallationRefusal::Drill.into()),
        Life::Live(_) | Life::Unnamed => return Err(InstallationRefusal::AtHome.into()),
        Life::Elsewhere { .. } => {}
    }
    if let Some(lived) = rows::get(&mut uow).await? {
        installation::must_be_alone(lived, &ctx.here)?;
    }
    settle(ctx, uow, Settling::Moved).await
}

/// It is a copy for practice, from now on and for ever.
///
/// # Errors
/// [`InstallationRefusal::AtHome`] of the society's own database: a slip would stop its work.
pub async fn drill(ctx: &AppContext, actor: &Actor) -> Result<SettledDatabase, Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::Upkeep)?).await?;
    match Life::of(&mut uow, &ctx.here).await? {
        Life::Live(_) | Life::Unnamed => Err(InstallationRefusal::AtHome.into()),
        Life::Drill | Life::Elsewhere { .. } => settle(ctx, uow, Settling::Drill).await,
    }
}

async fn settle(ctx: &AppContext, mut uow: UnitOfWork, how: Settling) -> Result<SettledDatabase, Error> {
    let before = rows::get(&mut uow).await?.map(|row| row.id);
    let (id, event) = installation::put(&mut uow, &ctx.here, how).await?;
    if how == Settling::Moved {
        exports::follow(ctx, &mut uow).await?;
    }
    uow.commit(event).await?;
    // A database that was restored beside the place of a lost one gets its folder with its place, a moved one keeps its own.
    if how == Settling::Moved
        && let Err(refusal) = exports::inherit(ctx, &id, before.as_deref())
    {
        tracing::warn!(code = refusal.code(), "the folder of exports was not taken over");
    }
    Ok(SettledDatabase { kind: how.kind(), how, database: ctx.here.place.clone() })
}

/// Where the database is, what it is there, and where its files land.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Shown {
    /// Where it lies.
    pub database: String,
    /// `live`, `drill` or `elsewhere`.
    pub kind: &'static str,
    /// Where it lived, where that is elsewhere.
    pub lived: Option<String>,
    /// Where its files land; none in a copy.
    pub exports: Option<PathBuf>,
}

/// What can be seen without sign-in, as by `doctor`.
pub fn show(ctx: &AppContext) -> Shown {
    let lived = match &ctx.life {
        Life::Elsewhere { of } => Some(of.clone()),
        Life::Live(_) | Life::Unnamed | Life::Drill => None,
    };
    let exports = ctx.life.refusal().is_none().then(|| ctx.export_folder());
    Shown { database: ctx.here.place.clone(), kind: ctx.life.code(), lived, exports }
}
