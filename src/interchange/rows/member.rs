//! 加入者.

use super::member_key;
use crate::domain::{ChangeReason, InsurerNumber, MemberKey, Relation, Sex, Symbol};
use crate::interchange::cells::{Cells, one_of, parsed};
use crate::text::nfkc;
use chrono::NaiveDate;

columns! {
    /// A member as the registry sends them.
    pub struct MemberRow {
        /// A valid one; whether it is the society's own is the importer's to check.
        insurer: InsurerNumber = INSURER "保険者番号" BadInsurer => parsed(InsurerNumber::parse);
        key: MemberKey = SYMBOL "記号" BadKey, NUMBER "番号" BadKey, BRANCH "枝番" BadBranch => member_key;
        relation: Relation = RELATION "本人家族区分" BadKind => one_of(RELATIONS);
        relationship: String = RELATIONSHIP "続柄" => Cells::text;
        /// Full width. A member without a reading could not be found by it.
        kana: String = KANA "氏名カナ" BadKana => Cells::kana;
        name: String = NAME "氏名" MissingName => Cells::name;
        sex: Option<Sex> = SEX "性別" BadKind => one_of(SEXES);
        born_on: NaiveDate = BORN_ON "生年月日" BadDate => Cells::required_date;
        acquired_on: NaiveDate = ACQUIRED_ON "取得日" BadDate => Cells::required_date;
        lost_on: Option<NaiveDate> = LOST_ON "喪失日" BadDate => |cells, at| cells.end_date(at, acquired_on);
        loss_reason: String = LOSS_REASON "喪失事由" => Cells::text;
        /// Nothing for voluntary continuation (任継区分 1).
        employer: Option<Symbol> = EMPLOYER "事業所記号" UnknownEmployer, VOLUNTARY "任継区分" BadKind => employer;
        former: Option<MemberKey> =
            FORMER_SYMBOL "旧記号" BadKey, FORMER_NUMBER "旧番号" BadKey, FORMER_BRANCH "旧枝番" BadBranch =>
            |cells, at| former(cells, at, key.as_ref());
        change_reason: Option<ChangeReason> = CHANGE_REASON "変更事由" BadKind => one_of(CHANGE_REASONS);
        checkup: bool = CHECKUP "巡回健診対象" BadKind => one_of(YES_NO);
    }
}

const YES_NO: &[(&str, bool)] = &[("0", false), ("1", true), ("", false)];

const RELATIONS: &[(&str, Relation)] = &[("1", Relation::Insured), ("2", Relation::Dependent)];

const SEXES: &[(&str, Option<Sex>)] = &[("1", Some(Sex::Male)), ("2", Some(Sex::Female)), ("", None)];

const CHANGE_REASONS: &[(&str, Option<ChangeReason>)] = &[
    ("1", Some(ChangeReason::Voluntary)),
    ("2", Some(ChangeReason::Rehired)),
    ("3", Some(ChangeReason::Affiliate)),
    ("9", Some(ChangeReason::Other)),
    ("", None),
];

/// What a file has for the value.
fn written<T: PartialEq>(list: &[(&'static str, T)], value: &T) -> &'static str {
    list.iter().find(|(_, it)| it == value).map_or("", |(written, _)| written)
}

impl MemberRow {
    /// 本人家族区分 as it stands in a file: `1`, `2`.
    pub fn relation_in_file(relation: Relation) -> &'static str {
        written(RELATIONS, &relation)
    }

    /// 変更事由 as it stands in a file: `1`, `2`, `3`, `9`.
    pub fn change_reason_in_file(reason: ChangeReason) -> &'static str {
        written(CHANGE_REASONS, &Some(reason))
    }
}

/// Registries repeat the present number in these columns, sometimes without the branch: that is no former key, or a
/// member would be their own or their parent's successor, whose account closes (A3).
fn former(cells: &mut Cells<'_>, at: [usize; 3], own: Option<&MemberKey>) -> Option<Option<MemberKey>> {
    if at.iter().all(|column| cells.is_blank(*column)) {
        return Some(None);
    }
    let former = member_key(cells, at)?;
    let blank_branch = cells.is_blank(at[2]);
    let repeats = |own: &MemberKey| {
        own.symbol == former.symbol && own.number == former.number && (blank_branch || own.branch == former.branch)
    };
    Some(if own.is_some_and(repeats) { None } else { Some(former) })
}

/// Voluntary continuation has no employer, whatever stands there (R2); everybody else must have one.
fn employer(cells: &mut Cells<'_>, [employer, voluntary]: [usize; 2]) -> Option<Option<Symbol>> {
    if one_of(YES_NO)(cells, [voluntary])? {
        return Some(None);
    }
    cells.parse([employer], |text| Symbol::parse(&nfkc(text)).ok()).map(Some)
}
