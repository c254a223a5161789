//! What Japan Post's tables say of an address, in words.

use super::Lang;
use crate::domain::postal::{AddressCheck, AddressReason, PostcodeKind};

/// The whole answer.
pub fn address_check(lang: Lang, check: &AddressCheck) -> String {
    let kind = postcode_kind(lang, check.postcode);
    let town = check.town.as_deref().unwrap_or("-");
    let barcode = match check.barcode.as_deref().and_then(|data| data.split_at_checked(7)) {
        Some((postcode, address)) => format!("{postcode} {address}"),
        None => lang.pick("なし", "none").to_owned(),
    };
    let why = address_reason(lang, check.why);
    lang.choose(
        format!("郵便番号: {kind}  {town}\nカスタマバーコード: {barcode}\n{why}\n"),
        format!("postcode: {kind}  {town}\ncustomer barcode: {barcode}\n{why}\n"),
    )
}

fn postcode_kind(lang: Lang, kind: PostcodeKind) -> &'static str {
    match kind {
        PostcodeKind::Town => lang.pick("町域", "town"),
        PostcodeKind::Office => lang.pick("個別郵便番号", "office code"),
        PostcodeKind::Representative => lang.pick("市区町村全体", "whole city"),
        PostcodeKind::Unknown => lang.pick("不明", "unknown"),
    }
}

fn address_reason(lang: Lang, why: AddressReason) -> &'static str {
    match why {
        AddressReason::Agrees => lang.pick("郵便番号と住所は合っています。", "Postcode and address agree."),
        AddressReason::OfficeAlone => lang.pick(
            "大口事業所の番号です。番号だけで届きます。",
            "An office with a code of its own: the code is enough.",
        ),
        AddressReason::BoxNumber => lang.pick("私書箱の番号を入れました。", "With the number of the post-office box."),
        AddressReason::NoBox => {
            lang.pick("私書箱の番号が住所にありません。", "The address has no number of a post-office box.")
        }
        AddressReason::WholeCity => lang.pick(
            "市区町村全体の番号です。町域の番号をお確かめください。",
            "The code is that of the whole city; look up that of the town.",
        ),
        AddressReason::OtherTown => lang.pick(
            "郵便番号の町域が住所にありません。郵便番号か住所をお確かめください。",
            "The address does not name the town of the postcode; one of the two is wrong.",
        ),
        AddressReason::UnknownPostcode => lang.pick("この郵便番号は見つかりません。", "There is no such postcode."),
        AddressReason::BadPostcode => lang.pick("郵便番号は7桁の数字です。", "A postcode has seven digits."),
    }
}
