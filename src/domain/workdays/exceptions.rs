//! Years in which a holiday was moved, added or dropped.

use super::law::Holiday;
use chrono::NaiveDate;
use std::collections::{BTreeSet, HashMap};

/// The calendar file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CalendarError {
    /// It is not as the program expects it.
    #[error("assets/holidays/japan.toml: {0}")]
    Toml(#[from] toml::de::Error),
    /// A moved holiday has no day.
    #[error("assets/holidays/japan.toml: {year} {holiday}: {day} is no MM-DD; write e.g. 07-23")]
    Day {
        /// In which year.
        year: i32,
        /// Its name in the file.
        holiday: String,
        /// The day as the file has it.
        day: String,
    },
}

#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Exceptions {
    /// The last year that was compared with the official list.
    #[serde(default)]
    pub(super) compared_to: i32,
    #[serde(default)]
    moved: Vec<MovedHolidays>,
    #[serde(default)]
    added: Vec<Added>,
}

/// Month and day for that year; an empty text drops the holiday.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct MovedHolidays {
    year: i32,
    holidays: HashMap<Holiday, String>,
}

#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Added {
    on: NaiveDate,
}

impl Exceptions {
    pub(super) fn parse(toml: &str) -> Result<Self, CalendarError> {
        let read: Self = toml::from_str(toml)?;
        for moved in &read.moved {
            for (holiday, day) in moved.holidays.iter().filter(|(_, day)| !day.is_empty()) {
                let (year, holiday) = (moved.year, format!("{holiday:?}"));
                date(year, day).ok_or_else(|| CalendarError::Day { year, holiday, day: day.clone() })?;
            }
        }
        Ok(read)
    }

    pub(super) fn apply(&self, year: i32, named: Vec<(Holiday, NaiveDate)>) -> BTreeSet<NaiveDate> {
        let moved =
            |holiday: Holiday| self.moved.iter().filter(|m| m.year == year).find_map(|m| m.holidays.get(&holiday));
        let placed = named.into_iter().filter_map(|(holiday, on)| match moved(holiday) {
            Some(day) => date(year, day),
            None => Some(on),
        });
        let added = self.added.iter().map(|added| added.on).filter(|on| chrono::Datelike::year(on) == year);
        placed.chain(added).collect()
    }
}

fn date(year: i32, month_day: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(&format!("{year}-{month_day}"), "%Y-%m-%d").ok()
}
