//! 加入者.

use super::member_key;
use crate::domain::{ChangeReason, InsurerNumber, MemberKey, Relation, Sex, Symbol};
use crate::interchange::cells::Cells;
use crate::interchange::{Row, RowCode};
use crate::text::nfkc;
use chrono::NaiveDate;

/// A member as the registry sends them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRow {
    /// 保険者番号: a valid one; whether it is the society's own is the importer's to check.
    pub insurer: InsurerNumber,
    /// 記号・番号・枝番
    pub key: MemberKey,
    /// 本人家族区分
    pub relation: Relation,
    /// 続柄
    pub relationship: String,
    /// 氏名カナ, full width.
    pub kana: String,
    /// 氏名
    pub name: String,
    /// 性別
    pub sex: Option<Sex>,
    /// 生年月日
    pub born_on: NaiveDate,
    /// 取得日
    pub acquired_on: NaiveDate,
    /// 喪失日
    pub lost_on: Option<NaiveDate>,
    /// 喪失事由
    pub loss_reason: String,
    /// 事業所記号; nothing for voluntary continuation (任継区分 1).
    pub employer: Option<Symbol>,
    /// 旧記号・旧番号・旧枝番
    pub former: Option<MemberKey>,
    /// 変更事由
    pub change_reason: Option<ChangeReason>,
    /// 巡回健診対象
    pub checkup: bool,
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

const FORMER: [usize; 3] = [15, 16, 17];

impl Row for MemberRow {
    const COLUMNS: &'static [&'static str] = &[
        "保険者番号",
        "記号",
        "番号",
        "枝番",
        "本人家族区分",
        "続柄",
        "氏名カナ",
        "氏名",
        "性別",
        "生年月日",
        "取得日",
        "喪失日",
        "喪失事由",
        "事業所記号",
        "任継区分",
        "旧記号",
        "旧番号",
        "旧枝番",
        "変更事由",
        "巡回健診対象",
    ];

    fn parse(cells: &mut Cells<'_>) -> Option<Self> {
        let insurer = cells.parse(0, RowCode::BadInsurer, InsurerNumber::parse);
        let key = member_key(cells, [1, 2, 3]);
        let relation = cells.one_of(4, RELATIONS);
        let kana = cells.kana(6).filter(|kana| !kana.is_empty() || blank_kana(cells));
        let name = cells.name(7);
        let sex = cells.one_of(8, SEXES);
        let born_on = cells.required_date(9);
        let acquired_on = cells.required_date(10);
        let lost_on = cells.date(11);
        if let (Some(acquired), Some(Some(lost))) = (acquired_on, lost_on)
            && lost < acquired
        {
            cells.fault(11, RowCode::LostBeforeAcquired);
        }
        let employer = employer(cells);
        let former = former(cells, key.as_ref());
        let change_reason = cells.one_of(18, CHANGE_REASONS);
        let checkup = cells.one_of(19, YES_NO);
        Some(Self {
            insurer: insurer?,
            key: key?,
            relation: relation?,
            relationship: cells.text(5),
            kana: kana?,
            name: name?,
            sex: sex?,
            born_on: born_on?,
            acquired_on: acquired_on?,
            lost_on: lost_on?,
            loss_reason: cells.text(12),
            employer: employer?,
            former: former?,
            change_reason: change_reason?,
            checkup: checkup?,
        })
    }
}

/// Registries repeat the present number in these columns, sometimes without the branch: that is no former key, or a
/// member would be their own or their parent's successor, whose account closes (A3).
fn former(cells: &mut Cells<'_>, own: Option<&MemberKey>) -> Option<Option<MemberKey>> {
    if FORMER.iter().all(|column| cells.is_blank(*column)) {
        return Some(None);
    }
    let former = member_key(cells, FORMER)?;
    let blank_branch = cells.is_blank(FORMER[2]);
    let repeats = |own: &MemberKey| {
        own.symbol == former.symbol && own.number == former.number && (blank_branch || own.branch == former.branch)
    };
    Some(if own.is_some_and(repeats) { None } else { Some(former) })
}

/// A member without a reading cannot be found by it.
fn blank_kana(cells: &mut Cells<'_>) -> bool {
    cells.fault(6, RowCode::BadKana);
    false
}

/// Voluntary continuation has no employer, whatever stands there (R2); everybody else must have one.
fn employer(cells: &mut Cells<'_>) -> Option<Option<Symbol>> {
    if cells.one_of(14, YES_NO)? {
        return Some(None);
    }
    cells.parse(13, RowCode::UnknownEmployer, |text| Symbol::parse(&nfkc(text)).ok()).map(Some)
}
