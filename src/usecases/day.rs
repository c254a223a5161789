//! 業務日: changes that the date alone brings about.

use super::accounts::{self, Closed};
use super::actor::Allowed;
use super::audit::AuditEvent;
use super::{AppContext, Error, holds, two_people};
use crate::store;

/// The setting with the last business date that was begun.
const BEGUN: &str = "day.begun";

/// Begins the business day where that was not done yet: accounts whose members are lost by it are closed, and their
/// cards cancelled (A9). One terminal does it in one transaction; every later one only reads a setting.
pub async fn begin(ctx: &AppContext) -> Result<Closed, Error> {
    let day = ctx.clock.today();
    let today = day.to_string();
    let begun = |stored: Option<String>| stored.is_some_and(|day| day >= today);
    let allowed = Allowed::system();
    if begun(store::setting::get(&mut ctx.read(&allowed).await?, BEGUN).await?) {
        return Ok(Closed::default());
    }
    let moving = holds::due(&mut ctx.read(&allowed).await?, day).await?;
    let mut uow = ctx.begin(&allowed).await?;
    if begun(store::setting::get(&mut uow, BEGUN).await?) {
        return Ok(Closed::default());
    }
    let closed = Closed::of(&accounts::close_ended(&mut uow).await?);
    holds::follow(&mut uow, &moving).await?;
    two_people::expire(&mut uow).await?;
    store::setting::set(&mut uow, BEGUN, &today).await?;
    uow.commit(AuditEvent::DayBegun { day, accounts: closed.accounts, cards: closed.cards }).await?;
    Ok(closed)
}
