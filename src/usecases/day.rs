//! 業務日: changes that the date alone brings about.

use super::accounts::{self, Closed};
use super::actor::Allowed;
use super::audit::AuditEvent;
use super::settings::DAY_BEGUN;
use super::{AppContext, Error, feed, holds, two_people};
use crate::store;

/// Begins the business day where that was not done yet: accounts whose members are lost by it are closed, and their
/// cards cancelled (A9). Some accounts are closed in each transaction, and the day has
/// begun when none is left: several terminals may do it together, and another one goes on where one was interrupted.
pub async fn begin(ctx: &AppContext) -> Result<Closed, Error> {
    let day = ctx.clock.today();
    let today = day.to_string();
    let begun = |stored: Option<String>| stored.is_some_and(|day| day >= today);
    let allowed = Allowed::system();
    if begun(store::setting::get(&mut ctx.read(&allowed).await?, DAY_BEGUN).await?) {
        return Ok(Closed::default());
    }
    let mut closed = Closed::default();
    loop {
        let mut uow = ctx.begin(&allowed).await?;
        if begun(store::setting::get(&mut uow, DAY_BEGUN).await?) {
            return Ok(closed);
        }
        let ended = Closed::of(&accounts::close_ended(&mut uow).await?);
        closed.add(ended);
        if ended == Closed::default() && !holds::follow_some(&mut uow).await? {
            two_people::expire(&mut uow).await?;
            store::setting::set(&mut uow, DAY_BEGUN, &today).await?;
            uow.commit(AuditEvent::DayBegun { day, accounts: closed.accounts, cards: closed.cards }).await?;
            feed::redact_due(ctx, &allowed).await?;
            return Ok(closed);
        }
        uow.commit_some().await?;
        ctx.let_others_in().await;
    }
}
