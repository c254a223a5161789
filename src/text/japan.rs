//! Japan's wall clock (日本標準時): the society's days are Japan's, wherever the machine stands.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc};

/// Nine hours before Greenwich, without summer time: a local time is always exactly one instant.
const OFFSET: FixedOffset = match FixedOffset::east_opt(9 * 3600) {
    Some(offset) => offset,
    None => unreachable!(),
};

/// The local time of an instant, for display.
pub fn local(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    at.with_timezone(&OFFSET)
}

/// The calendar day of an instant.
pub fn day_of(at: DateTime<Utc>) -> NaiveDate {
    local(at).date_naive()
}

/// The instant of a local date and time.
pub fn instant(local: NaiveDateTime) -> DateTime<Utc> {
    local.and_local_timezone(OFFSET).single().map_or_else(|| local.and_utc(), |at| at.to_utc())
}

/// Midnight at the beginning of a day.
pub fn midnight(day: NaiveDate) -> DateTime<Utc> {
    instant(day.and_time(NaiveTime::MIN))
}
