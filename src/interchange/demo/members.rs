//! `members.csv`

use super::dates::written;
use super::draw::Draw;
use super::family::{DemoPerson, family};
use super::record::record;
use super::society::INSURER;
use super::{employers, names};
use crate::domain::Relation;
use crate::interchange::{Encoding, MemberRow, Row};
use std::io::{self, Write};

pub(super) fn write(members: u64, out: &mut impl Write) -> io::Result<()> {
    record(MemberRow::headers(), Encoding::Cp932, out)?;
    for (at, person) in people(members).enumerate() {
        let cells = cells(&person, &mut Draw::new("member", at as u64));
        record(cells.iter().map(String::as_str), Encoding::Cp932, out)?;
    }
    out.write_all(b"\x1A")
}

/// The first so many records, family after family.
pub(super) fn people(members: u64) -> impl Iterator<Item = DemoPerson> {
    let count = usize::try_from(members).unwrap_or(usize::MAX);
    (0..).flat_map(family).take(count)
}

fn cells(person: &DemoPerson, draw: &mut Draw) -> [String; MemberRow::COLUMNS.len()] {
    let kana = person.kana();
    let (lost, reason) = match person.lost {
        Some((day, reason)) => (written(day, draw), reason.to_owned()),
        None => (draw.of(&["", "", "99999999"]).to_owned(), String::new()),
    };
    let [former_symbol, former_number, former_branch, change] = match &person.former {
        Some((employer, number, reason)) => {
            [employers::code(*employer), number.clone(), "00".to_owned(), (*reason).to_owned()]
        }
        None => Default::default(),
    };
    [
        INSURER.to_owned(),
        person.symbol(),
        person.number.clone(),
        if person.branch == 0 && draw.per_mille(50) { String::new() } else { person.branch() },
        match person.relation {
            Relation::Insured => "1".to_owned(),
            Relation::Dependent => "2".to_owned(),
        },
        person.relationship.to_owned(),
        if draw.per_mille(250) { kana } else { names::half_width(&kana) },
        person.name(),
        person.sex.code().to_owned(),
        written(person.born, draw),
        written(person.acquired, draw),
        lost,
        reason,
        if person.voluntary { String::new() } else { person.symbol() },
        if person.voluntary { "1".to_owned() } else { "0".to_owned() },
        former_symbol,
        former_number,
        former_branch,
        change,
        if person.checkup { "1".to_owned() } else { "0".to_owned() },
    ]
}
