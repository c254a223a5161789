//! Entries of the audit log as lines: when, actor, action, member, and the facts in words.

use super::texts::plural;
use super::{Lang, audit_facts};
use crate::text::japan::local;
use crate::usecases::{Act, AuditEvent, AuditLine, IdRanges, Recorded};

/// The name of what was done; its code where this version does not know it.
pub fn act(lang: Lang, line: &AuditLine) -> String {
    let action = &line.entry.action;
    action.parse::<Act>().map_or_else(|_| action.clone(), |act| lang.labels().acts.of(act).to_owned())
}

/// `佐藤 (sato)`
pub fn who(lang: Lang, line: &AuditLine) -> String {
    match &line.staff_name {
        Some(name) if *name != line.entry.staff => format!("{name} ({})", line.entry.staff),
        Some(name) => name.clone(),
        None if line.entry.staff == "system" => lang.pick("プログラム", "the program").to_owned(),
        None => line.entry.staff.clone(),
    }
}

/// Member and batch.
pub fn whom(line: &AuditLine) -> String {
    let member = line.entry.member.as_ref().map(|key| match &line.member_name {
        Some(name) => format!("{key} {name}"),
        None => key.clone(),
    });
    member.into_iter().chain(line.entry.batch.clone()).collect::<Vec<_>>().join("  ")
}

/// The facts. Cards of a batch are counted: their internal numbers say nothing to a person.
pub fn facts(lang: Lang, line: &AuditLine) -> String {
    match &line.recorded {
        Recorded::Event(AuditEvent::BatchDrafted { cards }) => counted(lang, cards),
        Recorded::Event(AuditEvent::BatchExported { cards, held }) => {
            let cards = counted(lang, cards);
            lang.choose(format!("{cards}、保留 {held}枚"), format!("{cards}, {held} held"))
        }
        recorded => audit_facts::facts(lang, recorded),
    }
}

fn counted(lang: Lang, cards: &IdRanges) -> String {
    let count = cards.count();
    lang.choose(format!("{count}枚"), format!("{count} {}", plural(count, "card", "cards")))
}

/// One line of a page.
pub fn line(lang: Lang, line: &AuditLine) -> String {
    let at = local(line.entry.at).format("%Y-%m-%d %H:%M:%S");
    let parts = [who(lang, line), act(lang, line), whom(line), facts(lang, line)];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{:>6}  {at}  {}", line.entry.seq, parts.join("  "))
}

/// The same for scripts: codes beside words.
pub fn json(lang: Lang, line: &AuditLine) -> serde_json::Value {
    let entry = &line.entry;
    serde_json::json!({
        "seq": entry.seq,
        "at": entry.at,
        "staff": entry.staff,
        "staff_name": line.staff_name,
        "terminal": entry.terminal,
        "action": entry.action,
        "act": act(lang, line),
        "member": entry.member,
        "member_name": line.member_name,
        "batch": entry.batch,
        "facts": facts(lang, line),
    })
}
