//! 事業所.

use crate::domain::{Symbol, parse_postcode};
use crate::interchange::cells::{Cells, parsed};
use chrono::NaiveDate;

columns! {
    /// An employer and its representative address (代表住所).
    pub struct EmployerRow {
        code: Symbol = CODE "事業所記号" BadKey => parsed(|text| Symbol::parse(text).ok());
        /// Full width; may be blank.
        kana: String = KANA "名称カナ" BadKana => Cells::firm_kana;
        name: String = NAME "名称" MissingName => Cells::name;
        /// Seven digits, if given.
        postcode: Option<String> = POSTCODE "郵便番号" BadPostcode => parsed(postcode);
        address1: String = ADDRESS1 "住所1" => Cells::text;
        address2: String = ADDRESS2 "住所2" => Cells::text;
        phone: String = PHONE "電話" => Cells::phone;
        department: String = DEPARTMENT "担当部署" => Cells::text;
        contact: String = CONTACT "担当者" => Cells::text;
        applied_on: Option<NaiveDate> = APPLIED_ON "適用日" BadDate => Cells::date;
        withdrawn_on: Option<NaiveDate> = WITHDRAWN_ON "全喪日" BadDate => |cells, at| {
            cells.end_date(at, applied_on.flatten())
        };
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
