//! B11: what an approver sees of a draft before it binds, and what has changed since.

use super::approval::{self, PaperSettings};
use super::gate::{GateReport, report};
use super::paper::settings_at_fault;
use super::print_job::{PrintJob, approvals, default_dispatch_date, print_job};
use super::stopped::{ApartCard, HeldCard};
use crate::domain::gate::{ApprovalChange, CardRoute};
use crate::domain::{Asker, BatchState, CardCause, CardKind};
use crate::store::{self, Tx, address_change, approved_card::ApprovedCard, batch::Batch, card::GateRow};
use crate::text::japan::day_of;
use crate::usecases::addresses::ChangedAddress;
use crate::usecases::{AppContext, Error};
use std::collections::{BTreeMap, BTreeSet};

/// Days in which a changed address is recent.
const RECENT: chrono::Days = chrono::Days::new(30);

/// R3: a card that goes to no employer.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct OneOffCard {
    /// Whose: the member's key.
    pub member: String,
    /// Where it goes.
    pub to: CardRoute,
}

/// R6: an employer to which nothing was sent before.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FirstTimeEmployer {
    /// 事業所記号
    pub code: String,
    /// 事業所名
    pub name: String,
    /// Cards of the batch that go there.
    pub cards: u64,
}

/// R6: a member whose insured has had another employer until lately.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct MovedMember {
    /// The member's key.
    pub member: String,
    /// 事業所記号 and name before; none where there was none.
    pub before: Option<String>,
    /// 事業所記号 and name of the employer that the card goes to; none where it goes elsewhere.
    pub after: Option<String>,
}

/// What deserves a look before a step is taken.
#[derive(Debug, Default, Clone, serde::Serialize)]
pub struct BatchReview {
    /// How many cards of which kind.
    pub kinds: BTreeMap<CardKind, u64>,
    /// How many for which cause.
    pub causes: BTreeMap<CardCause, u64>,
    /// How many each asked for.
    pub asked_by: BTreeMap<Asker, u64>,
    /// Cards that will be held, with field and character (B4).
    pub held: Vec<HeldCard>,
    /// Cards that will wait in the queue (S6).
    pub apart: Vec<ApartCard>,
    /// How many are not wanted any more, and will be cancelled (B7).
    pub cancelled: usize,
    /// Employers in it whose address was changed in the last thirty days, or waits to be confirmed (R6).
    pub addresses: Vec<ChangedAddress>,
    /// Employers to which nothing was sent before (R6).
    pub first_time: Vec<FirstTimeEmployer>,
    /// Members whose insured has had another employer within thirty days before the card was asked for, or since (R6).
    pub moved: Vec<MovedMember>,
    /// Cards that go to a one-off address (R3).
    pub one_off: Vec<OneOffCard>,
    /// Members with more than one card in it.
    pub twice: Vec<String>,
    /// Members whose cards the drafter asked for.
    pub by_drafter: Vec<String>,
    /// Cards that were in an earlier batch, and came back from it: member and batch.
    pub leftovers: Vec<(String, String)>,
    /// What differs from the approval (B11).
    pub changed: Vec<ApprovalChange>,
    /// Of a draft: the digest over all that an approval would bind now.
    pub digest: Option<String>,
    /// What the gate says now (B7).
    pub gate: Option<GateReport>,
    /// Keys of settings with which nothing can be printed.
    pub settings: Vec<&'static str>,
}

/// The review of a batch that has not left; none of one that has.
pub(super) async fn review(tx: &mut Tx, ctx: &AppContext, batch: &Batch) -> Result<Option<BatchReview>, Error> {
    match batch.state() {
        BatchState::Dispatched | BatchState::Cancelled | BatchState::Expired => return Ok(None),
        BatchState::Draft | BatchState::Approved | BatchState::Exported | BatchState::Printed => {}
    }
    let mut rows = store::card::gate_of_batch(tx, batch.id).await?;
    rows.retain(|row| row.state.is_in_pile());
    let mut review = BatchReview::default();
    for row in &rows {
        review.count(row, batch);
    }
    review.twice = twice(&rows);
    let employers: BTreeSet<i64> = rows.iter().filter_map(|row| row.employer_id).collect();
    let since = ctx.clock.today() - RECENT;
    for employer in employers {
        let changes = address_change::of_employer(tx, employer).await?.into_iter();
        let recent = changes.filter(|it| it.confirmed_at.is_none() || day_of(it.changed_at) >= since);
        // The one that waits to be confirmed, or else the latest.
        let latest = recent.max_by_key(|it| (it.confirmed_at.is_none(), it.changed_at));
        review.addresses.extend(latest.map(ChangedAddress::from));
    }
    review.first_time = first_time(tx, &rows).await?;
    review.moved = moved(tx, &rows).await?;
    review.leftovers = store::batch_card::earlier(tx, batch.id).await?;
    review.gate = Some(report(tx, ctx, batch).await?);
    if matches!(batch.state(), BatchState::Draft | BatchState::Approved) {
        let job = match print_job(tx, ctx, batch, default_dispatch_date(ctx)).await {
            // A batch can be looked at, whatever the settings say.
            Err(error) if !settings_at_fault(&error).is_empty() => {
                review.settings = settings_at_fault(&error);
                return Ok(Some(review));
            }
            job => job?,
        };
        let PrintJob { sheets, stopped, changed, template_sha256, .. } = job;
        if batch.state() == BatchState::Approved {
            review.changed = approval::changes(tx, ctx, batch, &template_sha256, &changed).await?;
        } else {
            let now = ctx.clock.now();
            let cards = approvals(&sheets).into_iter().map(|card| ApprovedCard::new(&batch.number, now, card));
            review.digest = Some(PaperSettings::now(ctx, &template_sha256).digest(&cards.collect::<Vec<_>>())?);
        }
        let stops = stopped.len();
        review.apart = ApartCard::of(&stopped);
        review.held = HeldCard::of(stopped);
        review.cancelled = stops - review.held.len() - review.apart.len();
    }
    Ok(Some(review))
}

impl BatchReview {
    fn count(&mut self, row: &GateRow, batch: &Batch) {
        *self.kinds.entry(row.kind).or_default() += 1;
        *self.causes.entry(row.cause).or_default() += 1;
        let asker = row.asker();
        let by_drafter = asker.is_staff(&batch.drafted_by);
        *self.asked_by.entry(asker).or_default() += 1;
        let member = row.key.to_string();
        self.one_off.extend(row.one_off().map(|to| OneOffCard { member, to }));
        if by_drafter {
            self.by_drafter.push(row.key.to_string());
        }
    }
}

/// Members with more than one card in a batch.
fn twice(rows: &[GateRow]) -> Vec<String> {
    let mut counts: BTreeMap<i64, (String, u64)> = BTreeMap::new();
    for row in rows {
        counts.entry(row.member_id).or_insert_with(|| (row.key.to_string(), 0)).1 += 1;
    }
    counts.into_values().filter(|(_, count)| *count > 1).map(|(member, _)| member).collect()
}

/// R6: employers of a batch to which nothing was sent before, by code.
async fn first_time(tx: &mut Tx, rows: &[GateRow]) -> Result<Vec<FirstTimeEmployer>, Error> {
    let mut found: BTreeMap<i64, FirstTimeEmployer> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.one_off().is_none()) {
        let (Some(id), Some(route)) = (row.employer_id, row.employer()) else { continue };
        let employer = || FirstTimeEmployer { code: route.code().to_owned(), name: route.company.clone(), cards: 0 };
        found.entry(id).or_insert_with(employer).cards += 1;
    }
    let ids: Vec<i64> = found.keys().copied().collect();
    for known in store::employer::sent_to(tx, &ids).await? {
        found.remove(&known);
    }
    let mut found: Vec<_> = found.into_values().collect();
    found.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(found)
}

/// R6: members of a batch whose insured has had another employer until lately, in the order of the pile.
async fn moved(tx: &mut Tx, rows: &[GateRow]) -> Result<Vec<MovedMember>, Error> {
    let insured = |row: &GateRow| row.insured_id.unwrap_or(row.member_id);
    let ids: BTreeSet<i64> = rows.iter().map(insured).collect();
    let ids: Vec<i64> = ids.into_iter().collect();
    let left = store::version::left_employers(tx, &ids).await?;
    let of_row = |row: &GateRow| {
        let since = row.requested_at - RECENT;
        let left = left.iter().find(|it| it.member_id == insured(row) && it.until_at >= since)?;
        let named = |code: &str, name: &str| format!("{code} {name}");
        let before = left.code.as_deref().zip(left.name.as_deref()).map(|(code, name)| named(code, name));
        let after = row.employer().map(|route| named(route.code(), &route.company));
        Some(MovedMember { member: row.key.to_string(), before, after })
    };
    Ok(rows.iter().filter_map(of_row).collect())
}
