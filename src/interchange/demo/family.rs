//! Families: an insured person and those who depend on them, the same for every file that speaks of them.

use super::dates::{after, day};
use super::draw::Draw;
use super::{employers, names};
use crate::domain::{Relation, Sex};
use chrono::NaiveDate;

/// One record of the registry.
#[derive(Debug, Clone)]
pub(super) struct DemoPerson {
    /// 事業所 by number; the symbol is its code.
    pub(super) employer: u64,
    pub(super) number: String,
    pub(super) branch: u64,
    pub(super) relation: Relation,
    pub(super) relationship: &'static str,
    pub(super) surname: &'static str,
    pub(super) surname_kana: &'static str,
    pub(super) given: &'static str,
    pub(super) given_kana: &'static str,
    pub(super) sex: Sex,
    pub(super) born: NaiveDate,
    pub(super) acquired: NaiveDate,
    pub(super) lost: Option<(NaiveDate, &'static str)>,
    pub(super) voluntary: bool,
    /// Former symbol (employer by number) and number, and 変更事由.
    pub(super) former: Option<(u64, String, &'static str)>,
    pub(super) checkup: bool,
}

impl DemoPerson {
    pub(super) fn symbol(&self) -> String {
        employers::code(self.employer)
    }

    pub(super) fn branch(&self) -> String {
        format!("{:02}", self.branch)
    }

    pub(super) fn name(&self) -> String {
        format!("{}　{}", self.surname, self.given)
    }

    pub(super) fn kana(&self) -> String {
        format!("{}　{}", self.surname_kana, self.given_kana)
    }
}

/// What happened to the family as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Insured,
    Left,
    Voluntary,
    Renumbered,
}

/// The records of the family with this number: usually one to five, and the old one too after a change of number.
pub(super) fn family(number: u64) -> Vec<DemoPerson> {
    let mut draw = Draw::new("family", number);
    let fate = match draw.below(1_000) {
        0..=24 => Fate::Left,
        25..=39 => Fate::Voluntary,
        40..=59 => Fate::Renumbered,
        _ => Fate::Insured,
    };
    let insured = insured(number, fate, &mut draw);
    let mut people = former_record(&insured);
    let dependents = if names::is_hard(number) { 0 } else { draw.of(&[0, 0, 0, 1, 1, 2, 2, 3, 4]) };
    people.push(insured.clone());
    people.extend((1..=dependents).map(|branch| dependent(&insured, branch, &mut draw)));
    people
}

fn insured(number: u64, fate: Fate, draw: &mut Draw) -> DemoPerson {
    let employer = number % employers::COUNT;
    let place = 1 + number / employers::COUNT;
    let sex = draw.of(&[Sex::Male, Sex::Male, Sex::Female]);
    let (surname, surname_kana) = names::surname(number, draw);
    let (given, given_kana) = names::given(sex, draw);
    let acquired = after(day(1990, 4, 1), 12_500, draw);
    let lost = match fate {
        Fate::Left => Some((after(day(2026, 8, 1), 105, draw), draw.of(&["退職", "退職", "死亡"]))),
        Fate::Insured | Fate::Voluntary | Fate::Renumbered => None,
    };
    let former = (fate == Fate::Renumbered).then(|| {
        let old = (employer + 1 + draw.below(employers::COUNT - 1)) % employers::COUNT;
        (old, (90_000_000 + number).to_string(), draw.of(&["2", "3", "3", "9"]))
    });
    DemoPerson {
        employer,
        number: if draw.per_mille(250) { format!("{place:07}") } else { place.to_string() },
        branch: 0,
        relation: Relation::Insured,
        relationship: "本人",
        surname,
        surname_kana,
        given,
        given_kana,
        sex,
        born: after(day(1958, 1, 1), 15_000, draw),
        acquired: if fate == Fate::Renumbered { after(day(2026, 9, 20), 50, draw) } else { acquired },
        lost,
        voluntary: fate == Fate::Voluntary,
        former,
        checkup: false,
    }
}

/// The record under the former number: lost on the day on which the new one begins.
fn former_record(insured: &DemoPerson) -> Vec<DemoPerson> {
    let Some((employer, number, _)) = insured.former.clone() else { return Vec::new() };
    let began = day(2012, 4, 1);
    let lost = Some((insured.acquired, "番号変更"));
    vec![DemoPerson { employer, number, acquired: began, lost, former: None, ..insured.clone() }]
}

fn dependent(insured: &DemoPerson, branch: u64, draw: &mut Draw) -> DemoPerson {
    let (relationship, sex, born) = match branch {
        1 => match insured.sex {
            Sex::Male => ("妻", Sex::Female, after(day(1960, 1, 1), 14_000, draw)),
            Sex::Female => ("夫", Sex::Male, after(day(1960, 1, 1), 14_000, draw)),
        },
        4 => ("母", Sex::Female, after(day(1940, 1, 1), 6_000, draw)),
        _ => ("子", draw.of(&[Sex::Male, Sex::Female]), after(day(2004, 1, 1), 8_000, draw)),
    };
    let (given, given_kana) = names::given(sex, draw);
    DemoPerson {
        branch,
        relation: Relation::Dependent,
        relationship,
        given,
        given_kana,
        sex,
        born,
        acquired: insured.acquired.max(born),
        former: None,
        checkup: relationship == "妻" && draw.per_mille(600),
        ..insured.clone()
    }
}
