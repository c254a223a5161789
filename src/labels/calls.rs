//! 電話: the strip of open calls, the calls of a day, and a call about no member.

use super::texts::texts;
use super::{Lang, codes};
use crate::domain::diagnosis::CallerKind;
use crate::text::japan::local;
use crate::usecases::calls::{CallLine, CallState};

texts! {
    /// Calls: the strip, the list of a day, a call about no member.
    pub struct Calls {
        begun(call: i64) = "電話 {call} を受けました。" | "Call {call} has begun.";
        kept(call: i64) = "電話 {call} の下書きを保存しました。" | "The draft of call {call} is kept.";
        ended(call: i64) = "電話 {call} の記録を残しました。" | "Call {call} has ended; what was said is kept.";
        given_up(call: i64) = "電話 {call} を取り消しました。" | "Call {call} is given up.";
        none = "この日の電話はありません。" | "There is no call on this day.";
        state: CallState = {
            CallState::Open => "対応中" | "open",
            CallState::Done => "済" | "done",
        };
    }
}

/// Whom a call is about, or who called: `260-1-00 東海林 拓也`, `旭精機 鈴木様`, or nothing.
pub fn about(call: &CallLine) -> String {
    match (&call.member, &call.member_name) {
        (Some(key), Some(name)) => format!("{key} {name}"),
        _ => call.name.clone(),
    }
}

/// `相手` of a call, in words; empty where it was no phone call.
pub fn caller(lang: Lang, caller: Option<CallerKind>) -> &'static str {
    caller.map_or("", |kind| codes::caller_kind(lang, kind))
}

/// One call on a line.
pub fn line(lang: Lang, call: &CallLine) -> String {
    let at = local(call.started_at).format("%m/%d %H:%M");
    let state = lang.labels().calls.state(call.state);
    let text = call.draft.body.split_whitespace().collect::<Vec<_>>().join(" ");
    let (caller, phone) = (self::caller(lang, call.caller()), &call.draft.phone);
    let facts = [state, &call.staff, caller, &about(call), phone, &text].map(str::to_owned);
    let facts: Vec<String> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    format!("{:>5}  {at}  {}", call.id, facts.join("  "))
}
