//! The gate (B7) in words: why a card must not leave, what was printed, and what is true now.

use super::{Lang, codes};
use crate::domain::gate::{
    ApprovalChange, ApprovalDifference, CardPerson, CardRoute, ChangedCard, Delay, GateFinding, GateReason, GateValue,
};
use crate::usecases::SETTINGS;
use crate::usecases::batches::{Gate, GateReport, fingerprint};

/// A reason of the gate, in words.
pub const fn reason(lang: Lang, reason: GateReason) -> &'static str {
    match reason {
        GateReason::Closed => lang.pick("アカウント閉鎖", "account closed"),
        GateReason::MemberLost
        | GateReason::InsuredLost
        | GateReason::Superseded
        | GateReason::SelfChanged
        | GateReason::DisplayOff
        | GateReason::NumberChanged
        | GateReason::OtherPerson
        | GateReason::Moved
        | GateReason::Withdrawn
        | GateReason::OtherEmployer
        | GateReason::Protected
        | GateReason::Recovered
        | GateReason::TooClose => codes::dead_reason(lang, reason.ends_as()),
    }
}

/// `送付先の変更  印刷 1010025 東京都千代田区… 旭精機(株)  現在 1050014 東京都港区… 旭精機(株)`
pub fn finding(lang: Lang, finding: &GateFinding) -> String {
    let part = |name: &str, value: &GateValue| match value {
        GateValue::None => String::new(),
        value => format!("  {name} {}", self::value(lang, value)),
    };
    let printed = part(lang.pick("承認・印刷", "printed"), &finding.printed);
    let now = part(lang.pick("現在", "now"), &finding.now);
    format!("{}{printed}{now}", reason(lang, finding.reason))
}

/// What was approved, or is true now.
pub fn value(lang: Lang, value: &GateValue) -> String {
    match value {
        GateValue::None => "-".to_owned(),
        GateValue::Day(day) => day.to_string(),
        GateValue::At(at) => crate::text::japan::local(*at).format("%F %H:%M").to_string(),
        GateValue::Person(person) => self::person(person),
        GateValue::Route(route) => self::route(route),
        GateValue::Display(display) => codes::web_display(lang, *display).to_owned(),
        GateValue::Delay(delay) => self::delay(lang, delay),
    }
}

/// `ログイン通知 B20261124-001 (2026-12-01 から送れます)`
fn delay(lang: Lang, delay: &Delay) -> String {
    let kind = lang.labels().words.card_kind(delay.other);
    let batch = delay.batch.as_deref().map(|number| format!(" {number}")).unwrap_or_default();
    let free =
        delay.not_before.map(|day| lang.choose(format!(" ({day} から送れます)"), format!(" (may leave from {day})")));
    format!("{kind}{batch}{}", free.unwrap_or_default())
}

/// `東海林　拓也 1972-03-12`
pub fn person(person: &CardPerson) -> String {
    let born = person.born_on.map(|day| format!(" {day}")).unwrap_or_default();
    format!("{}{born}", person.name)
}

/// `〒1010025 東京都千代田区神田佐久間町1-1 旭ビル3階 旭精機株式会社 人事部 鈴木`
pub fn route(route: &CardRoute) -> String {
    let postcode = route.postcode.as_deref().map(|code| format!("〒{code}")).unwrap_or_default();
    let parts = [&postcode, &route.address1, &route.address2, &route.company, &route.department, &route.contact];
    let parts = parts.into_iter().map(String::as_str).filter(|part| !part.trim().is_empty());
    parts.collect::<Vec<_>>().join(" ")
}

/// A difference from what was approved: `260-1-00 送付先の変更  承認 〒101… 現在 〒105…`
pub fn change(lang: Lang, change: &ApprovalChange) -> String {
    let approved_now = |what: &str, approved: &str, now: &str| match lang {
        Lang::Ja => format!("{what}  承認 {approved}  現在 {now}"),
        Lang::En => format!("{what}: approved {approved}, now {now}"),
    };
    match change {
        ApprovalChange::Card(card) => changed_card(lang, card),
        ApprovalChange::Setting { key, approved, now } => {
            let meaning = SETTINGS.iter().find(|setting| setting.key == key);
            let meaning = meaning.map_or("", |setting| super::settings::meaning(lang, setting.id));
            approved_now(&format!("{meaning} ({key})"), approved, now)
        }
        ApprovalChange::Template { approved, now } => {
            let short = |sha256: &str| fingerprint(sha256);
            approved_now(lang.pick("用紙の型の内容", "text of the template"), &short(approved), &short(now))
        }
        ApprovalChange::NotKept => lang
            .pick(
                "以前の版で承認されたため、承認の内容が残っていません",
                "approved by an older version, which kept nothing of what",
            )
            .to_owned(),
        ApprovalChange::Digest => lang
            .pick("承認の記録が、承認時の指紋と一致しません", "the record of the approval does not have its digest")
            .to_owned(),
    }
}

/// A card that is no longer as approved.
pub fn changed_card(lang: Lang, card: &ChangedCard) -> String {
    let reason = match card.reason {
        ApprovalDifference::Name => lang.pick("氏名の変更", "name changed"),
        ApprovalDifference::Insured => lang.pick("被保険者の氏名の変更", "name of the insured changed"),
        ApprovalDifference::OtherPerson => reason(lang, GateReason::OtherPerson),
        ApprovalDifference::Moved => reason(lang, GateReason::Moved),
        ApprovalDifference::OtherEmployer => reason(lang, GateReason::OtherEmployer),
    };
    let (approved, now) = (value(lang, &card.approved), value(lang, &card.now));
    lang.choose(
        format!("{}  {reason}  承認 {approved}  現在 {now}", card.member),
        format!("{}  {reason}: approved {approved}, now {now}", card.member),
    )
}

/// The gate's report of a batch, a card a line.
pub fn report(lang: Lang, report: &GateReport) -> String {
    let named = |card: &Gate| if card.serial.is_empty() { format!("#{}", card.card) } else { card.serial.clone() };
    let cards = report.cards.iter().flat_map(|card| {
        let first = format!("{}  {}  {}  {}", named(card), card.member, card.name, finding(lang, &card.finding));
        let also = card.also.iter().map(|other| format!("    {}", finding(lang, other)));
        std::iter::once(first).chain(also).collect::<Vec<_>>()
    });
    let holds = report.holds.iter().map(|card| {
        let reason = codes::hold_reason(lang, card.reason);
        let held = lang.choose(format!("保留になります({reason})"), format!("will be held ({reason})"));
        format!("#{}  {}  {held}", card.card, card.member)
    });
    let warnings = report.warnings.iter().map(|card| {
        let soon = lang.choose(format!("まもなく資格喪失 {}", card.on), format!("leaves on {}", card.on));
        format!("{}  {}  {soon}", card.serial, card.member).trim_start().to_owned()
    });
    let lines: Vec<String> = cards.chain(holds).chain(warnings).collect();
    if lines.is_empty() {
        return lang.pick("送れないはがきはありません。", "Every card may leave.").to_owned();
    }
    lines.join("\n")
}
