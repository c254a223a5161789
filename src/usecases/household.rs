//! A12: who is insured together under one symbol and number.

use super::Error;
use crate::domain::Relation;
use crate::domain::person::is_of_earlier_insured;
use crate::store::{self, Tx, member::Member};

/// The members of a household.
#[derive(Debug)]
pub(super) struct Household {
    /// All of them, the insured first.
    pub(super) members: Vec<Member>,
    /// Who decides where cards go (R1): the insured, or the member alone where none is on file. None where the number of
    /// the insured went to another person: the new insured's employer is not theirs.
    pub(super) insured: Option<Member>,
}

/// The household of a member.
pub(super) async fn household(tx: &mut Tx, member: &Member) -> Result<Household, Error> {
    let (symbol, number) = (&member.key.symbol, &member.key.number);
    let mut members = store::member::family(tx, symbol, number).await?;
    let insured = members.iter().find(|it| it.relation == Relation::Insured).cloned();
    let Some(insured) = insured else {
        return Ok(Household { members, insured: Some(member.clone()) });
    };
    if !store::member::insured_was_replaced(tx, symbol, number).await? {
        return Ok(Household { members, insured: Some(insured) });
    }
    let is_earlier = |it: &Member| is_of_earlier_insured(it.relation, it.acquired_on, insured.acquired_on);
    let earlier = is_earlier(member);
    members.retain(|it| is_earlier(it) == earlier);
    Ok(Household { members, insured: (!earlier).then_some(insured) })
}
