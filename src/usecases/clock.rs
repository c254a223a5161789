//! Now and today.

use crate::text::japan;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

/// How far ahead the clock of another system may be.
const SKEW: TimeDelta = TimeDelta::minutes(5);

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

    /// The latest instant at which something can have happened that another system tells of: now, and a little more for its
    /// clock. In a rehearsal the business date counts, and not the machine's time of day.
    pub fn latest(&self) -> DateTime<Utc> {
        match self.today {
            None => self.now() + SKEW,
            Some(day) => japan::midnight(day + chrono::Days::new(1)) - TimeDelta::microseconds(1),
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_beyond_a_small_skew_has_not_come() {
        let ahead = Clock::new(None).latest() - Utc::now();
        assert!(ahead > TimeDelta::minutes(4) && ahead <= SKEW, "{ahead}");
        let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let rehearsal = Clock::frozen(day, NaiveTime::MIN).latest();
        assert_eq!(japan::day_of(rehearsal), day);
        assert_eq!(japan::day_of(rehearsal + TimeDelta::seconds(1)), day.succ_opt().unwrap());
    }
}
