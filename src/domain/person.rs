//! H1, A11, A12: persons behind numbers, and who is insured together.

use super::Relation;
use chrono::NaiveDate;

/// A11: whether two records under one number, or of two numbers, are of different persons: reading, as it is searched, and
/// birth date both differ. A marriage changes the name only, a correction the birth date only.
///
/// `store::person` asks the same in SQL.
pub fn are_different(a: (&str, NaiveDate), b: (&str, NaiveDate)) -> bool {
    a.0 != b.0 && a.1 != b.1
}

/// A12: whether a record under a number that went to another insured is a dependant of the insured before. No dependant is
/// covered earlier than the insured.
pub fn is_of_earlier_insured(relation: Relation, acquired_on: NaiveDate, insured_since: NaiveDate) -> bool {
    relation == Relation::Dependent && acquired_on < insured_since
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

    #[test]
    fn dependants_are_not_covered_before_their_insured() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 4, day).unwrap();
        assert!(is_of_earlier_insured(Relation::Dependent, day(1), day(2)));
        assert!(!is_of_earlier_insured(Relation::Dependent, day(2), day(2)));
        assert!(!is_of_earlier_insured(Relation::Insured, day(1), day(2)));
    }
}
