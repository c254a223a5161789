//! B11: what an approval binds: the cards, and every setting that reaches the paper.

use super::get;
use super::paper::reaches_paper;
use super::print_job::{default_dispatch_date, print_job};
use crate::domain::gate::{ApprovalChange, ChangedCard, FamilyOf};
use crate::domain::{BatchNumber, BatchState, BatchStep, CardStep, Permission};
use crate::store::approved_card::{self, ApprovedCard};
use crate::store::{self, Tx, batch::Batch};
use crate::usecases::audit::AuditEvent;
use crate::usecases::refusal::BatchRefusal;
use crate::usecases::{Actor, AppContext, DataError, Error, SETTINGS, card_steps, gate};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// What reaches the paper besides the cards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperSettings {
    /// SHA-256 of the template's text.
    pub template_sha256: String,
    /// Settings by key, as text.
    pub settings: BTreeMap<String, String>,
}

impl PaperSettings {
    /// As they are now.
    pub(super) fn now(ctx: &AppContext, template_sha256: &str) -> Self {
        let settings = SETTINGS.iter().filter(|setting| reaches_paper(setting.id));
        let settings = settings.map(|setting| (setting.key.to_owned(), setting.get(&ctx.settings))).collect();
        Self { template_sha256: template_sha256.to_owned(), settings }
    }

    /// What is different now.
    fn changes(&self, now: &Self) -> Vec<ApprovalChange> {
        let template = (self.template_sha256 != now.template_sha256).then(|| ApprovalChange::Template {
            approved: self.template_sha256.clone(),
            now: now.template_sha256.clone(),
        });
        let keys: BTreeSet<&String> = self.settings.keys().chain(now.settings.keys()).collect();
        let settings = keys.into_iter().filter_map(|key| {
            let of = |it: &Self| it.settings.get(key).cloned().unwrap_or_default();
            let (approved, now) = (of(self), of(now));
            (approved != now).then(|| ApprovalChange::Setting { key: key.clone(), approved, now })
        });
        template.into_iter().chain(settings).collect()
    }

    /// The digest over them and the cards, lower-case hexadecimal.
    ///
    /// # Errors
    /// Values that JSON cannot hold. There are none.
    pub(super) fn digest(&self, cards: &[ApprovedCard]) -> Result<String, Error> {
        let card = |it: &ApprovedCard| {
            (it.card_id, it.kind.clone(), it.member.clone(), it.name.clone(), it.born_on, it.route())
        };
        let families: BTreeMap<i64, FamilyOf> =
            cards.iter().filter_map(|card| Some((card.card_id, card.family()?))).collect();
        let mut cards: Vec<_> = cards.iter().map(card).collect();
        cards.sort_by_key(|card| card.0);
        // Approvals of earlier versions kept no families: theirs keep the digest that they had.
        let json = match families.is_empty() {
            true => serde_json::to_vec(&(self, cards)),
            false => serde_json::to_vec(&(self, cards, families)),
        };
        Ok(crate::text::hex(&Sha256::digest(json.map_err(DataError::from)?)))
    }

    /// As text for the database.
    ///
    /// # Errors
    /// Values that JSON cannot hold. There are none.
    pub(super) fn json(&self) -> Result<String, Error> {
        Ok(serde_json::to_string(self).map_err(DataError::from)?)
    }
}

/// What differs from the approval of a batch.
pub(super) async fn changes(
    tx: &mut Tx,
    ctx: &AppContext,
    batch: &Batch,
    template_sha256: &str,
    cards: &[ChangedCard],
) -> Result<Vec<ApprovalChange>, Error> {
    let (Some(approval), Some(digest)) = (&batch.approval, &batch.approval_digest) else {
        return Ok(vec![ApprovalChange::NotKept]);
    };
    let approved = approved_card::of_batch(tx, &batch.number).await?;
    let Ok(kept) = serde_json::from_str::<PaperSettings>(approval) else {
        return Ok(vec![ApprovalChange::Digest]);
    };
    if kept.digest(&approved)? != *digest {
        return Ok(vec![ApprovalChange::Digest]);
    }
    let cards = cards.iter().cloned().map(|card| ApprovalChange::Card(Box::new(card)));
    Ok(kept.changes(&PaperSettings::now(ctx, template_sha256)).into_iter().chain(cards).collect())
}

/// B13: what reaches the paper is as it was approved. A batch of an earlier version has no record of that.
///
/// # Errors
/// [`BatchRefusal::ChangedSinceApproval`], with each setting that is another now.
pub(super) fn settings_hold(ctx: &AppContext, batch: &Batch, template_sha256: &str) -> Result<(), Error> {
    let Some(approval) = &batch.approval else { return Ok(()) };
    let kept: PaperSettings = serde_json::from_str(approval).map_err(DataError::from)?;
    match kept.changes(&PaperSettings::now(ctx, template_sha256)) {
        same if same.is_empty() => Ok(()),
        changes => Err(BatchRefusal::ChangedSinceApproval(changes).into()),
    }
}

/// Cards of an approved batch that are no longer as approved, and went back to the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SentBack {
    /// Cards that differed from the approval.
    pub changed: Vec<ChangedCard>,
}

/// B11: sends the changed cards of an approved batch back to the queue, so that the rest is exactly what was approved. One
/// without a route now is held instead (R2).
///
/// # Errors
/// [`BatchRefusal::ChangedSinceApproval`] where more than cards has changed.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn send_back_changed(ctx: &AppContext, actor: &Actor, number: &BatchNumber) -> Result<SentBack, Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::Batches)?).await?;
    let batch = get(&mut uow, number).await?;
    if batch.state() != BatchState::Approved {
        return Err(super::wrong_state(&mut uow, ctx, &batch, BatchStep::Export).await?.into());
    }
    let job = print_job(&mut uow, ctx, &batch, default_dispatch_date(ctx)).await?;
    let mut found = changes(&mut uow, ctx, &batch, &job.template_sha256, &job.changed).await?;
    found.retain(|change| !change.is_of_card());
    if !found.is_empty() {
        return Err(BatchRefusal::ChangedSinceApproval(found).into());
    }
    let ids: BTreeSet<i64> = job.changed.iter().map(|change| change.card).collect();
    if ids.is_empty() {
        return Ok(SentBack { changed: job.changed });
    }
    let ids: Vec<i64> = ids.into_iter().collect();
    let mut back = Vec::new();
    for gated in gate::judge(store::card::gate_of_cards(&mut uow, &ids).await?, gate::days(ctx)) {
        if let Some(stop) = gate::without_route(&gated) {
            let note = gate::stop(&mut uow, &stop, Some(number)).await?;
            uow.record_all(note).await?;
            continue;
        }
        let Some(mut card) = store::card::get(&mut uow, gated.row.id).await? else { continue };
        let from = card.state();
        card_steps::step(&mut card, CardStep::Undraft)?;
        card.batch_id = None;
        card_steps::save(&mut uow, &card, from).await?;
        back.push(card.id);
    }
    let sent = AuditEvent::ChangedSentBack { cards: ids.into_iter().collect(), requeued: back.len() as u64 };
    uow.commit(sent.batch(number)).await?;
    Ok(SentBack { changed: job.changed })
}
