//! 対応記録: the form, what is due, the search.

use super::texts::texts;
use crate::usecases::refusal::NoteRefusal;

texts! {
    /// Contact notes: the form, follow-ups that are due, the search.
    pub struct Notes {
        title = "対応記録" | "Contact note";
        topic = "用件" | "Topic";
        channel = "方法" | "By";
        body = "内容" | "What was said";
        caller = "相手" | "Caller";
        caller_none = "電話ではない" | "no call";
        phone = "折返し先" | "Call back";
        phone_hint = "市外局番から。空のままでもかまいません" | "With the area code; it may stay empty";
        phone_bad = "電話番号として読み取れません" | "This is no phone number";
        adds_to = "追記" | "Adds to";
        adds_to_none = "新しい記録" | "a new note";
        addendum(note: i64) = "{note}番への追記" | "added to note {note}";
        number(note: i64) = "{note}番" | "note {note}";
        called(who: &str) = "相手 {who}" | "caller: {who}";
        call_back(phone: &str) = "折返し {phone}" | "call back {phone}";
        drafted = "下書きの続きです" | "This is your draft";
        follow_up = "次の連絡日" | "Follow-up";
        follow_up_none =
            "空のままなら、次の連絡はありません。+3 で3営業日後"
            | "Leave it empty for none; +3 is in 3 business days";
        referred = "引き継ぎ先" | "Referred to";
        referred_no = "なし" | "no one";
        referred_to(section: &str) = "引き継ぎ先 {section}" | "referred to {section}";
        told(say: &str) = "ご案内: {say}" | "Said: {say}";
        written(who: &str) = "{who} 様の対応記録を残しました" | "The note on {who} was saved";
        due_title = "今日までの次の連絡" | "Follow-ups due";
        due = "期日" | "Due";
        overdue = "超過" | "Late";
        days(days: u32) = match days {
            0 => "今日" | "today";
            _ => "{days}日" | "{days}d";
        };
        staff = "記録者" | "By";
        text = "内容" | "What was said";
        at = "記録日" | "Written";
        due_none = "今日までの次の連絡はありません" | "No follow-up is due";
        due_none_next =
            "加入者の画面の n で対応記録を残すとき、次の連絡日を決められます"
            | "A note (n in a member's view) can set the day of the next one";
        totals(all: usize, late: usize) = match late {
            0 => "{all}件" | "{all} due";
            late => "{all}件  うち期日超過 {late}件" | "{all} due, {late} of them overdue";
        };
        done_title = "次の連絡を済みにする" | "The follow-up is done";
        done_closing = "結果" | "What came of it";
        done_hint = "連絡の結果を残せます。空のままでもかまいません。" | "It may stay empty.";
        done(who: &str) = "{who} 様への連絡を済みにしました" | "The follow-up with {who} is done";
        done_by(who: &str, when: &str) = "連絡済 {when} {who}" | "done {when} by {who}";
        search = "対応記録" | "Notes";
        search_hint =
            "ことば・お名前・番号・職員・電話を入れて Enter。空白で区切るとすべてに一致"
            | "Type words, a name, number, staff or phone and press Enter; all of them must fit";
        search_none(words: &str) = "「{words}」を含む対応記録はありません" | "No note contains \"{words}\"";
        search_none_next =
            "かなとカナ、全角と半角、髙と高などの違いは気にせず探せます"
            | "Kana or hiragana, wide or narrow, old or new kanji: all the same";
    }
}

/// Why a note was not written, or its follow-up not done.
pub(super) fn refusal(refusal: &NoteRefusal) -> (String, String) {
    match refusal {
        NoteRefusal::FollowUpPast { given, today } => (
            format!("次の連絡日 {given} は過ぎています。今日({today})以降の日付にしてください。"),
            format!("The follow-up date {given} has passed. Choose today ({today}) or later."),
        ),
        NoteRefusal::FollowUpFar { given, latest } => (
            format!("次の連絡日 {given} は先すぎます。{latest} までの日付にしてください。"),
            format!("The follow-up date {given} is too far ahead. Choose a day up to {latest}."),
        ),
        NoteRefusal::AddendumUnknown(id) => {
            (format!("対応記録 {id} は、この方の記録ではありません。"), format!("Note {id} is no note of this person."))
        }
        NoteRefusal::BadPhone(phone) => (
            format!("「{phone}」は電話番号として読み取れません。市外局番から、数字とハイフンで入力してください。"),
            format!("\"{phone}\" is no phone number. Type it with its area code, in digits and hyphens."),
        ),
        NoteRefusal::CallUnknown(id) => (
            format!("電話 {id} はありません。終わっているか、ほかの職員が受けている電話です。"),
            format!("There is no call {id} of yours: it has ended, or another member of staff has taken it."),
        ),
        NoteRefusal::Unknown(id) => (
            format!("対応記録 {id} には、済ませる連絡の予定がありません。"),
            format!("Note {id} has no open follow-up."),
        ),
    }
}
