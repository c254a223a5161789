//! 電話: the strip of open calls, the calls of a day, and a call about no member.

use super::texts::texts;
use super::{Lang, codes};
use crate::domain::diagnosis::CallerKind;
use crate::text::japan::local;
use crate::usecases::calls::{CallLine, CallState, GivenUp};

texts! {
    /// Calls: the strip, the list of a day, a call about no member.
    pub struct Calls {
        begun(call: i64) = "電話 {call} を受けました。" | "Call {call} has begun.";
        kept(call: i64) = "電話 {call} の下書きを保存しました。" | "The draft of call {call} is kept.";
        ended(call: i64) = "電話 {call} の記録を残しました。" | "Call {call} has ended; what was said is kept.";
        given_up(call: i64, left: GivenUp) = match left {
            GivenUp::Erased => "電話 {call} を取り消しました。" | "Call {call} is given up.";
            GivenUp::Ended =>
                "電話 {call} を、記録を残さずに終えました。電話の間の手続きは残っています。"
                | "Call {call} has ended without a note. What was done in it stays.";
        };
        strip = "電話 Ctrl-N" | "calls Ctrl-N";
        unchecked = "未確認" | "unchecked";
        age(minutes: i64) = { age_in(minutes, ["分", "時間", "日"]) } | { age_in(minutes, ["m", "h", "d"]) };
        name = "お名前" | "Name, firm";
        note_title = "電話の記録" | "The call";
        no_member = "どなたのことか未定の電話" | "A call about no member yet";
        find_next =
            "/ で加入者を探し、F4 で確認へ進みます。加入者のことでなければ、n で記録を残します。"
            | "Find the member with / and check the caller with F4. If it is about no member, write it down with n.";
        copied(phone: &str) = "{phone} をコピーしました" | "{phone} is copied";
        no_phone = "折返し先の番号がありません" | "There is no number to call back";
        of_day(day: &str) = "{day} の電話" | "Calls of {day}";
        at = "時刻" | "At";
        state_name = "状態" | "State";
        about = "どなた" | "About";
        none_next = "Alt-N で電話を受けると、ここに残ります" | "A call that is taken with Alt-N is listed here";
        last_day = "明日からの電話は、まだありません" | "Later calls are still to come";
        without_member = "加入者のことではない電話です" | "It is about no member";
        close_first =
            "先に、開いている入力を終えるか、Esc で閉じてください"
            | "First finish what is open, or close it with Esc";
        no_call = "対応中の電話はありません。Alt-N で受けます" | "No call is open. Alt-N takes one";
        no_other = "ほかに対応中の電話はありません" | "There is no other open call";
        over = "電話を終えました" | "The call is over";
        ended_with(about: &str) = match about {
            "" => "電話の記録を残しました" | "The call is noted";
            _ => "{about} の電話の記録を残しました" | "The call of {about} is noted";
        };
        not_kept(why: &str) = "下書きを保存できませんでした: {why}" | "The draft was not kept: {why}";
        drop_title = "記録を残さずに電話を終える" | "End the call without a note";
        drop_yes = "終える" | "end it";
        drop_text = "書きかけの内容は消えます。" | "What was typed is lost.";
        none = "この日の電話はありません。" | "There is no call on this day.";
        state: CallState = {
            CallState::Open => "対応中" | "open",
            CallState::Done => "済" | "done",
        };
    }
}

/// `4分`, `2時間`, `3日`
fn age_in(minutes: i64, [minute, hour, day]: [&str; 3]) -> String {
    match minutes {
        ..60 => format!("{minutes}{minute}"),
        60..1440 => format!("{}{hour}", minutes / 60),
        1440.. => format!("{}{day}", minutes / 1440),
    }
}

/// The member that a call is about, or its caller: `260-1-00 東海林 拓也`, `旭精機 鈴木様`, or nothing.
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

/// A call of an employer's contact: when, who took it and who called; then what was noted, indented.
pub fn contact_call(lang: Lang, call: &CallLine) -> Vec<String> {
    let at = local(call.started_at).format("%Y-%m-%d %H:%M");
    let state = lang.labels().calls.state(call.state);
    let head = format!("  {at}  {state}  {}  {}", call.staff, about(call));
    let body = call.draft.body.split_whitespace().collect::<Vec<_>>().join(" ");
    std::iter::once(head).chain((!body.is_empty()).then(|| format!("    {body}"))).collect()
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
