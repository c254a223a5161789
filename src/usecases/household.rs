//! A12: who is insured together under one symbol and number.

use super::Error;
use crate::domain::Relation;
use crate::store::{self, KeyColumns, Tx, member::Member};
use chrono::NaiveDate;
use std::collections::HashMap;

/// The members of a household.
#[derive(Debug)]
pub(super) struct Household {
    /// All of them, the insured first.
    pub(super) members: Vec<Member>,
    /// Who decides where cards go (R1): the insured, or the member alone where none is on file. None where the number of
    /// the insured went to another person: the new insured's employer is not theirs.
    pub(super) insured: Option<Member>,
    /// A3: the day from which the insured has another number.
    pub(super) renumbered_on: Option<NaiveDate>,
}

/// The household of a member.
pub(super) async fn household(tx: &mut Tx, member: &Member) -> Result<Household, Error> {
    let family = store::member::family(tx, &member.key.symbol, &member.key.number).await?;
    let mut household = Household::of(member, family);
    let insured: Vec<i64> = household.insured.iter().map(|it| it.id).collect();
    household.find(&store::person::renumbered_among(tx, &insured).await?);
    Ok(household)
}

/// The households of many members, in few statements.
pub(super) async fn households(tx: &mut Tx, members: &[&Member]) -> Result<Vec<Household>, Error> {
    let keys: Vec<&KeyColumns> = members.iter().map(|member| &member.key).collect();
    let mut families: HashMap<(String, String), Vec<Member>> = HashMap::new();
    for member in store::member::families(tx, &keys).await? {
        let number = (member.key.symbol.clone(), member.key.number.clone());
        families.entry(number).or_default().push(member);
    }
    let of = |member: &&Member| {
        let number = (member.key.symbol.clone(), member.key.number.clone());
        Household::of(member, families.get(&number).cloned().unwrap_or_default())
    };
    let mut households: Vec<Household> = members.iter().map(of).collect();
    let insured: Vec<i64> = households.iter().filter_map(|it| Some(it.insured.as_ref()?.id)).collect();
    let renumbered = store::person::renumbered_among(tx, &insured).await?;
    households.iter_mut().for_each(|household| household.find(&renumbered));
    Ok(households)
}

impl Household {
    /// From all members under the symbol and number.
    fn of(member: &Member, mut members: Vec<Member>) -> Self {
        members.retain(|it| it.earlier_insured_id == member.earlier_insured_id);
        let insured = match member.earlier_insured_id {
            Some(_) => None,
            None => members.iter().find(|it| it.relation == Relation::Insured).or(Some(member)).cloned(),
        };
        Self { members, insured, renumbered_on: None }
    }

    fn find(&mut self, renumbered: &HashMap<i64, NaiveDate>) {
        self.renumbered_on = self.insured.as_ref().and_then(|insured| renumbered.get(&insured.id).copied());
    }
}
