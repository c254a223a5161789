//! The Act on National Holidays (国民の祝日に関する法律) as it stands since 2019. Nothing in the console is older.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use std::collections::BTreeSet;

/// A holiday that another act can move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Holiday {
    /// 元日
    NewYear,
    /// 成人の日
    ComingOfAge,
    /// 建国記念の日
    Foundation,
    /// 天皇誕生日
    Emperor,
    /// 春分の日
    Vernal,
    /// 昭和の日
    Showa,
    /// 憲法記念日
    Constitution,
    /// みどりの日
    Greenery,
    /// こどもの日
    Children,
    /// 海の日
    Marine,
    /// 山の日
    Mountain,
    /// 敬老の日
    Aged,
    /// 秋分の日
    Autumnal,
    /// スポーツの日
    Sports,
    /// 文化の日
    Culture,
    /// 勤労感謝の日
    Labour,
}

/// When the holidays with a name fall in a year.
pub(super) fn named(year: i32) -> Vec<(Holiday, NaiveDate)> {
    let fixed = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    let monday = |month, nth| NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Mon, nth);
    [
        (Holiday::NewYear, fixed(1, 1)),
        (Holiday::ComingOfAge, monday(1, 2)),
        (Holiday::Foundation, fixed(2, 11)),
        (Holiday::Emperor, fixed(2, 23)),
        (Holiday::Vernal, fixed(3, equinox(year, 20.8431))),
        (Holiday::Showa, fixed(4, 29)),
        (Holiday::Constitution, fixed(5, 3)),
        (Holiday::Greenery, fixed(5, 4)),
        (Holiday::Children, fixed(5, 5)),
        (Holiday::Marine, monday(7, 3)),
        (Holiday::Mountain, fixed(8, 11)),
        (Holiday::Aged, monday(9, 3)),
        (Holiday::Autumnal, fixed(9, equinox(year, 23.2488))),
        (Holiday::Sports, monday(10, 2)),
        (Holiday::Culture, fixed(11, 3)),
        (Holiday::Labour, fixed(11, 23)),
    ]
    .into_iter()
    .filter_map(|(holiday, on)| Some((holiday, on?)))
    .collect()
}

/// Day of the month of an equinox in Japan; holds from 1980 to 2099.
fn equinox(year: i32, of_1980: f64) -> u32 {
    let years = f64::from(year - 1980);
    (of_1980 + 0.242_194 * years - (years / 4.0).floor()) as u32
}

/// Article 3: a holiday on a Sunday moves to the next day that is none (2), and a day between two holidays is one (3).
pub(super) fn with_days_off(named: BTreeSet<NaiveDate>) -> BTreeSet<NaiveDate> {
    let next = |day: NaiveDate| day + Days::new(1);
    let free = |day: &NaiveDate| !named.contains(day);
    let substitutes =
        named.iter().filter(|day| day.weekday() == Weekday::Sun).filter_map(|sunday| sunday.iter_days().find(free));
    let between = named.iter().map(|day| next(*day)).filter(|day| free(day) && named.contains(&next(*day)));
    let days_off: Vec<NaiveDate> = substitutes.chain(between).collect();
    named.into_iter().chain(days_off).collect()
}
