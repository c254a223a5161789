//! 送付依頼.

use super::texts::{plural, texts};
use super::{Lang, codes};
use crate::domain::diagnosis::Language;
use crate::domain::request::{Evidence, IdentityCheck};
use crate::text::japan::local;
use crate::usecases::requests::{InboxOrder, RequestRefusal};

texts! {
    /// Requests for login data.
    pub struct Requests {
        received = "受付" | "Received";
        waited = "営業日" | "Workdays";
        next_on(day: &str) = "{day}に連絡" | "contact {day}";
        last_login(day: &str) = "最終ログイン {day}" | "last login {day}";
        sorted: InboxOrder = {
            InboxOrder::Turn => "受付順" | "by turn and age",
            InboxOrder::Verdict => "判定順" | "by verdict",
            InboxOrder::Owner => "担当順" | "by owner",
            InboxOrder::FollowUp => "次の連絡順" | "by next contact",
            InboxOrder::Destination => "送付先順" | "by destination",
        };
        note = "備考" | "Note";
        together(count: i64) = "同じ方から{count}件" | "{count} requests";
        days(days: u32) = "{days}" | "{days}";
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
        account = "アカウント" | "Account";
        registered(day: &str) = "登録済 {day}" | "yes (since {day})";
        registered_used(day: &str, used: &str) = "{day}登録 {used}利用" | "{day}, used {used}";
        unregistered = "未登録" | "none";
        verdict = "判定" | "Verdict";
        who = "どなたか" | "Whose";
        kind = "種別" | "Kind";
        destination = "送付先" | "Goes to";
        arranged = "手配" | "Notice";
        none_arranged = "なし" | "none";
        happens = "この先" | "Next";
        let_pass = "特例" | "Let pass";
        call_back = "折返し先" | "Call back at";
        assignee = "担当" | "Owner";
        follow_up = "次の連絡" | "Next contact";
        contact = "連絡先" | "Contact";
        body = "内容" | "Text";
        checks = "本人確認" | "Identity";
        checked_by(who: &str, when: &str) = "{who} {when}" | "{who} {when}";
        lacking(checks: &str) =
            "本人確認が足りません: {checks}。確かめたら Space で印を付けてください"
            | "Still to be checked: {checks}. Space ticks what you have checked";
        settles =
            "すべて一致しています。y で、確認して発送待ちに入れられます"
            | "Everything agrees. y checks and queues it";
        not_all_agree =
            "すべて一致してはいないか、ほかに決めることがあります。開いて確かめてください"
            | "Not everything agrees, or there is more to decide. Open it and check";
        not_resumable =
            "再開できるのは、処理した翌営業日までの、発送前の依頼だけです"
            | "Only a settled request can be taken up again, until the next business day and before its notice is sent";
        no_tick(check: &str, why: &str) =
            "{check}は{why}のため、印を付けられません。責任者が O で理由を付けて認められます"
            | "{check}: {why}, so it cannot be ticked. A supervisor can let it pass with O";
        is_passed = "責任者が認めた確認です" | "A supervisor has let this pass";
        which_number = "折返しにかけた番号" | "Which number was called back?";
        taken_on(receipt: &str) = "{receipt} の担当になりました" | "{receipt} is yours";
        given_back(receipt: &str) = "{receipt} の担当を外れました" | "{receipt} is nobody's";
        resumed(receipt: &str) = "{receipt} を再開しました" | "{receipt} is open again";
        resume_title = "依頼の再開" | "Take it up again";
        resume_text(receipt: &str) =
            "{receipt} の処理を取り消し、確認中に戻します。発送待ちのはがきがあれば取り消します。"
            | "{receipt} becomes open again. A notice that waits for it is cancelled.";
        resume_yes = "再開する" | "Take it up";
        let_pass_title = "本人確認の特例" | "Let checks pass";
        let_pass_text =
            "台帳で確かめられない確認を認めます。理由は記録に残ります。"
            | "These checks have no evidence. The reason stays with the request.";
        let_pass_which = "認める確認" | "Which";
        let_pass_reason = "理由" | "Because";
        let_passed(receipt: &str) = "{receipt} の確認を認めました" | "Checks of {receipt} were let pass";
        nothing_to_pass = "認めるものはありません" | "There is nothing to let pass";
        other_to(section: &str) = "別の用件({section})" | "Another matter ({section})";
        also(others: &str) = "同じ方の依頼: {others}" | "By the same member: {others}";
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
        candidates(names: &str) = "ほかの候補: {names}" | "May also be: {names}";
        queue_yes = "発送待ちに入れる" | "Queue it";
        queued(receipt: &str) = "{receipt} のはがきを発送待ちに入れました" | "The card for {receipt} is in the queue";
        verified = "本人確認を記録しました" | "Identity check recorded";
        hold_title = "保留の理由" | "Hold because";
        reject_title = "却下・回答の理由" | "Reject or answer because";
        reply_field = "返信文" | "Reply";
        reply_hint =
            "送る文面を確かめ、必要なら直してください。空にすると定型文に戻ります。"
            | "Check the reply and change it where needed. Emptied, the proposed one is used.";
        reply_in: Language = {
            Language::Japanese => "返信を日本語で書く" | "Write the reply in Japanese",
            Language::English => "返信を英語で書く" | "Write the reply in English",
        };
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
        RequestRefusal::NoEvidence { receipt, checks } => (
            format!(
                "送付依頼 {receipt} では、次の確認に印を付けられません: {}。送信内容と台帳が一致しないため、責任者が理由を付けて認めるか、ほかの方法で確かめてください。",
                unbacked(Lang::Ja, checks)
            ),
            format!(
                "Request {receipt}: these cannot be ticked: {}. What was sent does not agree with the registry. Check in another way, or ask a supervisor to let it pass with a reason.",
                unbacked(Lang::En, checks)
            ),
        ),
        RequestRefusal::UnknownNumber { receipt, number, known } => {
            let typed_ja = number.as_ref().map(|number| format!("「{number}」は、")).unwrap_or_default();
            let typed_en =
                number.as_ref().map(|number| format!("{number} is known to the sender only. ")).unwrap_or_default();
            match known.is_empty() {
                true => (
                    format!(
                        "送付依頼 {receipt}: {typed_ja}事業所や本人確認の済んだ対応記録にない番号です。折返しの確認には使えません。"
                    ),
                    format!("Request {receipt}: {typed_en}No number is on file that a call back could count at."),
                ),
                false => (
                    format!(
                        "送付依頼 {receipt}: {typed_ja}折返しは、次の番号あてに限り確認になります: {}。かけた番号を指定してください。",
                        known.join("、")
                    ),
                    format!(
                        "Request {receipt}: {typed_en}A call back counts at these numbers: {}. Name the one that was called.",
                        known.join(", ")
                    ),
                ),
            }
        }
        RequestRefusal::NothingToOverride(receipt) => (
            format!(
                "送付依頼 {receipt} で指定した確認は、送信内容と台帳が一致しています。そのまま印を付けてください。"
            ),
            format!("Request {receipt}: what was named agrees with the registry. Tick it as usual."),
        ),
        RequestRefusal::FollowUpNeeded { receipt, why } => (
            format!(
                "送付依頼 {receipt} の方には送付先がありません({})。次の連絡日を指定してください(--follow-up 日付)。",
                codes::hold_reason(Lang::Ja, *why)
            ),
            format!(
                "Request {receipt}: there is nowhere to send a card ({}). Give the day of the next contact (--follow-up DATE).",
                codes::hold_reason(Lang::En, *why)
            ),
        ),
        RequestRefusal::NotAllAgree(receipt) => (
            format!(
                "送付依頼 {receipt} は、すべてが一致してはいないか、同じ方の依頼がほかにあります。開いて、確認してから進めてください。"
            ),
            format!(
                "Request {receipt} does not agree in everything, or the member has another open request. Open it and check first."
            ),
        ),
        RequestRefusal::ResumeTooLate { receipt, until } => (
            format!("送付依頼 {receipt} を再開できるのは {until} まででした。新しい依頼として登録してください。"),
            format!("Request {receipt} could be taken up again until {until}. Type it in as a new call."),
        ),
        RequestRefusal::Sent(receipt) => (
            format!("送付依頼 {receipt} のはがきは発送済みのため、再開できません。新しい依頼として登録してください。"),
            format!("The notice for request {receipt} was dispatched, so it is over. Type in a new call."),
        ),
        RequestRefusal::NoMember(receipt) => (
            format!(
                "送付依頼 {receipt} に当たる加入者が見つかりません。加入者を選んでから進めるか、却下してください。"
            ),
            format!("No member fits request {receipt}. Choose the member first, or reject the request."),
        ),
        RequestRefusal::UntrueGround { receipt, ground } => {
            let (ja, en) = (codes::ground(Lang::Ja, *ground), codes::ground(Lang::En, *ground));
            (
                format!(
                    "送付依頼 {receipt}: この方は「{ja}」に当たらないため、そのようにはお答えできません。依頼の内容を確かめてください。"
                ),
                format!(
                    "Request {receipt}: \"{en}\" is not true of this member, so this reply is not sent. Look at the request again."
                ),
            )
        }
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

/// Checks with what there is for each.
fn unbacked(lang: Lang, checks: &[(IdentityCheck, Evidence)]) -> String {
    let each = checks.iter().map(|(check, of)| match lang {
        Lang::Ja => format!("{}({})", codes::check(lang, *check), codes::evidence(lang, *of)),
        Lang::En => format!("{} ({})", codes::check(lang, *check), codes::evidence(lang, *of)),
    });
    each.collect::<Vec<_>>().join(lang.pick("、", ", "))
}

fn checks(lang: Lang, checks: &[IdentityCheck]) -> String {
    let names: Vec<&str> = checks.iter().map(|check| codes::check(lang, *check)).collect();
    names.join(lang.pick("、", ", "))
}
