//! Who moved something last.

use crate::domain::BatchNumber;
use crate::text::japan::day_of;
use chrono::{DateTime, NaiveDate, Utc};

/// Who, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastTransition {
    /// 氏名
    pub who: String,
    /// The instant of the change.
    pub at: DateTime<Utc>,
    /// The business date on which it is told: today's needs no date.
    pub told_on: NaiveDate,
    /// The batch that a card was moved with.
    pub batch: Option<BatchNumber>,
}

impl LastTransition {
    /// Whether it happened on the day on which it is told.
    pub fn was_today(&self) -> bool {
        day_of(self.at) == self.told_on
    }
}
