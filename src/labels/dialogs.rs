//! Dialogs: confirmation, forms, help, the command palette.

use super::texts::{plural, texts};

texts! {
    /// Confirmation, forms, help, the command palette.
    pub struct Dialogs {
        help_title = "使えるキー" | "Keys";
        help_here = "この画面" | "This screen";
        help_everywhere = "どの画面でも" | "Everywhere";
        palette_title = "操作を探す" | "Find a command";
        palette_prompt = "操作" | "Command";
        palette_empty = "該当する操作がありません" | "No such command";
        quit_title = "終了" | "Quit";
        quit_text = "コンソールを終了します。よろしいですか。" | "Leave the console?";
        sign_out_title = "サインアウト" | "Sign out";
        sign_out_text = "サインアウトして担当者を替わります。よろしいですか。" | "Sign out, for another person?";
        // Something is half done.
        end_loses =
            "開いている窓があります。入力中の内容は残りません。"
            | "A dialog is open. What is typed in it will be lost.";
        // In a field for a password, whatever its length.
        typed = "入力あり" | "typed";
        required = "入力してください" | "Please fill this in";
        bad_date =
            "日付として読めません  例) 11/26  2026-11-26  令和8年11月26日"
            | "Not a date; for example 11/26 or 2026-11-26";
        bad_birth_date =
            "生年月日として読めません  例) S54.7.26  1979-07-26  昭和54年7月26日"
            | "Not a date of birth; for example 1979-07-26 or S54.7.26";
        bad_coming_date =
            "日付として読めません  例) 11/30  R8.11.30  +3 (3営業日後)"
            | "Not a date; for example 11/30, R8.11.30, or +3 for 3 business days";
        too_early(day: &str) = "{day} より前の日付は入力できません" | "No day before {day} can be given";
        too_late(day: &str) = "{day} より後の日付は入力できません" | "No day after {day} can be given";
        differs = "2回の入力が一致しません" | "The two do not match";
        waiting = "処理しています。お待ちください" | "Working; please wait";
        left_as_it_was = "取りやめました。何も変更していません" | "Left as it was; nothing was changed";
        discard_title = "入力の破棄" | "Discard";
        discard_text = "入力した内容を破棄しますか。" | "Discard what you have typed?";
        discard_yes = "破棄する" | "Discard";
        not_all_ticked(open: usize) =
            "まだ印のないはがきが {open}枚 あります。束から抜き取り、Space で印を付けてください"
            | "{open} {} with Space",
            plural(open, "card is not ticked yet. Pull it from the pile and tick it", "cards are not ticked yet. Pull them from the pile and tick each");
        ticked(done: usize, all: usize) =
            "抜き取り済み {done} / {all}枚   すべてに印が付くと、Enter で先へ進めます"
            | "{done} of {all} pulled. Enter goes on when all are ticked";
        new_mark = "[新]" | "[new]";
        refused_title = "できませんでした" | "Not done";
    }
}
