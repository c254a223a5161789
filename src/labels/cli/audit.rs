//! `audit` and `feed`.

use crate::labels::texts::{plural, texts};
use std::fmt::Display;

/// The columns of the log as a file. Japanese in both languages: a spreadsheet finds them by name.
pub const AUDIT_COLUMNS: [&str; 9] = ["番号", "日時", "職員ID", "端末", "操作", "対象", "バッチ", "内容", "ハッシュ"];

texts! {
    /// The audit log and the portal feed.
    pub struct AuditTexts {
        broken(entry: i64) =
            "監査記録の {entry} 番目が改ざんされているか、欠けています。"
            | "Entry {entry} of the audit log was changed, moved or removed.";
        intact(entries: i64) =
            "監査記録 {entries} 件に異常はありません。"
            | "{entries} {}, the chain is whole.", plural(entries, "entry", "entries");
        saved(entries: usize, routes: usize, file: impl Display) =
            "監査記録 {entries} 件と、はがきの送付先 {routes} 件を {file} に保存しました。"
            | "{entries} {} and the routes of {routes} {} saved to {file}.",
            plural(entries, "entry", "entries"),
            plural(routes, "card", "cards");
        routes = "はがきの送付先(承認のとき)" | "Where cards were approved to go";
        heading =
            "  番号  日時                 職員  操作  対象  内容"
            | " Entry  When                 Who  What  Whom  Facts";
        none = "当てはまる記録はありません。" | "No entry fits.";
        household(key: &str) =
            "{key} の世帯全員の記録です(枝番を付けると1人分になります)。"
            | "Everybody of the household {key}; add a branch for one person.";
        more(seq: i64) =
            "続きは --after {seq} で読めます。"
            | "Read on with --after {seq}.";
        bad_key(typed: &str) =
            "「{typed}」は記号・番号・枝番ではありません(例 260-1-00)。"
            | "\"{typed}\" is no member's number (e.g. 260-1-00).";
        feed_written(rows: usize, file: impl Display, last: i64) =
            "{rows}件を {file} に出力しました(最後の連番 {last})。"
            | "{rows} {} written to {file}, the last is {last}.", plural(rows, "row", "rows");
        nothing_to_deliver = "配信する指示はありません。" | "Nothing waits to be delivered.";
        feed_delivered(name: &str, rows: usize) =
            "{name}: {rows}件を配信しました。"
            | "{name}: {rows} {} delivered.", plural(rows, "instruction", "instructions");
        feed_acknowledged(seq: i64, last: i64, redacted: u64) =
            "ポータルは連番 {seq} まで取込済みです(最後の連番 {last})。取込済みの{redacted}件から、ログインIDとハッシュを消しました。"
            | "The portal has the feed up to {seq} (the last is {last}). Login IDs and hashes were taken out of {redacted} {}.", plural(redacted, "row", "rows");
        feed_position(acknowledged: i64, last: i64, epoch: i64) =
            "ポータルは連番 {acknowledged} まで取込済みです(最後の連番 {last}、世代 {epoch})。"
            | "The portal has the feed up to {acknowledged} (the last is {last}, epoch {epoch}).";
        feed_told(at: &str) = match at {
            "" => "\n取込の記録はまだありません。mykempo feed ack で記録してください。" | "\nNothing was acknowledged yet: record it with mykempo feed ack.";
            _ => "\n記録した日時 {at}" | "\nRecorded {at}";
        };
        feed_waits(count: i64, since: &str) = match count {
            0 => "\n取込を待っているものはありません。" | "\nNothing waits for the portal.";
            _ => "\n取込待ち {count}件(最も古いもの {since})" | "\n{count} {} for the portal, the oldest since {since}", plural(count, "row waits", "rows wait");
        };
    }
}
