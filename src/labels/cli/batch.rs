//! `batch`.

use crate::labels::texts::{plural, texts};
use crate::usecases::batches::Due;
use chrono::NaiveDate;
use std::fmt::Display;

texts! {
    /// What came of a step of a batch, and its lists.
    pub struct BatchTexts {
        drafted(batch: impl Display, cards: usize) =
            "バッチ {batch} を作成しました({cards}枚)。"
            | "Batch {batch} has {cards} {}.", plural(cards, "card", "cards");
        draft_held(held: usize) = match held {
            0 => "" | "";
            _ =>
                "今は送れない {held}枚は保留にしました。"
                | " {held} that cannot go out now {} held.", plural(held, "is", "are");
        };
        draft_cancelled(cancelled: usize) = match cancelled {
            0 => "" | "";
            _ =>
                "不要になった {cancelled}枚は取り消しました。"
                | " {cancelled} not wanted any more {} cancelled.", plural(cancelled, "is", "are");
        };
        draft_apart(apart: usize) = match apart {
            0 => "" | "";
            _ =>
                "同じ方のもう一種のはがきと日を分けるため、{apart}枚は発送待ちに残しました。"
                | " {apart} {} in the queue: another card of the same member is too close.", plural(apart, "stays", "stay");
        };
        draft_gone(gone: usize) = match gone {
            0 => "" | "";
            _ =>
                "指定のうち {gone}枚は、発送待ちにありません。"
                | " {gone} of those named {} not queued.", plural(gone, "is", "are");
        };
        left(state: &str) = "バッチを離脱({state})" | "left the batch ({state})";
        approved(batch: &str) = "バッチ {batch} を承認しました。" | "Batch {batch} is approved.";
        fingerprint(digest: &str) = " 指紋 {digest}" | " Fingerprint {digest}";
        exported(cards: usize, date: NaiveDate, held: usize) =
            "{cards}枚を出力しました(発送予定日 {date}、保留 {held}枚)。"
            | "{cards} {} exported for {date}, {held} held.", plural(cards, "card", "cards");
        printed(good: usize, spoiled: usize) =
            "印刷 {good}枚、刷り損じ {spoiled}枚を登録しました。"
            | "{good} printed, {spoiled} spoiled.";
        letters(edition: i64, employers: usize, cards: usize) =
            "送付状と受領書(第{edition}版、{employers}事業所、はがき {cards}枚)"
            | "Letters and receipts, edition {edition}: {employers} {}, {cards} {}",
            plural(employers, "employer", "employers"),
            plural(cards, "card", "cards");
        left_out(serials: &str) =
            "次のはがきは送れないため、送付状に入れていません。束から抜き取ってください: {serials}"
            | "These cards cannot be sent and are not listed. Pull them from the pile: {serials}";
        outdated(files: &str) =
            "次のファイルは古くなったため消去しました。印刷した紙があれば破棄してください: {files}"
            | "Outdated and removed; throw away what was printed of: {files}";
        changed_parcel(employer: &str, before: usize, cards: usize) = match cards {
            0 =>
                "{employer}: {before}枚 → なし(送付状と受領書を破棄)" | "{employer}: {before} -> none (throw its letter and receipt away)";
            _ => "{employer}: {before}枚 → {cards}枚(送付状と受領書を差し替え)" | "{employer}: {before} -> {cards} (replace its letter and receipt)";
        };
        remade(batch: impl Display, cards: usize, serials: &str) =
            "バッチ {batch} の刷り損じ {cards}枚を作り直しました({serials})。印刷し、印刷完了を登録してください。"
            | "{cards} spoiled {} of batch {batch} made again ({serials}). Print, and note the print.",
            plural(cards, "card", "cards");
        remake_left(left: usize, members: &str) = match left {
            0 => "" | "";
            _ =>
                "承認のときと内容が変わったはがきは、発送待ちに残しました: {members}"
                | " What would differ from the approval stays in the queue: {members}";
        };
        dispatched(on: NaiveDate, cards: usize, pulled: usize) =
            "{on} に{cards}枚を発送しました(抜取 {pulled}枚)。"
            | "{cards} {} dispatched on {on}, {pulled} pulled.", plural(cards, "card", "cards");
        destroyed = "出力したPDFは消去しました。" | " The PDF is destroyed.";
        not_destroyed(file: &str) =
            "PDFを消去できていません({file})。原因を除くと、次の起動時に消去します。"
            | " The PDF could NOT be destroyed ({file}). It is tried again at the next start.";
        tracked(employer: &str, number: &str) = match number {
            "" => "事業所 {employer} の追跡番号は、記録のない状態です。" | "Employer {employer} has no tracking number now.";
            _ => "事業所 {employer} の追跡番号 {number} を記録しました。" | "Employer {employer}: tracking number {number}.";
        };
        receipt_noted = "受領書の返送を登録しました。" | "The receipt is noted.";
        undelivered_noted(cards: usize) = match cards {
            0 => "" | "";
            _ =>
                "お渡しできなかった {cards}枚は、返送を待つ一覧に入れました。"
                | " {cards} not handed over {} expected back.", plural(cards, "is", "are");
        };
        receipts_noted(employers: usize) =
            "受領書 {employers}件の返送を登録しました。"
            | "{employers} {} noted.", plural(employers, "receipt", "receipts");
        no_receipts = "戻っていない受領書はありません" | "No receipt is missing";
        nothing_expected = "返送を待っているはがきはありません" | "No card is expected back";
        sent_back(batch: &str) =
            "バッチ {batch} を差し戻しました。作成した方のホームに理由が表示されます。"
            | "Batch {batch} is sent back; its drafter sees why on the home screen.";
        commented(batch: &str) = "バッチ {batch} にコメントを残しました。" | "The comment on batch {batch} is kept.";
        due: Due = {
            Due::Overdue => "  期限超過" | "  overdue",
            Due::Awaited => "" | "",
        };
        returned(serial: &str) =
            "{serial} の返戻を登録し、パスワードを無効にしました。"
            | "The return of {serial} is recorded; its password is void.";
        returned_next(day: NaiveDate, owner: &str) =
            "次の連絡は {day}、担当 {owner}。" | " Next contact on {day}, {owner}.";
        cancelled(batch: &str, back: usize) =
            "バッチ {batch} を取り消し、{back}枚を発送待ちに戻しました。"
            | "Batch {batch} is cancelled; {back} {} queued again.", plural(back, "card is", "cards are");
        // In front of how many are done, while a batch is exported.
        passwords = "パスワード生成" | "passwords";
    }
}
