//! The id of the society's own database, and the guard before what a copy does not do.

use super::actor::Allowed;
use super::audit::AuditEvent;
use super::life::{Life, Place};
use super::refusal::InstallationRefusal;
use super::{AppContext, Error, UnitOfWork};
use crate::domain::Settling;
use crate::secrets;
use crate::store::Tx;
use crate::store::installation::{self as rows, Installation};

/// Before something that reaches members, the portal or files: refused in a copy.
pub(super) async fn must_be_own(tx: &mut Tx, ctx: &AppContext) -> Result<(), Error> {
    match Life::of(tx, &ctx.here).await?.refusal() {
        Some(refusal) => Err(refusal.into()),
        None => Ok(()),
    }
}

/// The id of the society's own database. One of an earlier version gets its id here.
///
/// # Errors
/// What [`Life::refusal`] says of a copy.
pub(super) async fn own_id(ctx: &AppContext) -> Result<String, Error> {
    let life = Life::of(&mut ctx.read(&Allowed::system()).await?, &ctx.here).await?;
    match (life.refusal(), life) {
        (Some(refusal), _) => Err(refusal.into()),
        (None, Life::Live(id)) => Ok(id),
        (None, _) => {
            let mut uow = ctx.begin(&Allowed::system()).await?;
            // Several programs may start at once: one of them gives it.
            if let Some(row) = rows::get(&mut uow).await? {
                return Ok(row.id);
            }
            let (id, event) = put(&mut uow, &ctx.here, Settling::Begun).await?;
            uow.commit(event).await?;
            Ok(id)
        }
    }
}

/// Where it lived before, no database is left: else two would send cards and instructions.
///
/// # Errors
/// [`InstallationRefusal::StillThere`].
pub(super) fn must_be_alone(lived: Installation, here: &Place) -> Result<(), InstallationRefusal> {
    let there = Place { machine: lived.machine, place: lived.place };
    match there != *here && there.is_there(here) {
        true => Err(InstallationRefusal::StillThere(there.place.into())),
        false => Ok(()),
    }
}

/// Writes where the database lives from now on: its id, and the entry about it.
pub(super) async fn put(uow: &mut UnitOfWork, here: &Place, how: Settling) -> Result<(String, AuditEvent), Error> {
    // Also where it was moved: a copy that was left behind or lies elsewhere keeps the earlier id, and its files.
    let id = secrets::random_id()?;
    let (machine, place) = (here.machine.clone(), here.place.clone());
    rows::put(uow, &Installation { id: id.clone(), machine, place: place.clone(), kind: how.kind() }).await?;
    Ok((id, AuditEvent::DatabaseSettled { how, place }))
}
