//! H1, A11: persons behind numbers.

use chrono::NaiveDate;

/// A11: whether two records under one number, or of two numbers, are of different persons: reading, as it is searched, and
/// birth date both differ. A marriage changes the name only, a correction the birth date only.
///
/// `store::person` asks the same in SQL.
pub fn are_different(a: (&str, NaiveDate), b: (&str, NaiveDate)) -> bool {
    a.0 != b.0 && a.1 != b.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_name_and_birth_date_may_change() {
        let day = |day| NaiveDate::from_ymd_opt(1980, 4, day).unwrap();
        assert!(!are_different(("ヤマダ", day(1)), ("タナカ", day(1))));
        assert!(!are_different(("ヤマダ", day(1)), ("ヤマダ", day(2))));
        assert!(are_different(("ヤマダ", day(1)), ("タナカ", day(2))));
    }
}
