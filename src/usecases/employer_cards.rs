//! One step for every waiting card of an employer: held, released, or proposed and approved for a one-off address (R3).
//! Each card is a change of its own; one that is refused keeps no other from going.

use super::queue::{self, QueueFilter};
use super::{Actor, AppContext, Error, Refusal, cards, known, one_off};
use crate::domain::{CardState, OneOffAddress, Permission, Reason};

/// What is done with each card.
#[derive(Debug, Clone, Copy)]
pub enum EmployerStep<'a> {
    /// 保留, with the reason.
    Hold(&'a Reason),
    /// 保留解除
    Release,
    /// 一度だけの送付先 is proposed, with the reason.
    Propose(&'a OneOffAddress, &'a Reason),
    /// The proposed address is approved by another supervisor.
    Approve,
}

/// What came of it.
#[derive(Debug, Default, serde::Serialize)]
pub struct EmployerCards {
    /// Row IDs of the cards that took the step.
    pub done: Vec<i64>,
    /// Row IDs of the cards that did not, with the code of the refusal.
    pub refused: Vec<(i64, &'static str)>,
    /// The same with the whole refusal.
    #[serde(skip)]
    pub why: Vec<(i64, Error)>,
}

/// Takes the step with each card of the employer that waits for it, oldest first.
///
/// # Errors
/// [`Refusal::EmployerUnknown`], and [`Refusal::NoCardsOfEmployer`] where no card waits for the step.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn each(
    ctx: &AppContext,
    actor: &Actor,
    employer: &str,
    step: EmployerStep<'_>,
) -> Result<EmployerCards, Error> {
    let needs = match step {
        EmployerStep::Hold(_) => cards::HOLDS,
        EmployerStep::Release => cards::RELEASES,
        EmployerStep::Propose(..) | EmployerStep::Approve => one_off::DECIDES,
    };
    known::employer(&mut ctx.read(&actor.allowed(needs)?).await?, employer).await?;
    let state = match step {
        EmployerStep::Hold(_) => CardState::Queued,
        EmployerStep::Release | EmployerStep::Propose(..) | EmployerStep::Approve => CardState::Held,
    };
    let filter =
        QueueFilter { employer: Some(crate::text::key(employer)), state: Some(state), ..QueueFilter::default() };
    let waiting = queue::waiting(ctx, &actor.allowed(Permission::Look)?, &filter).await?;
    if waiting.is_empty() {
        return Err(Refusal::NoCardsOfEmployer(employer.to_owned()).into());
    }
    let mut came = EmployerCards::default();
    for card in waiting {
        let done = match step {
            EmployerStep::Hold(why) => cards::hold(ctx, actor, card.id, why).await,
            EmployerStep::Release => cards::release(ctx, actor, card.id).await.map(drop),
            EmployerStep::Propose(to, why) => one_off::propose(ctx, actor, card.id, to, why).await.map(drop),
            EmployerStep::Approve => one_off::approve(ctx, actor, card.id).await.map(drop),
        };
        match done {
            Ok(()) => came.done.push(card.id),
            // Who may do it with none of them is told so at once.
            Err(Error::Refused(refusal)) if !matches!(refusal, Refusal::Role { .. }) => {
                came.refused.push((card.id, refusal.code()));
                came.why.push((card.id, refusal.into()));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(came)
}
