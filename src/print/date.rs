//! Dates on paper (R4).

use crate::domain::coded;
use crate::text;
use chrono::{Datelike, NaiveDate};

coded! {
    /// The style of dates on paper (`print.date_style`).
    pub enum DateStyle {
        /// 令和8年11月24日
        Wareki = "wareki",
        /// 2026年11月24日
        Western = "western",
    }
}

impl DateStyle {
    /// The date as printed.
    pub fn show(self, date: NaiveDate) -> String {
        match self {
            Self::Wareki => text::wareki(date),
            Self::Western => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        }
    }
}
