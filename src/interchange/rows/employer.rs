//! 事業所.

use crate::domain::{Symbol, parse_postcode};
use crate::interchange::cells::Cells;
use crate::interchange::{Row, RowCode};
use chrono::NaiveDate;

/// An employer and its representative address (代表住所).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmployerRow {
    /// 事業所記号
    pub code: Symbol,
    /// 名称カナ, full width; may be blank.
    pub kana: String,
    /// 名称
    pub name: String,
    /// Seven digits, if given.
    pub postcode: Option<String>,
    /// 住所1
    pub address1: String,
    /// 住所2
    pub address2: String,
    /// 電話
    pub phone: String,
    /// 担当部署
    pub department: String,
    /// 健康保険事務担当者
    pub contact: String,
    /// 適用日
    pub applied_on: Option<NaiveDate>,
    /// 全喪日
    pub withdrawn_on: Option<NaiveDate>,
}

impl Row for EmployerRow {
    const COLUMNS: &'static [&'static str] = &[
        "事業所記号",
        "名称カナ",
        "名称",
        "郵便番号",
        "住所1",
        "住所2",
        "電話",
        "担当部署",
        "担当者",
        "適用日",
        "全喪日",
    ];

    fn parse(cells: &mut Cells<'_>) -> Option<Self> {
        let code = cells.parse(0, RowCode::BadKey, |text| Symbol::parse(text).ok());
        let kana = cells.firm_kana(1);
        let name = cells.name(2);
        let postcode = cells.parse(3, RowCode::BadPostcode, postcode);
        let applied_on = cells.date(9);
        let withdrawn_on = cells.date(10);
        if let (Some(Some(applied)), Some(Some(withdrawn))) = (applied_on, withdrawn_on)
            && withdrawn < applied
        {
            cells.fault(10, RowCode::LostBeforeAcquired);
        }
        Some(Self {
            code: code?,
            kana: kana?,
            name: name?,
            postcode: postcode?,
            address1: cells.text(4),
            address2: cells.text(5),
            phone: cells.phone(6),
            department: cells.text(7),
            contact: cells.text(8),
            applied_on: applied_on?,
            withdrawn_on: withdrawn_on?,
        })
    }
}

/// Seven digits in any width, with or without 〒 and hyphen; blank is none.
fn postcode(text: &str) -> Option<Option<String>> {
    let blank = !text.chars().any(char::is_alphanumeric);
    if blank { Some(None) } else { parse_postcode(text).map(Some) }
}

#[cfg(test)]
mod tests {
    use super::postcode;

    #[test]
    fn a_postcode_has_seven_digits() {
        for written in ["1010025", "101-0025", "〒１０１－００２５", "〒 101‐0025"] {
            assert_eq!(postcode(written), Some(Some("1010025".into())), "{written}");
        }
        assert_eq!(postcode("　"), Some(None));
        for wrong in ["600001", "101-002", "10100255", "101-00a5", "不明"] {
            assert_eq!(postcode(wrong), None, "{wrong}");
        }
    }
}
