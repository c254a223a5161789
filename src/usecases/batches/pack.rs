//! 封入 (B14): the cards of a printed batch go into parcels, and each is scanned on its way.

use super::gate::{judged, leaves_on};
use super::in_hand::{pulled_before, ranges};
use super::{get, out_of_place};
use crate::domain::packing::{Packable, Packing, ParcelName, PileCard, ScanAnswer};
use crate::domain::{BatchNumber, BatchState, CardState, Permission};
use crate::store::{self, Tx, audit_read, audit_read::AuditQuery};
use crate::usecases::audit::{Act, AuditEvent, IdRanges, Recorded};
use crate::usecases::gate::Gated;
use crate::usecases::refusal::BatchAct;
use crate::usecases::{Actor, AppContext, Error};
use std::collections::BTreeSet;

/// What was scanned, and what is to be said to it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Scanned {
    /// As it was typed.
    pub code: String,
    /// Whether it belongs there.
    #[serde(flatten)]
    pub answer: ScanAnswer,
}

/// A parcel of which cards were scanned.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct PackedParcel {
    /// The employer of the parcel.
    #[serde(flatten)]
    pub parcel: ParcelName,
    /// Cards that belong into it.
    pub cards: usize,
    /// はがき番号 of those that were not scanned.
    pub missing: Vec<String>,
}

/// What came of scanning.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Packed {
    /// Number of the batch.
    pub batch: BatchNumber,
    /// Every code, in its order.
    pub scans: Vec<Scanned>,
    /// The parcels that were begun.
    pub parcels: Vec<PackedParcel>,
}

impl Packed {
    /// Whether every code was right, and every parcel that was begun is complete.
    pub fn is_right(&self) -> bool {
        let is_whole = |parcel: &PackedParcel| parcel.missing.is_empty();
        self.scans.iter().all(|scan| scan.answer.is_right()) && self.parcels.iter().all(is_whole)
    }
}

/// The pile of a batch, as the gate sees it now.
///
/// # Errors
/// [`BatchRefusal::OutOfPlace`](crate::usecases::refusal::BatchRefusal::OutOfPlace) unless the batch is printed.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn packing(ctx: &AppContext, actor: &Actor, number: &BatchNumber) -> Result<Packing, Error> {
    let mut tx = ctx.read(&actor.allowed(Permission::Batches)?).await?;
    let batch = get(&mut tx, number).await?;
    if batch.state() != BatchState::Printed {
        return Err(out_of_place(&batch, BatchAct::Pack));
    }
    let cards = store::card::of_batch(&mut tx, batch.id).await?;
    let pulled = pulled_before(&mut tx, &batch, &cards).await?;
    let judged = judged(&mut tx, ctx, &batch, leaves_on(ctx, &batch)).await?;
    let pile = judged.into_iter().filter_map(|gated| in_pile(gated, &pulled)).collect();
    let mut packing = Packing::new(batch.number, pile);
    let before = packed_before(&mut tx, number).await?;
    // While its cards are the same: one more, or one less, and it is packed again.
    let is_whole = |parcel: &&ParcelName| before.contains(&cards_of(&packing, parcel));
    let whole: Vec<ParcelName> = packing.parcels().into_iter().filter(is_whole).cloned().collect();
    whole.iter().for_each(|parcel| packing.resume(parcel));
    Ok(packing)
}

fn cards_of(packing: &Packing, parcel: &ParcelName) -> IdRanges {
    ranges(&packing.cards_of(parcel).map(|(_, id)| id).collect())
}

/// The cards of each parcel that was complete before.
async fn packed_before(tx: &mut Tx, number: &BatchNumber) -> Result<Vec<IdRanges>, Error> {
    let query = AuditQuery {
        batch: Some(number.to_string()),
        actions: vec![Act::ParcelPacked.code()],
        ..AuditQuery::default()
    };
    let entries = audit_read::read(tx, &query, i64::MAX).await?;
    let cards = entries.iter().filter_map(|entry| match Recorded::of(entry) {
        Recorded::Event(AuditEvent::ParcelPacked { cards, .. }) => Some(cards),
        _ => None,
    });
    Ok(cards.collect())
}

fn in_pile(gated: Gated, pulled: &BTreeSet<String>) -> Option<(String, PileCard)> {
    let route = gated.row.approved().map(|approved| approved.route);
    let parcel = route.and_then(|route| Some(ParcelName { employer: route.employer_code?, name: route.company }));
    let serial = gated.row.serial?;
    let packable = match gated.findings.first() {
        _ if gated.row.state != CardState::Printed || pulled.contains(&serial) => Packable::NotInPile,
        Some(finding) => Packable::MustPull(finding.reason),
        None => Packable::Yes,
    };
    Some((serial, PileCard { id: gated.row.id, parcel, packable }))
}

/// Takes scanned codes in their order, and records the parcels that are complete.
///
/// # Errors
/// As of [`packing`].
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn pack(ctx: &AppContext, actor: &Actor, number: &BatchNumber, codes: &[String]) -> Result<Packed, Error> {
    let mut packing = packing(ctx, actor, number).await?;
    let mut begun = BTreeSet::new();
    let mut scans = Vec::with_capacity(codes.len());
    for code in codes {
        let answer = packing.scan(code);
        begun.extend(packing.parcel().cloned());
        scans.push(Scanned { code: code.clone(), answer });
    }
    let parcel = |parcel: ParcelName| PackedParcel {
        cards: packing.cards_of(&parcel).count(),
        missing: packing.missing(&parcel),
        parcel,
    };
    let parcels: Vec<PackedParcel> = begun.into_iter().map(parcel).collect();
    for whole in parcels.iter().filter(|parcel| parcel.missing.is_empty()) {
        let cards = cards_of(&packing, &whole.parcel);
        let packed = AuditEvent::ParcelPacked { employer: whole.parcel.employer.clone(), cards };
        ctx.begin(&actor.allowed(Permission::Batches)?).await?.commit(packed.batch(number)).await?;
    }
    Ok(Packed { batch: number.clone(), scans, parcels })
}
