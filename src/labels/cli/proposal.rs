//! `proposal`: what two people decide.

use crate::labels::texts::texts;

texts! {
    /// What came of a proposal.
    pub struct ProposalTexts {
        agree = "この内容で変更しますか [y/N]" | "Carry this out? [y/N]";
        left = "取りやめました。何も変更していません。" | "Left as it was; nothing was changed.";
        none = "確認を待っている提案はありません。" | "No proposal waits.";
        confirmed(id: i64, what: &str) =
            "提案 {id} を確認し、変更しました: {what}"
            | "Proposal {id} confirmed and carried out: {what}";
        first_password(id: &str, password: &str) =
            "{id} の最初のパスワード: {password}\n表示は今回だけです。本人に直接お渡しください。最初のサインインで変更が必要です。"
            | "First password of {id}: {password}\nIt is shown this once. Hand it to that person; it must be changed at the first sign-in.";
        key(id: &str, line: &str) =
            "自動処理 {id} の鍵(1行): {line}\n表示は今回だけです。自動処理を動かす利用者だけが読めるファイル(0600)に保存してください。"
            | "Key of the machine {id} (one line): {line}\nIt is shown this once. Put it into a file that only the user of the job may read (0600).";
        refused(id: i64) = "提案 {id} を却下しました。" | "Proposal {id} refused.";
        withdrawn(id: i64) = "提案 {id} を取り下げました。" | "Proposal {id} withdrawn.";
    }
}
