//! Now and today.

use crate::text::japan;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

/// Now and today. A rehearsal sets the business date by `MYKEMPO_TODAY`; the time of day goes on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    today: Option<NaiveDate>,
    frozen: Option<NaiveTime>,
}

impl Clock {
    /// The machine's clock, with the business date of a rehearsal if one is set.
    pub const fn new(today: Option<NaiveDate>) -> Self {
        Self { today, frozen: None }
    }

    /// A clock that stands still, for tests.
    pub const fn frozen(today: NaiveDate, time: NaiveTime) -> Self {
        Self { today: Some(today), frozen: Some(time) }
    }

    /// The instant of an entry.
    pub fn now(&self) -> DateTime<Utc> {
        let real = japan::local(Utc::now());
        let day = self.today.unwrap_or_else(|| real.date_naive());
        japan::instant(day.and_time(self.frozen.unwrap_or_else(|| real.time())))
    }

    /// The machine's own time, for codes of other devices: the business date of a rehearsal does not move theirs.
    pub fn instant(&self) -> DateTime<Utc> {
        if self.frozen.is_some() { self.now() } else { Utc::now() }
    }

    /// The business date in Japan.
    pub fn today(&self) -> NaiveDate {
        japan::day_of(self.now())
    }

    /// Whether the business date was set by hand.
    pub const fn is_set(&self) -> bool {
        self.today.is_some()
    }
}
