//! P1: what is owed to members and is not on its way.

use super::texts::{plural, texts};
use super::{Lang, codes};
use crate::domain::promise::{OpenPromise, PromiseKind, PromiseWhy, ReturnReason};
use crate::usecases::refusal::PromiseRefusal;

texts! {
    /// The list of open promises, and the forms about one.
    pub struct Promises {
        title = "お待たせしている方" | "Owed to members";
        none = "お待たせしている方はいません" | "Nothing is owed to anyone";
        none_next =
            "はがきが保留・返戻・抜取・取消の方、未回答の方、連絡を約束した方が並びます"
            | "Members are listed whose card is held, returned, pulled or cancelled, or who wait for an answer or a call";
        totals(all: usize, due: usize) = "{all}件  今日まで {due}件" | "{all}, due by today {due}";
        next = "次の連絡" | "Next";
        kind = "内容" | "Owed";
        why = "理由" | "Why";
        since = "いつから" | "Since";
        owner = "担当" | "Owner";
        detail(since: &str, owner: &str) = "{since}から  担当 {owner}" | "since {since}, owner {owner}";
        undated = "未定" | "no date";
        of_request(receipt: &str) = "受付番号 {receipt}" | "request {receipt}";
        fact(kind: &str, why: &str, since: &str, next: &str) =
            "{kind} {why} {since}から 次 {next}" | "{kind}: {why} since {since}, next {next}";
        owed = "お約束" | "Owed";
        follow_title = "次の連絡日を決める" | "Set the next date";
        follow_text(who: &str, what: &str) = "{who} 様  {what}" | "{who}: {what}";
        follow_day = "次の連絡日" | "Next date";
        follow_owner = "担当の職員ID" | "Owner (staff ID)";
        follow_note = "すること" | "What to do";
        followed(who: &str) = "{who} 様の次の連絡日を記録しました" | "The next date for {who} is recorded";
        close_title = "対応不要として記録する" | "Needs no answer";
        close_hint =
            "理由は監査記録に残ります。このあと、はがきに動きがあれば、また一覧に載ります。"
            | "The reason stays in the log. Whatever happens to a card later brings it back to the list.";
        close_reason = "理由" | "Reason";
        closed(who: &str) = "{who} 様の分を、対応不要として記録しました" | "Recorded: {who} needs no answer";
        nothing_owed = "この方にお待たせしているものはありません" | "Nothing is owed to this member";
        due_line(due: usize) = match due {
            0 => "期日前" | "none due";
            _ => "要対応 {due}" | "{due} due";
        };
        line_count(count: usize) = "{count}件" | "{count} {}", plural(count, "promise", "promises");
    }
}

/// What is owed.
pub const fn kind(lang: Lang, kind: PromiseKind) -> &'static str {
    match kind {
        PromiseKind::Viewing => lang.pick("閲覧用", "viewing card"),
        PromiseKind::Login => lang.pick("ログイン情報", "login notice"),
        PromiseKind::CallBack => lang.pick("ご連絡", "call back"),
    }
}

/// Why it is not on its way.
pub const fn why(lang: Lang, why: PromiseWhy) -> &'static str {
    match why {
        PromiseWhy::Held(reason) => codes::hold_reason(lang, reason),
        PromiseWhy::Returned => lang.pick("返戻", "returned"),
        PromiseWhy::Undelivered => lang.pick("お渡しできず返送待ち", "not handed over, expected back"),
        PromiseWhy::Pulled => lang.pick("抜取", "pulled"),
        PromiseWhy::Cancelled => lang.pick("取消", "cancelled"),
        PromiseWhy::Spoiled => lang.pick("刷り損じ", "spoiled"),
        PromiseWhy::Ended => lang.pick("失効", "ended"),
        PromiseWhy::NeverAsked => lang.pick("未手配", "never asked"),
        PromiseWhy::Reinstated => lang.pick("喪失の取消(再登録をご案内)", "loss taken back: to register again"),
        PromiseWhy::Unanswered => lang.pick("依頼に未回答", "request unanswered"),
        PromiseWhy::CallBack => lang.pick("連絡の約束", "call promised"),
    }
}

/// 返戻の理由
pub const fn return_reason(lang: Lang, reason: ReturnReason) -> &'static str {
    match reason {
        ReturnReason::AddressUnknown => lang.pick("宛先不明", "address unknown"),
        ReturnReason::Left => lang.pick("退職", "left the employer"),
        ReturnReason::Refused => lang.pick("受取拒否", "refused"),
        ReturnReason::StorageExpired => lang.pick("保管期限経過", "storage expired"),
        ReturnReason::Other => lang.pick("その他・不明", "other or unknown"),
    }
}

/// One promise as a line of the command line.
pub fn line(lang: Lang, promise: &OpenPromise) -> String {
    let texts = &lang.labels().promises;
    let next = promise.next.map_or_else(|| texts.undated.to_owned(), |day| day.to_string());
    let (kind, why) = (kind(lang, promise.kind), why(lang, promise.why));
    let owner = promise.owner.as_deref().unwrap_or("-");
    let said = promise.note.as_deref().unwrap_or_default();
    let receipt = promise.receipt.as_deref().map(|receipt| texts.of_request(receipt)).unwrap_or_default();
    let line = format!(
        "{next:10}  {}  {}  {kind}  {why}  {}  {owner}  {receipt} {said}",
        promise.member, promise.name, promise.since
    );
    line.trim_end().to_owned()
}

/// Why nothing was said about a promise, and what helps.
pub(super) fn refusal(refusal: &PromiseRefusal) -> (String, String) {
    match refusal {
        PromiseRefusal::NotOwed { member, kind: owed } => {
            let (ja, en) = (kind(Lang::Ja, *owed), kind(Lang::En, *owed));
            (
                format!(
                    "{member} の方にお待たせしているものに、「{ja}」はありません。手配中か、ご利用中です。何も変更していません。"
                ),
                format!("No {en} is owed to {member}: it is on its way or at work. Nothing was changed."),
            )
        }
        PromiseRefusal::OfRequest { member, receipt } => (
            format!("{member} の方の送付依頼 {receipt} が未回答です。送付依頼の画面で回答または却下してください。"),
            format!("The request {receipt} of {member} is open. Answer or reject the request itself."),
        ),
        PromiseRefusal::OfNote(member) => (
            format!("{member} の方への連絡の約束は、次の連絡の一覧(F6、mykempo note due)で済みにしてください。"),
            format!("The call back for {member} is a note's: mark its follow-up as done (F6, mykempo note due)."),
        ),
    }
}
