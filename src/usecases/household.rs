//! A12: who is insured together under one symbol and number.

use super::Error;
use crate::domain::Relation;
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
    let mut members = store::member::family(tx, &member.key.symbol, &member.key.number).await?;
    members.retain(|it| it.earlier_insured_id == member.earlier_insured_id);
    let insured = match member.earlier_insured_id {
        Some(_) => None,
        None => members.iter().find(|it| it.relation == Relation::Insured).or(Some(member)).cloned(),
    };
    Ok(Household { members, insured })
}
