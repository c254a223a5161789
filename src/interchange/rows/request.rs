//! ログイン情報送付依頼.

use crate::domain::MemberKey;
use crate::domain::request::RequestKind;
use crate::interchange::cells::{Cells, parsed};
use crate::interchange::row_error::looks_spreadsheet_made;
use crate::text::{key, nfkc, parse_moment, plain_line, plain_lines};
use chrono::{DateTime, NaiveDate, Utc};

columns! {
    /// What the form sent.
    pub struct RequestRow {
        receipt: String = RECEIPT "受付番号" BadKey => parsed(receipt);
        received_at: DateTime<Utc> = RECEIVED_AT "受付日時" BadDate => parsed(parse_moment);
        kind: RequestKind = KIND "種別" BadKind => parsed(kind);
        member: TypedKey = SYMBOL "記号", NUMBER "番号", BRANCH "枝番" => typed_key;
        name: String = NAME "氏名" MissingName => Cells::name;
        /// As typed, full width: one that is no kana is for the clerk to see.
        kana: String = KANA "氏名カナ" => Cells::typed_kana;
        born_on: Option<NaiveDate> = BORN_ON "生年月日" BadDate => Cells::date;
        employer: String = EMPLOYER "事業所名" => Cells::text;
        phone: String = PHONE "電話" => Cells::phone;
        email: String = EMAIL "メールアドレス" => Cells::text;
        /// With its line breaks.
        body: String = BODY "内容" => |cells, [at]: [usize; 1]| Some(plain_lines(cells.raw(at)));
    }
}

/// A member's key as it was typed: a wrong one is for the clerk to see, and rejects no row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedKey {
    /// The key, where what was typed is one.
    pub key: Option<MemberKey>,
    /// 記号, folded.
    pub symbol: String,
    /// 番号, folded.
    pub number: String,
    /// 枝番, folded.
    pub branch: String,
}

fn typed_key(cells: &mut Cells<'_>, at: [usize; 3]) -> Option<TypedKey> {
    let [symbol, number, branch] = at.map(|at| cells.raw(at));
    let member = MemberKey::parse(symbol, number, branch).ok();
    let typed = |text: &str| plain_line(&key(text)).into_owned();
    let [symbol, number, branch] = match &member {
        Some(key) => [key.symbol.key(), key.number.key(), key.branch.key()].map(str::to_owned),
        None => [typed(symbol), typed(number), plain_line(&nfkc(branch)).into_owned()],
    };
    Some(TypedKey { key: member, symbol, number, branch })
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
