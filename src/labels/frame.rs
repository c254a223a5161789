//! What surrounds every screen: tabs, the message line, the states of waiting and failing.

use super::texts::{plural, texts};

texts! {
    /// What surrounds every screen: tabs, the message line, the states of waiting and failing.
    pub struct Frame {
        rehearsal = "練習用" | "REHEARSAL";
        // The keys that switch screens while one types.
        screens_key = "Alt-数字" | "Alt-digit";
        screens = "画面" | "screens";
        loading = "読み込んでいます" | "Loading";
        scroll_more = "(上下キーで続き)" | "(more: up, down)";
        too_small = "画面を 80x24 以上に広げてください" | "Please enlarge to 80x24 or more";
        size_now(width: u16, height: u16) = "現在 {width}x{height}" | "now {width}x{height}";
        failed = "読み込めませんでした" | "Could not be loaded";
        // The filter of a list: what is typed into, what is shown, and what an empty result says.
        filter = "絞り込み" | "Filter";
        filtered(text: &str, shown: usize, all: usize) =
            "絞り込み中「{text}」 {all}件のうち{shown}件を表示(Escで解除)"
            | "Filtered by \"{text}\": {shown} of {all} (Esc clears)";
        no_match(text: &str) = "「{text}」に合う行がありません" | "No row matches \"{text}\"";
        no_match_next = "Escで絞り込みを解除します" | "Esc clears the filter";
        reload_hint = "F5 でもう一度読み込みます" | "F5 tries again";
        no_such_key(key: &str) =
            "{key} はここでは使いません。F2 で使えるキーを表示します"
            | "{key} does nothing here. F2 lists the keys";
        quit_waits = "書き込みの完了を待って終了します" | "Finishing what is being written, then leaving";
        lock_after(minutes: u64) =
            "{minutes}分間操作がなかったため、画面をロックしました"
            | "Locked after {minutes} idle {}", plural(minutes, "minute", "minutes");
        work(what: &str, done: u64, total: u64) = "{what}  {done}/{total}" | "{what}  {done}/{total}";
        work_rate(rate: f64, left: u64) = "{rate:.1}/秒  残り{left}秒" | "{rate:.1}/s  {left}s left";
        range(first: usize, last: usize, all: usize) = "{first}-{last} / {all}件" | "{first}-{last} of {all}";
        // The action, the roles that may do it, and the role of the person who tried.
        not_allowed(what: &str, who: &str, role: &str) =
            "「{what}」を行えるのは{who}です(現在の役割は{role})"
            | "For {who} only: {what} (your role is {role})";
        more = " 続く " | " more ";
        signed_out = "サインアウトしました" | "Signed out";
        // A message arrived for a screen that is not in front, or that is covered by a dialog.
        late(tab: &str) =
            "「{tab}」にお知らせが届いています。「{tab}」を開くとお読みいただけます"
            | "Something has come for you to read: open {tab} to see it";
        late_below =
            "お知らせが届いています。開いている窓を閉じるとお読みいただけます"
            | "Something has come for you to read: close the dialog to see it";
    }
}
