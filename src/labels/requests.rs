//! 送付依頼.

use super::texts::{plural, texts};
use super::{Lang, codes};
use crate::domain::request::IdentityCheck;
use crate::text::japan::local;
use crate::usecases::requests::RequestRefusal;

texts! {
    /// Requests for login data.
    pub struct Requests {
        received = "受付" | "Received";
        waited = "経過" | "Days";
        note = "備考" | "Note";
        unmatched = "該当なし" | "no match";
        together(count: i64) = "同じ方から{count}件" | "{count} of one member";
        days(days: u32) = "{days}日" | "{days}d";
        totals(all: usize, late: usize) = match late {
            0 => "{all}件" | "{all} {}", plural(all, "request", "requests");
            late =>
                "{all}件  うち3営業日以上 {late}件"
                | "{all} {}, {late} for 3 business days or more", plural(all, "request", "requests");
        };
        all = "完了・却下も表示中" | "settled ones, too";
        empty = "処理を待つ送付依頼はありません" | "No request is waiting";
        empty_next =
            "フォームの依頼は 6 取込 で、電話の依頼は n で登録します"
            | "Requests of the form come by 6 Import, those by phone with n";
        field = "項目" | "Field";
        given = "送信内容" | "Sent";
        on_file = "台帳" | "On file";
        agreement = "一致" | "Agreement";
        no_match =
            "該当する加入者が見つかりません。c で記号・番号を指定できます"
            | "No member fits. c points it at one by key";
        account = "アカウント" | "Account";
        registered(day: &str) = "登録済 {day}" | "yes (since {day})";
        registered_used(day: &str, used: &str) = "{day}登録 {used}利用" | "{day}, used {used}";
        unregistered = "未登録" | "none";
        contact = "連絡先" | "Contact";
        body = "内容" | "Text";
        checks = "本人確認" | "Identity";
        checked_by(who: &str, when: &str) = "{who} {when}" | "{who} {when}";
        lacking(checks: &str) =
            "本人確認が足りません: {checks}。確かめたら Space で印を付けてください"
            | "Still to be checked: {checks}. Space ticks what you have checked";
        ready =
            "本人確認がそろいました。q ではがきを発送待ちに入れられます"
            | "Identity is checked. q queues the login notice";
        instead(ground: &str) =
            "はがきではお答えできません ({ground})。x で返信してください"
            | "A card will not help here ({ground}). Reply with x";
        also(others: &str) = "同じ方の依頼: {others}   m で統合できます" | "By the same member: {others}   m merges";
        merged(into: &str) = "{into} に統合済み" | "merged into {into}";
        settled(who: &str, when: &str) = "処理 {who} {when}" | "settled {who} {when}";
        reason = "理由" | "Reason";
        reply = "返信文" | "Reply";
        queue_title = "ログイン情報の送付" | "Send login data";
        queue_text(who: &str) =
            "{who} 様のログイン情報のはがきを、発送待ちに入れます。"
            | "A login notice for {who} goes into the queue.";
        queue_effect =
            "はがきはお勤め先の代表住所へ送ります。いまのログインパスワードは、はがきを発送した日に使えなくなります。"
            | "The card goes to the employer's address. The login password of today stops on the day of dispatch.";
        queue_no_route(why: &str) =
            "送付先がないため、はがきは保留になります({why})。この方は「お待たせしている方」に載り、次の連絡日が付きます。"
            | "There is nowhere to send it, so the card will be held ({why}). The member is listed under Owed, with a date to call back.";
        queued_held(receipt: &str, why: &str) =
            "{receipt} のはがきを受け付けましたが、保留です: {why}"
            | "The card for {receipt} was asked for, but it is on hold: {why}";
        candidates(names: &str) = "ほかの候補: {names}   c で指定できます" | "May also be: {names}   c chooses";
        queue_yes = "発送待ちに入れる" | "Queue it";
        queued(receipt: &str) = "{receipt} のはがきを発送待ちに入れました" | "The card for {receipt} is in the queue";
        verified = "本人確認を記録しました" | "Identity check recorded";
        hold_title = "保留の理由" | "Hold because";
        reject_title = "却下・回答の理由" | "Reject or answer because";
        reply_field = "返信文" | "Reply";
        reply_hint =
            "送る文面を確かめ、必要なら直してください。空にすると定型文に戻ります。"
            | "Check the reply and change it where needed. Emptied, the proposed one is used.";
        held(receipt: &str) = "{receipt} を保留にしました" | "{receipt} is on hold";
        answered(receipt: &str) = "{receipt} に回答しました" | "{receipt} is answered";
        rejected(receipt: &str) = "{receipt} を却下しました" | "{receipt} is rejected";
        merge_title = "依頼の統合" | "Merge requests";
        merge_differs(fields: &str) =
            "一致しない項目があります: {fields}。別の方からの依頼でないか、統合する前に確かめてください。"
            | "These disagree: {fields}. Make sure before merging that both came from the same person.";
        merge_choose = "残す依頼" | "Which one stays?";
        merge_text(this: &str, into: &str) =
            "{this} を終え、{into} に統合します。残るのは {into} です。"
            | "{this} ends; {into} stays and stands for both.";
        merge_yes = "統合する" | "Merge";
        merge_none = "同じ方からの、ほかの依頼はありません" | "There is no other request of this member";
        merged_done(into: &str) = "{into} に統合しました" | "Merged into {into}";
        choose_title = "加入者の選び直し" | "Choose the member";
        choose_text =
            "この依頼がどなたのものか指定します。本人確認の印は消えます。"
            | "Says whose request this is. The checks made so far are cleared.";
        choose_key = "記号・番号・枝番" | "Member";
        bad_key =
            "記号・番号・枝番を - でつないで入力してください  例) 260-1  260-1-02"
            | "Symbol-number or symbol-number-branch, as 260-1-02";
        chosen =
            "加入者を選び直しました。本人確認をやり直してください"
            | "The member was changed. Please check the identity again";
        call_title = "電話の依頼を登録" | "A request by phone";
        call_text =
            "おっしゃったとおりに入力してください。本人確認は登録のあとで行います。"
            | "Type what the caller said; what is unknown may stay empty.";
        symbol_number = "記号・番号・枝番" | "Member";
        no_key =
            "空のままなら、カナと生年月日で台帳を探します"
            | "If left empty, the registry is searched by kana and birth date";
        kana = "氏名カナ" | "Kana";
        born = "生年月日" | "Born";
        employer = "事業所名" | "Employer";
        phone = "折返し電話" | "Call back at";
        taken(receipt: &str) = "{receipt} として登録しました" | "Taken as {receipt}";
        not_open = "この依頼は処理済みです" | "This request is settled";
        no_more = "ほかに処理を待つ依頼はありません" | "No other request is waiting";
    }
}

/// Why a request did not make a step, and what helps, in both languages.
pub(super) fn refusal(refusal: &RequestRefusal) -> (String, String) {
    match refusal {
        RequestRefusal::Unknown(receipt) => (
            format!("受付番号「{receipt}」の送付依頼は見つかりません。番号をお確かめください。"),
            format!("There is no request \"{receipt}\"."),
        ),
        RequestRefusal::Step { receipt, state, step } => (
            format!(
                "送付依頼 {receipt} は「{}」のため、「{}」はできません。",
                codes::request_state(Lang::Ja, *state),
                codes::request_step(Lang::Ja, *step)
            ),
            format!(
                "Request {receipt} is {}: {} is not possible.",
                codes::request_state(Lang::En, *state),
                codes::request_step(Lang::En, *step)
            ),
        ),
        RequestRefusal::NotIdentified { receipt, lacking } => (
            format!(
                "送付依頼 {receipt} は本人確認が済んでいません。確認してから進めてください: {}",
                checks(Lang::Ja, lacking)
            ),
            format!(
                "The sender of request {receipt} is not identified yet. Check first: {}",
                checks(Lang::En, lacking)
            ),
        ),
        RequestRefusal::NoMember(receipt) => (
            format!(
                "送付依頼 {receipt} に当たる加入者が見つかりません。加入者を選んでから進めるか、却下してください。"
            ),
            format!("No member fits request {receipt}. Choose the member first, or reject the request."),
        ),
        RequestRefusal::WrongGround { ground, step } => {
            let (ground, ja, en) =
                (ground.code(), codes::request_step(Lang::Ja, *step), codes::request_step(Lang::En, *step));
            (
                format!("理由「{ground}」は「{ja}」の理由には使えません。別の理由を選んでください。"),
                format!("\"{ground}\" cannot be the reason for this step ({en}). Choose another."),
            )
        }
        RequestRefusal::OtherMatter(receipt) => (
            format!(
                "{receipt} はログイン情報の送付依頼ではありません。別の用件として回答してください。ログイン情報もお求めのときは、電話の依頼として登録してください。"
            ),
            format!(
                "{receipt} does not ask for login data. Answer it as another matter; if login data is wanted, too, type that in as a call."
            ),
        ),
        RequestRefusal::Recovered { receipt, member, at } => {
            let at = local(*at).format("%Y-%m-%d %H:%M");
            (
                format!(
                    "{member} の方は、依頼({receipt})のあとの {at} にログイン情報をご利用になっています。はがきは要りません。「回復済み」と回答してください。"
                ),
                format!(
                    "{member} has used the login at {at}, after the request {receipt}. No card is needed: answer it as recovered."
                ),
            )
        }
        RequestRefusal::OfAnother { receipt, member } => (
            format!("{receipt} は {member} の方の依頼ではありません。受付番号か、記号・番号・枝番をお確かめください。"),
            format!("{receipt} is not a request of {member}. Check the receipt number and the member's number."),
        ),
        RequestRefusal::Missing(member) => (
            format!(
                "{member} の方のログイン情報のはがきには、本人確認の済んだ送付依頼が必要です。--request に受付番号を指定してください(電話で受けたときは、先に mykempo request add で登録し、request verify で本人確認を記録します)。"
            ),
            format!(
                "A login notice for {member} needs a verified request: name it with --request RECEIPT. A call is typed in with mykempo request add and checked with request verify first."
            ),
        ),
        RequestRefusal::CannotMerge { receipt, into } => (
            format!("{receipt} は {into} に統合できません。統合できるのは、同じ方の未完了の依頼どうしだけです。"),
            format!("{receipt} cannot be merged into {into}: only two open requests of one member can be."),
        ),
    }
}

fn checks(lang: Lang, checks: &[IdentityCheck]) -> String {
    let names: Vec<&str> = checks.iter().map(|check| codes::check(lang, *check)).collect();
    names.join(lang.pick("、", ", "))
}
