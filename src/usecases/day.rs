//! 業務日: what becomes true by the date alone, and not by a file.

use super::accounts::{self, Closed};
use super::actor::Allowed;
use super::audit::AuditEvent;
use super::{AppContext, Error};
use crate::store;

/// The last business date that was begun.
const BEGUN: &str = "day.begun";

/// Begins the business day where that was not done yet: accounts whose loss falls on it, or on a day that passed with
/// the console shut, are closed and their cards cancelled (A9). One transaction, by the first who comes; for every
/// later one it is one look at a setting.
pub async fn begin(ctx: &AppContext) -> Result<Closed, Error> {
    let day = ctx.clock.today();
    let today = day.to_string();
    let begun = |stored: Option<String>| stored.is_some_and(|day| day >= today);
    let allowed = Allowed::system();
    if begun(store::setting::get(&mut ctx.read(&allowed).await?, BEGUN).await?) {
        return Ok(Closed::default());
    }
    let mut uow = ctx.begin(&allowed).await?;
    if begun(store::setting::get(&mut uow, BEGUN).await?) {
        return Ok(Closed::default());
    }
    let closed = Closed::of(&accounts::close_ended(&mut uow).await?);
    store::setting::set(&mut uow, BEGUN, &today).await?;
    uow.commit(AuditEvent::DayBegun { day, accounts: closed.accounts, cards: closed.cards }).await?;
    Ok(closed)
}
