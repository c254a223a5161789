//! A member's row as the database keeps it, and what a changed one says otherwise, as the files write it.

use crate::domain::MemberKey;
use crate::interchange::MemberRow;
use crate::store::bulk::MemberRecord;
use crate::store::employer::Employer;
use crate::text::{kana_key, name_key};
use crate::usecases::FieldChange;
use std::collections::HashMap;

/// The row as a record of the employer with this row id.
pub(super) fn record(row: MemberRow, employer_id: Option<i64>) -> MemberRecord {
    let MemberRow {
        // The same in every row.
        insurer: _,
        key,
        relation,
        relationship,
        kana,
        name,
        sex,
        born_on,
        acquired_on,
        lost_on,
        loss_reason,
        employer,
        former,
        change_reason,
        checkup,
    } = row;
    let former = |part: fn(&MemberKey) -> &str| former.as_ref().map(|key| part(key).to_owned());
    MemberRecord {
        symbol: key.symbol.key().to_owned(),
        number: key.number.key().to_owned(),
        branch: key.branch.key().to_owned(),
        symbol_shown: key.symbol.shown().to_owned(),
        number_shown: key.number.shown().to_owned(),
        branch_shown: key.branch.shown().to_owned(),
        relation: relation.code().to_owned(),
        relationship,
        kana_key: kana_key(&kana),
        kana,
        name_key: name_key(&name),
        name,
        sex: sex.map(|sex| sex.code().to_owned()),
        born_on,
        acquired_on,
        lost_on,
        loss_reason,
        employer_id,
        voluntary: employer.is_none(),
        former_symbol: former(|key| key.symbol.key()),
        former_number: former(|key| key.number.key()),
        former_branch: former(|key| key.branch.key()),
        change_reason: change_reason.map(|reason| reason.code().to_owned()),
        checkup,
    }
}

/// Compares rows. Employers are told by their 事業所記号, not by a number of the database.
pub(super) struct Differences {
    employers: HashMap<i64, String>,
}

impl Differences {
    pub(super) fn new(employers: &[Employer]) -> Self {
        Self { employers: employers.iter().map(|employer| (employer.id, employer.record.code_shown.clone())).collect() }
    }

    pub(super) fn of(&self, a: &MemberRecord, b: &MemberRecord) -> Vec<FieldChange> {
        use FieldChange as F;
        use MemberRow as C;
        let employer = |it: &MemberRecord| it.employer_id.and_then(|id| self.employers.get(&id).cloned());
        [
            F::of(C::SYMBOL, &a.symbol_shown, &b.symbol_shown),
            F::of(C::NUMBER, &a.number_shown, &b.number_shown),
            F::of(C::BRANCH, &a.branch_shown, &b.branch_shown),
            F::of(C::RELATION, relation(a), relation(b)),
            F::of(C::RELATIONSHIP, &a.relationship, &b.relationship),
            F::of(C::KANA, &a.kana, &b.kana),
            F::of(C::NAME, &a.name, &b.name),
            F::of_optional(C::SEX, a.sex.as_ref(), b.sex.as_ref()),
            F::of(C::BORN_ON, a.born_on, b.born_on),
            F::of(C::ACQUIRED_ON, a.acquired_on, b.acquired_on),
            F::of_optional(C::LOST_ON, a.lost_on, b.lost_on),
            F::of(C::LOSS_REASON, &a.loss_reason, &b.loss_reason),
            F::of_optional(C::EMPLOYER, employer(a), employer(b)),
            F::of(C::VOLUNTARY, u8::from(a.voluntary), u8::from(b.voluntary)),
            F::of_optional(C::FORMER_SYMBOL, a.former_symbol.as_ref(), b.former_symbol.as_ref()),
            F::of_optional(C::FORMER_NUMBER, a.former_number.as_ref(), b.former_number.as_ref()),
            F::of_optional(C::FORMER_BRANCH, a.former_branch.as_ref(), b.former_branch.as_ref()),
            F::of(C::CHANGE_REASON, change_reason(a), change_reason(b)),
            F::of(C::CHECKUP, u8::from(a.checkup), u8::from(b.checkup)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

fn relation(it: &MemberRecord) -> &str {
    it.relation.parse().map_or(it.relation.as_str(), |relation| MemberRow::relation_in_file(relation))
}

fn change_reason(it: &MemberRecord) -> &str {
    let code = it.change_reason.as_deref().unwrap_or_default();
    code.parse().map_or(code, |reason| MemberRow::change_reason_in_file(reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interchange::{Row, Table};

    fn read(line: &str) -> MemberRow {
        let file = format!("{}\n{line}\n", MemberRow::headers().collect::<Vec<_>>().join(","));
        let mut table = Table::<_, MemberRow>::open(file.as_bytes()).unwrap();
        table.advance().unwrap().unwrap().row.unwrap()
    }

    #[test]
    fn each_changed_column_is_told_by_its_name() {
        let before = "06139497,101,1,00,1,本人,ｱｵｷ,青木,1,H9.1.1,R2.4.1,,退職,101,0,100,1,00,1,0";
        let after = "06139497,102,2,01,2,妻,ｲﾉｳｴ,井上,2,H9.1.2,R2.4.2,R8.1.1,死亡,,1,,,,2,1";
        let (before, after) = (record(read(before), Some(7)), record(read(after), None));
        let differences = Differences { employers: [(7, "101".to_owned())].into() };
        let told: Vec<_> = differences.of(&before, &after).into_iter().map(|change| change.field).collect();
        let every: Vec<_> = MemberRow::headers().filter(|header| *header != MemberRow::INSURER.header).collect();
        assert_eq!(told, every);
        assert_eq!(differences.of(&before, &before), []);
    }
}
