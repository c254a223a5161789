//! Dates as registries, portals and people write them.

use super::{Era, is_dash, nfkc};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// No form of date, or a day that does not exist.
    #[error("no date")]
    NoDate,
    /// A day that its era does not have, like 昭和65年.
    #[error("not a day of this era")]
    OutsideEra,
}

/// Parses every form of date in use; blank and `99999999` mean none.
///
/// Western `2026-11-22`, `2026/11/2`, `2026.11.2`, `2026年11月2日`, `20261122`; with an era `令和8年11月22日`,
/// `R8.11.22`, `昭和元年12月25日`, `S550401`; with an era's digit `5550401`. Any width, any case.
pub fn parse_date(text: &str) -> Result<Option<NaiveDate>, DateError> {
    match unified(text).as_str() {
        "" | "99999999" => Ok(None),
        given => parse_given(given).map(Some),
    }
}

/// Every day that a person can mean who types in a hurry, the nearest to `today` first; none where nothing is typed.
///
/// Besides what [`parse_date`] takes: `11/26` without its year, and `8-11-26` (令和8年) or `26-11-26` with a short one.
pub fn typed_days(text: &str, today: NaiveDate) -> Result<Vec<NaiveDate>, DateError> {
    let folded = unified(text);
    let parts: Vec<&str> = folded.strip_suffix('日').unwrap_or(&folded).split('-').collect();
    let years: Vec<i32> = match parts.as_slice() {
        // 2月29日 is four years away at most, in this century.
        [_, _] => (-4..=4).map(|years| today.year() + years).collect(),
        [year, _, _] if year.len() <= 2 && is_digits(year) => {
            let year = i32::try_from(digits(year)?).map_err(|_| DateError::NoDate)?;
            let western = (parts[0].len() == 2).then_some(2000 + year);
            western.into_iter().chain([Era::Reiwa.western(year)]).collect()
        }
        _ => return parse_date(text).map(|day| day.into_iter().collect()),
    };
    let [.., month, day] = parts.as_slice() else { return Err(DateError::NoDate) };
    let (month, day) = (short(month)?, short(day)?);
    let mut days: Vec<_> = years.into_iter().filter_map(|year| NaiveDate::from_ymd_opt(year, month, day)).collect();
    days.sort_by_key(|day| (*day - today).abs());
    if days.is_empty() { Err(DateError::NoDate) } else { Ok(days) }
}

/// Parses `2026-10-01 00:43:00` (seconds may lack, `T` and `/` are taken) as Japan's wall clock.
pub fn parse_moment(text: &str) -> Option<DateTime<Utc>> {
    let folded = nfkc(text);
    let (date, time) = folded.split_once([' ', 'T'])?;
    let date = parse_date(date).ok()??;
    let time = ["%H:%M:%S%.f", "%H:%M"].iter().find_map(|form| NaiveTime::parse_from_str(time.trim(), form).ok())?;
    Some(super::japan::instant(date.and_time(time)))
}

pub(super) fn unified(text: &str) -> String {
    nfkc(text).chars().filter(|c| !c.is_whitespace()).map(unify).collect()
}

/// All separators become `-`, also those of an input method that was left on; the closing 日 is dropped by the caller.
fn unify(c: char) -> char {
    match c {
        '/' | '.' | '・' | 'ー' | '年' | '月' => '-',
        dash if is_dash(dash) => '-',
        other => other.to_ascii_uppercase(),
    }
}

fn parse_given(text: &str) -> Result<NaiveDate, DateError> {
    let text = text.strip_suffix('日').unwrap_or(text);
    if let Some((era, rest)) = Era::strip(text) {
        return era_day(era, &triple(rest, 2)?);
    }
    match (text.len(), text.chars().next().and_then(|c| c.to_digit(10)).and_then(Era::from_digit)) {
        (7, Some(era)) if is_digits(text) => era_day(era, &triple(&text[1..], 2)?),
        _ => western_day(&triple(text, 4)?),
    }
}

/// Year, month and day: with separators, or as digits alone with a year of `year_digits`.
fn triple(text: &str, year_digits: usize) -> Result<[u32; 3], DateError> {
    if is_digits(text) && text.len() == year_digits + 4 {
        let (year, rest) = text.split_at(year_digits);
        return Ok([digits(year)?, digits(&rest[..2])?, digits(&rest[2..])?]);
    }
    let parts: Vec<&str> = text.split('-').collect();
    match parts.as_slice() {
        [year, month, day] if year_digits == 2 => {
            let year = if *year == "元" { 1 } else { short(year)? };
            Ok([year, short(month)?, short(day)?])
        }
        [year, month, day] if year.len() == 4 => Ok([digits(year)?, short(month)?, short(day)?]),
        _ => Err(DateError::NoDate),
    }
}

fn era_day(era: Era, [year, month, day]: &[u32; 3]) -> Result<NaiveDate, DateError> {
    let date = exists(era.western(i32::try_from(*year).map_err(|_| DateError::NoDate)?), *month, *day)?;
    if *year >= 1 && Era::of(date) == Some(era) { Ok(date) } else { Err(DateError::OutsideEra) }
}

/// Years that a registry can mean; `0026` or `9999` is a slip.
fn western_day([year, month, day]: &[u32; 3]) -> Result<NaiveDate, DateError> {
    match i32::try_from(*year) {
        Ok(year @ 1868..=2199) => exists(year, *month, *day),
        _ => Err(DateError::NoDate),
    }
}

fn exists(year: i32, month: u32, day: u32) -> Result<NaiveDate, DateError> {
    NaiveDate::from_ymd_opt(year, month, day).ok_or(DateError::NoDate)
}

fn short(text: &str) -> Result<u32, DateError> {
    if text.len() > 2 { Err(DateError::NoDate) } else { digits(text) }
}

fn digits(text: &str) -> Result<u32, DateError> {
    if is_digits(text) { text.parse().map_err(|_| DateError::NoDate) } else { Err(DateError::NoDate) }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{DateError, parse_date, parse_moment, typed_days};
    use crate::text::wareki;
    use chrono::{Datelike, NaiveDate};
    use proptest::prelude::*;

    fn day(text: &str) -> Result<Option<String>, DateError> {
        parse_date(text).map(|date| date.map(|date| date.to_string()))
    }

    #[test]
    fn every_form_of_date_is_read() {
        for form in [
            "2026-11-02",
            "2026/11/2",
            "2026.11.2",
            "2026年11月2日",
            "20261102",
            "令和8年11月2日",
            "R8.11.2",
            "r8/11/02",
            "Ｒ８．１１．０２",
            "令8-11-2",
            "㋿8年11月2日",
            "9081102",
            "R081102",
            " 令和 8年 11月 2日 ",
            "２０２６／１１／２",
            "２０２６ー１１ー２",
            "2026–11–2",
            "２０２６・１１・２",
            "Ｒ８ー１１ー０２",
        ] {
            assert_eq!(day(form), Ok(Some("2026-11-02".into())), "{form}");
        }
        assert_eq!(day("ｓ５５．４．１"), Ok(Some("1980-04-01".into())));
        assert_eq!(day("5550401"), Ok(Some("1980-04-01".into())));
    }

    #[test]
    fn a_day_without_its_year_is_every_such_day_the_nearest_first() {
        let today = NaiveDate::from_ymd_opt(2026, 12, 28).unwrap();
        let first = |text| typed_days(text, today).map(|days| days.first().map(ToString::to_string));
        for form in ["1/6", "1-6", "1.6", "1月6日", "１・６", "１ー０６", "１／６"] {
            assert_eq!(first(form), Ok(Some("2027-01-06".into())), "{form}");
        }
        for form in ["8-11-26", "8ー11ー26", "８・１１・２６", "26/11/26", "R8.11.26", "2026-11-26"] {
            assert_eq!(first(form), Ok(Some("2026-11-26".into())), "{form}");
        }
        assert_eq!(first("2/29"), Ok(Some("2028-02-29".into())));
        assert_eq!(first("　"), Ok(None));
        for wrong in ["13/1", "2/30", "11", "1/2/3/4", "1/", "/6", "x/6", "8-2-29", "明日"] {
            assert_eq!(first(wrong), Err(DateError::NoDate), "{wrong}");
        }
    }

    #[test]
    fn blank_and_all_nines_are_none() {
        for none in ["", " ", "　", "99999999", "９９９９９９９９"] {
            assert_eq!(day(none), Ok(None), "{none}");
        }
    }

    #[test]
    fn an_era_has_its_days_and_no_others() {
        for (last, first, date) in [
            ("明治45年7月29日", "大正元年7月30日", "1912-07-30"),
            ("大正15年12月24日", "昭和元年12月25日", "1926-12-25"),
            ("昭和64年1月7日", "平成元年1月8日", "1989-01-08"),
            ("平成31年4月30日", "令和元年5月1日", "2019-05-01"),
        ] {
            let eve = date.parse::<NaiveDate>().unwrap().pred_opt().unwrap();
            assert_eq!(day(last), Ok(Some(eve.to_string())));
            assert_eq!(day(first), Ok(Some(date.into())));
        }
        for outside in [
            "明治45年7月30日",
            "大正15年12月25日",
            "昭和64年1月8日",
            "平成元年1月7日",
            "平成31年5月1日",
            "令和元年4月30日",
            "R0.5.1",
            "5640108",
            "明治元年1月24日",
        ] {
            assert_eq!(day(outside), Err(DateError::OutsideEra), "{outside}");
        }
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for wrong in [
            "不明",
            "2026-02-30",
            "2026-13-01",
            "令和8年2月29日",
            "9999999",
            "45982",
            "2026-11",
            "26/11/22",
            "00000000",
            "9999-12-31",
            "4550401",
            "2026-11-22-1",
            "-2026-11-22",
            "2026--1-1",
            "+026-1-1",
            "R8",
            "令和",
            "11月22日",
            "R100.1.1",
            "20261122日日",
        ] {
            assert!(day(wrong).is_err(), "{wrong}: {:?}", day(wrong));
        }
    }

    #[test]
    fn a_moment_is_japans_wall_clock() {
        let moment = |text| parse_moment(text).map(|at| at.to_rfc3339());
        assert_eq!(moment("2026-10-01 00:43:00"), Some("2026-09-30T15:43:00+00:00".into()));
        assert_eq!(moment("2026/11/1T08:00"), Some("2026-10-31T23:00:00+00:00".into()));
        for wrong in ["2026-11-01", "2026-11-01 25:00", "99999999 08:00", ""] {
            assert_eq!(moment(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_as_wareki_is_read_as_the_same_day(days in 0i32..84_000) {
            let date = NaiveDate::from_ymd_opt(1868, 1, 25).unwrap() + chrono::Days::new(days.unsigned_abs().into());
            prop_assert_eq!(parse_date(&wareki(date)), Ok(Some(date)));
            let western = format!("{}/{}/{}", date.year(), date.month(), date.day());
            prop_assert_eq!(parse_date(&western), Ok(Some(date)));
        }

        #[test]
        fn no_text_makes_the_parser_stumble(text in any::<String>(), near in "[0-9RSH元年月日./-]{0,12}") {
            let today = NaiveDate::from_ymd_opt(2026, 12, 28).unwrap();
            let _ = (parse_date(&text), parse_date(&near), parse_moment(&text));
            let _ = (typed_days(&text, today), typed_days(&near, today));
        }
    }
}
