//! Years in which a holiday was moved, added or dropped.

use super::law::Holiday;
use chrono::NaiveDate;
use std::collections::{BTreeSet, HashMap};

/// The calendar file cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("assets/holidays/japan.toml: {0}")]
pub struct CalendarError(String);

#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Exceptions {
    /// The last year that was compared with the official list.
    #[serde(default)]
    pub(super) compared_to: i32,
    #[serde(default)]
    moved: Vec<Moved>,
    #[serde(default)]
    added: Vec<Added>,
}

/// Month and day for that year; an empty text drops the holiday.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Moved {
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
        let read: Self = toml::from_str(toml).map_err(|e| CalendarError(e.to_string()))?;
        for moved in &read.moved {
            for (holiday, day) in moved.holidays.iter().filter(|(_, day)| !day.is_empty()) {
                let bad = || CalendarError(format!("{} {holiday:?}: {day} is no MM-DD; write e.g. 07-23", moved.year));
                date(moved.year, day).ok_or_else(bad)?;
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
