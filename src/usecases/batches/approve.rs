//! 承認: by another person than the one who drafted (B3).

use super::comments::must_be_answered;
use super::show::{Approver, approver};
use super::{get, save, step};
use crate::domain::{BatchNumber, BatchStep, Permission};
use crate::usecases::audit::AuditEvent;
use crate::usecases::{Actor, AppContext, Error, Refusal, settings};

/// Approves a draft. Whether two people are needed is asked now: a console is open for days.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn approve(ctx: &AppContext, actor: &Actor, number: &BatchNumber) -> Result<(), Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::Approve)?).await?;
    let mut batch = get(&mut uow, number).await?;
    step(&mut uow, ctx, &mut batch, BatchStep::Approve).await?;
    if approver(&settings::load(&mut uow).await?, actor, &batch) == Approver::DraftedIt {
        return Err(Refusal::FourEyes(number.clone()).into());
    }
    must_be_answered(&mut uow, &batch).await?;
    batch.approved_by = Some(actor.id.clone());
    batch.approved_at = Some(ctx.clock.now());
    save(&mut uow, &batch).await?;
    uow.commit(AuditEvent::BatchApproved.batch(number)).await
}
