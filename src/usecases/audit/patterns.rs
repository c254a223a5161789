//! What a person from inside would do, found from the events of the log (F2, S6, R6). It names what is worth a question, and is
//! no accusation. Pure.

use super::{AuditEvent as E, SearchScope};
use crate::domain::browsing::{Limits, Unusual, Why};
use crate::domain::request::Verdict;
use crate::domain::{CardCause, CardKind, CredentialKind};
use chrono::{NaiveDateTime, TimeDelta};
use std::collections::{HashMap, VecDeque};

/// Days between two events of one pattern at most.
const DAYS: i64 = 7;

/// So many times the limit of looks is much for lists: most of what a search lists is not looked at.
const LISTS: u64 = 10;

/// An entry of the log.
#[derive(Debug, Clone)]
pub(super) struct LoggedEvent {
    /// Japan's wall clock.
    pub(super) at: NaiveDateTime,
    /// 職員ID
    pub(super) staff: String,
    /// The name of the terminal.
    pub(super) terminal: String,
    /// Key of the member.
    pub(super) member: Option<String>,
    /// Number of the batch.
    pub(super) batch: Option<String>,
    /// What was done.
    pub(super) event: E,
}

/// Every pattern, in entries that are in the order of the log.
pub(super) fn patterns(entries: &[LoggedEvent], limits: Limits) -> Vec<Unusual> {
    let found = [
        used_accounts(entries),
        settings_back(entries),
        addresses_back(entries),
        asked_and_exported(entries),
        both_kinds(entries),
        many_tries(entries, limits),
        listed_many(entries, limits),
    ];
    found.into_iter().flatten().collect()
}

/// What comes after an entry, within the days of a pattern.
fn after(entries: &[LoggedEvent], at: usize) -> impl Iterator<Item = &LoggedEvent> {
    let until = entries.get(at).map(|first| first.at + TimeDelta::days(DAYS));
    entries.iter().skip(at + 1).take_while(move |later| until.is_some_and(|until| later.at <= until))
}

fn of(by: &LoggedEvent, from: &LoggedEvent, why: Why, about: Option<String>) -> Unusual {
    Unusual { staff: by.staff.clone(), from: from.at, to: by.at, why, member: None, about }
}

/// The first sign-in of an account, at the terminal where another person had added, reset or proposed it.
fn used_accounts(entries: &[LoggedEvent]) -> Vec<Unusual> {
    let made = |entry: &LoggedEvent| match &entry.event {
        // What a machine does, it does where it was set up.
        E::StaffAdded { role, .. } if role.is_machine() => None,
        E::ChangeProposed { change, .. } if change.makes() == Some(CredentialKind::Key) => None,
        E::StaffAdded { id, .. } | E::StaffReset { id } | E::FactorReset { id } => Some(id.clone()),
        E::ChangeProposed { change, .. } => change.person().map(str::to_owned),
        _ => None,
    };
    let mut found = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let Some(id) = made(entry).filter(|id| *id != entry.staff) else { continue };
        let first = after(entries, at).find(|later| later.staff == id && later.event == E::SignedIn);
        if let Some(used) = first.filter(|used| used.terminal == entry.terminal) {
            let (from, to) = (entry.at, used.at);
            let (staff, about) = (entry.staff.clone(), Some(id));
            found.push(Unusual { staff, from, to, why: Why::UsedAccount, member: None, about });
        }
    }
    found
}

/// A setting that has the value again that it had before.
fn settings_back(entries: &[LoggedEvent]) -> Vec<Unusual> {
    let mut found = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let E::SettingSet { key, old, new } = &entry.event else { continue };
        let back = |later: &&LoggedEvent| matches!(&later.event, E::SettingSet { key: again, new: last, .. } if again == key && last == old);
        if let Some(back) = after(entries, at).find(back).filter(|_| old != new && key.starts_with("policy.")) {
            found.push(of(back, entry, Why::SettingBack, Some(key.clone())));
        }
    }
    found
}

/// An address that is again as it was before, with an export in between.
fn addresses_back(entries: &[LoggedEvent]) -> Vec<Unusual> {
    let mut found = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let E::EmployerChanged { code, changes } = &entry.event else { continue };
        let mut exported = false;
        for later in after(entries, at) {
            match &later.event {
                E::BatchExported { .. } | E::BatchRemade { .. } => exported = true,
                E::EmployerChanged { code: again, changes: back } if again == code && exported => {
                    let undone = |it: &&super::FieldChange| {
                        changes
                            .iter()
                            .any(|first| first.field == it.field && first.old == it.new && first.new == it.old)
                    };
                    if back.iter().any(|it| undone(&it)) {
                        found.push(of(later, entry, Why::AddressBack, Some(code.clone())));
                        break;
                    }
                }
                _ => {}
            }
        }
    }
    found
}

/// What a person asks for by hand, not what a file or a spoiled sheet asks for.
const fn is_by_hand(cause: CardCause) -> bool {
    match cause {
        CardCause::Reissue | CardCause::Request | CardCause::WithoutRequest => true,
        CardCause::Registered
        | CardCause::DisplayOn
        | CardCause::Spoiled
        | CardCause::Pulled
        | CardCause::Returned
        | CardCause::Expired => false,
    }
}

/// Reissues that were asked for and exported by one person; a request has been verified besides.
fn asked_and_exported(entries: &[LoggedEvent]) -> Vec<Unusual> {
    let mut asked: HashMap<i64, &LoggedEvent> = HashMap::new();
    let mut found = Vec::new();
    for entry in entries {
        match &entry.event {
            E::CardAsked { card, cause: CardCause::Reissue | CardCause::WithoutRequest, .. } => {
                asked.insert(card.id, entry);
            }
            E::BatchExported { cards, .. } | E::BatchRemade { cards, .. } => {
                let own = asked.iter().filter(|(card, by)| by.staff == entry.staff && cards.contains(**card));
                let own: Vec<&LoggedEvent> = own.map(|(_, by)| *by).collect();
                if let Some(first) = own.iter().min_by_key(|by| by.at) {
                    let why = Why::AskedAndExported { cards: own.len() };
                    found.push(of(entry, first, why, entry.batch.clone()));
                }
            }
            _ => {}
        }
    }
    found
}

/// Both kinds for one member, asked for by one person.
fn both_kinds(entries: &[LoggedEvent]) -> Vec<Unusual> {
    let asked = |entry: &LoggedEvent| match &entry.event {
        E::CardAsked { kind, cause, .. } if is_by_hand(*cause) => Some(*kind),
        _ => None,
    };
    let mut found = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let Some(kind) = asked(entry) else { continue };
        let other = match kind {
            CardKind::Viewing => CardKind::Login,
            CardKind::Login => CardKind::Viewing,
        };
        let same = |later: &&LoggedEvent| later.member == entry.member && later.staff == entry.staff;
        if let Some(second) = after(entries, at).filter(same).find(|later| asked(later) == Some(other)) {
            let one = of(second, entry, Why::BothKinds, None);
            found.push(Unusual { member: entry.member.clone(), ..one });
        }
    }
    found
}

/// So many answers that do not agree are more than a slip of the tongue.
const TRIES: usize = 5;

/// S5: answers of callers that did not agree with one member, in the minutes of a window.
fn many_tries(entries: &[LoggedEvent], limits: Limits) -> Vec<Unusual> {
    let span = TimeDelta::minutes(limits.minutes.into());
    let mut windows: HashMap<(&str, Option<&str>), VecDeque<&LoggedEvent>> = HashMap::new();
    let mut found: Vec<Unusual> = Vec::new();
    for entry in entries {
        let E::IdentityChecked { verdicts, .. } = &entry.event else { continue };
        if verdicts.iter().all(|(_, verdict)| *verdict != Verdict::NoMatch) {
            continue;
        }
        let window = windows.entry((&entry.staff, entry.member.as_deref())).or_default();
        window.push_back(entry);
        while window.front().is_some_and(|first| entry.at - first.at > span) {
            window.pop_front();
        }
        let Some(first) = window.front().filter(|_| window.len() >= TRIES) else { continue };
        let same = |one: &&mut Unusual| one.staff == entry.staff && one.member == entry.member && one.to >= first.at;
        match found.iter_mut().rev().find(same) {
            Some(one) => (one.to, one.why) = (entry.at, Why::ManyTries { tries: window.len() }),
            None => {
                let one = of(entry, first, Why::ManyTries { tries: window.len() }, None);
                found.push(Unusual { member: entry.member.clone(), ..one });
            }
        }
    }
    found
}

/// A window of minutes runs over the searches of one person; while it lists too many members, that is one burst.
fn listed_many(entries: &[LoggedEvent], limits: Limits) -> Vec<Unusual> {
    let (span, most) = (TimeDelta::minutes(limits.minutes.into()), limits.members as u64 * LISTS);
    let mut windows: HashMap<&str, VecDeque<(&LoggedEvent, u64)>> = HashMap::new();
    let mut found: Vec<Unusual> = Vec::new();
    for entry in entries {
        let E::MemberSearched { scope, count, .. } = entry.event else { continue };
        // The cards of a batch and the rows of a file are everyday work, however many.
        if matches!(scope, SearchScope::Batches | SearchScope::Imports) {
            continue;
        }
        let window = windows.entry(&entry.staff).or_default();
        window.push_back((entry, count));
        while window.front().is_some_and(|(first, _)| entry.at - first.at > span) {
            window.pop_front();
        }
        let members: u64 = window.iter().map(|(_, count)| count).sum();
        let Some((first, _)) = window.front().filter(|_| members >= most) else { continue };
        match found.iter_mut().rev().find(|one| one.staff == entry.staff) {
            Some(Unusual { to, why: Why::ListedMany { members: listed }, .. }) if *to >= first.at => {
                *to = entry.at;
                *listed = members.max(*listed);
            }
            _ => found.push(of(entry, first, Why::ListedMany { members }, None)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{CardRef, FieldChange};
    use super::*;
    use crate::domain::request::ClaimField;
    use crate::domain::{GuardedChange, Role};
    use chrono::NaiveDate;

    const LIMITS: Limits = Limits { members: 3, minutes: 10, opens: 7, closes: 20 };

    fn entry(day: u32, minute: u32, staff: &str, event: E) -> LoggedEvent {
        LoggedEvent {
            at: NaiveDate::from_ymd_opt(2026, 11, day).unwrap().and_hms_opt(10, minute, 0).unwrap(),
            staff: staff.to_owned(),
            terminal: "desk".to_owned(),
            member: None,
            batch: None,
            event,
        }
    }

    fn found(entries: &[LoggedEvent]) -> Vec<(String, Why, Option<String>)> {
        patterns(entries, LIMITS).into_iter().map(|one| (one.staff, one.why, one.about.or(one.member))).collect()
    }

    fn one(staff: &str, why: Why, about: &str) -> [(String, Why, Option<String>); 1] {
        [(staff.to_owned(), why, Some(about.to_owned()))]
    }

    #[test]
    fn f2_an_account_used_where_it_was_made_is_unusual() {
        let id = || "ghost".to_owned();
        let propose = GuardedChange::StaffReset { id: id(), credential: CredentialKind::Password };
        for event in [
            E::StaffAdded { id: id(), role: Role::Supervisor },
            E::StaffReset { id: id() },
            E::FactorReset { id: id() },
            E::ChangeProposed { proposal: 1, change: propose },
        ] {
            let made = entry(24, 0, "admin", event);
            let used = entry(24, 5, "ghost", E::SignedIn);
            assert_eq!(found(&[made.clone(), used.clone()]), one("admin", Why::UsedAccount, "ghost"));
            let elsewhere = LoggedEvent { terminal: "window".to_owned(), ..used.clone() };
            assert!(found(&[made.clone(), elsewhere, used.clone()]).is_empty(), "used by its owner first");
            assert!(found(&[used, made]).is_empty());
        }
    }

    #[test]
    fn f2_a_policy_off_and_on_again_is_unusual() {
        let set = |day, key: &str, old: &str, new: &str| {
            entry(day, 0, "admin", E::SettingSet { key: key.into(), old: old.into(), new: new.into() })
        };
        let key = "policy.four_eyes";
        let (off, on) = (set(24, key, "true", "false"), set(25, key, "false", "true"));
        assert_eq!(found(&[off.clone(), on.clone()]), one("admin", Why::SettingBack, key));
        assert!(found(&[off.clone(), set(25, "policy.totp", "off", "true")]).is_empty());
        assert!(found(&[set(10, key, "true", "false"), on]).is_empty(), "weeks apart");
        assert!(found(&[off]).is_empty());
    }

    #[test]
    fn r6_an_address_there_and_back_around_an_export_is_unusual() {
        let moved = |minute, old: &str, new: &str| {
            let changes = vec![FieldChange { field: "住所1".into(), old: old.into(), new: new.into() }];
            entry(24, minute, "admin", E::EmployerChanged { code: "260".into(), changes })
        };
        let export = entry(24, 5, "sato", E::BatchExported { cards: [1].into_iter().collect(), held: 0 });
        let there = moved(0, "東京", "大阪");
        let back = moved(9, "大阪", "東京");
        assert_eq!(found(&[there.clone(), export.clone(), back.clone()]), one("admin", Why::AddressBack, "260"));
        assert!(found(&[there.clone(), back]).is_empty(), "nothing was printed in between");
        assert!(found(&[there, export, moved(9, "大阪", "京都")]).is_empty(), "moved on");
    }

    fn asked(minute: u32, staff: &str, id: i64, kind: CardKind, cause: CardCause) -> LoggedEvent {
        let card = CardRef { id, serial: None };
        let member = Some(format!("260-{id}-00"));
        LoggedEvent { member, ..entry(24, minute, staff, E::CardAsked { card, kind, cause }) }
    }

    #[test]
    fn f2_cards_asked_for_and_exported_by_one_are_unusual() {
        let ask = |staff, id, cause| asked(0, staff, id, CardKind::Viewing, cause);
        let export = E::BatchExported { cards: [1, 2, 3].into_iter().collect(), held: 0 };
        let export = LoggedEvent { batch: Some("B1".into()), ..entry(24, 5, "sato", export) };
        let entries = [
            ask("sato", 1, CardCause::Reissue),
            ask("sato", 2, CardCause::Registered),
            ask("abe", 3, CardCause::Reissue),
            ask("sato", 9, CardCause::Reissue),
            export.clone(),
        ];
        assert_eq!(found(&entries), one("sato", Why::AskedAndExported { cards: 1 }, "B1"));
        assert!(found(&[ask("abe", 1, CardCause::Reissue), export]).is_empty());
    }

    #[test]
    fn s6_both_kinds_asked_for_by_one_person_are_unusual() {
        let viewing = asked(0, "sato", 1, CardKind::Viewing, CardCause::Reissue);
        let login = asked(5, "sato", 1, CardKind::Login, CardCause::Request);
        assert_eq!(found(&[viewing.clone(), login.clone()]), one("sato", Why::BothKinds, "260-1-00"));
        assert!(found(&[viewing.clone(), LoggedEvent { staff: "abe".into(), ..login.clone() }]).is_empty());
        assert!(found(&[viewing, asked(5, "sato", 2, CardKind::Login, CardCause::Request)]).is_empty());
        assert!(found(&[asked(0, "sato", 1, CardKind::Viewing, CardCause::Registered), login]).is_empty());
    }

    #[test]
    fn s5_many_tries_at_one_member_are_unusual() {
        let tried = |minute, member: &str, verdict| {
            let verdicts = vec![(ClaimField::BirthDate, verdict)];
            let event = E::IdentityChecked { caller: None, paper: None, verdicts };
            LoggedEvent { member: Some(member.to_owned()), ..entry(24, minute, "sato", event) }
        };
        let tries = |verdict| (0..6).map(|minute| tried(minute, "260-1-00", verdict)).collect::<Vec<_>>();
        let six = one("sato", Why::ManyTries { tries: 6 }, "260-1-00");
        assert_eq!(found(&tries(Verdict::NoMatch)), six, "once, however many there are");
        assert!(found(&tries(Verdict::Match)).is_empty());
        assert!(found(&tries(Verdict::NoMatch)[..4]).is_empty(), "a slip");
        let apart = (0..6).map(|at| tried(at * 9, "260-1-00", Verdict::NoMatch)).collect::<Vec<_>>();
        assert!(found(&apart).is_empty(), "spread out");
        let others = (0..6).map(|at| tried(at, &format!("260-{at}-00"), Verdict::NoMatch)).collect::<Vec<_>>();
        assert!(found(&others).is_empty(), "of six members");
    }

    #[test]
    fn f3_searches_that_list_many_are_one_burst() {
        let search = |minute, count| {
            let (scope, query) = (SearchScope::Members, "ア".to_owned());
            entry(24, minute, "sato", E::MemberSearched { scope, query, count, listed: None })
        };
        let many = Why::ListedMany { members: 40 };
        let all = [search(0, 20), search(5, 10), search(9, 10), search(25, 20)];
        let told: Vec<Why> = found(&all).into_iter().map(|(_, why, _)| why).collect();
        assert_eq!(told, [many]);
        assert!(found(&[search(0, 20), search(20, 20)]).is_empty(), "spread out");
    }
}
