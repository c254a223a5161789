//! Where cards go (R1, R2, R3).

use super::Error;
use super::household::household;
use crate::domain::HoldReason;
use crate::domain::route;
use crate::store::{self, Tx, employer::Employer, member::Member};
use chrono::NaiveDate;

/// Where a member's cards go.
#[derive(Debug, Clone)]
pub(super) struct Route {
    /// The insured's employer (R1).
    pub employer: Option<Employer>,
    /// Why no card can go there today.
    pub obstacle: Option<HoldReason>,
}

/// R1: dependents' cards go to the insured's employer, too. R7: a protected person's go nowhere by this route, and A12:
/// a dependant's do not while the insured is lost.
pub(super) async fn route_of(tx: &mut Tx, today: NaiveDate, member: &Member) -> Result<Route, Error> {
    let protected = store::protection::of_person(tx, member.person()).await?.map(|_| HoldReason::Protected);
    let Some(insured) = household(tx, member).await?.insured else {
        return Ok(Route { employer: None, obstacle: protected.or(Some(HoldReason::InsuredLost)) });
    };
    let employer = match insured.employer_id {
        Some(id) => store::employer::get(tx, id).await?,
        None => None,
    };
    let facts = employer.as_ref().map(|employer| employer.record.facts());
    let dependent = (insured.id != member.id).then_some(insured.lost_on).flatten();
    let insured_lost = dependent.filter(|day| *day <= today).map(|_| HoldReason::InsuredLost);
    let mut obstacle = protected.or(insured_lost).or_else(|| route::obstacle(insured.voluntary, facts, today));
    if let (None, Some(employer)) = (obstacle, &employer)
        && store::address_change::is_unconfirmed(tx, employer.id).await?
    {
        obstacle = Some(HoldReason::AddressChanged);
    }
    Ok(Route { employer, obstacle })
}

/// Where a card goes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Destination {
    /// R1: to the representative address of the employer with this row id.
    Employer(i64),
    /// R3: where two supervisors have sent it.
    OneOff,
    /// R2: nowhere yet.
    Nowhere(HoldReason),
}

/// R3 before R1: an approved address was chosen because there was no route, and stays chosen until the card is sent. R7: one
/// that was approved before a protective measure may be the family's home, and counts no more.
pub(super) async fn destination(
    tx: &mut Tx,
    today: NaiveDate,
    one_off: Option<i64>,
    member: &Member,
) -> Result<Destination, Error> {
    if let Some(id) = one_off
        && let Some(approved) = store::one_off::get(tx, id).await?
        && store::protection::of_person(tx, member.person())
            .await?
            .is_none_or(|measure| approved.decided_at.is_some_and(|at| at > measure.set_at))
    {
        return Ok(Destination::OneOff);
    }
    let route = route_of(tx, today, member).await?;
    Ok(match (route.employer, route.obstacle) {
        (Some(employer), None) => Destination::Employer(employer.id),
        (_, obstacle) => Destination::Nowhere(obstacle.unwrap_or(HoldReason::NoEmployer)),
    })
}
