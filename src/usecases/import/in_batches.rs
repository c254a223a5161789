//! B7, R1: cards in batches and in the queue as a members file leaves them, before any of it is written.

use crate::domain::Relation;
use crate::store::bulk::MemberRecord;
use crate::store::card::GateRow;
use crate::store::employer::{self, Employer};
use crate::store::member::{self, Member};
use crate::store::{KeyColumns, StoreError, Tx, address_change};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The households of cards that have not left yet, and what the file says of them.
pub(super) struct InBatches {
    rows: Vec<GateRow>,
    households: HashMap<(String, String), Household>,
}

#[derive(Default)]
struct Household {
    /// By branch, the rows of the file that are new or changed.
    file: BTreeMap<String, Holder>,
    /// A11: whether the number of the insured goes to another person.
    replaced: bool,
    /// A3: records of the file that follow one of this number.
    followers: Vec<Follower>,
}

/// A record under another number.
struct Follower {
    branch: String,
    name: String,
    born_on: NaiveDate,
    acquired_on: NaiveDate,
}

/// What the gate needs of who holds a number.
#[derive(Clone)]
struct Holder {
    /// Row ID; none of a record that is new.
    id: Option<i64>,
    relation: Option<Relation>,
    name: String,
    born_on: NaiveDate,
    lost_on: Option<NaiveDate>,
    voluntary: bool,
    employer_id: Option<i64>,
}

impl InBatches {
    pub(super) fn new(rows: Vec<GateRow>) -> Self {
        let number = |row: &GateRow| (row.key.symbol.clone(), row.key.number.clone());
        let households = rows.iter().map(|row| (number(row), Household::default())).collect();
        Self { rows, households }
    }

    /// A record that is new.
    pub(super) fn added(&mut self, record: &MemberRecord) {
        self.take(None, record);
    }

    /// A record that is changed.
    pub(super) fn changed(&mut self, id: i64, record: &MemberRecord) {
        self.take(Some(id), record);
    }

    /// A record that takes over the number of another person.
    pub(super) fn replaces(&mut self, before: &MemberRecord, record: &MemberRecord) {
        self.take(None, record);
        if before.relation == Relation::Insured.code()
            && let Some(household) = self.households.get_mut(&(record.symbol.clone(), record.number.clone()))
        {
            household.replaced = true;
        }
    }

    fn take(&mut self, id: Option<i64>, it: &MemberRecord) {
        if let (Some(symbol), Some(number), Some(branch)) = (&it.former_symbol, &it.former_number, &it.former_branch)
            && let Some(household) = self.households.get_mut(&(symbol.clone(), number.clone()))
        {
            let (branch, name) = (branch.clone(), it.name.clone());
            household.followers.push(Follower { branch, name, born_on: it.born_on, acquired_on: it.acquired_on });
        }
        if let Some(household) = self.households.get_mut(&(it.symbol.clone(), it.number.clone())) {
            let MemberRecord { born_on, lost_on, voluntary, employer_id, .. } = *it;
            let (relation, name) = (it.relation.parse().ok(), it.name.clone());
            let holder = Holder { id, relation, name, born_on, lost_on, voluntary, employer_id };
            household.file.insert(it.branch.clone(), holder);
        }
    }

    /// The cards as the file leaves them.
    pub(super) async fn after(self, tx: &mut Tx) -> Result<Vec<GateRow>, StoreError> {
        let Self { mut rows, households } = self;
        let touched = |row: &GateRow| {
            let household = households.get(&(row.key.symbol.clone(), row.key.number.clone()));
            household.filter(|it| !it.file.is_empty() || !it.followers.is_empty())
        };
        let keys: Vec<KeyColumns> = rows.iter().filter(|row| touched(row).is_some()).map(|it| it.key.clone()).collect();
        if keys.is_empty() {
            return Ok(rows);
        }
        let mut on_file: HashMap<(String, String), BTreeMap<String, Holder>> = HashMap::new();
        for member in member::families(tx, &keys.iter().collect::<Vec<_>>()).await? {
            let number = (member.key.symbol.clone(), member.key.number.clone());
            on_file.entry(number).or_default().insert(member.key.branch.clone(), member.into());
        }
        let employers = employer::all(tx).await?;
        let employers: HashMap<i64, &Employer> = employers.iter().map(|it| (it.id, it)).collect();
        let unconfirmed: BTreeSet<i64> = address_change::unconfirmed_employers(tx).await?.into_iter().collect();
        for row in &mut rows {
            let Some(household) = touched(row) else { continue };
            let number = (row.key.symbol.clone(), row.key.number.clone());
            let mut holders = on_file.get(&number).cloned().unwrap_or_default();
            holders.extend(household.file.clone());
            household.show(row, &holders);
            let own = holders.get(&row.key.branch).filter(|own| own.id == Some(row.member_id));
            let insured = holders.values().find(|it| it.relation == Some(Relation::Insured));
            if let Some(decides) = insured.or(own) {
                row.voluntary = decides.voluntary;
                let employer = decides.employer_id.and_then(|id| employers.get(&id).copied());
                let waits = employer.is_some_and(|employer| unconfirmed.contains(&employer.id));
                row.goes_to(employer, i64::from(waits));
            }
        }
        Ok(rows)
    }
}

impl Household {
    /// Puts into a card's row who holds its number, and who is the insured.
    fn show(&self, row: &mut GateRow, holders: &BTreeMap<String, Holder>) {
        if let Some(holder) = holders.get(&row.key.branch) {
            row.holder_name = holder.name.clone();
            row.holder_born_on = holder.born_on;
            if holder.id == Some(row.member_id) {
                row.name = holder.name.clone();
                row.relation = holder.relation.unwrap_or(row.relation);
                row.lost_on = holder.lost_on;
            }
        }
        // A new record has no number yet; it is none of those of cards.
        let insured = holders.values().find(|it| it.relation == Some(Relation::Insured));
        row.insured_id = insured.map(|it| it.id.unwrap_or_default());
        row.insured_name = insured.map(|it| it.name.clone());
        row.insured_lost_on = insured.and_then(|it| it.lost_on);
        let followers = self.followers.iter().filter_map(|it| {
            let insured = holders.get(&it.branch).filter(|holder| holder.relation == Some(Relation::Insured))?;
            (insured.born_on == it.born_on || insured.name == it.name).then_some(it.acquired_on)
        });
        row.insured_renumbered_on = row.insured_renumbered_on.into_iter().chain(followers).min();
        let stays = holders.get(&row.key.branch).is_some_and(|it| it.id == Some(row.member_id));
        row.of_earlier_insured |= self.replaced && stays && row.relation == Relation::Dependent;
    }
}

impl From<Member> for Holder {
    fn from(it: Member) -> Self {
        Self {
            id: Some(it.id),
            relation: Some(it.relation),
            name: it.name,
            born_on: it.born_on,
            lost_on: it.lost_on,
            voluntary: it.voluntary,
            employer_id: it.employer_id,
        }
    }
}
