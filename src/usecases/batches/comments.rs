//! 差戻しとコメント (B17): an approver sends a draft back with a reason, and the drafter answers or changes something
//! before it can be approved.

use super::{get, out_of_place, save};
use crate::domain::{BatchNumber, BatchState, CommentKind, Permission, Reason};
use crate::store::comment::BatchComment;
use crate::store::{self, Tx, batch::Batch};
use crate::usecases::actor::Allowed;
use crate::usecases::audit::AuditEvent;
use crate::usecases::refusal::{BatchAct, BatchRefusal, SentBackDraft};
use crate::usecases::{Actor, AppContext, Error, Refusal, transitions};

/// Says something about a batch, whatever its state.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn comment(ctx: &AppContext, actor: &Actor, number: &BatchNumber, text: &str) -> Result<(), Error> {
    let allowed = actor.allowed(Permission::Batches)?;
    let text = crate::text::plain_line(text).trim().to_owned();
    if text.is_empty() {
        return Err(Refusal::EmptyText.into());
    }
    say(ctx, &allowed, number, CommentKind::Comment, text).await
}

/// 差戻し: the draft is not approved; the drafter hears why.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn send_back(ctx: &AppContext, actor: &Actor, number: &BatchNumber, reason: &Reason) -> Result<(), Error> {
    let allowed = actor.allowed(Permission::Approve)?;
    say(ctx, &allowed, number, CommentKind::SentBack, reason.into()).await
}

async fn say(
    ctx: &AppContext,
    allowed: &Allowed,
    number: &BatchNumber,
    kind: CommentKind,
    text: String,
) -> Result<(), Error> {
    let mut uow = ctx.begin(allowed).await?;
    let batch = get(&mut uow, number).await?;
    if kind == CommentKind::SentBack && batch.state() != BatchState::Draft {
        return Err(out_of_place(&batch, BatchAct::SendBack));
    }
    let had_left = store::comment::left(&mut uow, batch.id).await?;
    let comment = BatchComment { kind, text, had_left, by: uow.staff().to_owned(), at: uow.now() };
    store::comment::insert(&mut uow, batch.id, &comment).await?;
    let event = match kind {
        // It changes nothing of the batch: an export that is running goes on.
        CommentKind::Comment => AuditEvent::BatchCommented,
        // An approval that has read the draft before is refused.
        CommentKind::SentBack => {
            save(&mut uow, &batch).await?;
            AuditEvent::BatchSentBack
        }
    };
    uow.commit(event.batch(number)).await
}

/// Why a batch was sent back; nothing where another person has answered since, or a card has left it.
pub(super) async fn unanswered(tx: &mut Tx, batch: &Batch) -> Result<Option<SentBackDraft>, Error> {
    let comments = store::comment::of_batch(tx, batch.id).await?;
    let mut later = comments.iter().rev();
    let mut answers = Vec::new();
    let back = later.find(|comment| {
        answers.push(comment.by.as_str());
        comment.kind == CommentKind::SentBack
    });
    let Some(back) = back else { return Ok(None) };
    let answered = answers.iter().any(|by| *by != back.by);
    if answered || store::comment::left(tx, batch.id).await? > back.had_left {
        return Ok(None);
    }
    let by = transitions::name_of(tx, &back.by).await?;
    Ok(Some(SentBackDraft { batch: batch.number.clone(), by, reason: back.text.clone() }))
}

/// B17: a draft that was sent back is approved once it was answered.
///
/// # Errors
/// [`BatchRefusal::SentBack`], with who sent it back and why.
pub(super) async fn must_be_answered(tx: &mut Tx, batch: &Batch) -> Result<(), Error> {
    match unanswered(tx, batch).await? {
        None => Ok(()),
        Some(back) => Err(BatchRefusal::SentBack(back).into()),
    }
}

/// Which of these are drafts that were sent back and have no answer.
pub(in crate::usecases) async fn unanswered_among(tx: &mut Tx, batches: &[Batch]) -> Result<Vec<BatchNumber>, Error> {
    let mut found = Vec::new();
    for batch in batches.iter().filter(|batch| batch.state() == BatchState::Draft) {
        found.extend(unanswered(tx, batch).await?.map(|back| back.batch));
    }
    Ok(found)
}

/// The drafts of a person that were sent back, oldest first.
pub(in crate::usecases) async fn sent_back_to(tx: &mut Tx, staff: &str) -> Result<Vec<SentBackDraft>, Error> {
    let mut drafts = Vec::new();
    for batch in store::batch::under_way(tx).await? {
        if batch.state() == BatchState::Draft && batch.drafted_by == staff {
            drafts.extend(unanswered(tx, &batch).await?);
        }
    }
    Ok(drafts)
}
