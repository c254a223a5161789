//! The incidents, and one of them; both are looks.

use super::known;
use super::view::{self, IncidentView};
use crate::domain::{Permission, coded};
use crate::store;
use crate::usecases::audit::{AuditEvent, SearchScope};
use crate::usecases::{Actor, AppContext, Error};

coded! {
    /// Which incidents are listed.
    pub enum IncidentScope {
        /// Those that are not closed.
        Open = "open",
        /// The closed ones, too.
        All = "all",
    }
}

/// The most closed ones of a list.
const CLOSED: i64 = 200;

/// The incidents: those that became known first in front, the closed ones behind them.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn list(ctx: &AppContext, actor: &Actor, scope: IncidentScope) -> Result<Vec<IncidentView>, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let mut tx = ctx.read(&allowed).await?;
    let mut rows = store::incident::open(&mut tx).await?;
    if scope == IncidentScope::All {
        rows.extend(store::incident::closed(&mut tx, CLOSED).await?);
    }
    let (mut views, mut members) = (Vec::with_capacity(rows.len()), Vec::new());
    for row in rows {
        let (view, of) = view::read(&mut tx, ctx, row).await?;
        views.push(view);
        members.extend(of);
    }
    drop(tx);
    ctx.record_list(&allowed, SearchScope::Incidents, scope.code(), views.len(), members).await?;
    Ok(views)
}

/// One incident with its entries and persons; the look is logged.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn show(ctx: &AppContext, actor: &Actor, id: i64) -> Result<IncidentView, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let mut tx = ctx.read(&allowed).await?;
    let incident = known(&mut tx, id).await?;
    let (view, mut members) = view::read(&mut tx, ctx, incident).await?;
    drop(tx);
    members.sort_unstable();
    members.dedup();
    let seen = AuditEvent::IncidentSeen { incident: id, listed: members.into_iter().collect() };
    ctx.record(&allowed, seen).await?;
    Ok(view)
}
