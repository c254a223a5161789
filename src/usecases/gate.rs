//! B7: the gate, with its facts read from the store. Used at every step of a batch, and by imports.

use super::apart::Delays;
use super::audit::{AuditEvent, CardRef, NoteFacts};
use super::card_steps::{self, card_of, revoke, step};
use super::{AppContext, Error, UnitOfWork, proposals};
use crate::domain::gate::{
    self, Approved, BeforePrinting, CardPerson, Delay, FamilyOf, GateDays, GateFacts, GateFinding, Protection, RouteNow,
};
use crate::domain::route::{self, EmployerFacts};
use crate::domain::{BatchNumber, CardStep, HoldReason, Relation};
use crate::store::card::GateRow;
use chrono::NaiveDate;

/// A card, and what the gate says of it.
#[derive(Debug, Clone)]
pub(super) struct Gated {
    /// The card as it stands.
    pub(super) row: GateRow,
    /// What is true of it now.
    pub(super) facts: GateFacts,
    /// Why it must not leave.
    pub(super) findings: Vec<GateFinding>,
    /// The day on which its member is covered no longer, where that is soon.
    pub(super) leaving_on: Option<NaiveDate>,
}

/// The days that the gate looks at, today.
pub(super) fn days(ctx: &AppContext) -> GateDays {
    let today = ctx.clock.today();
    GateDays { today, soon: ctx.workdays.after(today, GateDays::SOON) }
}

/// What the gate says of cards, each by itself.
pub(super) fn judge(rows: Vec<GateRow>, days: GateDays) -> Vec<Gated> {
    judge_apart(rows, &Delays::new(), days)
}

/// What the gate says of cards that may be too close to others (S6).
pub(super) fn judge_apart(rows: Vec<GateRow>, delays: &Delays, days: GateDays) -> Vec<Gated> {
    let judged = rows.into_iter().map(|row| {
        let delay = delays.get(&row.id).cloned();
        let facts = GateFacts { delay, ..facts(&row, days.today) };
        let approved: Option<Approved> = row.approved();
        let findings = gate::gate(approved.as_ref(), &facts, days);
        let leaving_on = gate::leaving_soon(&facts, days);
        Gated { row, facts, findings, leaving_on }
    });
    judged.collect()
}

/// What is true of a card now.
pub(super) fn facts(row: &GateRow, today: NaiveDate) -> GateFacts {
    GateFacts {
        kind: row.kind,
        holder: CardPerson { name: row.holder_name.clone(), born_on: Some(row.holder_born_on) },
        lost_on: row.lost_on,
        insured_lost_on: row.insured_gone_on(),
        closed_at: row.closed_at,
        dead: row.dead_reason.0,
        dead_on: row.dead_on,
        web_display: row.web_display,
        route: route_now(row, today),
        protection: if row.protected { Protection::Stands } else { Protection::None },
        requested_at: row.requested_at,
        last_login_at: row.last_login_at,
        login_changed_at: row.login_changed_at,
        delay: None,
    }
}

/// The insured by which the employer knows a dependent's household; none on an insured's own card.
pub(super) fn family_of(row: &GateRow) -> Option<FamilyOf> {
    let of_dependent = row.relation == Relation::Dependent && row.insured_id != Some(row.member_id);
    let insured = row.insured_name.clone().filter(|_| of_dependent && !row.of_earlier_insured);
    FamilyOf::of(insured, Some(row.relationship.clone()))
}

/// R1 to R3: the same as `routes::destination`, from the columns of one query.
pub(super) fn route_now(row: &GateRow, today: NaiveDate) -> RouteNow {
    match (ordinary_route(row, today), row.one_off()) {
        (RouteNow::Nowhere { .. }, Some(route)) => RouteNow::OneOff(route),
        (ordinary, _) => ordinary,
    }
}

/// R1, R2: the route by the insured's employer, or why there is none.
fn ordinary_route(row: &GateRow, today: NaiveDate) -> RouteNow {
    let employer = row.employer();
    let facts =
        employer.as_ref().map(|employer| EmployerFacts { withdrawn_on: row.withdrawn_on, address: &employer.address1 });
    let protected = row.protected.then_some(HoldReason::Protected);
    // A11, A12: of an earlier insured, or of one who is lost or has another number, while the family is not.
    let lost = row.insured_gone_on().is_some_and(|day| day <= today);
    if row.of_earlier_insured {
        return RouteNow::Nowhere { employer: None, reason: protected.unwrap_or(HoldReason::InsuredLost) };
    }
    let unconfirmed = (row.unconfirmed > 0).then_some(HoldReason::AddressChanged);
    let obstacle = protected.or(lost.then_some(HoldReason::InsuredLost));
    match (obstacle.or_else(|| route::obstacle(row.voluntary, facts, today)).or(unconfirmed), employer) {
        (None, Some(employer)) => RouteNow::Employer(employer),
        (reason, employer) => RouteNow::Nowhere { employer, reason: reason.unwrap_or(HoldReason::NoEmployer) },
    }
}

/// What becomes of a card that is not printed yet, by the first reason that decides it; none where it may go on. R2 counts
/// here, too: a card without a route waits.
pub(super) fn before_printing(gated: &Gated) -> Option<BeforePrinting> {
    let first = gated.findings.first().map(|finding| finding.reason.before_printing());
    first.or_else(|| without_route(gated).map(|stop| stop.how))
}

/// A card that the gate takes out of the way before it is printed.
#[derive(Debug, Clone)]
pub(super) struct Stop {
    /// Row ID of the card.
    pub(super) card: i64,
    /// The member's key.
    pub(super) member: String,
    /// The employer that it belongs to by today's registry.
    employer: Option<i64>,
    /// What becomes of it.
    pub(super) how: BeforePrinting,
    /// What exactly, in codes.
    pub(super) detail: Option<String>,
    /// S6: how long it waits for the other kind, where it does.
    pub(super) delay: Option<Delay>,
}

impl Stop {
    /// Stops a card.
    pub(super) fn of(gated: &Gated, how: BeforePrinting) -> Self {
        let row = &gated.row;
        let employer = match &gated.facts.route {
            RouteNow::Employer(_) | RouteNow::Nowhere { employer: Some(_), .. } => row.employer_id,
            RouteNow::OneOff(_) | RouteNow::Nowhere { employer: None, .. } => None,
        };
        let delay = gated.facts.delay.clone().filter(|_| how == BeforePrinting::Requeue);
        Self { card: row.id, member: row.key.to_string(), employer, how, detail: None, delay }
    }

    /// With what exactly stops it.
    pub(super) fn because(self, detail: Option<String>) -> Self {
        Self { detail, ..self }
    }

    /// Why the card waits; nothing where it is cancelled.
    pub(super) const fn held(&self) -> Option<HoldReason> {
        match self.how {
            BeforePrinting::Hold(reason) => Some(reason),
            BeforePrinting::Requeue | BeforePrinting::Cancel(_) | BeforePrinting::Changed(_) => None,
        }
    }
}

/// R2: what stops a card that has no route now, whatever else is true of it.
pub(super) fn without_route(gated: &Gated) -> Option<Stop> {
    match &gated.facts.route {
        RouteNow::Nowhere { reason, .. } => Some(Stop::of(gated, BeforePrinting::Hold(*reason))),
        RouteNow::Employer(_) | RouteNow::OneOff(_) => None,
    }
}

/// Holds a card with the reason, puts it back into the queue (S6), or cancels it where it is not wanted any more; one that is no longer as approved is left
/// alone. The note is still to be recorded.
pub(super) async fn stop(
    uow: &mut UnitOfWork,
    stop: &Stop,
    batch: Option<&BatchNumber>,
) -> Result<Option<NoteFacts>, Error> {
    let (mut card, member) = card_of(uow, stop.card).await?;
    let from = card.state();
    let event = match stop.how {
        BeforePrinting::Changed(_) => return Ok(None),
        BeforePrinting::Hold(reason) => {
            step(&mut card, CardStep::Hold)?;
            card.reason = Some(reason.code().to_owned());
            card.reason_detail = stop.detail.clone();
            AuditEvent::CardHeld { card: CardRef::from(&card), reason }
        }
        BeforePrinting::Requeue => {
            step(&mut card, CardStep::Undraft)?;
            AuditEvent::CardApart { card: CardRef::from(&card) }
        }
        BeforePrinting::Cancel(reason) => {
            step(&mut card, CardStep::Cancel)?;
            revoke(&mut card, reason, uow.today());
            AuditEvent::CardCancelled { card: CardRef::from(&card), reason: Some(reason) }
        }
    };
    card.batch_id = None;
    card.employer_id = stop.employer;
    card_steps::save(uow, &card, from).await?;
    if matches!(stop.how, BeforePrinting::Cancel(_)) {
        proposals::withdraw(uow, &member, card.id).await?;
    }
    Ok(Some(event.on(member.key()).in_batch(batch)))
}
