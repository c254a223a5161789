//! Against the Cabinet AppContext's published lists, 2019 to 2027.

use super::Workdays;
use chrono::NaiveDate;

const PUBLISHED: &[(i32, &str)] = &[
    (2019, "1/1 1/14 2/11 3/21 4/29 4/30 5/1 5/2 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/23 10/14 10/22 11/3 11/4 11/23"),
    (2020, "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/23 7/24 8/10 9/21 9/22 11/3 11/23"),
    (2021, "1/1 1/11 2/11 2/23 3/20 4/29 5/3 5/4 5/5 7/22 7/23 8/8 8/9 9/20 9/23 11/3 11/23"),
    (2022, "1/1 1/10 2/11 2/23 3/21 4/29 5/3 5/4 5/5 7/18 8/11 9/19 9/23 10/10 11/3 11/23"),
    (2023, "1/1 1/2 1/9 2/11 2/23 3/21 4/29 5/3 5/4 5/5 7/17 8/11 9/18 9/23 10/9 11/3 11/23"),
    (2024, "1/1 1/8 2/11 2/12 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/22 9/23 10/14 11/3 11/4 11/23"),
    (2025, "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/21 8/11 9/15 9/23 10/13 11/3 11/23 11/24"),
    (2026, "1/1 1/12 2/11 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/20 8/11 9/21 9/22 9/23 10/12 11/3 11/23"),
    (2027, "1/1 1/11 2/11 2/23 3/21 3/22 4/29 5/3 5/4 5/5 7/19 8/11 9/20 9/23 10/11 11/3 11/23"),
];

fn japan() -> Workdays {
    Workdays::japan().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn the_holidays_of_2019_to_2027_are_those_of_the_cabinet_office() {
    for (year, published) in PUBLISHED {
        let found: Vec<String> = japan().holidays(*year).iter().map(|d| d.format("%-m/%-d").to_string()).collect();
        assert_eq!(found.join(" "), *published, "{year}");
    }
}

#[test]
fn q5_waiting_counts_business_days_only() {
    for (from, to, waited) in [
        ("2026-11-20", "2026-11-20", 0),
        ("2026-11-20", "2026-11-22", 0),
        ("2026-11-20", "2026-11-24", 1), // over a weekend and Labour Thanksgiving Day
        ("2026-11-22", "2026-11-24", 1), // sent on a Sunday
        ("2026-09-18", "2026-09-24", 1), // over 敬老の日, the day between, and 秋分の日
        ("2026-12-31", "2027-01-04", 1), // over New Year
        ("2019-04-26", "2019-05-07", 1), // ten days off in 2019
        ("2026-11-24", "2026-11-20", 0),
    ] {
        assert_eq!(japan().waited(day(from), day(to)), waited, "{from} to {to}");
    }
}

#[test]
fn business_days_are_counted_forward_over_holidays() {
    assert_eq!(japan().after(day("2026-11-20"), 1), day("2026-11-24"));
    assert_eq!(japan().after(day("2026-11-20"), 5), day("2026-11-30"));
    assert_eq!(japan().after(day("2026-11-20"), 0), day("2026-11-20"));
    assert!(!japan().is_workday(day("2026-11-23")));
}

#[test]
fn a_bad_calendar_file_says_where_and_what_to_write() {
    let bad = |toml: &str| Workdays::with_exceptions(toml).unwrap_err().to_string();
    assert!(bad("[[moved]]\nyear = 2030\nholidays = { marine = \"7月\" }").contains("2030 Marine: 7月 is no MM-DD"));
    assert!(bad("[[moved]]\nyear = 2030\nholidays = { sea = \"07-20\" }").contains("unknown variant `sea`"));
}
