//! An open console: it is shut at the next action of somebody who was disabled, reset, or given another role.

use crate::store;
use crate::usecases::{Actor, AppContext, Error, Refusal};

/// Who is signed in at a terminal, and since when in the count of shuttings-out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub actor: Actor,
    epoch: i64,
}

impl Session {
    /// Opens one for somebody who has just signed in.
    pub async fn open(ctx: &AppContext, actor: Actor) -> Result<Self, Error> {
        let epoch = store::staff::epoch(&mut ctx.read().await?, &actor.id).await?.unwrap_or_default();
        Ok(Self { actor, epoch })
    }

    /// Who acts, if the session is still good.
    ///
    /// # Errors
    /// [`Refusal::ShutOut`] from then on, whatever is done to the account afterwards.
    pub async fn actor(&self, ctx: &AppContext) -> Result<Actor, Error> {
        let mut tx = ctx.read().await?;
        let epoch = store::staff::epoch(&mut tx, &self.actor.id).await?;
        let staff = store::staff::get(&mut tx, &self.actor.id).await?;
        let good = epoch == Some(self.epoch)
            && staff.is_some_and(|staff| staff.disabled_at.is_none() && staff.role == self.actor.role);
        if good { Ok(self.actor.clone()) } else { Err(Refusal::ShutOut.into()) }
    }
}
