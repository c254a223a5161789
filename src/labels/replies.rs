//! 返信: the outbox, what a reply says and where it stands.

use super::texts::{plural, texts};
use super::{Lang, codes};
use crate::domain::diagnosis::{Language, ReplyFault, ReplyProblem, ReplySlot};
use crate::domain::request::{ReplySecret, ReplyState, ReplyStep, ReplyWay};
use crate::text::japan::local;
use crate::usecases::refusal::ReplyRefusal;
use crate::usecases::replies::{ReplyLine, ReplyStatus};

texts! {
    /// Replies that wait to be sent.
    pub struct Replies {
        title = "返信の送信箱" | "Outbox of replies";
        all = "送付済みも表示中" | "sent ones, too";
        totals(drafts: usize, exported: usize) = match exported {
            0 => "未送付 {drafts}件" | "{drafts} to be sent";
            _ => "未送付 {drafts}件  出力済み {exported}件" | "{drafts} to be sent, {exported} exported";
        };
        none = "送付を待つ返信はありません" | "No reply waits to be sent";
        none_next =
            "送付依頼を保留・却下・回答にすると、その返信がここに入ります"
            | "When a request is held, rejected or answered, its reply comes here";
        none_line = "送付を待つ返信はありません。" | "No reply waits to be sent.";
        receipt = "受付番号" | "Receipt";
        who = "お名前" | "Name";
        state_name = "状態" | "State";
        since = "日時" | "Since";
        to = "宛先" | "To";
        subject = "件名" | "Subject";
        no_mail = "メールアドレスの記入なし" | "no mail address given";
        phone = "電話" | "Phone";
        file = "ファイル" | "File";
        state: ReplyState = {
            ReplyState::Draft => "下書き" | "draft",
            ReplyState::Exported => "出力済み" | "exported",
            ReplyState::Sent => "送付済み" | "sent",
            ReplyState::Withdrawn => "取りやめ" | "withdrawn",
            ReplyState::Unrecorded => "記録なし" | "not recorded",
        };
        step: ReplyStep = {
            ReplyStep::Edit => "文面の修正" | "change the words",
            ReplyStep::Export => "メールの出力" | "export",
            ReplyStep::Send => "送付済みにする" | "mark as sent",
            ReplyStep::Withdraw => "取りやめ" | "withdraw",
        };
        way: ReplyWay = {
            ReplyWay::Mail => "メール" | "by mail",
            ReplyWay::Phone => "電話" | "by phone",
            ReplyWay::Post => "郵送" | "by post",
        };
        secret: ReplySecret = {
            ReplySecret::LoginId => "ログインID" | "the login ID",
            ReplySecret::Mail => "登録メールアドレス" | "the registered mail address",
            ReplySecret::BirthDate => "生年月日" | "the date of birth",
            ReplySecret::Address => "お勤め先の代表住所" | "the employer's address",
        };
        exported(count: usize) =
            "{count}件の返信をメールのファイルに出力しました"
            | "{count} {} written as mail", plural(count, "reply was", "replies were");
        exported_to(receipt: &str, file: &str) =
            "{receipt} の返信を出力しました: {file}"
            | "The reply to {receipt} is in {file}";
        sent(receipt: &str, way: &str) = "{receipt} の返信を送付済みにしました({way})" | "The reply to {receipt} is sent ({way})";
        withdrawn(receipt: &str) = "{receipt} の返信を取りやめました" | "The reply to {receipt} is withdrawn";
        edited(receipt: &str) = "{receipt} の返信文を直しました" | "The reply to {receipt} has other words now";
        copied(receipt: &str) =
            "{receipt} の返信文をコピーしました。送ったら s で送付済みにします"
            | "The reply to {receipt} is copied. When it is sent, say so with s";
        export_title = "メールの出力" | "Export as mail";
        export_hint =
            "メールのファイル(.eml)を、出力先の replies フォルダーに作ります。メールソフトで開いて送り、s で送付済みにします。"
            | "Mail files (.eml) are written into the folder replies of the exports. Open and send them with a mail program, then mark them with s.";
        export_yes = "出力する" | "Export";
        export_one = "この返信だけ" | "This reply";
        export_all(count: usize) = "メールで送れる下書き {count}件すべて" | "All {count} drafts that have an address";
        send_title = "どのように送りましたか" | "How was it sent?";
        withdraw_title = "返信の取りやめ" | "Withdraw the reply";
        withdraw_text(receipt: &str) =
            "{receipt} の返信を送らずに終えます。依頼の処理は変わりません。"
            | "The reply to {receipt} is not sent. The decision about the request stays.";
        withdraw_exported =
            "すでにメールのファイルに出力されています。送られていないことを確かめてください。"
            | "It was exported as mail. Make sure that it was not sent.";
        withdraw_yes = "取りやめる" | "Withdraw it";
        edit_title(receipt: &str) = "{receipt} の返信文" | "The reply to {receipt}";
        edit_text =
            "宛名と署名は、送るときに前後に付きます。ログインID・生年月日・登録メールアドレス・代表住所は書けません。"
            | "Salutation and signature are added around it. It cannot have a login ID, a birth date, a registered mail address or the employer's address.";
        edit_field = "返信文" | "Reply";
        over(state: &str) = "この返信は「{state}」です" | "This reply is {state}";
        template_right(file: &str) = "{file} に誤りはありません。" | "{file} is right.";
        template_set = "返信の定型文を設定しました。" | "The words of replies are set.";
    }
}

fn language_in(language: Language, lang: Lang) -> &'static str {
    match language {
        Language::Japanese => lang.pick("日本語", "Japanese"),
        Language::English => lang.pick("英語", "English"),
    }
}

/// Where a reply stands: `送付済み(電話) 佐藤 11/24 10:42`
pub fn status(lang: Lang, status: &ReplyStatus) -> String {
    let words = &lang.labels().replies;
    let state = words.state(status.state);
    let way = status.via.map(|way| format!("({})", words.way(way))).unwrap_or_default();
    let (by, at) = status.last();
    let at = at.map(|at| local(at).format("%m/%d %H:%M").to_string());
    let facts = [Some(format!("{state}{way}")), by.map(str::to_owned), at];
    facts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Where a reply goes: the masked address, or the phone where there is none.
pub fn to(lang: Lang, line: &ReplyLine) -> String {
    let words = &lang.labels().replies;
    match (line.email.as_str(), line.phone.as_str()) {
        ("", "") => words.no_mail.to_owned(),
        ("", phone) => format!("{} {phone}", words.phone),
        (email, _) => email.to_owned(),
    }
}

/// One reply on a line.
pub fn line(lang: Lang, line: &ReplyLine) -> String {
    let reason = line.reason.as_deref().unwrap_or_default();
    let reason = reason.parse().map_or(reason, |ground| codes::ground(lang, ground));
    let facts = [status(lang, &line.status), line.name.clone(), to(lang, line), reason.to_owned()];
    let facts: Vec<String> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    format!("{:>5}  {}  {}", line.reply, line.receipt, facts.join("  "))
}

/// A fault in a file of replies.
pub fn fault(lang: Lang, fault: &ReplyFault) -> String {
    let line = fault.line;
    let (ja, en) = match &fault.problem {
        ReplyProblem::Syntax(what) => (format!("TOMLとして読めません ({what})"), format!("not TOML: {what}")),
        ReplyProblem::UnknownTable(table) => {
            (format!("[{table}] という文はありません"), format!("there is no text [{table}]"))
        }
        ReplyProblem::UnknownSlot { name, known } => {
            let known: Vec<String> = known.iter().map(|slot: &ReplySlot| format!("{{{}}}", slot.code())).collect();
            let known = known.join(" ");
            (
                format!("{{{name}}} という差込項目は使えません (使えるもの: {known})"),
                format!("{{{name}}} has no value here; known: {known}"),
            )
        }
        ReplyProblem::OneLanguage(name) => (
            format!("{{{name}}} が日本語と英語の一方にしかありません"),
            format!("only one of the two languages has {{{name}}}"),
        ),
        ReplyProblem::Brace => ("{ と } の対応が取れていません".to_owned(), "a brace without its partner".to_owned()),
        ReplyProblem::Empty(language) => (
            format!("{}の文が空です", language_in(*language, Lang::Ja)),
            format!("the {} text is empty", language_in(*language, Lang::En)),
        ),
        ReplyProblem::NoText => {
            ("返信文の入る場所 {text} がありません".to_owned(), "{text}, where the reply stands, is missing".to_owned())
        }
    };
    lang.choose(format!("{line}行目: {ja}"), format!("line {line}: {en}"))
}

/// Why something was not done about a reply, and what helps.
pub(super) fn refusal(refusal: &ReplyRefusal) -> (String, String) {
    match refusal {
        ReplyRefusal::Unknown(reply) => (
            format!("返信 {reply} は見つかりません。mykempo reply list で番号をお確かめください。"),
            format!("There is no reply {reply}. See mykempo reply list."),
        ),
        ReplyRefusal::Step { reply, state, step } => {
            let told = |lang: Lang| {
                let words = &lang.labels().replies;
                (words.state(*state), words.step(*step))
            };
            let ((state_ja, step_ja), (state_en, step_en)) = (told(Lang::Ja), told(Lang::En));
            (
                format!("返信 {reply} は「{state_ja}」のため、「{step_ja}」はできません。"),
                format!("Reply {reply} is {state_en}: {step_en} is not possible."),
            )
        }
        ReplyRefusal::GivesAway { receipt, secrets } => {
            let told = |lang: Lang| {
                let names = secrets.iter().map(|secret| lang.labels().replies.secret(*secret));
                names.collect::<Vec<_>>().join(lang.pick("、", ", "))
            };
            (
                format!("{receipt} の返信文に、書いてはならないものがあります: {}。消してから保存してください。", told(Lang::Ja)),
                format!("The reply to {receipt} has what no reply may carry: {}. Take it out first.", told(Lang::En)),
            )
        }
        ReplyRefusal::NoAddress { reply, receipt } => (
            format!(
                "{receipt} には送れるメールアドレスがありません。電話か郵送でお伝えし、送付済みにしてください(mykempo reply sent {reply} --via phone)。"
            ),
            format!(
                "{receipt} has no mail address that can be written to. Tell the sender by phone or post, and say so (mykempo reply sent {reply} --via phone)."
            ),
        ),
        ReplyRefusal::NoSender => (
            "返信の差出人アドレスが設定されていません。管理者が設定してください(mykempo settings set reply.from アドレス)。"
                .to_owned(),
            "The address that replies come from is not set. An admin sets it (mykempo settings set reply.from ADDRESS)."
                .to_owned(),
        ),
        ReplyRefusal::Faults { path, faults } => {
            let told = |lang: Lang| faults.iter().map(|it| fault(lang, it)).collect::<Vec<_>>().join("\n");
            let path = path.display();
            (
                format!("返信の定型文 {path} に誤りがあります。\n{}", told(Lang::Ja)),
                format!("The words of replies in {path} are wrong.\n{}", told(Lang::En)),
            )
        }
    }
}
