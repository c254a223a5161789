//! 封入 (B14): the one word to a scan, and the sentence under it.

use super::texts::{plural, texts};
use super::{Lang, gate};
use crate::domain::packing::{ParcelName, ScanAnswer};

texts! {
    /// The dialog in which parcels are packed.
    pub struct PackingTexts {
        title(batch: &str) = "封入の確認 {batch}" | "Pack {batch}";
        code = "読み取り" | "Scan";
        hint =
            "はがきの二次元コードか、送付状のコードを読み取ります。番号を入力しても同じです。"
            | "Scan the code of a card or of a letter, or type its number.";
        none_yet = "束はまだ始まっていません" | "no parcel is begun";
        done(packed: usize, parcels: usize) = "終わった束 {packed} / {parcels}" | "{packed} of {parcels} parcels complete";
        missing(serials: &str) = "まだ読み取っていないはがき: {serials}" | "Not scanned yet: {serials}";
        changed(serials: &str) =
            "束の中身が変わりました。確認を開き直し、読み取り直してください: {serials}"
            | "The parcel has changed. Open this again and scan it anew: {serials}";
        receipt_title = "受領書の読み取り" | "Scan a receipt";
        receipt_code = "受領書のコード" | "Code of the receipt";
        receipt_hint = "受領書の右上のコードを読み取ります。" | "Scan the code at the top right of the receipt.";
        receipt_unknown(code: &str) =
            "待っている受領書の中に、このコードはありません: {code}"
            | "No receipt with this code is waited for: {code}";
        ok = "OK" | "OK";
        begun = "開始" | "BEGIN";
        complete = "完了" | "COMPLETE";
        alone = "個別発送" | "ALONE";
        other_parcel = "ちがう事業所" | "OTHER EMPLOYER";
        must_pull = "抜取" | "PULL";
        not_in_pile = "使わないはがき" | "NOT IN USE";
        repeated = "読取済" | "ALREADY READ";
        unfinished = "束が未完" | "NOT COMPLETE";
        other_batch = "ちがうバッチ" | "OTHER BATCH";
        unknown = "不明なコード" | "UNKNOWN CODE";
        begun_text(parcel: &str, cards: usize) =
            "{parcel} の束を始めます。はがきは {cards}枚です。"
            | "The parcel of {parcel} begins: {cards} {}.", plural(cards, "card", "cards");
        complete_text(parcel: &str, cards: usize) =
            "{parcel} の {cards}枚がそろいました。送付状と受領書を入れて、封をしてください。"
            | "All {cards} {} of {parcel} are there. Add letter and receipt, and close it.", plural(cards, "card", "cards");
        alone_text =
            "一度だけの送付先へ、このはがきだけを送ります。束には入れません。"
            | "It goes to a one-off address by itself, into no parcel.";
        other_parcel_text(parcel: &str) = "このはがきは {parcel} の束に入ります。" | "This card belongs to {parcel}.";
        must_pull_text(reason: &str) =
            "送ってはいけないはがきです({reason})。束に入れず、抜き取ってください。"
            | "It must not be sent ({reason}). Keep it out and pull it.";
        not_in_pile_text =
            "刷り損じか、すでに抜き取ったはがきです。束に入れず、裁断してください。"
            | "It is spoiled, or was pulled before. Keep it out and shred it.";
        repeated_text =
            "もう読み取っています。同じはがきを二度読み取っていないか、確かめてください。"
            | "It was read before. Make sure that it is not the same one twice.";
        unfinished_text(missing: usize, serials: &str) =
            "いまの束のはがきが、まだ {missing}枚あります: {serials}"
            | "{missing} {} of this parcel are missing: {serials}", plural(missing, "card", "cards");
        other_batch_text = "別のバッチのコードです。このバッチの束に入れないでください。" | "It is of another batch. Keep it out.";
        unknown_text =
            "このバッチのはがきや送付状のコードではありません。読み取り直してください。"
            | "No card or letter of this batch has it. Scan again.";
    }
}

/// As many serials as a person reads.
const FEW: usize = 5;

/// The last digits of serials, a few of them.
pub fn places(serials: &[String]) -> String {
    let place = |serial: &String| serial.rsplit('-').next().unwrap_or_default().to_owned();
    let shown: Vec<String> = serials.iter().take(FEW).map(place).collect();
    let more = if serials.len() > FEW { " …" } else { "" };
    format!("{}{more}", shown.join(" "))
}

/// `260 旭精機株式会社`
pub fn parcel(parcel: &ParcelName) -> String {
    format!("{} {}", parcel.employer, parcel.name)
}

/// The one word to a scan, and the sentence under it.
pub fn answer(lang: Lang, answer: &ScanAnswer) -> (&'static str, String) {
    let words = &lang.labels().packing;
    match answer {
        ScanAnswer::Begun { parcel: of, cards } => (words.begun, words.begun_text(&parcel(of), *cards)),
        ScanAnswer::Ok => (words.ok, String::new()),
        ScanAnswer::Complete { parcel: of, cards } => (words.complete, words.complete_text(&parcel(of), *cards)),
        ScanAnswer::Alone => (words.alone, words.alone_text.to_owned()),
        ScanAnswer::OtherParcel { parcel: of } => (words.other_parcel, words.other_parcel_text(&parcel(of))),
        ScanAnswer::MustPull { reason } => (words.must_pull, words.must_pull_text(gate::reason(lang, *reason))),
        ScanAnswer::NotInPile => (words.not_in_pile, words.not_in_pile_text.to_owned()),
        ScanAnswer::Repeated => (words.repeated, words.repeated_text.to_owned()),
        ScanAnswer::Unfinished { missing } => {
            (words.unfinished, words.unfinished_text(missing.len(), &places(missing)))
        }
        ScanAnswer::OtherBatch => (words.other_batch, words.other_batch_text.to_owned()),
        ScanAnswer::Unknown => (words.unknown, words.unknown_text.to_owned()),
    }
}
