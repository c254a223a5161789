//! H1, A11: which numbers are one person's. The registry says it by former keys; a supervisor can join, part and end
//! memberships by hand, with a reason.

pub use super::refusal::PersonRefusal;

use super::accounts::{self, StoppedCard};
use super::audit::AuditEvent;
use super::cards::Confirmation;
use super::household::household;
use super::{Actor, AppContext, Error, UnitOfWork, holds, known};
use crate::domain::person::{HouseholdMembership, are_different};
use crate::domain::{DeadReason, MemberKey, Permission, Reason, Relation};
use crate::store::protection::{self, ProtectiveMeasure};
use crate::store::version::{self, Change};
use crate::store::{self, member::Member, person};
use crate::text::kana_key;

/// Joins two numbers: they are one person's, with all other numbers of both.
///
/// # Errors
/// [`PersonRefusal::InForceTogether`] where two numbers are of one household at the same time, confirmed or not.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn join(
    ctx: &AppContext,
    actor: &Actor,
    key: &MemberKey,
    other: &MemberKey,
    reason: &Reason,
    confirmed: Confirmation,
) -> Result<(), Error> {
    let reason = String::from(reason);
    let mut uow = ctx.begin_settled(&actor.allowed(Permission::Persons)?).await?;
    let (member, other) = (known::member(&mut uow, key).await?, known::member(&mut uow, other).await?);
    if member.person() == other.person() {
        return Err(PersonRefusal::OnePerson { member: member.key(), other: other.key() }.into());
    }
    let numbers = person::memberships(&mut uow, member.person()).await?;
    let others = person::memberships(&mut uow, other.person()).await?;
    let beside = numbers.iter().find_map(|it| Some((it, others.iter().find(|o| held(it).is_beside(&held(o)))?)));
    if let Some((member, other)) = beside {
        return Err(PersonRefusal::InForceTogether { member: member.key(), other: other.key() }.into());
    }
    let who = |it: &Member| (kana_key(&it.kana), it.born_on);
    let ((a, a_born), (b, b_born)) = (who(&member), who(&other));
    if confirmed == Confirmation::NotYet && are_different((&a, a_born), (&b, b_born)) {
        return Err(PersonRefusal::Differ { member: member.key(), other: other.key() }.into());
    }
    person::join(&mut uow, member.person(), other.person()).await?;
    let joined = AuditEvent::MembershipsJoined { with: member.key(), reason: reason.clone() };
    uow.record(joined.on(other.key())).await?;
    // R7: a measure holds for the person, under every number.
    holds::follow_registry(&mut uow).await?;
    uow.commit(AuditEvent::MembershipsJoined { with: other.key(), reason }.on(member.key())).await
}

/// The membership in its household.
fn held(member: &Member) -> HouseholdMembership {
    HouseholdMembership {
        household: (member.key.symbol.clone(), member.key.number.clone()),
        from: member.acquired_on,
        until: [member.lost_on, member.replaced_on].into_iter().flatten().min(),
    }
}

/// Parts a number from the person's other ones: it is another person's.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn part(ctx: &AppContext, actor: &Actor, key: &MemberKey, reason: &Reason) -> Result<(), Error> {
    let reason = String::from(reason);
    let mut uow = ctx.begin_settled(&actor.allowed(Permission::Persons)?).await?;
    let member = known::member(&mut uow, key).await?;
    let numbers = person::memberships(&mut uow, member.person()).await?;
    if numbers.len() < 2 {
        return Err(PersonRefusal::OnlyMembership(member.key()).into());
    }
    let standing = protection::of_person(&mut uow, member.person()).await?;
    person::part(&mut uow, member.person(), member.id).await?;
    let others = numbers.iter().filter(|it| it.id != member.id);
    if let Some(measure) = standing {
        // R7: a supervisor ends it, and no other step does; it stands for both.
        for side in others.clone().take(1).chain([&member]) {
            stays_protected(&mut uow, side, &measure).await?;
        }
    }
    let from: Vec<String> = others.map(Member::key).collect();
    holds::follow_registry(&mut uow).await?;
    uow.commit(AuditEvent::MembershipParted { from: from.join(", "), reason }.on(member.key())).await
}

/// Sets the measure again for the side that the parting has left without it.
async fn stays_protected(uow: &mut UnitOfWork, side: &Member, measure: &ProtectiveMeasure) -> Result<(), Error> {
    let person = store::member::get(uow, side.id).await?.map_or(side.id, |it| it.person());
    if protection::of_person(uow, person).await?.is_none() {
        protection::set(uow, side.id, measure).await?;
        uow.record(AuditEvent::ProtectionSet { reason: measure.reason.clone() }.on(side.key())).await?;
    }
    Ok(())
}

/// A11: ends a membership today: the account is closed, waiting cards are cancelled, the portal is told. Gives the cards
/// that are not sent any more, where there was an account.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn end(
    ctx: &AppContext,
    actor: &Actor,
    key: &MemberKey,
    reason: &Reason,
) -> Result<Option<Vec<StoppedCard>>, Error> {
    let reason = String::from(reason);
    let mut uow = ctx.begin_settled(&actor.allowed(Permission::Persons)?).await?;
    let member = known::member(&mut uow, key).await?;
    let today = uow.today();
    let account = store::account::open_of(&mut uow, member.id).await?;
    let over = member.lost_on.is_some_and(|day| day <= today);
    if over && account.is_none() {
        return Err(PersonRefusal::Over(member.key()).into());
    }
    if !over {
        let change = Change { at: uow.now(), by: &actor.id, run: None };
        version::keep_members(&mut uow, &[member.id], change).await?;
        person::end(&mut uow, member.id, today).await?;
    }
    let stopped = accounts::close(&mut uow, &member, DeadReason::MemberLost).await?;
    // A12: the family of an insured waits for what the registry says next.
    holds::follow_registry(&mut uow).await?;
    uow.commit(AuditEvent::MembershipEnded { on: today, reason }.on(member.key())).await?;
    Ok(stopped)
}

/// Lifts the end of a membership by a supervisor: what the registry said holds again. The account stays closed; how many
/// waiting cards of the family go on.
///
/// # Errors
/// [`PersonRefusal::NotEnded`] where no supervisor has ended it, or the registry has said something since.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn resume(ctx: &AppContext, actor: &Actor, key: &MemberKey, reason: &Reason) -> Result<u64, Error> {
    let mut uow = ctx.begin_settled(&actor.allowed(Permission::Persons)?).await?;
    let member = known::member(&mut uow, key).await?;
    let not_ended = || PersonRefusal::NotEnded(member.key());
    let lost_on = person::before_end(&mut uow, member.id).await?.ok_or_else(not_ended)?;
    let change = Change { at: uow.now(), by: &actor.id, run: None };
    version::keep_members(&mut uow, &[member.id], change).await?;
    person::resume(&mut uow, member.id, lost_on).await?;
    let released = holds::follow_registry(&mut uow).await?.released();
    uow.commit(AuditEvent::MembershipResumed { reason: reason.into() }.on(member.key())).await?;
    Ok(released)
}

/// A dependant who was assigned to the present insured.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Assigned {
    /// The key of the insured.
    pub insured: String,
    /// Cards that were held for want of an insured, and go on.
    pub released: u64,
}

/// A11: a number went to another insured, and a dependant on file stayed with the earlier one. Says that the dependant is
/// the present insured's.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn assign(ctx: &AppContext, actor: &Actor, key: &MemberKey, reason: &Reason) -> Result<Assigned, Error> {
    let reason = String::from(reason);
    let mut uow = ctx.begin(&actor.allowed(Permission::Persons)?).await?;
    let member = known::member(&mut uow, key).await?;
    if member.relation == Relation::Insured {
        return Err(PersonRefusal::IsInsured(member.key()).into());
    }
    if member.earlier_insured_id.is_none() {
        return Err(PersonRefusal::NotApart(member.key()).into());
    }
    person::of_present_insured(&mut uow, member.id).await?;
    let member = known::member(&mut uow, key).await?;
    let insured = household(&mut uow, &member).await?.insured.map_or_else(String::new, |insured| insured.key());
    let released = holds::follow_registry(&mut uow).await?.released();
    let assigned = AuditEvent::FamilyAssigned { insured: insured.clone(), reason };
    uow.commit(assigned.on(member.key())).await?;
    Ok(Assigned { insured, released })
}
