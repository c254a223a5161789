//! `requests.csv`: what the form sent, with everything that people get wrong.

use super::dates::day;
use super::draw::Draw;
use super::employers;
use super::events::{login_id, registers};
use super::family::DemoPerson;
use super::members::people;
use super::record::record;
use crate::interchange::{Encoding, RequestRow, Row};
use chrono::Days;
use std::io::{self, Write};

const COUNT: u64 = 25;

const BODIES: [&str; 5] = [
    "ログインIDを忘れてしまいました。\n登録したメールアドレスも今は使えません。",
    "パスワードの再設定を試しましたが、該当する利用者がいないと表示されます。",
    "秘密の質問の答えが思い出せません。お手数ですが、よろしくお願いいたします。",
    "ログインできません。",
    "",
];

/// What is unusual about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quirk {
    None,
    OtherName,
    OtherSpelling,
    WrongBirthDate,
    NoKey,
    WrongNumber,
    WideDigits,
    OtherMatter,
    SamePersonAgain,
}

/// As in the registry, and as typed on a modern telephone, with a character that the registry's encoding lacks.
fn spelling(number: u64) -> (&'static str, &'static str) {
    if number < 12 { ("葛城", "葛\u{E0100}城") } else { ("吉田", "𠮷田") }
}

fn quirk(number: u64) -> Quirk {
    QUIRKS[usize::try_from(number).unwrap_or_default() % QUIRKS.len()]
}

const QUIRKS: [Quirk; 12] = [
    Quirk::None,
    Quirk::OtherName,
    Quirk::None,
    Quirk::WideDigits,
    Quirk::None,
    Quirk::NoKey,
    Quirk::OtherSpelling,
    Quirk::None,
    Quirk::WrongBirthDate,
    Quirk::SamePersonAgain,
    Quirk::WrongNumber,
    Quirk::OtherMatter,
];

pub(super) fn write(members: u64, out: &mut impl Write) -> io::Result<()> {
    out.write_all(crate::interchange::encoding::UTF8_MARK)?;
    record(RequestRow::headers(), Encoding::Utf8, out)?;
    let senders = senders(members);
    let mut first = None;
    for number in 0..COUNT {
        let quirk = quirk(number);
        // Two requests of one member, a few days apart: to be shown together.
        let sender = if quirk == Quirk::SamePersonAgain { number - 1 } else { number };
        let Some((member, person)) = senders.get(usize::try_from(sender).unwrap_or_default()) else { continue };
        let cells = cells(number, *member, person, quirk);
        record(cells.iter().map(String::as_str), Encoding::Utf8, out)?;
        first.get_or_insert(cells);
    }
    // The form sent the first one twice: the same receipt number is one request.
    first.map_or(Ok(()), |cells| record(cells.iter().map(String::as_str), Encoding::Utf8, out))
}

/// Most have an account; every seventh has none and must be told to register (L1).
fn senders(members: u64) -> Vec<(u64, DemoPerson)> {
    let mut all = people(members).enumerate().map(|(at, person)| (at as u64, person));
    let mut senders = Vec::new();
    for number in 0..COUNT {
        let wants_account = number % 7 != 6;
        let skip = usize::try_from(20 + Draw::new("sender", number).below(25)).unwrap_or_default();
        let fits = |(member, person): &(u64, DemoPerson)| {
            let spelled = quirk(number) != Quirk::OtherSpelling || person.surname == spelling(number).0;
            spelled
                && person.lost.is_none()
                && person.born < day(2006, 1, 1)
                && registers(*member, person) == wants_account
        };
        senders.extend(all.by_ref().skip(skip).find(fits));
    }
    senders
}

fn cells(number: u64, member: u64, person: &DemoPerson, quirk: Quirk) -> [String; RequestRow::COLUMNS.len()] {
    let mut draw = Draw::new("request", number);
    let received = day(2026, 10, 27) + Days::new(number);
    let born = if quirk == Quirk::WrongBirthDate { person.born + Days::new(31) } else { person.born };
    let (surname, given) = match quirk {
        Quirk::OtherName => (person.surname, "花"),
        Quirk::OtherSpelling => (spelling(number).1, person.given),
        _ => (person.surname, person.given),
    };
    let [symbol, digits, branch] = match quirk {
        Quirk::NoKey => [String::new(), "わかりません".to_owned(), String::new()],
        Quirk::WrongNumber => [person.symbol(), format!("{}9", person.number), person.branch()],
        Quirk::WideDigits => [person.symbol(), person.number.clone(), person.branch()].map(|text| wide(&text)),
        _ => [person.symbol(), person.number.clone(), person.branch()],
    };
    [
        format!("F{}-{number:04}", received.format("%Y%m%d")),
        format!("{received} {:02}:{:02}", 8 + draw.below(12), draw.below(60)),
        if quirk == Quirk::OtherMatter { "その他" } else { "ログイン情報送付依頼" }.to_owned(),
        symbol,
        digits,
        branch,
        format!("{surname}　{given}"),
        person.kana(),
        born.to_string(),
        if draw.per_mille(500) { employers::name(person.employer).to_owned() } else { String::new() },
        format!("090-0000-{:04}", 1_000 + number),
        format!("{}@example.jp", login_id(member)),
        draw.of(&BODIES).replace('\n', "\r\n"),
    ]
}

fn wide(text: &str) -> String {
    text.chars().map(|c| char::from_u32(c as u32 + 0xFEE0).unwrap_or(c)).collect()
}
