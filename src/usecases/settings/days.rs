//! Days that follow from the settings.

use super::Settings;
use chrono::{Days, NaiveDate};

impl Settings {
    /// L5: the last day of a temporary login password that is dispatched on this day; what is printed
    /// goes by the planned day.
    pub fn login_notice_ends(&self, dispatched_on: NaiveDate) -> NaiveDate {
        dispatched_on + Days::new(self.login_notice_days.into())
    }
}
