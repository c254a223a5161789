//! `portal-events.csv`: five weeks up to 20 November 2026.

use super::dates::day;
use super::draw::Draw;
use super::family::DemoPerson;
use super::members::people;
use super::record::record;
use crate::interchange::{Encoding, PortalEventRow, Row};
use chrono::{Days, NaiveDateTime, NaiveTime, TimeDelta};
use std::io::{self, Write};

/// Days from the first event to the last.
const DAYS: u64 = 33;

/// A line before it has its number.
struct Event {
    at: NaiveDateTime,
    kind: &'static str,
    key: [String; 3],
    login: String,
    mail: String,
    display: &'static str,
}

pub(super) fn write(members: u64, out: &mut impl Write) -> io::Result<()> {
    out.write_all(crate::interchange::encoding::UTF8_MARK)?;
    record(PortalEventRow::headers(), Encoding::Utf8, out)?;
    let mut events: Vec<Event> =
        people(members).enumerate().flat_map(|(at, person)| story(at as u64, &person)).collect();
    events.extend(strangers());
    events.sort_by(|a, b| (a.at, &a.key).cmp(&(b.at, &b.key)));
    for (at, event) in events.iter().enumerate() {
        let seq = (at + 1).to_string();
        let at = event.at.format("%Y-%m-%d %H:%M:%S").to_string();
        let [symbol, number, branch] = &event.key;
        let cells: [&str; PortalEventRow::COLUMNS.len()] =
            [&seq, &at, event.kind, symbol, number, branch, &event.login, &event.mail, event.display];
        record(cells, Encoding::Utf8, out)?;
    }
    Ok(())
}

/// ログインID of the member with this number.
pub(super) fn login_id(member: u64) -> String {
    let word = Draw::new("login", member)
        .of(&["sora", "haru", "umi", "yama", "kaze", "hoshi", "mori", "kawa", "niji", "yuki"]);
    format!("{word}{:04}", (member * 7919 + 13) % 10_000)
}

/// Whether the member with this number registers on the portal in these weeks.
pub(super) fn registers(member: u64, person: &DemoPerson) -> bool {
    let grown = person.born < day(2008, 11, 1);
    grown && Draw::new("registers", member).per_mille(360)
}

/// What one member did, in order.
fn story(member: u64, person: &DemoPerson) -> Vec<Event> {
    if !registers(member, person) {
        return Vec::new();
    }
    let mut draw = Draw::new("story", member);
    let login = login_id(member);
    let mail = format!("{login}@example.jp");
    let wanted = draw.per_mille(760);
    let mut at = moment(draw.below(DAYS), &mut draw);
    let last = moment(DAYS - 1, &mut draw);
    let mut events = Vec::new();
    let mut tell = |at: NaiveDateTime, kind: &'static str, mail: &str, display: &'static str| {
        let key = [person.symbol(), person.number.clone(), person.branch()];
        // A former member can do nothing any more.
        if at <= last && person.lost.is_none_or(|(lost, _)| at.date() < lost) {
            events.push(Event { at, kind, key, login: login.clone(), mail: mail.to_owned(), display });
        }
    };
    tell(at, "registered", &mail, if wanted { "希望する" } else { "希望しない" });
    if draw.per_mille(40) {
        tell(at + TimeDelta::minutes(3), "mail_bounced", &mail, "");
    }
    for _ in 0..draw.of(&[0, 0, 1, 1, 2]) {
        at += TimeDelta::minutes(i64::try_from(draw.below(9_000)).unwrap_or_default() + 5);
        tell(at, "logged_in", "", "");
    }
    at += TimeDelta::hours(i64::try_from(draw.below(150)).unwrap_or_default() + 1);
    match draw.below(100) {
        0..=5 if wanted => tell(at, "viewing_reissue", "", ""),
        6..=8 if wanted => tell(at, "web_display_off", "", "希望しない"),
        0..=15 if !wanted => tell(at, "web_display_on", "", "希望する"),
        16..=18 => tell(at, "email_changed", &format!("new.{mail}"), ""),
        19..=21 => tell(at, "login_password_changed", "", ""),
        22..=23 => tell(at, "question_changed", "", ""),
        24..=27 => tell(at, "points_applied", "", ""),
        28 => tell(at, "registered", &mail, "希望する"),
        _ => {}
    }
    events
}

/// Three who are not in the registry yet, as happens in the week of their entry.
fn strangers() -> Vec<Event> {
    (0..3)
        .map(|number| {
            let mut draw = Draw::new("stranger", number);
            let login = format!("new{number:04}");
            Event {
                at: moment(DAYS - 4 + number, &mut draw),
                kind: "registered",
                key: ["104".to_owned(), (8_001 + number).to_string(), "00".to_owned()],
                mail: format!("{login}@example.jp"),
                login,
                display: "希望する",
            }
        })
        .collect()
}

/// A moment of the day with this number, between six in the morning and midnight.
fn moment(number: u64, draw: &mut Draw) -> NaiveDateTime {
    let date = day(2026, 10, 19) + Days::new(number);
    let seconds = u32::try_from(6 * 3600 + draw.below(18 * 3600)).unwrap_or_default();
    date.and_time(NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap_or_default())
}
