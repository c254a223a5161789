//! Where cards go (R1, R2, R3).

use super::Error;
use super::household::{Household, household, households};
use crate::domain::HoldReason;
use crate::domain::route;
use crate::store::{self, Tx, employer::Employer, member::Member};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Where a member's cards go.
#[derive(Debug, Clone)]
pub(super) struct Route {
    /// The insured's employer (R1).
    pub employer: Option<Employer>,
    /// Why no card can go there today.
    pub obstacle: Option<HoldReason>,
}

/// R1: dependents' cards go to the insured's employer, too. R7: a protected person's go nowhere by this route, and A12:
/// a dependant's do not while the insured is lost, or has another number.
pub(super) async fn route_of(tx: &mut Tx, today: NaiveDate, member: &Member) -> Result<Route, Error> {
    let protected = store::protection::of_person(tx, member.person()).await?.map(|_| HoldReason::Protected);
    let household = household(tx, member).await?;
    let employer = match household.insured.as_ref().and_then(|insured| insured.employer_id) {
        Some(id) => store::employer::get(tx, id).await?,
        None => None,
    };
    let unconfirmed = match &employer {
        Some(employer) if store::address_change::is_unconfirmed(tx, employer.id).await? => [employer.id].into(),
        _ => BTreeSet::new(),
    };
    Ok(route(member, &household, employer, &unconfirmed, protected, today))
}

/// The routes of many members, in few statements.
pub(super) async fn routes_of(tx: &mut Tx, today: NaiveDate, members: &[&Member]) -> Result<Vec<Route>, Error> {
    let protected = store::protection::persons(tx).await?;
    let households = households(tx, members).await?;
    let ids = households.iter().filter_map(|it| it.insured.as_ref()?.employer_id).collect::<BTreeSet<i64>>();
    let ids: Vec<i64> = ids.into_iter().collect();
    let employers = if ids.is_empty() { Vec::new() } else { store::employer::by_ids(tx, &ids).await? };
    let unconfirmed = store::address_change::unconfirmed_employers(tx).await?.into_iter().collect();
    let routes = members.iter().zip(households).map(|(member, household)| {
        let id = household.insured.as_ref().and_then(|insured| insured.employer_id);
        let employer = employers.iter().find(|employer| Some(employer.id) == id).cloned();
        let protected = protected.contains_key(&member.person()).then_some(HoldReason::Protected);
        route(member, &household, employer, &unconfirmed, protected, today)
    });
    Ok(routes.collect())
}

/// `unconfirmed`: employers whose address waits to be confirmed (R6).
fn route(
    member: &Member,
    household: &Household,
    employer: Option<Employer>,
    unconfirmed: &BTreeSet<i64>,
    protected: Option<HoldReason>,
    today: NaiveDate,
) -> Route {
    let Some(insured) = &household.insured else {
        return Route { employer: None, obstacle: protected.or(Some(HoldReason::InsuredLost)) };
    };
    let facts = employer.as_ref().map(|employer| employer.record.facts());
    let insured_lost = match insured.id == member.id {
        true => None,
        false => [insured.lost_on, household.renumbered_on]
            .into_iter()
            .flatten()
            .any(|day| day <= today)
            .then_some(HoldReason::InsuredLost),
    };
    let mut obstacle = protected.or(insured_lost).or_else(|| route::obstacle(insured.voluntary, facts, today));
    if let (None, Some(employer)) = (obstacle, &employer)
        && unconfirmed.contains(&employer.id)
    {
        obstacle = Some(HoldReason::AddressChanged);
    }
    Route { employer, obstacle }
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

/// R1 before R3: an approved one-off address was chosen because there was no route, and counts only while there is none. R7:
/// one that was approved before a protective measure may be the family's home, and counts no more.
pub(super) async fn destination(
    tx: &mut Tx,
    today: NaiveDate,
    one_off: Option<i64>,
    member: &Member,
) -> Result<Destination, Error> {
    let route = Destination::from(route_of(tx, today, member).await?);
    if let (Destination::Nowhere(_), Some(id)) = (route, one_off)
        && let Some(approved) = store::one_off::get(tx, id).await?
        && store::protection::of_person(tx, member.person())
            .await?
            .is_none_or(|measure| approved.decided_at.is_some_and(|at| at > measure.set_at))
    {
        return Ok(Destination::OneOff);
    }
    Ok(route)
}

/// The same of many cards, in few statements: each with its one-off address, where it has one, and its member.
pub(super) async fn destinations(
    tx: &mut Tx,
    today: NaiveDate,
    cards: &[(Option<i64>, &Member)],
) -> Result<Vec<Destination>, Error> {
    let members: Vec<&Member> = cards.iter().map(|(_, member)| *member).collect();
    let routes = routes_of(tx, today, &members).await?;
    let ids: Vec<i64> = cards.iter().filter_map(|(one_off, _)| *one_off).collect();
    let one_off = if ids.is_empty() { Vec::new() } else { store::one_off::some(tx, &ids).await? };
    let measures = store::protection::persons(tx).await?;
    let destinations = cards.iter().zip(routes).map(|((id, member), route)| {
        let approved = one_off.iter().find(|proposal| Some(proposal.id) == *id);
        let stands = approved.is_some_and(|approved| {
            let measure = measures.get(&member.person());
            measure.is_none_or(|set_at| approved.decided_at.is_some_and(|at| at > *set_at))
        });
        match route.into() {
            Destination::Nowhere(_) if stands => Destination::OneOff,
            ordinary => ordinary,
        }
    });
    Ok(destinations.collect())
}

impl From<Route> for Destination {
    fn from(route: Route) -> Self {
        match (route.employer, route.obstacle) {
            (Some(employer), None) => Self::Employer(employer.id),
            (_, obstacle) => Self::Nowhere(obstacle.unwrap_or(HoldReason::NoEmployer)),
        }
    }
}
