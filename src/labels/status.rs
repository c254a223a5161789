//! `status` and `metrics`: how a society is, in one line.

use super::texts::texts;
use super::{Lang, codes};
use crate::domain::CardState;
use crate::usecases::upkeep::SystemStatus;
use std::fmt::Display;

texts! {
    /// What waits, for a prompt or a greeting.
    pub struct StatusTexts {
        nothing = "対応待ちはありません" | "nothing waits";
        requests(count: i64) = "送付依頼 {count}" | "requests {count}";
        batches(count: i64) = "バッチ {count}" | "batches {count}";
        addresses(count: i64) = "住所の確認 {count}" | "addresses {count}";
        receipts(count: i64) = "受領書の期限超過 {count}" | "receipts overdue {count}";
        promises(count: i64, due: i64) = match due {
            0 => "お待たせ {count}" | "owed {count}";
            _ => "お待たせ {count}(期限 {due})" | "owed {count} ({due} due)";
        };
        incidents(count: i64, due: i64) = match due {
            0 => "漏えい等 {count}" | "incidents {count}";
            _ => "漏えい等 {count}(報告 {due})" | "incidents {count} ({due} to report)";
        };
        replies(count: i64) = "未送付の返信 {count}" | "replies {count}";
        feed(count: i64) = "ポータル待ち {count}" | "feed {count}";
        backup(days: i64) = match days {
            0 | 1 => "" | "";
            _ => "バックアップ {days}日前" | "backup {days} d old";
        };
        no_backup = "バックアップなし" | "no backup";
        written(path: impl Display) = "{path} に書き出しました。" | "Wrote {path}.";
    }
}

/// One line: the program's name, and what is not nothing.
pub fn line(lang: Lang, status: &SystemStatus) -> String {
    const DAY: i64 = 24 * 60 * 60;
    let words = &lang.labels().status;
    let some = |count: i64, text: String| (count > 0).then_some(text);
    let cards = |state| {
        let count = status.cards_in(state);
        some(count, format!("{} {count}", codes::card_state(lang, state)))
    };
    let backup = status.backup_age_seconds.map_or(words.no_backup.to_owned(), |age| words.backup(age / DAY));
    let parts = [
        some(status.requests.count, words.requests(status.requests.count)),
        cards(CardState::Queued),
        cards(CardState::Held),
        some(status.batches, words.batches(status.batches)),
        some(status.addresses, words.addresses(status.addresses)),
        some(status.receipts_overdue, words.receipts(status.receipts_overdue)),
        some(status.promises, words.promises(status.promises, status.promises_due)),
        some(status.incidents, words.incidents(status.incidents, status.incidents_due)),
        some(status.replies.count, words.replies(status.replies.count)),
        some(status.feed.count, words.feed(status.feed.count)),
        Some(backup).filter(|text| !text.is_empty()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    match parts.as_slice() {
        [] => format!("mykempo: {}", words.nothing),
        parts => format!("mykempo: {}", parts.join("  ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::usecases::upkeep::WaitingAge;

    #[test]
    fn only_what_is_there_is_in_the_line() {
        let calm = SystemStatus { backup_age_seconds: Some(3600), ..SystemStatus::default() };
        assert_eq!(line(Lang::Ja, &calm), "mykempo: 対応待ちはありません");
        let busy = SystemStatus {
            requests: WaitingAge { count: 4, oldest_seconds: Some(9) },
            cards: vec![(CardState::Queued, 31), (CardState::Printed, 2)],
            promises: 5,
            promises_due: 2,
            backup_age_seconds: Some(9 * 24 * 3600),
            ..SystemStatus::default()
        };
        assert_eq!(line(Lang::Ja, &busy), "mykempo: 送付依頼 4  発送待ち 31  お待たせ 5(期限 2)  バックアップ 9日前");
        assert_eq!(line(Lang::En, &SystemStatus::default()), "mykempo: no backup");
    }
}
