//! 電話対応: identity, topic, answer, note.

use super::texts::texts;
use crate::domain::request::{CallerStanding, Verdict};

texts! {
    /// Phone calls: identity check, topic, answer, note.
    pub struct Call {
        topics = "どのようなご用件ですか" | "What is the call about?";
        no_topic = "d を押して、ご用件を選んでください" | "Press d and choose the topic";
        found = "わかったこと" | "Found";
        say = "お伝えすること" | "Say";
        steps = "画面の操作" | "On the screen";
        ask = "お尋ねすること" | "Ask";
        never = "してはいけないこと" | "Never";
        // The same where there is one line for it.
        never_short = "禁止" | "Never";
        next = "次にできること" | "Next";
        quoted(text: &str) =
            { format!("「{}」", text.replace('「', "『").replace('」', "』")) }
            | { format!("\"{}\"", text.replace('"', "'")) };
        identified = "本人確認 済" | "identified";
        not_identified = "本人確認 未" | "not identified";
        caller = "相手" | "Caller";
        caller_title = "電話の相手はどなたですか" | "Who is calling?";
        not_as_member(key: &str) =
            "ご家族・ご遺族を、ご本人として確認することはできません。ご本人に代わられたら {key} で選び直します"
            | "Family and the bereaved are not checked as the member. Choose again with {key} if the member takes over";
        no_request(key: &str) =
            "ご家族・ご遺族からは、ログイン情報の送付依頼をお受けできません。ご本人に代わられたら {key} で選び直します"
            | "A request for login data is not taken from family or the bereaved. Choose again with {key} if the member takes over";
        reissue_unchecked(key: &str) =
            "この電話では本人確認が済んでいないため、再発行できません。{key} で確認します"
            | "The caller is not identified, so nothing is reissued in this call: {key}";
        check_first(key: &str) =
            "確認が済むまで、この方のことはお答えできません。{key} で確認します"
            | "Nothing of this person may be said before the check: {key}";
        withheld =
            "アカウント・パスワード・はがきのことは、本人確認が済むまで、この欄に表示せず、お答えもしません"
            | "Account, password and cards are neither shown here nor spoken of before the identity check";
        one_waits =
            "本人確認の済んでいない電話がつながっています。ここにあることは、まだお伝えできません"
            | "A caller who is not identified is on the line: nothing shown here may be told yet";
        hears_nothing = "この方のことは、何もお答えできません" | "Nothing of this person may be said";
        hears_bundles = "お送りした束のことだけ、お答えできます" | "Only the parcels may be spoken of";
        check_contact(key: &str) =
            "事業所の方と確認が済むまで、束のこともお答えできません。次と比べて {key} を押します"
            | "Not even the parcels may be spoken of before the contact is checked: compare with this, then press {key}";
        contact_check = "おっしゃった内容は、登録と合っていましたか" | "Does what the contact said agree with the record?";
        contact_matches =
            "事業所・担当者・電話番号が合っている" | "Employer, contact and phone agree";
        contact_differs =
            "合わない、または確かめられない" | "Something differs or cannot be checked";
        bundle(batch: &str, day: &str, cards: i64) = "{batch}  {day} 発送  {cards}枚" | "{batch}  sent {day}, {cards} cards";
        tracking(number: &str) = "追跡番号 {number}" | "tracking {number}";
        to_return(serial: &str, day: &str) = "返送をお待ちしているはがき {serial}(受領書 {day})" | "to be sent back: {serial} (receipt of {day})";
        no_bundle = "お送りした束はありません" | "No parcel was sent";
        receipt_back(day: &str) = "受領書 {day}" | "receipt {day}";
        receipt_none = "受領書 未着" | "no receipt yet";
        call_by(day: &str) =
            "次の連絡日を {day} までとして、対応記録に残す"
            | "Record {day} or earlier as the day to get back to the member";
        nothing_to_answer = "いま、お尋ねすることはありません" | "There is nothing to ask now";
        no_answer(text: &str) =
            "「{text}」は、お答えとして読み取れませんでした"
            | "\"{text}\" does not answer the question";
        identity_title(key: &str) = "{key} の方からの電話: 本人確認" | "A call about {key}: who is calling?";
        identity_ask =
            "次のことをお尋ねし、おっしゃったとおりに入力してください。"
            | "Ask the caller, and type the answers.";
        identity_hidden =
            "確認が済むまで、加入しているかどうかもお答えできません。"
            | "Until then, do not even confirm membership.";
        identity_fields[3] = ["お名前のカナ", "生年月日", "お勤め先"] | ["Name in kana", "Birth date", "Employer"];
        identity_paper = "書類(委任状など)を確認した" | "The paper that gives the power was seen";
        verdict: Verdict = {
            Verdict::Match => "一致" | "match",
            Verdict::Part => "部分一致" | "in part",
            Verdict::TooShort => "一部のみ" | "too short",
            Verdict::NoMatch => "不一致" | "no match",
        };
        standing: CallerStanding = {
            CallerStanding::Identified => "本人確認ができました。Enter で開きます。" | "Identified. Enter opens the member.",
            CallerStanding::Unknown =>
                "まだ本人と確認できません。生年月日とほかの一つが一致し、不一致がないことが必要です。"
                | "Not identified yet: the birth date and one more answer must match, and none may differ.",
            CallerStanding::PaperMissing =>
                "お答えは合っています。書類を確認し、印を付けてから Enter を押してください。"
                | "The answers match. See the paper, tick it and press Enter.",
            CallerStanding::Deceased =>
                "喪失事由が死亡の方です。ご本人としては確認できません。Esc で戻り、a で相手を選んでください。"
                | "The member has died and cannot be identified. Go back and choose the caller with a.",
        };
        contact_title = "健康保険事務担当者" | "The employer's insurance contact";
        no_office =
            "この方には、照らし合わせる事業所がありません。何もお答えできません"
            | "There is no employer to check the caller against: nothing may be said";
        contact_none = "事業所が登録されていません" | "No employer is on record";
        contact_protected =
            "保護措置がとられている方です。事業所には連絡しません"
            | "A protective measure stands: the employer is not contacted";
        contact[4] = ["事業所", "部署", "担当者", "電話"] | ["Employer", "Section", "Contact", "Phone"];
        request_done(receipt: &str) =
            "送付依頼 {receipt} を受け付けました。3 の画面で本人確認をしてください"
            | "Request {receipt} is taken. Check the identity on screen 3";
        lineage_title = "番号の変遷と、本人に見える記録" | "Records of this person, and what the member sees";
        number_only = "(番号だけが分かり、記録は台帳にない)" | "(only the number is known; there is no record)";
        changed(reason: &str) = "番号の変更: {reason}" | "number changed: {reason}";
        former_number_only(key: &str) =
            "以前の番号は {key} ですが、その記録は台帳にありません"
            | "The former number is {key}, but there is no record of it";
        no_former = "以前の番号の記録はありません" | "There is no former record";
        no_later = "新しい番号の記録はありません" | "There is no later record";
    }
}
