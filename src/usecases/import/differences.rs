//! The fields in which two records of a member differ, as the files write them.

use crate::interchange::MemberRow;
use crate::store::bulk::{EmployerRecord, MemberRecord};
use crate::usecases::FieldChange;
use std::collections::HashMap;

/// Compares records. An employer is named by its 事業所記号, not by its row id.
pub(super) struct Differences {
    employers: HashMap<i64, String>,
}

impl Differences {
    pub(super) fn new(employers: &[(i64, EmployerRecord)]) -> Self {
        Self { employers: employers.iter().map(|(id, employer)| (*id, employer.code_shown.clone())).collect() }
    }

    pub(super) fn of(&self, a: &MemberRecord, b: &MemberRecord) -> Vec<FieldChange> {
        use FieldChange as F;
        let employer = |it: &MemberRecord| it.employer_id.and_then(|id| self.employers.get(&id).cloned());
        [
            F::of("記号", &a.symbol_shown, &b.symbol_shown),
            F::of("番号", &a.number_shown, &b.number_shown),
            F::of("枝番", &a.branch_shown, &b.branch_shown),
            F::of("本人家族区分", relation(a), relation(b)),
            F::of("続柄", &a.relationship, &b.relationship),
            F::of("氏名カナ", &a.kana, &b.kana),
            F::of("氏名", &a.name, &b.name),
            F::of_optional("性別", a.sex.as_ref(), b.sex.as_ref()),
            F::of("生年月日", a.born_on, b.born_on),
            F::of("取得日", a.acquired_on, b.acquired_on),
            F::of_optional("喪失日", a.lost_on, b.lost_on),
            F::of("喪失事由", &a.loss_reason, &b.loss_reason),
            F::of_optional("事業所記号", employer(a), employer(b)),
            F::of("任継区分", u8::from(a.voluntary), u8::from(b.voluntary)),
            F::of_optional("旧記号", a.former_symbol.as_ref(), b.former_symbol.as_ref()),
            F::of_optional("旧番号", a.former_number.as_ref(), b.former_number.as_ref()),
            F::of_optional("旧枝番", a.former_branch.as_ref(), b.former_branch.as_ref()),
            F::of("変更事由", change_reason(a), change_reason(b)),
            F::of("巡回健診対象", u8::from(a.checkup), u8::from(b.checkup)),
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
