//! What a batch is made of, and where it stands.

use super::approval::PaperSettings;
use super::listed::listed;
use super::review::{BatchReview, review};
use super::{comments, expired, get};
use crate::domain::{BatchNumber, BatchState, BatchStep, Permission};
pub use crate::store::approved_card::ApprovedCard;
use crate::store::batch::Batch;
pub use crate::store::batch_file::BatchFile;
use crate::store::{self, Tx};
use crate::usecases::{Actor, AppContext, Error, Settings, transitions};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

pub use crate::store::card::{BatchCard, LeftCard};
pub use crate::store::comment::BatchComment;
pub use crate::store::remake::RemakeRun;
pub use crate::store::{batch::BatchLine, bundle::Bundle};
pub use crate::usecases::refusal::SentBackDraft;

/// B3: what stands between who looks and an approval, besides the role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approver {
    /// Nothing more: the actor may approve.
    May,
    /// Another must approve: the person has drafted it.
    DraftedIt,
}

/// Everything of a batch.
#[derive(Debug, Clone, serde::Serialize)]
pub struct BatchView {
    /// State, and who did what when.
    #[serde(flatten)]
    pub batch: Batch,
    /// 氏名 of who took its steps, by staff ID.
    pub names: BTreeMap<String, String>,
    /// B17: why it waits for its drafter.
    pub sent_back: Option<SentBackDraft>,
    /// What people said about it, in order.
    pub comments: Vec<BatchComment>,
    /// B13: runs that made spoiled cards again.
    pub remakes: Vec<RemakeRun>,
    /// What may be done next.
    pub next: Vec<BatchStep>,
    /// B16: the last day on which it can be printed: the PDF is destroyed after it.
    pub print_by: Option<NaiveDate>,
    /// Whether who looks could approve it.
    #[serde(skip)]
    pub approver: Approver,
    /// Its cards in the order of the pile.
    pub cards: Vec<BatchCard>,
    /// Cards that were in it once, and what they became by leaving: held, cancelled, queued again.
    pub left: Vec<LeftCard>,
    /// PDF files of the batch, with their digests.
    pub files: Vec<BatchFile>,
    /// An employer's parcel each.
    pub bundles: Vec<Bundle>,
    /// R5, H3: what was approved for each card: name and destination.
    pub approved: Vec<ApprovedCard>,
    /// B11: the settings that reach its paper, as they were approved.
    pub paper: Option<PaperSettings>,
    /// What deserves a look before the next step; none once it has left.
    pub review: Option<BatchReview>,
}

/// Shows a batch with its cards; a look.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn show(ctx: &AppContext, actor: &Actor, number: &BatchNumber) -> Result<BatchView, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let mut tx = ctx.read(&allowed).await?;
    let view = view(&mut tx, ctx, actor, number).await?;
    let ids: Vec<i64> = view.cards.iter().map(|card| card.id).chain(view.left.iter().map(|card| card.id)).collect();
    listed(ctx, &allowed, tx, &number.to_string(), &ids).await?;
    Ok(view)
}

async fn view(tx: &mut Tx, ctx: &AppContext, actor: &Actor, number: &BatchNumber) -> Result<BatchView, Error> {
    let batch = get(tx, number).await?;
    let steps = [&batch.approved_by, &batch.exported_by, &batch.printed_by, &batch.dispatched_by, &batch.cancelled_by];
    let mut ids: BTreeSet<String> = steps.into_iter().flatten().chain([&batch.drafted_by]).cloned().collect();
    ids.extend(store::comment::of_batch(tx, batch.id).await?.into_iter().map(|comment| comment.by));
    let mut names = BTreeMap::new();
    for id in ids {
        let name = transitions::name_of(tx, &id).await?;
        names.insert(id, name);
    }
    Ok(BatchView {
        names,
        sent_back: match batch.state() {
            BatchState::Draft => comments::unanswered(tx, &batch).await?,
            _ => None,
        },
        comments: store::comment::of_batch(tx, batch.id).await?,
        remakes: store::remake::of_batch(tx, batch.id).await?,
        next: batch.state().next().collect(),
        print_by: expired::print_by(tx, ctx, &batch).await?,
        approver: approver(&ctx.settings, actor, &batch),
        cards: store::card::in_batch(tx, batch.id).await?,
        left: store::card::left(tx, batch.id).await?,
        files: store::batch_file::of_batch(tx, batch.id).await?,
        bundles: store::bundle::of_batch(tx, batch.id).await?,
        approved: store::approved_card::of_batch(tx, &batch.number).await?,
        paper: batch.approval.as_deref().and_then(|json| serde_json::from_str(json).ok()),
        review: review(tx, ctx, &batch).await?,
        batch,
    })
}

/// B3: the person who approves is not the one who drafted.
pub(super) fn approver(settings: &Settings, actor: &Actor, batch: &Batch) -> Approver {
    if settings.four_eyes && batch.drafted_by == actor.id { Approver::DraftedIt } else { Approver::May }
}

/// The latest batches, newest first.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn list(ctx: &AppContext, actor: &Actor, limit: i64) -> Result<Vec<BatchLine>, Error> {
    let mut tx = ctx.read(&actor.allowed(Permission::Look)?).await?;
    let mut lines = store::batch::latest(&mut tx, limit).await?;
    for line in lines.iter_mut().filter(|line| line.batch.state() == BatchState::Draft) {
        line.sent_back = comments::unanswered(&mut tx, &line.batch).await?.is_some();
    }
    Ok(lines)
}
