//! Days as clerks type them: which of them a field takes, and what was understood.

use super::context::Context;
use crate::domain::workdays::Workdays;
use crate::text::{self, wareki};
use chrono::{Datelike, NaiveDate};

/// Which days a field takes. A year that was not typed is the nearest; for a day that has been, the nearest that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Days {
    /// A birth date: today at the latest, and never without its year.
    Born,
    /// Today or earlier.
    Past,
    /// From that day until today.
    Since(NaiveDate),
    /// From today on, a year at most: later is a slip. `+3` is three business days from now.
    Coming,
}

/// Why a text is no day of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// No form of date, or a day that does not exist.
    NoDate,
    /// Earlier than the field takes.
    Before(NaiveDate),
    /// Later than the field takes.
    After(NaiveDate),
}

impl Days {
    /// The day that was typed; none where nothing was.
    pub(crate) fn read(self, typed: &str, today: NaiveDate) -> Result<Option<NaiveDate>, Fault> {
        let days = self.meant(typed, today).ok_or(Fault::NoDate)?;
        let (earliest, latest) = self.range(today);
        let fitting = match self {
            // 11/20 on the 24th is a slip, and not meant for next year.
            Self::Coming => None,
            Self::Born | Self::Past | Self::Since(_) => days.iter().find(|day| (earliest..=latest).contains(day)),
        };
        match fitting.or(days.first()) {
            Some(day) if *day < earliest => Err(Fault::Before(earliest)),
            Some(day) if *day > latest => Err(Fault::After(latest)),
            fits => Ok(fits.copied()),
        }
    }

    /// What can be meant, the nearest first.
    fn meant(self, typed: &str, today: NaiveDate) -> Option<Vec<NaiveDate>> {
        let folded = text::nfkc(typed);
        match (self, folded.strip_prefix('+')) {
            (Self::Coming, Some(days)) => {
                let days: u8 = days.trim().parse().ok()?;
                Some(vec![Workdays::japan().ok()?.after(today, days.into())])
            }
            (Self::Born, _) => Some(text::parse_date(&folded).ok()?.into_iter().collect()),
            _ => text::typed_days(&folded, today).ok(),
        }
    }

    fn range(self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        match self {
            Self::Born | Self::Past => (NaiveDate::MIN, today),
            Self::Since(first) => (first, today),
            Self::Coming => (today, today + chrono::Days::new(366)),
        }
    }
}

/// `2026-11-26(木)  令和8年11月26日`
pub(crate) fn understood(day: NaiveDate, cx: &Context) -> String {
    let weekday = cx.labels.words.weekdays[day.weekday().num_days_from_monday() as usize];
    format!("{day}({weekday})  {}", cx.labels.lang.pick(wareki(day).as_str(), "")).trim_end().to_owned()
}

/// What was understood of a typed day, or what is wrong with it; `blank` says what an empty field means.
pub(crate) fn verdict(days: Days, typed: &str, blank: Option<&str>, cx: &Context) -> Result<String, String> {
    let words = &cx.labels.dialogs;
    let wrong = match (days.read(typed, cx.today()), blank) {
        (Ok(Some(day)), _) => return Ok(understood(day, cx)),
        (Ok(None), Some(blank)) => return Ok(blank.to_owned()),
        (Ok(None), None) => words.required.to_owned(),
        (Err(Fault::NoDate), _) => match days {
            Days::Born => words.bad_birth_date.to_owned(),
            Days::Past | Days::Since(_) => words.bad_date.to_owned(),
            Days::Coming => words.bad_coming_date.to_owned(),
        },
        (Err(Fault::Before(earliest)), _) => words.too_early(&earliest.to_string()),
        (Err(Fault::After(latest)), _) => words.too_late(&latest.to_string()),
    };
    Err(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn read(days: Days, typed: &str, today: &str) -> Result<String, Fault> {
        days.read(typed, day(today)).map(|day| day.map(|day| day.to_string()).unwrap_or_default())
    }

    #[test]
    fn a_year_that_is_not_typed_is_the_nearest_one() {
        assert_eq!(read(Days::Coming, "1/6", "2026-12-21"), Ok("2027-01-06".into()));
        assert_eq!(read(Days::Past, "12/28", "2027-01-05"), Ok("2026-12-28".into()));
        assert_eq!(read(Days::Since(day("2026-12-20")), "12/28", "2027-01-05"), Ok("2026-12-28".into()));
        assert_eq!(read(Days::Past, "11/24", "2026-11-24"), Ok("2026-11-24".into()));
        assert_eq!(read(Days::Past, "12/1", "2026-11-24"), Ok("2025-12-01".into()));
        assert_eq!(read(Days::Past, "26/11/20", "2026-11-24"), Ok("2026-11-20".into()));
    }

    #[test]
    fn refused_day_is_told_with_the_first_or_last_allowed() {
        let today = "2026-11-24";
        assert_eq!(read(Days::Coming, "2026-11-20", today), Err(Fault::Before(day(today))));
        assert_eq!(read(Days::Coming, "11/20", today), Err(Fault::Before(day(today))));
        assert_eq!(read(Days::Coming, "2036-11-26", today), Err(Fault::After(day("2027-11-25"))));
        assert_eq!(read(Days::Past, "2026-11-25", today), Err(Fault::After(day(today))));
        assert_eq!(read(Days::Since(day("2026-11-20")), "11/19", today), Err(Fault::Before(day("2026-11-20"))));
        assert_eq!(read(Days::Born, "S54.7.26", today), Ok("1979-07-26".into()));
        assert_eq!(read(Days::Born, "7/26", today), Err(Fault::NoDate));
    }

    #[test]
    fn business_days_from_now_are_days_to_come_only() {
        assert_eq!(read(Days::Coming, "＋３", "2026-11-24"), Ok("2026-11-27".into()));
        assert_eq!(read(Days::Past, "+3", "2026-11-24"), Err(Fault::NoDate));
        assert_eq!(read(Days::Coming, "", "2026-11-24"), Ok(String::new()));
    }
}
