//! 業務日: what becomes true by the date alone, and not by a file.

use super::accounts::{self, Closed};
use super::audit::{self, Act};
use super::{Actor, AppContext, Error};
use crate::store;

/// The last business date that was begun.
const BEGUN: &str = "day.begun";

/// Begins the business day where nobody has yet: accounts whose loss falls on it, or on a day that passed with the
/// console shut, are closed and their cards cancelled (A9). One transaction, by whoever comes first; for everybody
/// after that it is one look at a setting.
pub async fn begin(ctx: &AppContext) -> Result<Closed, Error> {
    let today = ctx.clock.today().to_string();
    let begun = |stored: Option<String>| stored.is_some_and(|day| day >= today);
    if begun(store::setting::get(&mut ctx.read().await?, BEGUN).await?) {
        return Ok(Closed::default());
    }
    let mut tx = ctx.write().await?;
    if begun(store::setting::get(&mut tx, BEGUN).await?) {
        return Ok(Closed::default());
    }
    let system = Actor::system();
    let closed = Closed::of(&accounts::close_ended(&mut tx, ctx, &system).await?);
    store::setting::set(&mut tx, BEGUN, &today).await?;
    let counts = format!("{today}: {} accounts closed, {} cards cancelled", closed.accounts, closed.cards);
    audit::write(&mut tx, ctx, &system, Act::DayBegun.detail(counts)).await?;
    tx.commit().await?;
    Ok(closed)
}
