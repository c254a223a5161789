//! Business days (営業日): weekends and Japan's public holidays do not count (Q-5, B9).

mod exceptions;
mod law;

pub use exceptions::CalendarError;

use chrono::{Datelike, NaiveDate, Weekday};
use exceptions::Exceptions;
use std::collections::BTreeSet;

/// Japan's business calendar: the law's rules, and the years that differ as data.
#[derive(Debug, Clone)]
pub struct Workdays {
    exceptions: Exceptions,
}

impl Workdays {
    /// The calendar that ships with the program (`assets/holidays/japan.toml`).
    pub fn japan() -> Result<Self, CalendarError> {
        Self::with_exceptions(include_str!("../../../assets/holidays/japan.toml"))
    }

    /// The law's rules with these exceptions.
    pub fn with_exceptions(toml: &str) -> Result<Self, CalendarError> {
        Ok(Self { exceptions: Exceptions::parse(toml)? })
    }

    /// The last year that was compared with the Cabinet AppContext's list.
    pub fn compared_to(&self) -> i32 {
        self.exceptions.compared_to
    }

    /// The public holidays of a year, with substitutes (振替休日) and days between two holidays (国民の休日).
    pub fn holidays(&self, year: i32) -> BTreeSet<NaiveDate> {
        law::with_days_off(self.exceptions.apply(year, law::named(year)))
    }

    /// Whether the society works on this day.
    pub fn is_workday(&self, day: NaiveDate) -> bool {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !self.holidays(day.year()).contains(&day)
    }

    /// Business days that have passed from `from` to `to`: the day of arrival is day 0. Never below 0.
    pub fn waited(&self, from: NaiveDate, to: NaiveDate) -> u32 {
        let days = || from.iter_days().skip(1).take_while(|day| *day <= to);
        let off: BTreeSet<NaiveDate> = (from.year()..=to.year()).flat_map(|year| self.holidays(year)).collect();
        let counts = |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !off.contains(day);
        u32::try_from(days().filter(counts).count()).unwrap_or(u32::MAX)
    }

    /// The business day that is `count` business days after `from`.
    pub fn after(&self, from: NaiveDate, count: u32) -> NaiveDate {
        let mut days = from.iter_days().skip(1).filter(|day| self.is_workday(*day));
        (0..count).fold(from, |last, _| days.next().unwrap_or(last))
    }
}

#[cfg(test)]
mod tests;
