//! ログイン情報送付依頼.

use crate::domain::MemberKey;
use crate::domain::request::RequestKind;
use crate::interchange::cells::Cells;
use crate::interchange::row_error::looks_spreadsheet_made;
use crate::interchange::{Row, RowCode};
use crate::text::{key, nfkc, parse_moment, plain_line, plain_lines};
use chrono::{DateTime, NaiveDate, Utc};

/// What somebody sent through the form. The key is as typed: a wrong one is for the clerk to see, not for us to reject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRow {
    /// 受付番号
    pub receipt: String,
    /// 受付日時
    pub received_at: DateTime<Utc>,
    /// 種別
    pub kind: RequestKind,
    /// The key, where what was typed is one.
    pub key: Option<MemberKey>,
    /// 記号, folded.
    pub symbol: String,
    /// 番号, folded.
    pub number: String,
    /// 枝番, folded.
    pub branch: String,
    /// 氏名
    pub name: String,
    /// 氏名カナ as typed, full width: one that is no kana is for the clerk to see.
    pub kana: String,
    /// 生年月日
    pub born_on: Option<NaiveDate>,
    /// 事業所名
    pub employer: String,
    /// 電話
    pub phone: String,
    /// メールアドレス
    pub email: String,
    /// 内容, with its line breaks.
    pub body: String,
}

impl Row for RequestRow {
    const COLUMNS: &'static [&'static str] = &[
        "受付番号",
        "受付日時",
        "種別",
        "記号",
        "番号",
        "枝番",
        "氏名",
        "氏名カナ",
        "生年月日",
        "事業所名",
        "電話",
        "メールアドレス",
        "内容",
    ];

    fn parse(cells: &mut Cells<'_>) -> Option<Self> {
        let receipt = cells.parse(0, RowCode::BadKey, receipt);
        let received_at = cells.parse(1, RowCode::BadDate, parse_moment);
        let kind = cells.parse(2, RowCode::BadKind, kind);
        let member = MemberKey::parse(cells.raw(3), cells.raw(4), cells.raw(5)).ok();
        let name = cells.name(6);
        let born_on = cells.date(8);
        let typed = |text: &str| plain_line(&key(text)).into_owned();
        let [symbol, number, branch] = match &member {
            Some(key) => [key.symbol.key(), key.number.key(), key.branch.key()].map(str::to_owned),
            None => [typed(cells.raw(3)), typed(cells.raw(4)), plain_line(&nfkc(cells.raw(5))).into_owned()],
        };
        Some(Self {
            receipt: receipt?,
            received_at: received_at?,
            kind: kind?,
            key: member,
            symbol,
            number,
            branch,
            name: name?,
            kana: cells.typed_kana(7),
            born_on: born_on?,
            employer: cells.text(9),
            phone: cells.phone(10),
            email: cells.text(11),
            body: plain_lines(cells.raw(12)),
        })
    }
}

/// What a spreadsheet made of a number is none: many numbers have it in common.
fn receipt(text: &str) -> Option<String> {
    let receipt = plain_line(&nfkc(text)).into_owned();
    (!receipt.is_empty() && !looks_spreadsheet_made(&receipt)).then_some(receipt)
}

fn kind(text: &str) -> Option<RequestKind> {
    match nfkc(text).as_str() {
        "" => None,
        "ログイン情報送付依頼" => Some(RequestKind::LoginInfo),
        _ => Some(RequestKind::Other),
    }
}
