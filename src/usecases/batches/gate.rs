//! The gate (B7) over a batch: what must be pulled before the dispatch, and at any time what would stop its cards.

use super::get;
use super::listed::listed;
use super::print_job::default_dispatch_date;
use super::stopped::HeldCard;
use crate::domain::gate::{GateFinding, GateReason};
use crate::domain::{BatchNumber, CardState, Permission};
use crate::store::{self, Tx, batch::Batch};
use crate::usecases::gate::{self as judging, Gated};
use crate::usecases::{Actor, AppContext, Error, apart};
use chrono::NaiveDate;

/// A card that must not leave, and why.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Gate {
    /// Row ID of the card.
    pub card: i64,
    /// はがき番号 as printed; empty before the export.
    pub serial: String,
    /// Whose: the member's key.
    pub member: String,
    /// 氏名, to find it by.
    pub name: String,
    /// 事業所名
    pub employer: String,
    /// The first reason, with what was printed and what is true now.
    #[serde(flatten)]
    pub finding: GateFinding,
    /// Further reasons of the same card.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<GateFinding>,
}

/// A card whose member is covered for a few days only.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct LeavingSoon {
    /// Row ID of the card.
    #[serde(skip)]
    pub card: i64,
    /// はがき番号 as printed; empty before the export.
    pub serial: String,
    /// Whose: the member's key.
    pub member: String,
    /// `leaving_soon`
    pub reason: &'static str,
    /// 資格喪失日 of the member, or of the insured.
    pub on: NaiveDate,
}

/// What the gate says of a batch now.
#[derive(Debug, Clone, serde::Serialize)]
pub struct GateReport {
    /// Number of the batch.
    pub batch: BatchNumber,
    /// Cards that must not leave.
    pub cards: Vec<Gate>,
    /// R2: cards of a draft that have no route, and will be held.
    pub holds: Vec<HeldCard>,
    /// Cards that may, for the time being.
    pub warnings: Vec<LeavingSoon>,
}

/// B7: which cards of a printed batch must be pulled, as things stand now; a look.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn gate(ctx: &AppContext, actor: &Actor, number: &BatchNumber) -> Result<Vec<Gate>, Error> {
    let allowed = actor.allowed(Permission::Batches)?;
    let mut tx = ctx.read(&allowed).await?;
    let batch = get(&mut tx, number).await?;
    let stopped = to_pull(&mut tx, ctx, &batch, leaves_on(ctx, &batch)).await?;
    listed(ctx, &allowed, tx, &number.to_string(), &stopped.iter().map(|gate| gate.card).collect::<Vec<_>>()).await?;
    Ok(stopped)
}

/// B7: every card of a batch that must not leave as things stand now, at whatever step the batch is; a look.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn gate_report(ctx: &AppContext, actor: &Actor, number: &BatchNumber) -> Result<GateReport, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let mut tx = ctx.read(&allowed).await?;
    let batch = get(&mut tx, number).await?;
    let report = report(&mut tx, ctx, &batch).await?;
    let waiting = report.holds.iter().map(|held| held.card);
    let warned = report.warnings.iter().map(|warning| warning.card);
    let cards: Vec<i64> = report.cards.iter().map(|gate| gate.card).chain(waiting).chain(warned).collect();
    listed(ctx, &allowed, tx, &number.to_string(), &cards).await?;
    Ok(report)
}

/// The same among other questions.
pub(super) async fn report(tx: &mut Tx, ctx: &AppContext, batch: &Batch) -> Result<GateReport, Error> {
    let judged = judged(tx, ctx, batch, leaves_on(ctx, batch)).await?;
    let live = |state| matches!(state, CardState::Drafted | CardState::Exported | CardState::Printed);
    let judged: Vec<Gated> = judged.into_iter().filter(|gated| live(gated.row.state)).collect();
    let warnings = judged.iter().filter(|gated| gated.findings.is_empty()).filter_map(leaving);
    let warnings = warnings.collect();
    let holds = judged.iter().filter(|gated| gated.findings.is_empty()).filter_map(to_be_held).collect();
    let cards = judged.into_iter().filter_map(Gate::of).collect();
    Ok(GateReport { batch: batch.number.clone(), cards, holds, warnings })
}

/// R2: a card of a draft that will be held. On paper it is found by its changed destination.
fn to_be_held(gated: &Gated) -> Option<HeldCard> {
    let stop = judging::without_route(gated).filter(|_| gated.row.state == CardState::Drafted)?;
    let (card, reason) = (stop.card, stop.held()?);
    Some(HeldCard { card, member: stop.member, reason, detail: None, faults: Vec::new() })
}

fn leaving(gated: &Gated) -> Option<LeavingSoon> {
    let serial = gated.row.serial.clone().unwrap_or_default();
    let (member, on) = (gated.row.key.to_string(), gated.leaving_on?);
    Some(LeavingSoon { card: gated.row.id, serial, member, reason: "leaving_soon", on })
}

/// The day on which a batch is to leave, as things stand.
pub(in crate::usecases) fn leaves_on(ctx: &AppContext, batch: &Batch) -> NaiveDate {
    batch.planned_on.unwrap_or_else(|| default_dispatch_date(ctx)).max(ctx.clock.today())
}

/// Every card of a batch that would leave on `on`, beside those of the other kind (S6).
pub(super) async fn judged(tx: &mut Tx, ctx: &AppContext, batch: &Batch, on: NaiveDate) -> Result<Vec<Gated>, Error> {
    let delays = apart::in_batch(tx, ctx, batch, on).await?;
    Ok(judging::judge_apart(store::card::gate_of_batch(tx, batch.id).await?, &delays, judging::days(ctx)))
}

/// The printed cards that must be pulled where the batch leaves on `on`.
pub(super) async fn to_pull(tx: &mut Tx, ctx: &AppContext, batch: &Batch, on: NaiveDate) -> Result<Vec<Gate>, Error> {
    let judged = judged(tx, ctx, batch, on).await?;
    Ok(judged.into_iter().filter(|gated| gated.row.state == CardState::Printed).filter_map(Gate::of).collect())
}

impl Gate {
    /// A card that must not leave, if that is so.
    fn of(gated: Gated) -> Option<Self> {
        let approved = gated.row.approved();
        let mut findings = gated.findings.into_iter();
        let finding = findings.next()?;
        let (name, employer) = match approved {
            Some(approved) => (approved.person.name, approved.route.company),
            None => (gated.row.name.clone(), gated.row.employer().map(|it| it.company).unwrap_or_default()),
        };
        let (serial, member) = (gated.row.serial.unwrap_or_default(), gated.row.key.to_string());
        Some(Self { card: gated.row.id, serial, member, name, employer, finding, also: findings.collect() })
    }

    /// The first reason.
    pub const fn reason(&self) -> GateReason {
        self.finding.reason
    }
}
