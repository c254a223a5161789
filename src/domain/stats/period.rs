//! A month, or a fiscal year (年度), which begins in April.

use crate::domain::coded;
use chrono::{Datelike, Months, NaiveDate};

coded! {
    /// How long a period of the statistics is.
    pub enum PeriodLength {
        /// A calendar month.
        Month = "month",
        /// 年度: from April to March.
        FiscalYear = "fiscal_year",
    }
}

impl PeriodLength {
    const fn months(self) -> Months {
        match self {
            Self::Month => Months::new(1),
            Self::FiscalYear => Months::new(12),
        }
    }
}

coded! {
    /// Whether a period is over.
    pub enum PeriodState {
        /// Its last day has passed.
        Over = "over",
        /// It is counted up to today, and the year before up to the same day.
        Running = "running",
    }
}

/// A month or a fiscal year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StatsPeriod {
    length: PeriodLength,
    first: NaiveDate,
}

impl StatsPeriod {
    /// The earliest day that a period may begin on.
    pub const EARLIEST: NaiveDate = match NaiveDate::from_ymd_opt(2000, 1, 1) {
        Some(day) => day,
        None => NaiveDate::MIN,
    };

    /// The month or fiscal year that a day is in.
    pub fn containing(length: PeriodLength, day: NaiveDate) -> Self {
        let month = day.with_day(1).unwrap_or(day);
        let first = match length {
            PeriodLength::Month => month,
            PeriodLength::FiscalYear => back(month, Months::new((month.month0() + 9) % 12)),
        };
        Self { length, first }
    }

    /// `2026-11`
    pub fn parse_month(text: &str) -> Option<Self> {
        let first = NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d").ok()?;
        Self::checked(PeriodLength::Month, first)
    }

    /// `2026`: April 2026 to March 2027.
    pub fn parse_year(text: &str) -> Option<Self> {
        Self::checked(PeriodLength::FiscalYear, NaiveDate::from_ymd_opt(text.parse().ok()?, 4, 1)?)
    }

    fn checked(length: PeriodLength, first: NaiveDate) -> Option<Self> {
        (first >= Self::EARLIEST && first.year() < 10_000).then_some(Self { length, first })
    }

    /// How long it is.
    pub const fn length(self) -> PeriodLength {
        self.length
    }

    /// Its first day.
    pub const fn first(self) -> NaiveDate {
        self.first
    }

    /// The day after its last one.
    pub fn end(self) -> NaiveDate {
        on(self.first, self.length.months())
    }

    /// The one before it.
    pub fn previous(self) -> Self {
        Self { first: back(self.first, self.length.months()), ..self }
    }

    /// The one behind it.
    pub fn next(self) -> Self {
        Self { first: self.end(), ..self }
    }

    /// `2026-11`, or of a fiscal year `2026`.
    pub fn name(self) -> String {
        let format = match self.length {
            PeriodLength::Month => "%Y-%m",
            PeriodLength::FiscalYear => "%Y",
        };
        self.first.format(format).to_string()
    }

    /// The first days of the twelve months that end with it.
    pub fn twelve_months(self) -> [NaiveDate; 12] {
        let start = back(self.end(), Months::new(12));
        std::array::from_fn(|at| on(start, Months::new(u32::try_from(at).unwrap_or_default())))
    }

    /// The same day a year earlier; of 29 February the 28th.
    pub fn year_earlier(day: NaiveDate) -> NaiveDate {
        back(day, Months::new(12))
    }
}

fn on(day: NaiveDate, months: Months) -> NaiveDate {
    day.checked_add_months(months).unwrap_or(day)
}

fn back(day: NaiveDate, months: Months) -> NaiveDate {
    day.checked_sub_months(months).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_fiscal_year_begins_in_april() {
        let of = |text| StatsPeriod::containing(PeriodLength::FiscalYear, day(text));
        assert_eq!(of("2026-04-01"), of("2027-03-31"));
        assert_eq!((of("2026-03-31").name(), of("2026-04-01").name()), ("2025".to_owned(), "2026".to_owned()));
        let year = StatsPeriod::parse_year("2026").unwrap();
        assert_eq!((year.first(), year.end(), year), (day("2026-04-01"), day("2027-04-01"), of("2026-11-24")));
        assert_eq!(year.twelve_months()[0], year.first());
    }

    #[test]
    fn months_follow_one_another_through_a_year() {
        let mut month = StatsPeriod::parse_month("2026-01").unwrap();
        for _ in 0..24 {
            assert_eq!(month.next().previous(), month);
            assert_eq!(month.next().first(), month.end());
            assert_eq!(month.twelve_months()[11], month.first());
            assert_eq!(StatsPeriod::parse_month(&month.name()), Some(month));
            month = month.next();
        }
        assert_eq!(month.name(), "2028-01");
        assert_eq!(StatsPeriod::year_earlier(day("2028-02-29")), day("2027-02-28"));
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for text in ["", "2026", "2026-13", "2026-11-24", "1999-12", "11"] {
            assert_eq!(StatsPeriod::parse_month(text), None, "{text}");
        }
        for text in ["", "2026-11", "1999", "10000", "26"] {
            assert_eq!(StatsPeriod::parse_year(text), None, "{text}");
        }
    }
}
