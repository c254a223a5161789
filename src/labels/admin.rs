//! 管理: staff, settings, the audit log.

use super::texts::{plural, texts};

texts! {
    /// Staff, settings and the audit log.
    pub struct AdminTexts {
        pages[6] =
            ["職員", "設定", "監査記録", "記録を読む", "提案", "点検"]
            | ["Staff", "Settings", "Audit", "Log", "Proposals", "Doctor"];
        checked = "点検項目" | "check";
        found = "結果" | "found";
        change_title = "提案された変更" | "Proposed change";
        change_confirm = "確認して変更する" | "Confirm and carry out";
        change_refuse = "却下する" | "Refuse";
        change_withdraw = "取り下げる" | "Withdraw";
        change_why = "理由" | "Why";
        change_effect =
            "確認すると、その場で変更されます。提案した方に、内容に間違いがないかお確かめください。"
            | "Confirming carries it out at once. Ask who proposed it whether it is meant.";
        change_by(who: &str, at: &str, until: &str) =
            "提案 {who}  {at}  確認は {until} まで" | "proposed by {who} at {at}, to be confirmed until {until}";
        no_change = "確認を待っている提案はありません" | "No proposal waits";
        no_change_next = "この2週間に決まったものもここに出ます" | "What was decided within two weeks is here, too";
        two_decide =
            "提案になります。ほかの責任者か管理者が確認すると変更され、最初のパスワードはその方に表示されます。"
            | "This is a proposal: another supervisor or admin confirms it, and is shown the first password.";
        ask_title = "記録を探す" | "Ask the log";
        ask_text = "空の欄は問いません。加入者は枝番を省くと世帯全員になります。" | "Empty fields do not count. A member without a branch is the whole household.";
        ask_member = "加入者" | "Member";
        ask_batch = "バッチ" | "Batch";
        ask_from = "この日から" | "From";
        ask_to = "この日まで" | "To";
        entry = "記録" | "Entry";
        no_entry = "当てはまる記録はありません" | "No entry fits";
        no_entry_next = "s で条件を変えます" | "s changes what is asked for";
        newest(count: usize) = "新しい順に {count}件まで" | "the newest first, {count} at most";
        bad_ask = "読み取れません" | "This cannot be read";
        for_others(who: &str) = "このページを使うのは{who}です" | "For {who} only";
        for_others_next = "Tab で次のページに移ります" | "Tab turns to the next page";
        id = "職員ID" | "Staff ID";
        role = "役割" | "Role";
        locked(until: &str) = "{until} までロック中" | "locked until {until}";
        disabled = "利用停止" | "disabled";
        must_change = "パスワード変更待ち" | "must change password";
        active = "利用中" | "active";
        setting = "設定" | "Setting";
        value = "値" | "Value";
        takes = "設定できる値" | "Accepts";
        bad_value = "この値は設定できません" | "It does not take this value";
        old_value(value: &str) = "いまの値: {value}" | "Now: {value}";
        new_value(value: &str) = "新しい値: {value}" | "New: {value}";
        nothing_set = "(なし)" | "(nothing)";
        add_title = "職員の登録" | "New member of staff";
        add_text =
            "最初のパスワードは本人に直接伝えてください。次のサインインで変更していただきます。"
            | "Tell them the first password in person. It must be changed at the next sign-in.";
        first_password = "最初のパスワード" | "First password";
        added(who: &str) = "{who} を登録しました" | "{who} is registered";
        unlock_title = "ロックの解除" | "Unlock";
        unlock_text(who: &str) = "{who} のロックを解除します。" | "{who} may sign in again at once.";
        was_open(who: &str) = "{who} はロックされていません" | "{who} is not locked";
        unlocked(who: &str) = "{who} のロックを解除しました" | "{who} is unlocked";
        reset_title = "パスワードの初期化" | "Reset the password";
        reset_text(who: &str) =
            "{who} のパスワードを新しくします。次のサインインで変更していただきます。"
            | "{who} gets a new password, which must be changed at the next sign-in.";
        reset(who: &str) = "{who} のパスワードを初期化しました" | "The password of {who} is reset";
        role_title = "役割の変更" | "Change the role";
        role_text(who: &str, now: &str) =
            "{who} の役割は今「{now}」です。変更すると、開いている画面は閉じます。"
            | "The role of {who} is {now}. Changing it closes their open screens.";
        role_changed(who: &str) = "{who} の役割を変更しました" | "The role of {who} was changed";
        factor_title = "二要素認証の登録の取消" | "Reset the second factor";
        factor_text(who: &str) =
            "{who} の認証アプリと回復コードの登録を取り消します。本人であることを確かめてから行ってください。開いている画面は閉じ、次のサインインで登録し直していただきます。"
            | "The phone and the recovery codes of {who} are forgotten; make sure it is really they who ask. Their open screens are closed, and a phone is enrolled again at the next sign-in.";
        factor_reset(who: &str) = "{who} の二要素認証の登録を取り消しました" | "The second factor of {who} is reset";
        disable_title = "利用停止" | "Disable";
        disable_text(who: &str) =
            "{who} はサインインできなくなり、開いている画面は閉じます。パスワードの初期化で元に戻せます。"
            | "{who} can no longer sign in, and their open screens are closed. Resetting the password brings the account back.";
        disable_yes = "停止する" | "Disable";
        disabled_done(who: &str) = "{who} の利用を停止しました" | "{who} is disabled";
        set_title(key: &str) = "設定の変更  {key}" | "Change {key}";
        set_yes = "変更する" | "Change";
        set_done(key: &str, value: &str) =
            "{key} を {value} にしました。開いているほかの端末にも反映されます"
            | "{key} is now {value}, also in consoles that are open";
        audit_hint =
            "v で、監査記録が書き換えられていないか、最初から最後まで確かめます"
            | "v checks from end to end that no entry of the audit log was changed";
        intact(entries: i64) =
            "{entries}件の記録は、すべて元のままです"
            | "{} as {} written",
            match entries { 1 => "The one entry is".to_owned(), _ => format!("All {entries} entries are") },
            plural(entries, "it was", "they were");
        broken(entry: i64) = "{entry}件目の記録が書き換えられています" | "Entry {entry} has been changed";
        broken_next =
            "その前の記録までは元のままです。バックアップを保全し、管理責任者に知らせてください。"
            | "Everything before it is intact. Keep the backups safe and tell the person in charge.";
        head = "最後の記録のハッシュ" | "Hash of the last entry";
        when = "日時" | "When";
        what = "内容" | "What";
        unusual = "ふだんと違う照会・操作(7日間)" | "Unusual browsing and acts in the last 7 days";
        nothing_unusual = "ふだんと違う照会はありません" | "Nothing unusual";
    }
}
