//! A birth date as a caller says it: a day, a month or a year.

use super::date::unified;
use super::{Era, parse_date};
use chrono::{Days, Months, NaiveDate};

/// Days from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
}

impl Period {
    /// Every birth date, whatever it is.
    pub const ANY: Self = match (NaiveDate::from_ymd_opt(1, 1, 1), NaiveDate::from_ymd_opt(9999, 12, 31)) {
        (Some(first), Some(last)) => Self { first, last },
        _ => Self { first: NaiveDate::MIN, last: NaiveDate::MAX },
    };

    /// Parses a day in any form of [`parse_date`], or a year or month of an era or of the West: `昭和55`, `S55.7`,
    /// `1980年`, `1980年7月`. Plain numbers are no years.
    pub fn parse(text: &str) -> Option<Self> {
        if let Ok(Some(day)) = parse_date(text) {
            return Some(Self { first: day, last: day });
        }
        let folded = unified(text);
        let (year, rest) = match Era::strip(&folded) {
            Some((era, rest)) => {
                let (year, rest) = split(rest);
                let year = if year == "元" { 1 } else { year.parse().ok().filter(|year| (1..=64).contains(year))? };
                (era.western(year), rest)
            }
            // The year's own character has become a dash.
            None if super::nfkc(text).contains('年') => {
                let (year, rest) = split(&folded);
                (year.parse().ok().filter(|_| year.len() == 4)?, rest)
            }
            None => return None,
        };
        match rest {
            "" => Self::of(NaiveDate::from_ymd_opt(year, 1, 1)?, 12),
            month => Self::of(NaiveDate::from_ymd_opt(year, month.parse().ok()?, 1)?, 1),
        }
    }

    fn of(first: NaiveDate, months: u32) -> Option<Self> {
        let last = first.checked_add_months(Months::new(months))?.checked_sub_days(Days::new(1))?;
        Some(Self { first, last })
    }
}

/// The year, and the month behind it, where there is one.
fn split(text: &str) -> (&str, &str) {
    let (year, month) = text.split_once('-').unwrap_or((text, ""));
    (year, month.trim_end_matches('-'))
}

#[cfg(test)]
mod tests {
    use super::Period;

    #[test]
    fn a_birth_date_is_taken_in_part() {
        let parsed = |text| Period::parse(text).map(|it| format!("{} {}", it.first, it.last));
        for (texts, days) in [
            (&["昭和55", "S55", "ｓ５５", "昭55年", "1980年"][..], "1980-01-01 1980-12-31"),
            (&["昭和55年2月", "S55.2", "1980年2月"], "1980-02-01 1980-02-29"),
            (&["昭和55年2月3日", "S55.2.3", "1980-02-03", "19800203", "5550203"], "1980-02-03 1980-02-03"),
            (&["令和元", "R1"], "2019-01-01 2019-12-31"),
        ] {
            for text in texts {
                assert_eq!(parsed(text).as_deref(), Some(days), "{text}");
            }
        }
        for none in ["", "260", "260-1", "サトウ", "1980", "昭和", "S99", "昭和55年13月", "佐藤", "佐藤年"]
        {
            assert_eq!(parsed(none), None, "{none}");
        }
    }
}
