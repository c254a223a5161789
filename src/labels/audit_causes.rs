//! Causes in entries of the audit log, in words.

use super::Lang;
use crate::domain::request::ReplyWay;
use crate::usecases::{GoneBecause, SignInFailure};

/// Why a batch is over without having been printed.
pub(super) const fn gone_because(lang: Lang, why: GoneBecause) -> &'static str {
    match why {
        GoneBecause::Overdue => lang.pick("印刷期限を過ぎた", "not printed in time"),
        GoneBecause::Missing => lang.pick("PDFがなくなっていた", "the PDF was missing"),
    }
}

/// Why a sign-in failed.
pub(super) const fn sign_in_failure(lang: Lang, cause: SignInFailure) -> &'static str {
    match cause {
        SignInFailure::UnknownId => lang.pick("職員IDなし", "unknown staff ID"),
        SignInFailure::Locked => lang.pick("待ち時間中", "waiting after failures"),
        SignInFailure::Closed => lang.pick("失敗が続き締切", "closed after failures"),
        SignInFailure::Origin => lang.pick("この端末は待ち時間中", "this terminal waits after failures"),
        SignInFailure::CodeMissing => lang.pick("パスワードは正しく、確認コードなし", "right password, no code"),
        SignInFailure::Disabled => lang.pick("利用停止中", "disabled"),
        SignInFailure::Password => lang.pick("パスワードの誤り", "wrong password"),
        SignInFailure::Code => lang.pick("確認コードの誤り", "wrong code"),
    }
}

/// A reply, and how it was sent.
pub(super) fn reply_sent(lang: Lang, receipt: &str, reply: i64, via: ReplyWay) -> String {
    let way = lang.labels().replies.way(via);
    lang.choose(format!("{receipt} 返信 {reply} {way}"), format!("{receipt}, reply {reply} {way}"))
}
