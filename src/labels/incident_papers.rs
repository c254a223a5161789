//! 漏えい等: texts to copy for the report (施行規則第8条) and for the member (第10条). They have what is on record; what a
//! person must add or check stands in 【 】. The member's text has no words of the record, which may name others.

use super::Lang;
use crate::domain::{CardKind, IncidentCause, IncidentEntryKind, IncidentKind, ReportStage};
use crate::usecases::incidents::IncidentView;
use crate::usecases::settings::Society;
use std::collections::BTreeSet;

/// A text to copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IncidentPaper {
    /// For the report to the commission.
    Report,
    /// For the affected members.
    Member,
}

/// The text of one paper, to be completed where it has 【 】.
pub fn text(lang: Lang, paper: IncidentPaper, incident: &IncidentView, society: &Society) -> String {
    match paper {
        IncidentPaper::Report => report(lang, incident, society),
        IncidentPaper::Member => member(lang, incident, society),
    }
}

/// The text of the report that comes next: the nine items of the rule.
fn report(lang: Lang, incident: &IncidentView, society: &Society) -> String {
    let stage = incident.next_report().map_or(ReportStage::Final, |next| next.stage);
    let stage = lang.labels().incidents.stage(stage);
    let known = incident.known_on;
    let overview =
        lang.choose(format!("発覚日 {known}\n{}", incident.what), format!("Known on {known}\n{}", incident.what));
    let people = match incident.people() {
        0 => lang.pick("【調査中。判明した数を記入】", "[being looked into; enter the number]").to_owned(),
        count => lang.choose(format!("{count}人"), count.to_string()),
    };
    let cause = lang.choose(
        format!("{}【詳しく記入】", lang.labels().incidents.cause(incident.cause)),
        format!("{} [in detail]", lang.labels().incidents.cause(incident.cause)),
    );
    let fill = lang.pick("【記入】", "[to be written]").to_owned();
    let measures = incident.measures.clone().unwrap_or_else(|| fill.clone());
    let items = [
        (lang.pick("概要", "Overview"), overview),
        (
            lang.pick("漏えい等が発生し、または発生したおそれがある個人データの項目", "Items of personal data"),
            data(lang, incident),
        ),
        (lang.pick("上記の個人データに係る本人の数", "Number of persons"), people),
        (lang.pick("原因", "Cause"), cause),
        (
            lang.pick("二次被害またはそのおそれの有無およびその内容", "Secondary harm, or the risk of it"),
            harm(lang, incident),
        ),
        (lang.pick("本人への対応の実施状況", "What was done for the persons"), told(lang, incident)),
        (lang.pick("公表の実施状況", "Publication"), fill.clone()),
        (lang.pick("再発防止のための措置", "Measures against a recurrence"), measures),
        (lang.pick("その他参考となる事項", "Other"), fill),
    ];
    let title = lang.choose(format!("漏えい等報告({stage})"), format!("Report of a data breach ({stage})"));
    assembled(&title, &items, &from(lang, society))
}

/// The text for an affected member; the same for all of them.
fn member(lang: Lang, incident: &IncidentView, society: &Society) -> String {
    let (name, known) = (&society.name, incident.known_on);
    let apology = lang.choose(
        format!(
            "{name}でお預かりしている、あなた様の個人データについて、次のとおり、漏えい等が発生し、または発生したおそれがあることが分かりました。ご心配とご迷惑をおかけしますことを、深くお詫び申し上げます。"
        ),
        format!("{name} has found that your personal data was, or may have been, seen by another person. We are very sorry."),
    );
    let overview = lang.choose(
        format!("{known} に判明しました。{}【ほかの方のお名前は書かずに補足】", happened(lang, incident.kind)),
        format!("It became known on {known}. {} [add to it without naming others]", happened(lang, incident.kind)),
    );
    let cause = match incident.cause {
        IncidentCause::Mishap => lang.pick(
            "当組合または配送の過程での過失・事故によるものです。【補足】",
            "A mishap at the society or on the way. [details]",
        ),
        IncidentCause::Wrongful => lang.pick(
            "不正の目的によるおそれがあり、調べています。【補足】",
            "It may have been a wrongful act; we are looking into it. [details]",
        ),
    };
    let advice = match has_card(incident, CardKind::Viewing) {
        true => lang.pick(
            "健康・医療情報のWeb表示をご希望の方には、新しい閲覧用パスワードのはがきをあらためてお送りします。",
            "Where you wish to see health information on the Web, a card with a new viewing password follows.",
        ),
        false => lang.pick("【ご本人にお願いしたいことがあれば記入】", "[what the member should do, if anything]"),
    };
    let items = [
        (lang.pick("概要", "What happened"), overview),
        (lang.pick("個人データの項目", "Which data"), data(lang, incident)),
        (lang.pick("原因", "Why"), cause.to_owned()),
        (lang.pick("二次被害またはそのおそれの有無およびその内容", "What may follow from it"), harm(lang, incident)),
        (lang.pick("その他参考となる事項", "What else you should know"), advice.to_owned()),
    ];
    let title = lang.pick("個人データの漏えい等についてのお知らせとお詫び", "Notice about your personal data");
    assembled(&format!("{title}\n\n{apology}"), &items, &from(lang, society))
}

fn assembled(head: &str, items: &[(&str, String)], foot: &str) -> String {
    let mut text = format!("{head}\n");
    for (number, (name, what)) in (1..).zip(items) {
        text.push_str(&format!("\n{number} {name}\n{what}\n"));
    }
    format!("{text}\n{foot}\n")
}

fn from(lang: Lang, society: &Society) -> String {
    let name = [society.name.as_str(), society.department.as_str()].join(" ");
    let (name, phone, hours) = (name.trim(), &society.phone, &society.hours);
    let text = lang.choose(format!("{name}\n電話 {phone} {hours}"), format!("{name}\nPhone {phone} {hours}"));
    text.trim_end().to_owned()
}

fn has_card(incident: &IncidentView, kind: CardKind) -> bool {
    incident.persons.iter().any(|person| person.kind == Some(kind))
}

/// What stood on the cards.
fn data(lang: Lang, incident: &IncidentView) -> String {
    let kinds: BTreeSet<CardKind> = incident.persons.iter().filter_map(|person| person.kind).collect();
    let on_card = |kind: &CardKind| match kind {
        CardKind::Viewing => lang.pick(
            "氏名、お勤め先の名称と所在地、健康・医療情報閲覧用パスワード",
            "name, employer and its address, viewing password",
        ),
        CardKind::Login => lang.pick(
            "氏名、お勤め先の名称と所在地、ログインID、仮のログインパスワード",
            "name, employer and its address, login ID, temporary login password",
        ),
    };
    match kinds.is_empty() {
        true => lang.pick("【記入】", "[to be written]").to_owned(),
        false => kinds.iter().map(on_card).collect::<Vec<_>>().join("\n"),
    }
}

/// Which passwords were stopped, and what is still to be looked into.
fn harm(lang: Lang, incident: &IncidentView) -> String {
    let cards = incident.persons.iter().filter(|person| person.serial.is_some()).count();
    let check = lang.pick("【確認した結果を記入】", "[what was found]");
    if cards == 0 {
        return check.to_owned();
    }
    let stopped = match incident.live() {
        0 => lang
            .pick("はがきに記載のパスワードは、すでに使えません。", "The passwords on the cards no longer work.")
            .to_owned(),
        live => lang.choose(
            format!("はがき{cards}枚のうち{live}枚のパスワードは、まだ停止していません。"),
            format!("Of the passwords on {cards} cards, {live} still work."),
        ),
    };
    format!("{stopped}{check}")
}

/// When members were told.
fn told(lang: Lang, incident: &IncidentView) -> String {
    let told = incident.entries.iter().filter(|entry| entry.kind == IncidentEntryKind::MemberTold);
    let told: Vec<String> =
        told.map(|entry| format!("{} {}", entry.done_on, entry.text).trim_end().to_owned()).collect();
    match told.is_empty() {
        true => lang.pick("【未実施。予定を記入】", "[not yet; enter the plan]").to_owned(),
        false => told.join("\n"),
    }
}

const fn happened(lang: Lang, kind: IncidentKind) -> &'static str {
    match kind {
        IncidentKind::CardLost => {
            lang.pick("当組合が発送したはがきの所在が分からなくなっています。", "A card that we sent cannot be found.")
        }
        IncidentKind::CardOpened => lang.pick(
            "当組合が発送したはがきが、ご本人以外の方に開封されました。",
            "A card that we sent was opened by another person.",
        ),
        IncidentKind::WrongParcel => lang.pick(
            "当組合が発送したはがきが、別の事業所に届きました。",
            "A card that we sent reached another employer.",
        ),
        IncidentKind::WrongPerson => lang.pick(
            "お問い合わせへの回答の際に、ご本人以外の方にお伝えしました。",
            "In an answer to an inquiry, another person was told of it.",
        ),
        IncidentKind::Other => lang.pick("【事態を記入】", "[what happened]"),
    }
}
