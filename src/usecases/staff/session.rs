//! The session of an open console: it ends at the next action after its user was disabled, reset, or given another role.

use crate::store::{self, Tx};
use crate::usecases::{Actor, AppContext, Error, Refusal};

/// The user of an open console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The user, with the role of the sign-in.
    pub actor: Actor,
    /// How often the user's sessions had been ended before this one began.
    epoch: i64,
}

impl Session {
    /// Opens a session for an actor who has just signed in.
    pub async fn open(ctx: &AppContext, actor: Actor) -> Result<Self, Error> {
        let epoch = store::staff::epoch(&mut ctx.read(&actor.own()).await?, &actor.id).await?.unwrap_or_default();
        Ok(Self { actor, epoch })
    }

    /// Who acts, if the session is still good.
    ///
    /// # Errors
    /// [`Refusal::ShutOut`] from then on, whatever is done to the account afterwards.
    pub async fn actor(&self, ctx: &AppContext) -> Result<Actor, Error> {
        self.check(&mut ctx.read(&self.actor.own()).await?).await
    }

    /// The society as it is now, and who acts in it, if the session is still good. The next read continues in the same
    /// transaction, so that one key press opens one.
    ///
    /// # Errors
    /// As [`Self::actor`].
    pub async fn enter(&self, ctx: &AppContext) -> Result<(AppContext, Actor), Error> {
        let mut tx = ctx.read(&self.actor.own()).await?;
        let actor = self.check(&mut tx).await?;
        Ok((ctx.going_on_in(tx).await?, actor))
    }

    async fn check(&self, tx: &mut Tx) -> Result<Actor, Error> {
        let epoch = store::staff::epoch(tx, &self.actor.id).await?;
        let staff = store::staff::get(tx, &self.actor.id).await?;
        let good = epoch == Some(self.epoch)
            && staff.is_some_and(|staff| staff.disabled_at.is_none() && staff.role == self.actor.role);
        if good { Ok(self.actor.clone()) } else { Err(Refusal::ShutOut.into()) }
    }
}
