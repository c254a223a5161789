//! 閲覧状況: looks at members that a supervisor should know of. A rule about looks, not about people: it names what
//! is worth a question, and is no accusation. Pure.

use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

/// One look at one member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// 職員ID
    pub staff: String,
    /// Japan's wall clock.
    pub at: NaiveDateTime,
    /// Whose record, by key.
    pub member: String,
    /// What the member is to the person who looked.
    pub tie: Tie,
}

/// What a member is to the member of staff who looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    /// No tie is known.
    None,
    /// Employed by the society itself, or family of an employee.
    Colleague,
    /// Of the same name as the person who looked: perhaps that person.
    OwnName,
}

/// From when on looks are unusual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// So many different members …
    pub members: usize,
    /// … within so many minutes are many.
    pub minutes: u32,
    /// AppContext hours on business days: from this full hour …
    pub opens: u32,
    /// … up to this one.
    pub closes: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { members: 30, minutes: 10, opens: 7, closes: 20 }
    }
}

/// Why looks are unusual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Why {
    /// Many different members in a short time.
    Many {
        /// The most within the time that counts.
        members: usize,
    },
    /// A colleague's record, or that of a colleague's family.
    Colleague,
    /// A record of the same name as the person who looked.
    OwnName,
    /// In the night, at a weekend or on a holiday.
    OutsideHours {
        /// Different members on that day.
        members: usize,
    },
    /// Searches listed many members in a short time.
    ListedMany {
        /// How many, each time that one was listed.
        members: u64,
    },
    /// An account was used at the terminal where it was added, reset or proposed, by another person.
    UsedAccount,
    /// A setting was changed, and changed back.
    SettingBack,
    /// A representative address was changed, a batch exported, and the address changed back.
    AddressBack,
    /// Cards were asked for by hand, and exported by the same person.
    AskedAndExported {
        /// How many of a batch.
        cards: usize,
    },
    /// A caller was compared with one member again and again, and did not agree (S5).
    ManyTries {
        /// How many of the answers did not agree.
        tries: usize,
    },
    /// Both kinds of card were asked for by hand for one member (S6).
    BothKinds,
}

impl Why {
    /// Whether it is about looks at members; else about what was done.
    pub const fn is_of_looks(self) -> bool {
        match self {
            Self::Many { .. } | Self::Colleague | Self::OwnName | Self::OutsideHours { .. } => true,
            Self::ListedMany { .. }
            | Self::UsedAccount
            | Self::SettingBack
            | Self::AddressBack
            | Self::AskedAndExported { .. }
            | Self::ManyTries { .. }
            | Self::BothKinds => false,
        }
    }
}

/// Something that a supervisor should know of.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Unusual {
    /// 職員ID
    pub staff: String,
    /// The first look of it.
    pub from: NaiveDateTime,
    /// The last look of it.
    pub to: NaiveDateTime,
    /// The rule that it fits.
    #[serde(flatten)]
    pub why: Why,
    /// Whose record, where it is one.
    pub member: Option<String>,
    /// What else it is about: a staff ID, a setting, an employer or a batch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
}

/// Everything unusual, the newest first.
pub fn unusual(mut looks: Vec<Look>, limits: Limits, is_workday: impl Fn(NaiveDate) -> bool) -> Vec<Unusual> {
    looks.sort_by_key(|look| look.at);
    let mut by_staff: BTreeMap<&str, Vec<&Look>> = BTreeMap::new();
    for look in &looks {
        by_staff.entry(&look.staff).or_default().push(look);
    }
    let mut found = Vec::new();
    for looks in by_staff.values() {
        found.extend(bursts(looks, limits));
        found.extend(ties(looks));
        found.extend(outside_hours(looks, limits, &is_workday));
    }
    newest_first(found)
}

/// In the order in which they are shown.
pub fn newest_first(mut found: Vec<Unusual>) -> Vec<Unusual> {
    found.sort_by(|a, b| (b.from, &a.staff).cmp(&(a.from, &b.staff)));
    found
}

/// A window of minutes runs over the looks of one person; while it holds too many members, that is one burst.
fn bursts(looks: &[&Look], limits: Limits) -> Vec<Unusual> {
    let span = TimeDelta::minutes(limits.minutes.into());
    let (mut window, mut members) = (VecDeque::new(), HashMap::<&str, usize>::new());
    let mut found: Vec<Unusual> = Vec::new();
    for look in looks {
        window.push_back(*look);
        *members.entry(&look.member).or_default() += 1;
        while let Some(first) = window.front().filter(|first| look.at - first.at > span) {
            if let Some(count) = members.get_mut(first.member.as_str()) {
                *count -= 1;
            }
            members.retain(|_, count| *count > 0);
            window.pop_front();
        }
        let Some(first) = window.front().filter(|_| members.len() >= limits.members) else { continue };
        match found.last_mut() {
            Some(Unusual { to, why: Why::Many { members: most }, .. }) if *to >= first.at => {
                *to = look.at;
                *most = members.len().max(*most);
            }
            _ => found.push(of(look, first.at, Why::Many { members: members.len() }, None)),
        }
    }
    found
}

/// Once a day for each member.
fn ties(looks: &[&Look]) -> Vec<Unusual> {
    let mut found: BTreeMap<(NaiveDate, &str), Unusual> = BTreeMap::new();
    for look in looks {
        let why = match look.tie {
            Tie::None => continue,
            Tie::Colleague => Why::Colleague,
            Tie::OwnName => Why::OwnName,
        };
        let member = Some(look.member.clone());
        let entry = found.entry((look.at.date(), &look.member)).or_insert_with(|| of(look, look.at, why, member));
        entry.to = look.at;
    }
    found.into_values().collect()
}

/// Once for each night, weekend day or holiday. The hours after midnight belong to the evening before.
fn outside_hours(looks: &[&Look], limits: Limits, is_workday: impl Fn(NaiveDate) -> bool) -> Vec<Unusual> {
    let mut found: BTreeMap<NaiveDate, (Unusual, BTreeSet<&str>)> = BTreeMap::new();
    for look in looks {
        let (day, hour) = (look.at.date(), look.at.hour());
        if is_workday(day) && (limits.opens..limits.closes).contains(&hour) {
            continue;
        }
        let evening = if hour < limits.opens { day.checked_sub_days(Days::new(1)).unwrap_or(day) } else { day };
        let first = || (of(look, look.at, Why::OutsideHours { members: 0 }, None), BTreeSet::new());
        let (entry, members) = found.entry(evening).or_insert_with(first);
        members.insert(&look.member);
        entry.to = look.at;
        entry.why = Why::OutsideHours { members: members.len() };
    }
    found.into_values().map(|(entry, _)| entry).collect()
}

fn of(look: &Look, from: NaiveDateTime, why: Why, member: Option<String>) -> Unusual {
    Unusual { staff: look.staff.clone(), from, to: look.at, why, member, about: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Datelike, Weekday};

    const LIMITS: Limits = Limits { members: 3, minutes: 10, opens: 7, closes: 20 };

    fn at(day: u32, hour: u32, minute: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap().and_hms_opt(hour, minute, 0).unwrap()
    }

    fn look(staff: &str, at: NaiveDateTime, member: &str, tie: Tie) -> Look {
        Look { staff: staff.into(), at, member: member.into(), tie }
    }

    fn found(looks: Vec<Look>) -> Vec<(String, Why, NaiveDateTime, NaiveDateTime)> {
        let workday = |day: NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        unusual(looks, LIMITS, workday).into_iter().map(|u| (u.staff, u.why, u.from, u.to)).collect()
    }

    #[test]
    fn many_members_in_a_short_time_are_one_burst() {
        let plain = |minute, member: &str| look("sato", at(24, 10, minute), member, Tie::None);
        assert!(found(vec![plain(0, "1"), plain(5, "2"), plain(11, "3")]).is_empty(), "spread out");
        assert!(found(vec![plain(0, "1"), plain(1, "1"), plain(2, "2"), plain(3, "1")]).is_empty(), "few members");
        let long: Vec<_> = (0..20).map(|n| plain(n, &n.to_string())).collect();
        assert_eq!(found(long), [("sato".into(), Why::Many { members: 11 }, at(24, 10, 0), at(24, 10, 19))]);
        let other = look("abe", at(24, 10, 1), "2", Tie::None);
        assert!(found(vec![plain(0, "1"), other, plain(2, "3")]).is_empty(), "two people are not one");
        let twice = [0, 1, 2, 40, 41, 42].map(|minute| plain(minute, &minute.to_string()));
        assert_eq!(found(twice.to_vec()).len(), 2);
    }

    #[test]
    fn a_colleague_and_an_own_name_are_told_once_a_day() {
        let looks = vec![
            look("sato", at(24, 10, 0), "1", Tie::Colleague),
            look("sato", at(24, 15, 0), "1", Tie::Colleague),
            look("sato", at(25, 10, 0), "1", Tie::Colleague),
            look("abe", at(24, 11, 0), "2", Tie::OwnName),
        ];
        assert_eq!(
            found(looks),
            [
                ("sato".into(), Why::Colleague, at(25, 10, 0), at(25, 10, 0)),
                ("abe".into(), Why::OwnName, at(24, 11, 0), at(24, 11, 0)),
                ("sato".into(), Why::Colleague, at(24, 10, 0), at(24, 15, 0)),
            ]
        );
    }

    #[test]
    fn nights_and_weekends_are_outside_hours_and_a_night_is_one() {
        let plain = |at, member: &str| look("sato", at, member, Tie::None);
        assert!(found(vec![plain(at(24, 7, 0), "1"), plain(at(24, 19, 59), "2")]).is_empty());
        let night = vec![plain(at(24, 23, 50), "1"), plain(at(25, 0, 10), "2")];
        assert_eq!(found(night), [("sato".into(), Why::OutsideHours { members: 2 }, at(24, 23, 50), at(25, 0, 10))]);
        let saturday = vec![plain(at(28, 12, 0), "1")];
        assert_eq!(found(saturday)[0].1, Why::OutsideHours { members: 1 });
    }
}
