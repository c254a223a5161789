//! 加入者: finding and showing.

use super::texts::texts;
use crate::usecases::members::MatchKind;
use crate::usecases::refusal::ReissueWarning;

texts! {
    /// Members: finding one, and showing everything about one.
    pub struct Members {
        prompt = "検索" | "Find";
        hint =
            "番号、カナ、漢字、生年月日、電話、受付番号で探せます  例 260-1  サトウ 昭和55"
            | "By number, name, birth date, phone or receipt, for example  260-1   ショウジ S55";
        none(query: &str) = "「{query}」に当てはまる加入者はいません" | "No member matches \"{query}\"";
        none_next =
            "お名前は一部だけでも、生年月日を添えても探せます(例 サトウ 昭和55)"
            | "A part of the name will do, with a birth date beside it if you like: サトウ S55";
        recent = "さきほど開いた加入者" | "Opened a moment ago";
        // Why a search found the selected member.
        why: MatchKind = {
            MatchKind::Key => "記号・番号が一致" | "by number",
            MatchKind::Reading => "氏名カナが一致" | "by reading",
            MatchKind::Given => "名だけが一致" | "by given name",
            MatchKind::Romaji => "ローマ字の読みが一致" | "by reading in Latin letters",
            MatchKind::Similar => "読みが似ています" | "by a similar reading",
            MatchKind::Name => "氏名が一致" | "by name",
            MatchKind::Born => "生年月日が一致" | "by birth date",
            MatchKind::Phone => "送付依頼の電話番号が一致" | "by the phone number of a request",
            MatchKind::LoginId => "ログインIDが一致" | "by login ID",
            MatchKind::Receipt => "受付番号が一致" | "by receipt number",
            MatchKind::Serial => "はがき番号が一致" | "by card serial",
            MatchKind::Employer => "事業所名が一致" | "by employer",
        };
        kana = "カナ" | "Kana";
        relation = "続柄" | "Relation";
        employer = "事業所" | "Employer";
        coverage = "資格" | "Cover";
        // The employer's name; where there is none any more, how the coverage stands.
        workplace = "事業所・資格" | "Employer";
        branch = "枝番" | "branch";
        sexes: &str = {
            "1" => "男" | "male",
            "2" => "女" | "female",
            _ => "" | "",
        };
        acquired(day: &str) = "{day} 取得" | "since {day}";
        lost(day: &str) = "{day} 喪失" | "ended {day}";
        former_short = "前にお使いの方" | "former holder";
        former_until(day: &str) = "  [{day} から別の方の番号]" | "  [another person's number since {day}]";
        former_title = "番号は別の方のものです" | "Another person's number now";
        former_holder(name: &str, key: &str, until: &str) =
            "{name} 様は、{until} まで {key} をお使いでした。いまこの番号は別の方のものです。\n\n前の方の記録と経緯は、次の命令でご覧になれます。\nmykempo member show {key} --on {until}"
            | "{name} had the number {key} until {until}. It is another person's now.\n\nThis shows the record and notes of the former holder:\nmykempo member show {key} --on {until}";
        voluntary = "任意継続" | "voluntary";
        route = "送付先" | "Sent to";
        no_route(why: &str) = "送付できません ({why})" | "nowhere ({why})";
        one_off_route(to: &str) = "今回だけ {to}" | "once to {to}";
        family = "家族" | "Family";
        family_of(count: usize, names: &str) = "{count}人 ({names})" | "{count} ({names})";
        alone = "なし" | "none";
        // R7: told before anything else.
        protected_first = "【保護措置】 " | "[protected] ";
        protected_name = "保護措置" | "PROTECTED";
        protected(day: &str, reason: &str) =
            "【保護措置】 {day} から。この方のことは、ご家族にもお勤め先にもお伝えしないでください(理由: {reason})"
            | "[protected] since {day}. Tell neither the family nor the employer anything of this person ({reason})";
        protect_title = "保護措置を設定する" | "Set a protective measure";
        protect_text(who: &str) =
            "{who} 様に保護措置を設定します。はがきは通常の送付先には送られず、ご家族の画面にも表示されません。"
            | "{who} will be protected: no card goes out by the ordinary route, and the family's records do not show this person.";
        unprotect_title = "保護措置を終了する" | "End the protective measure";
        unprotect_text(who: &str) =
            "{who} 様の保護措置を終了します。保留中のはがきは発送待ちに戻り、お勤め先あてに送られます。"
            | "The protective measure for {who} ends. Held cards go back to the queue and to the employer.";
        protect_reason = "理由" | "Reason";
        protect_done(who: &str, held: u64) =
            "{who} 様に保護措置を設定しました。保留にしたはがき {held}枚"
            | "{who} is protected. Cards held: {held}";
        unprotect_done(who: &str, released: u64) =
            "{who} 様の保護措置を終了しました。発送待ちに戻したはがき {released}枚"
            | "The protective measure for {who} has ended. Cards back in the queue: {released}";
        predecessor = "旧番号" | "Formerly";
        successor = "新番号" | "Now";
        account = "アカウント" | "Account";
        registered(day: &str) = "登録済 {day}" | "since {day}";
        closed(day: &str) = "閉鎖 {day}" | "closed {day}";
        unregistered = "未登録" | "none";
        mail = "メール" | "Mail";
        bounced(day: &str) = "{day} から不達" | "bounces since {day}";
        not_bounced = "不達なし" | "no bounce";
        display = "Web表示" | "Display";
        password = "閲覧用パスワード" | "Viewing password";
        since(day: &str) = "{day} から" | "since {day}";
        must_pull = "送れないため、抜き取るはがきです" | "the card is to be pulled: it cannot be sent";
        planned(day: &str) = "発送予定 {day}" | "planned {day}";
        pages[4] = ["はがき", "依頼・記録", "経緯", "電話対応"] | ["Cards", "Notes", "History", "Call"];
        no_cards = "はがきはまだありません" | "No cards yet";
        under(number: &str) = "(番号 {number} のとき)" | "(under {number})";
        no_notes = "送付依頼も対応記録もありません" | "No requests and no notes";
        no_history = "記録はまだありません" | "Nothing on record yet";
        requests = "送付依頼" | "Requests";
        topic_other = "その他" | "Other";
        follow_up(day: &str) = "次の連絡 {day}" | "follow up {day}";
        asked(day: &str, who: &str) = "依頼 {day} {who}" | "asked {day} by {who}";
        dispatched(day: &str) = "発送 {day}" | "sent {day}";
        until(day: &str) = "仮パスワードは {day} まで" | "temporary password until {day}";
        receipt(day: &str) = "受領書 {day}" | "receipt {day}";
        undelivered(why: &str, day: &str) =
            "お渡しできず({why}、受領書 {day})、返送待ち"
            | "not handed over ({why}, receipt {day}), to come back";
        to_one_off(to: &str) = "承認済の一度だけの送付先: {to}" | "approved one-off address: {to}";
        reissue_title = "閲覧用パスワードの再発行" | "Reissue the viewing password";
        reissue_who(who: &str) =
            "{who} 様の閲覧用パスワードを再発行します。"
            | "A new viewing password will be issued for {who}.";
        reissue_where(employer: &str) =
            "はがきは、お勤め先 {employer} の代表住所へ送ります。"
            | "The card goes to the representative address of {employer}.";
        reissue_held(why: &str) =
            "送付先がないため、はがきは保留になります ({why})。"
            | "There is no address to send it to, so the card will be held ({why}).";
        reissue_yes = "再発行する" | "Reissue";
        reissue_stops =
            "いま使えている閲覧用パスワードは、ただちに使えなくなります。新しいはがきを発送する日まで、閲覧できるパスワードはありません。"
            | "The viewing password that works now stops at once. Until the new card is dispatched there is none.";
        reissue_under_way(serial: &str, day: &str) =
            "発送準備中のはがき {serial} (発送予定 {day}) は、届いても使えなくなります。急ぎでなければ、このはがきの到着を待つようご案内ください。"
            | "The card {serial} under way (planned {day}) will not work when it arrives. Unless it is urgent, please advise the member to wait for it.";
        reissue_posted(day: &str) =
            "{day} に発送したはがきが、まだ届いていないころです。再発行すると、そのはがきは届いても使えなくなります。急ぎでなければ、到着を待つようご案内ください。"
            | "The card sent on {day} can still be in the post, and will not work when it arrives. Unless it is urgent, please advise the member to wait for it.";
        // Another member is open by the time the warning arrives.
        reissue_open(who: &str) =
            "{who} 様の再発行は、まだ受け付けていません。開き直して、もう一度お試しください"
            | "No card was asked for yet: open {who} again and confirm the reissue there";
        queued(who: &str) = "{who} 様のはがきを発送待ちに入れました" | "The card of {who} is in the queue";
        queued_held(who: &str, why: &str) =
            "{who} 様のはがきを受け付けましたが、保留です: {why}"
            | "The card of {who} was asked for, but it is on hold: {why}";
    }
}

impl Members {
    /// What a reissue would end, one sentence a line; empty where it ends nothing.
    pub fn warnings(&self, warning: &ReissueWarning) -> Vec<String> {
        let stops = warning.usable.then(|| self.reissue_stops.to_owned());
        let day = warning.planned.map(|day| day.format("%m/%d").to_string()).unwrap_or_default();
        let under_way = warning.under_way.as_ref().map(|serial| self.reissue_under_way(serial, &day));
        let posted = warning.posted.map(|day| self.reissue_posted(&day.format("%m/%d").to_string()));
        stops.into_iter().chain(posted).chain(under_way).collect()
    }
}
