//! 漏えい等: the list, the record, and why something was not done. The texts to copy are in `incident_papers`.

use super::texts::{plural, texts};
use super::{Lang, codes};
use crate::domain::{IncidentCause, IncidentEntryKind, IncidentKind, IncidentState, ReportStage, ReportStatus};
use crate::usecases::AuditEvent;
use crate::usecases::incidents::{
    AffectedPerson, IncidentChange, IncidentCounts, IncidentReport, IncidentView, NextReport, StopOutcome,
    StoppedPassword,
};
use crate::usecases::members::MemberIncident;
use crate::usecases::refusal::IncidentRefusal;

texts! {
    /// Incidents: the list, the record, the forms.
    pub struct Incidents {
        title = "漏えい等" | "Incidents";
        none = "対応中の漏えい等はありません。" | "No incident is open.";
        none_next =
            "N で記録します(加入者・電話・バッチの画面からも)"
            | "N records one, also from a member, a call or a batch";
        number = "番号" | "No.";
        known_on = "知った日" | "Known on";
        kind_name = "種類" | "What";
        persons_name = "対象" | "Whose";
        next_name = "次の期限" | "Next due";
        cause_name = "原因" | "Cause";
        what_name = "内容" | "What happened";
        card_name = "はがき" | "Card";
        passwords_name = "パスワード" | "Passwords";
        done_on = "行った日" | "Done on";
        entry_name = "記録" | "Entry";
        measures_name = "講じた措置" | "What was done";
        reason_name = "内容・理由" | "Text";
        who_name = "加入者・はがき" | "Member, card";
        who_hint =
            "260-1-00 のような番号か、B…のはがき番号"
            | "A key such as 260-1-00, or a serial B…";
        who_bad = "番号でも、はがき番号でもありません" | "Neither a member's key nor a serial";
        no_card = "はがきによらない" | "no card";
        keep = "そのまま" | "leave as they are";
        stop = "停止し、再発行を手配する" | "stop, and ask for new cards";
        open_title = "漏えい等を記録する" | "Record an incident";
        open_text =
            "知った日を1日目として、速報(3~5日目)と確報(30日目、不正の目的のおそれがあれば60日目)の期限が始まります。"
            | "With the day on which it became known as day 1, the preliminary report is due on day 3 to 5, the final one by day 30 (60 after a wrongful act).";
        note_title = "経過を記録する" | "Add to the incident";
        close_title = "対応を終了する" | "Close the incident";
        close_text =
            "講じた措置と再発防止策を書いてください。終了したあとに追記するには、理由を付けて再開します。"
            | "Write what was done, and what keeps it from happening again. To add to it afterwards, it is reopened with a reason.";
        stop_title = "パスワードを停止し、再発行を手配する" | "Stop the passwords and ask for new cards";
        stop_yes = "停止する" | "stop them";
        stop_text(live: usize) =
            "有効なパスワード {live}件は今すぐ使えなくなります。新しいはがきは発送日から使えます。"
            | "{live} {} at once; a new card counts from its dispatch.",
                plural(live, "password ends", "passwords end");
        nothing_live = "停止するパスワードはありません" | "No password of it is left to stop";
        copy_title = "文案をコピーする" | "Copy a text";
        copy_report = "報告書の文案(個人情報保護委員会など)" | "for the report to the commission";
        copy_member = "ご本人への通知の文案" | "for the member";
        copied = "文案をコピーしました。【 】の箇所を確かめてから使ってください" | "Copied. Check what stands in [ ] before you use it";
        closed_only = "終了した記録です" | "This incident is closed";
        opened(id: i64, persons: usize) =
            "漏えい等 {id} を記録しました(対象 {persons}件)。"
            | "Incident {id} is recorded ({persons} {}).", plural(persons, "person", "persons");
        noted(id: i64) = "漏えい等 {id} に記録しました。" | "Incident {id}: noted.";
        closed(id: i64) = "漏えい等 {id} の対応を終了しました。" | "Incident {id} is closed.";
        reopened(id: i64) = "漏えい等 {id} の対応を再開しました。" | "Incident {id} is open again.";
        reopen_title = "終了した対応を再開する" | "Reopen the incident";
        reopen_why = "再開する理由" | "Why";
        reopen_text =
            "終了のときに記録した措置は、経過として残ります。新しく分かったことを理由に書いてください。"
            | "What it was closed with stays as an entry. Write what has come to light since.";
        open_already = "対応中の漏えい等です" | "This incident is open";
        heading(id: i64) = "漏えい等 {id}" | "Incident {id}";
        known(day: &str, by: &str) = "{day} に把握(記録 {by})" | "known on {day}, recorded by {by}";
        known_short(day: &str) = "{day} に把握" | "known on {day}";
        closed_by(by: &str, day: &str) = "{day} に終了({by})" | "closed on {day} by {by}";
        of_call(call: i64) = "電話 {call} から" | "from call {call}";
        live_count(live: usize) =
            "有効なパスワードが {live}件あります"
            | "{live} {}", plural(live, "password on its cards still counts", "passwords on its cards still count");
        people(count: usize) = match count {
            0 => "未特定" | "not known yet";
            _ => "{count}人" | "{count} {}", plural(count, "person", "people");
        };
        others(count: usize) = "ほか{count}人" | "+{count} more";
        entries_name = "経過" | "So far";
        today = "今日" | "today";
        pages_all = "終了したものも表示しています" | "Closed ones are shown, too";
        kind: IncidentKind = {
            IncidentKind::CardLost => "はがきの紛失" | "card lost",
            IncidentKind::CardOpened => "はがきの開封" | "card opened",
            IncidentKind::WrongParcel => "誤送付" | "wrong parcel",
            IncidentKind::WrongPerson => "誤った相手への回答" | "told another person",
            IncidentKind::Other => "その他" | "other",
        };
        cause: IncidentCause = {
            IncidentCause::Mishap => "過失・事故" | "mishap",
            IncidentCause::Wrongful => "不正の目的のおそれ" | "possibly wrongful",
        };
        state: IncidentState = {
            IncidentState::Open => "対応中" | "open",
            IncidentState::Closed => "終了" | "closed",
        };
        entry: IncidentEntryKind = {
            IncidentEntryKind::Note => "経過" | "note",
            IncidentEntryKind::Preliminary => "速報を提出" | "preliminary report made",
            IncidentEntryKind::Final => "確報を提出" | "final report made",
            IncidentEntryKind::MemberTold => "ご本人に通知" | "member told",
            IncidentEntryKind::NotReportable => "報告不要と判断" | "no report needed",
            IncidentEntryKind::Closed => "対応を終了" | "closed",
            IncidentEntryKind::Reopened => "対応を再開" | "reopened",
        };
        stage: ReportStage = {
            ReportStage::Preliminary => "速報" | "preliminary report",
            ReportStage::Final => "確報" | "final report",
        };
        // In a column.
        stage_short: ReportStage = {
            ReportStage::Preliminary => "速報" | "prelim.",
            ReportStage::Final => "確報" | "final",
        };
        status: ReportStatus = {
            ReportStatus::Made => "提出済" | "made",
            ReportStatus::NotNeeded => "不要" | "not needed",
            ReportStatus::Ahead => "期限前" | "ahead",
            ReportStatus::Due => "要提出" | "due",
            ReportStatus::Overdue => "期限超過" | "overdue",
        };
        outcome: StopOutcome = {
            StopOutcome::Reissued => "停止し、再発行を手配しました" | "stopped; a new card is asked for",
            StopOutcome::RequestOpen =>
                "停止し、送付依頼を再び受付中にしました。本人確認のうえ手配してください"
                | "stopped; its request is open again and waits for a clerk",
            StopOutcome::Stopped => "停止しました。再発行の対象ではありません" | "stopped; no new card is owed",
            StopOutcome::AskedAgain => "停止済みでした。再発行を手配しました" | "had ended before; a new card is asked for",
            StopOutcome::EndedBefore => "停止済みです" | "had ended before",
            StopOutcome::ChangedSince =>
                "発送後にポータルで変更されています。ご本人が変更したかをお確かめください"
                | "changed on the portal since: ask the member whether it was them",
        };
    }
}

/// `速報 11/28まで 要提出`
pub fn report(lang: Lang, report: &IncidentReport) -> String {
    let words = &lang.labels().incidents;
    let (stage, status, until) = (words.stage(report.stage), words.status(report.status), report.term.until);
    match report.status {
        ReportStatus::Made | ReportStatus::NotNeeded => format!("{stage} {status}"),
        ReportStatus::Ahead | ReportStatus::Due | ReportStatus::Overdue => {
            lang.choose(format!("{stage} {until} まで {status}"), format!("{stage} by {until}: {status}"))
        }
    }
}

/// `漏えい等 3 速報 11/28 まで`
pub fn next(lang: Lang, next: &NextReport) -> String {
    let stage = lang.labels().incidents.stage_short(next.stage);
    let until = next.until.format("%m/%d");
    lang.choose(format!("{} {stage} {until} まで", next.incident), format!("{} {stage} by {until}", next.incident))
}

/// What of them is due, for one row of home.
pub fn due(lang: Lang, counts: &IncidentCounts) -> String {
    let late = match counts.overdue {
        0 => String::new(),
        _ => lang.choose("期限超過 ".to_owned(), "overdue: ".to_owned()),
    };
    counts.next.map(|it| format!("{late}{}", next(lang, &it))).unwrap_or_default()
}

/// `260-1-00 東海林 拓也`, and how many more.
pub fn whose(lang: Lang, incident: &IncidentView) -> String {
    let words = &lang.labels().incidents;
    match (incident.persons.first(), incident.people()) {
        (None, _) => words.people(0),
        (Some(first), 1) => format!("{} {}", first.member, first.name),
        (Some(first), people) => format!("{} {} {}", first.member, first.name, words.others(people - 1)),
    }
}

/// One incident on a line.
pub fn line(lang: Lang, incident: &IncidentView) -> String {
    let words = &lang.labels().incidents;
    let due = match incident.next_report() {
        Some(next) => report(lang, next),
        None => words.state(incident.state).to_owned(),
    };
    let facts = [words.kind(incident.kind), &whose(lang, incident), &due, first_line(&incident.what)].join("  ");
    format!("{:>4}  {}  {facts}", incident.id, incident.known_on)
}

/// Everything of an incident.
pub fn page(lang: Lang, incident: &IncidentView) -> String {
    let words = &lang.labels().incidents;
    let mut lines = vec![
        format!("{}  {}  {}", words.heading(incident.id), words.kind(incident.kind), words.state(incident.state)),
        words.known(&incident.known_on.to_string(), &incident.opened_by),
        format!("{}  {}", words.cause_name, words.cause(incident.cause)),
    ];
    lines.extend(incident.call.map(|call| words.of_call(call)));
    lines.extend(incident.reports.iter().map(|it| report(lang, it)));
    lines.extend([String::new(), incident.what.clone(), String::new()]);
    lines.push(format!("{}  {}", words.persons_name, words.people(incident.people())));
    lines.extend(incident.persons.iter().map(|it| format!("  {}", person(lang, it))));
    if incident.live() > 0 {
        lines.push(words.live_count(incident.live()));
    }
    if !incident.entries.is_empty() {
        lines.extend([String::new(), words.entries_name.to_owned()]);
    }
    lines.extend(
        incident.entries.iter().map(|it| {
            format!("  {}  {}  {}  {}", it.done_on, words.entry(it.kind), it.by, it.text).trim_end().to_owned()
        }),
    );
    let end = (&incident.measures, &incident.closed_by, incident.closed_at);
    if let (IncidentState::Closed, (Some(measures), Some(by), Some(at))) = (incident.state, end) {
        let day = crate::text::japan::day_of(at).to_string();
        lines.extend([String::new(), words.closed_by(by, &day), measures.clone()]);
    }
    lines.join("\n")
}

/// `7  はがきの紛失  2026-11-20 に把握  対応中`
pub fn of_member(lang: Lang, incident: &MemberIncident) -> String {
    let words = &lang.labels().incidents;
    let known = words.known_short(&incident.known_on.to_string());
    format!("{}  {}  {known}  {}", incident.id, words.kind(incident.kind), words.state(incident.state))
}

/// `260-1-00 東海林 拓也  B20261122-001-0042 閲覧用 有効`
pub fn person(lang: Lang, person: &AffectedPerson) -> String {
    let card = person.serial.as_ref().map(|serial| {
        let kind = person.kind.map_or("", |kind| lang.labels().words.card_kind(kind));
        let now = match (person.live, person.dead, person.state) {
            (true, _, _) => lang.pick("有効", "still counts"),
            (false, Some(dead), _) => codes::dead_reason(lang, dead),
            (false, None, Some(state)) => codes::card_state(lang, state),
            (false, None, None) => "",
        };
        format!("{serial} {kind} {now}")
    });
    let who = format!("{} {}", person.member, person.name);
    std::iter::once(who).chain(card).chain(person.employer.clone()).collect::<Vec<_>>().join("  ")
}

/// What became of one password.
pub fn stopped(lang: Lang, password: &StoppedPassword) -> String {
    let words = &lang.labels().incidents;
    let who = format!("{} {}", password.member, password.name);
    let receipt = password.receipt.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
    let held = password.held.map(|why| {
        let why = codes::hold_reason(lang, why);
        lang.choose(format!("(保留: {why})"), format!(" (on hold: {why})"))
    });
    format!("{who}  {}{receipt}{}", words.outcome(password.outcome), held.unwrap_or_default())
}

/// What a change did: a line for each password, and how the reports stand.
pub fn change(lang: Lang, change: &IncidentChange) -> Vec<String> {
    let passwords = change.passwords.iter().map(|it| stopped(lang, it));
    passwords.chain(change.reports.iter().map(|it| report(lang, it))).collect()
}

/// What an entry of the audit log about an incident says beside its name.
pub(super) fn facts(lang: Lang, event: &AuditEvent) -> String {
    use AuditEvent as E;
    let words = &lang.labels().incidents;
    let number = |incident: &i64| lang.choose(format!("{incident}番"), format!("incident {incident}"));
    let facts = match event {
        E::IncidentOpened { incident, kind, cause, known_on, persons } => {
            let (kind, cause) = (words.kind(*kind), words.cause(*cause));
            let known = lang.choose(format!("{known_on} に把握"), format!("known on {known_on}"));
            let persons = lang.choose(format!("対象 {persons}件"), format!("{persons} persons"));
            vec![number(incident), kind.to_owned(), cause.to_owned(), known, persons]
        }
        E::IncidentPerson { incident, card } => {
            let card = card.as_ref().map(|card| card.serial.clone().unwrap_or_else(|| card.id.to_string()));
            std::iter::once(number(incident)).chain(card).collect()
        }
        E::IncidentNoted { incident, entry, on, added, stopped } => {
            let entry = entry.map(|entry| format!("{} {on}", words.entry(entry)));
            let added = (*added > 0).then(|| lang.choose(format!("対象 +{added}"), format!("{added} persons added")));
            let stopped =
                (*stopped > 0).then(|| lang.choose(format!("停止 {stopped}件"), format!("{stopped} passwords")));
            [Some(number(incident)), entry, added, stopped].into_iter().flatten().collect()
        }
        E::IncidentCauseSet { incident, old, new } => {
            vec![number(incident), format!("{} → {}", words.cause(*old), words.cause(*new))]
        }
        E::IncidentReopened { incident, reason } => vec![number(incident), reason.clone()],
        E::IncidentClosed { incident } | E::IncidentSeen { incident, .. } => vec![number(incident)],
        _ => Vec::new(),
    };
    facts.join(lang.pick(" ", ", "))
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// Why an incident was not recorded, added to or closed, and what helps.
pub(super) fn refusal(refusal: &IncidentRefusal) -> (String, String) {
    match refusal {
        IncidentRefusal::Unknown(id) => (
            format!("漏えい等 {id} は記録されていません。mykempo incident list --all で番号をお確かめください。"),
            format!("There is no incident {id}. See mykempo incident list --all."),
        ),
        IncidentRefusal::Closed(id) => (
            format!(
                "漏えい等 {id} は対応を終了しているため、追記できません。続きを記録するには、理由を付けて再開してください(incident reopen)。"
            ),
            format!("Incident {id} is closed; nothing can be added. Reopen it with a reason first (incident reopen)."),
        ),
        IncidentRefusal::NotClosed(id) => (
            format!("漏えい等 {id} は対応中のため、再開するものがありません。"),
            format!("Incident {id} is open: there is nothing to reopen."),
        ),
        IncidentRefusal::NotSent { serial, state } => (
            format!(
                "はがき {serial} は発送されていません({})。刷り損じとするか、抜き取ってください。何も記録していません。",
                codes::card_state(Lang::Ja, *state)
            ),
            format!(
                "Card {serial} has not left the house ({}): spoil or pull it instead. Nothing was recorded.",
                codes::card_state(Lang::En, *state)
            ),
        ),
        IncidentRefusal::EmptyParcel { batch, employer } => (
            format!("バッチ {batch} に、事業所 {employer} あてに発送したはがきはありません。何も記録していません。"),
            format!("Batch {batch} has no dispatched card for employer {employer}. Nothing was recorded."),
        ),
        IncidentRefusal::Twice { incident, entry, on } => {
            let name = |lang: Lang| lang.labels().incidents.entry(*entry);
            (
                format!(
                    "漏えい等 {incident} には「{}」({on})がすでに記録されています。続報は経過として記録してください。",
                    name(Lang::Ja)
                ),
                format!("Incident {incident} has \"{}\" ({on}) on record. Add what follows as a note.", name(Lang::En)),
            )
        }
        IncidentRefusal::Unreported(id) => (
            format!(
                "漏えい等 {id} は、確報の提出も、報告不要の判断も記録されていないため、終了できません。先にどちらかを記録してください。"
            ),
            format!(
                "Incident {id} cannot be closed: neither the final report nor the decision that none is needed is on record. Record one of them first."
            ),
        ),
    }
}
