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
                "送付先のない {held}枚は保留にしました。"
                | " {held} without a route {} held.", plural(held, "is", "are");
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
        exported(cards: usize, date: NaiveDate, held: usize) =
            "{cards}枚を出力しました(発送予定日 {date}、保留 {held}枚)。"
            | "{cards} {} exported for {date}, {held} held.", plural(cards, "card", "cards");
        printed(good: usize, spoiled: usize) =
            "印刷 {good}枚、刷り損じ {spoiled}枚を登録しました。"
            | "{good} printed, {spoiled} spoiled.";
        dispatched(on: NaiveDate, cards: usize, pulled: usize) =
            "{on} に{cards}枚を発送しました(抜取 {pulled}枚)。"
            | "{cards} {} dispatched on {on}, {pulled} pulled.", plural(cards, "card", "cards");
        destroyed = "出力したPDFは消去しました。" | " The PDF is destroyed.";
        not_destroyed(file: &str) =
            "PDFを消去できていません({file})。原因を除くと、次の起動時に消去します。"
            | " The PDF could NOT be destroyed ({file}). It is tried again at the next start.";
        receipt_noted = "受領書の返送を登録しました。" | "The receipt is noted.";
        due: Due = {
            Due::Overdue => "  期限超過" | "  overdue",
            Due::Awaited => "" | "",
        };
        returned(serial: &str) =
            "{serial} の返戻を登録し、パスワードを無効にしました。"
            | "The return of {serial} is recorded; its password is void.";
        cancelled(batch: &str, back: usize) =
            "バッチ {batch} を取り消し、{back}枚を発送待ちに戻しました。"
            | "Batch {batch} is cancelled; {back} {} queued again.", plural(back, "card is", "cards are");
        // In front of how many are done, while a batch is exported.
        passwords = "パスワード生成" | "passwords";
    }
}
