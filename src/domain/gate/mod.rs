//! B7: why a card must not leave: what was approved for it, against what is true now.

mod change;
mod facts;
mod reason;
#[cfg(test)]
mod tests;

pub use change::{ApprovalChange, ChangedCard, fingerprint};
pub use facts::{
    Approved, CardPerson, CardRoute, Delay, FamilyOf, GateDays, GateFacts, GateValue, Protection, RouteNow,
};
pub use reason::{ApprovalDifference, BeforePrinting, GateReason};

use super::{CardKind, DeadReason, HoldReason, WebDisplay};
use chrono::NaiveDate;

/// A reason of the gate, with what was approved and what is true now.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct GateFinding {
    /// What stops the card.
    pub reason: GateReason,
    /// What was approved, and is printed on a printed card.
    pub printed: GateValue,
    /// What is true now.
    pub now: GateValue,
}

/// B7: every reason why this card must not leave; the first decides what its password dies of. `approved` is none
/// until the batch is approved.
pub fn gate(approved: Option<&Approved>, facts: &GateFacts, days: GateDays) -> Vec<GateFinding> {
    let mut found: Vec<GateFinding> = dead(facts)
        .into_iter()
        .chain(lost(facts, days.today))
        .chain(display(facts))
        .chain(recovered(facts))
        .chain(approved.and_then(|approved| other_person(approved, facts)))
        .chain(protected(facts))
        .chain(place(approved, facts))
        .chain(too_close(facts))
        .collect();
    let mut seen = Vec::new();
    found.retain(|finding| {
        let first = !seen.contains(&finding.reason);
        seen.push(finding.reason);
        first
    });
    found
}

/// B7, as a warning: the day within the next ten business days on which the member, or the insured, is covered no longer.
pub fn leaving_soon(facts: &GateFacts, days: GateDays) -> Option<NaiveDate> {
    let soon = |day: &NaiveDate| *day > days.today && *day <= days.soon;
    [facts.lost_on, facts.insured_lost_on].into_iter().flatten().filter(soon).min()
}

fn finding(reason: GateReason, printed: impl Into<GateValue>, now: impl Into<GateValue>) -> GateFinding {
    GateFinding { reason, printed: printed.into(), now: now.into() }
}

/// What an event has ended already.
fn dead(facts: &GateFacts) -> Option<GateFinding> {
    let reason = GateReason::of(facts.dead?);
    Some(finding(reason, GateValue::None, facts.dead_on))
}

fn lost(facts: &GateFacts, today: NaiveDate) -> Option<GateFinding> {
    let over = |day: Option<NaiveDate>| day.filter(|day| *day <= today);
    if let Some(day) = over(facts.lost_on) {
        return Some(finding(GateReason::MemberLost, GateValue::None, day));
    }
    if let Some(at) = facts.closed_at {
        return Some(finding(GateReason::Closed, GateValue::None, at));
    }
    over(facts.insured_lost_on).map(|day| finding(GateReason::InsuredLost, GateValue::None, day))
}

fn display(facts: &GateFacts) -> Option<GateFinding> {
    let off = facts.kind == CardKind::Viewing && facts.web_display == WebDisplay::NotWanted;
    off.then(|| finding(GateReason::DisplayOff, WebDisplay::Wanted, WebDisplay::NotWanted))
}

/// L4: instants are compared, not days.
fn recovered(facts: &GateFacts) -> Option<GateFinding> {
    if facts.kind != CardKind::Login {
        return None;
    }
    let since = |at: &chrono::DateTime<chrono::Utc>| *at > facts.requested_at;
    let own = [facts.last_login_at, facts.login_changed_at].into_iter().flatten().filter(since).max()?;
    Some(finding(GateReason::Recovered, facts.requested_at, own))
}

/// A11: a change of the name alone, or of the birth date alone, is a correction. What was printed before birth dates were
/// kept is not judged.
fn other_person(approved: &Approved, facts: &GateFacts) -> Option<GateFinding> {
    let (then, now) = (&approved.person, &facts.holder);
    let born = then.born_on.zip(now.born_on).is_some_and(|(then, now)| then != now);
    let named = crate::text::name_key(&then.name) != crate::text::name_key(&now.name);
    (born && named).then(|| finding(GateReason::OtherPerson, then.clone(), now.clone()))
}

/// R7: a one-off address is the only way out.
fn protected(facts: &GateFacts) -> Option<GateFinding> {
    let stands = match (&facts.route, facts.protection) {
        (RouteNow::OneOff(_), _) | (_, Protection::None) => false,
        (RouteNow::Employer(_) | RouteNow::Nowhere { .. }, Protection::Stands) => true,
    };
    stands.then(|| finding(GateReason::Protected, GateValue::None, GateValue::None))
}

/// R5: where the card would go now, against where it was approved to go.
fn place(approved: Option<&Approved>, facts: &GateFacts) -> Option<GateFinding> {
    let then = approved.map(|approved| &approved.route);
    let printed = || then.cloned().map_or(GateValue::None, GateValue::from);
    let (reason, now) = match &facts.route {
        RouteNow::Nowhere { employer, reason: HoldReason::Withdrawn } => {
            return Some(finding(GateReason::Withdrawn, printed(), employer.clone()));
        }
        RouteNow::Nowhere { reason: HoldReason::InsuredLost, .. } => {
            return Some(finding(GateReason::InsuredLost, GateValue::None, facts.insured_lost_on));
        }
        RouteNow::Nowhere { reason: HoldReason::Voluntary | HoldReason::NoEmployer, .. } => {
            (GateReason::OtherEmployer, GateValue::None)
        }
        RouteNow::Nowhere { employer, .. } => (moved(then, employer.as_ref()), employer.clone().into()),
        RouteNow::Employer(now) | RouteNow::OneOff(now) => (moved(then, Some(now)), now.clone().into()),
    };
    let differs = now != printed();
    (then.is_some() && differs).then(|| finding(reason, printed(), now))
}

/// Whether the same employer has moved, or it is another one.
fn moved(then: Option<&CardRoute>, now: Option<&CardRoute>) -> GateReason {
    let code = |route: Option<&CardRoute>| route.and_then(|route| route.employer_code.clone());
    if code(then) == code(now) { GateReason::Moved } else { GateReason::OtherEmployer }
}

/// S6
fn too_close(facts: &GateFacts) -> Option<GateFinding> {
    facts.delay.clone().map(|delay| finding(GateReason::TooClose, GateValue::None, delay))
}

impl GateReason {
    /// What has ended a password, as a reason of the gate.
    pub const fn of(dead: DeadReason) -> Self {
        match dead {
            DeadReason::Superseded => Self::Superseded,
            DeadReason::SelfChanged => Self::SelfChanged,
            DeadReason::DisplayOff => Self::DisplayOff,
            DeadReason::MemberLost => Self::MemberLost,
            DeadReason::NumberChanged => Self::NumberChanged,
            DeadReason::Recovered => Self::Recovered,
            DeadReason::OtherPerson => Self::OtherPerson,
            DeadReason::InsuredLost => Self::InsuredLost,
            DeadReason::Moved => Self::Moved,
            DeadReason::Withdrawn => Self::Withdrawn,
            DeadReason::OtherEmployer => Self::OtherEmployer,
            DeadReason::Protected => Self::Protected,
            DeadReason::TooClose => Self::TooClose,
            DeadReason::Returned | DeadReason::ByHand | DeadReason::Expired | DeadReason::Exposed => Self::Closed,
        }
    }
}
