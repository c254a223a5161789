//! 承認: by somebody else than who drafted (B3).

use super::show::{Approver, approver};
use super::{get, save, step};
use crate::domain::{BatchNumber, BatchStep, Permission};
use crate::usecases::audit::Act;
use crate::usecases::{Actor, AppContext, Error, Refusal, settings};

/// Approves a draft. Whether two people are needed is asked now: a console is open for days.
pub async fn approve(ctx: &AppContext, actor: &Actor, number: &BatchNumber) -> Result<(), Error> {
    actor.must(Permission::Approve)?;
    let mut tx = ctx.write().await?;
    let mut batch = get(&mut tx, number).await?;
    step(&mut tx, ctx, &mut batch, BatchStep::Approve).await?;
    if approver(&settings::load(&mut tx).await?, actor, &batch) == Approver::DraftedIt {
        return Err(Refusal::FourEyes(number.clone()).into());
    }
    batch.approved_by = Some(actor.id.clone());
    batch.approved_at = Some(ctx.clock.now());
    save(&mut tx, ctx, actor, &batch, Act::BatchApproved.batch(number)).await?;
    Ok(tx.commit().await?)
}
