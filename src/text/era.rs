//! 和暦: the five eras, their first days, and dates as they stand on paper.

use chrono::{Datelike, NaiveDate};

/// 元号: a Japanese era since 1868.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Era {
    /// 明治
    Meiji,
    /// 大正
    Taisho,
    /// 昭和
    Showa,
    /// 平成
    Heisei,
    /// 令和
    Reiwa,
}

impl Era {
    const ALL: [Self; 5] = [Self::Meiji, Self::Taisho, Self::Showa, Self::Heisei, Self::Reiwa];

    /// 令和, 平成, …
    pub const fn name(self) -> &'static str {
        match self {
            Self::Meiji => "明治",
            Self::Taisho => "大正",
            Self::Showa => "昭和",
            Self::Heisei => "平成",
            Self::Reiwa => "令和",
        }
    }

    /// The first day, as year, month and day.
    const fn first_day(self) -> (i32, u32, u32) {
        match self {
            Self::Meiji => (1868, 1, 25),
            Self::Taisho => (1912, 7, 30),
            Self::Showa => (1926, 12, 25),
            Self::Heisei => (1989, 1, 8),
            Self::Reiwa => (2019, 5, 1),
        }
    }

    /// The era of a day, if it has one.
    pub fn of(date: NaiveDate) -> Option<Self> {
        let day = (date.year(), date.month(), date.day());
        Self::ALL.into_iter().rev().find(|era| era.first_day() <= day)
    }

    /// The digit of the registry's seven-digit dates.
    pub(super) fn from_digit(digit: u32) -> Option<Self> {
        match digit {
            1 => Some(Self::Meiji),
            3 => Some(Self::Taisho),
            5 => Some(Self::Showa),
            7 => Some(Self::Heisei),
            9 => Some(Self::Reiwa),
            _ => None,
        }
    }

    /// Takes an era off the front of a text: 令和, 令 or R.
    pub(super) fn strip(text: &str) -> Option<(Self, &str)> {
        Self::ALL.into_iter().find_map(|era| {
            let kanji = era.name().chars().next()?;
            let rest = text.strip_prefix(era.name()).or_else(|| text.strip_prefix(kanji));
            rest.or_else(|| text.strip_prefix(era.letter())).map(|rest| (era, rest))
        })
    }

    /// The Western year of a year of this era.
    pub(super) fn western(self, year: i32) -> i32 {
        self.first_day().0 + year - 1
    }

    const fn letter(self) -> char {
        match self {
            Self::Meiji => 'M',
            Self::Taisho => 'T',
            Self::Showa => 'S',
            Self::Heisei => 'H',
            Self::Reiwa => 'R',
        }
    }
}

/// 令和8年11月24日; the first year is 元年. A day before 明治 stays Western.
pub fn wareki(date: NaiveDate) -> String {
    let Some(era) = Era::of(date) else { return date.to_string() };
    let (month, day) = (date.month(), date.day());
    match date.year() - era.western(1) + 1 {
        1 => format!("{}元年{month}月{day}日", era.name()),
        year => format!("{}{year}年{month}月{day}日", era.name()),
    }
}

#[cfg(test)]
mod tests {
    use super::wareki;
    use chrono::NaiveDate;

    #[test]
    fn a_date_on_paper_is_wareki() {
        for (date, paper) in [
            ("2026-11-24", "令和8年11月24日"),
            ("2019-05-01", "令和元年5月1日"),
            ("2019-04-30", "平成31年4月30日"),
            ("1989-01-08", "平成元年1月8日"),
            ("1989-01-07", "昭和64年1月7日"),
            ("1926-12-25", "昭和元年12月25日"),
            ("1912-07-30", "大正元年7月30日"),
            ("1868-01-25", "明治元年1月25日"),
            ("1868-01-24", "1868-01-24"),
        ] {
            assert_eq!(wareki(date.parse::<NaiveDate>().unwrap()), paper);
        }
    }
}
