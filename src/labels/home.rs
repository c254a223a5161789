//! ホーム.

use super::texts::{plural, texts};

texts! {
    /// The home screen: work that waits, and the last four weeks.
    pub struct Home {
        waiting = "対応待ち" | "Waiting";
        requests = "送付依頼" | "Requests";
        queued = "発送待ち" | "Queued cards";
        held = "保留" | "Held cards";
        addresses = "送付先の承認" | "Addresses";
        changed_addresses = "住所変更の確認" | "New addresses";
        proposals = "変更の確認" | "To confirm";
        confirmed = "最近の変更" | "Changed";
        expiring = "印刷期限" | "Print by";
        sent_back = "差戻し" | "Sent back";
        expected_back = "返送待ち" | "To come back";
        receipts = "受領書" | "Receipts";
        promises = "お待たせ" | "Owed";
        follow_ups = "次の連絡" | "Follow-ups";
        incidents = "漏えい等" | "Incidents";
        replies = "未送付の返信" | "Replies";
        calls = "対応中の電話" | "Open calls";
        calls_next = "Enter で次の電話へ" | "Enter: next call";
        oldest(days: u32) = match days {
            0 => "最古 今日" | "oldest today";
            _ => "最古 {days}営業日" | "oldest {days} {}", plural(days, "workday", "workdays");
        };
        today = "今日まで" | "due today";
        overdue = "期限超過" | "overdue";
        nothing = "対応を待っているものはありません" | "Nothing is waiting";
        nothing_next = "/ で加入者を探せます" | "/ finds a member";
        nothing_next_import =
            "/ で加入者を探せます。6 取込 でファイルを取り込めます"
            | "/ finds a member; 6 Import takes files in";
        weeks = "この4週間" | "Four weeks";
        asked = "依頼" | "Asked";
        sent = "発送" | "Sent";
        by_age = "送付依頼の経過" | "Age of requests";
        // Since today, one or two business days, three or more.
        ages[3] = ["当日", "1-2営業日", "3営業日以上"] | ["today", "1-2 workdays", "3 workdays or more"];
        on_the_way = "発送前のはがき" | "Cards before dispatch";
        held_by = "保留の理由" | "Held because";
        others = "ほか" | "others";
        portal(acknowledged: i64, waiting: i64) = match waiting {
            0 => "ポータル 連番 {acknowledged} まで取込済み" | "Portal has the feed up to {acknowledged}";
            _ =>
                "ポータル 連番 {acknowledged} まで  待ち {waiting}件"
                | "Portal at {acknowledged}, {waiting} waiting";
        };
        imports = "最後の取込" | "Last imports";
        no_imports = "まだありません" | "None yet";
        import_counts(added: i64, changed: i64, rejected: i64) = match rejected {
            0 => "追加{added} 変更{changed}" | "+{added} ~{changed}";
            _ => "追加{added} 変更{changed} 不可{rejected}" | "+{added} ~{changed} !{rejected}";
        };
    }
}
