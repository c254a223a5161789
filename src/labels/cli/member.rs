//! `member`, `diagnose` and `note`.

use crate::labels::texts::{plural, texts};
use chrono::NaiveDate;

texts! {
    /// Finding a member, the names in front of each fact about one, phone calls and notes.
    pub struct MemberTexts {
        none = "該当する加入者はいません。" | "No member was found.";
        relation = "続柄" | "relation";
        born = "生年月日" | "born";
        acquired = "資格取得" | "insured since";
        lost = "資格喪失" | "lost";
        employer = "事業所" | "employer";
        no_route = "送付先なし" | "no route";
        account = "アカウント" | "account";
        // Behind the day of the registration.
        closed(on: NaiveDate) = " (閉鎖 {on})" | " (closed {on})";
        web_display = "Web表示" | "web display";
        viewing_password = "閲覧用パスワード" | "viewing password";
        card = "はがき" | "card";
        no_employer = "該当する事業所はありません。" | "No employer matches.";
        no_note = "該当する対応記録はありません。" | "There is no such note.";
        note_written(note: i64) = "対応記録 {note} を残しました。" | "Note {note} is written.";
        follow_up_done(note: i64) =
            "対応記録 {note} の連絡を済みにしました。"
            | "The follow-up of note {note} is done.";
        follow_up_late(days: u32) = match days {
            0 => "" | "";
            _ => "{days}営業日超過" | "{days} {} late", plural(days, "workday", "workdays");
        };
        bad_answer(typed: &str) =
            "「{typed}」は答えとして読めません。日付は 2026-11-24 や R8.11.24 の形で指定してください。"
            | "\"{typed}\" is not an answer to this question.";
    }
}
