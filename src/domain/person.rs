//! H1, A11: persons behind numbers.

use chrono::NaiveDate;

/// A11: whether two records under one number, or of two numbers, are of different persons: reading, as it is searched, and
/// birth date both differ. A marriage changes the name only, a correction the birth date only.
///
/// `store::person` asks the same in SQL.
pub fn are_different(a: (&str, NaiveDate), b: (&str, NaiveDate)) -> bool {
    a.0 != b.0 && a.1 != b.1
}

/// A membership under a number of a household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HouseholdMembership {
    /// Symbol and number.
    pub household: (String, String),
    /// First day of it.
    pub from: NaiveDate,
    /// First day after it, where it has ended.
    pub until: Option<NaiveDate>,
}

impl HouseholdMembership {
    /// H1: whether two memberships are of one household and in force together, so that they are of two persons.
    pub fn is_beside(&self, other: &Self) -> bool {
        let begins_before_end = |a: &Self, b: &Self| b.until.is_none_or(|until| a.from < until);
        self.household == other.household && begins_before_end(self, other) && begins_before_end(other, self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h1_a_household_has_two_persons_where_two_are_in_force() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 4, day).unwrap();
        let of = |number: &str, from, until: Option<u32>| HouseholdMembership {
            household: ("260".to_owned(), number.to_owned()),
            from: day(from),
            until: until.map(day),
        };
        let open = of("1", 1, None);
        assert!(open.is_beside(&of("1", 5, None)) && of("1", 5, None).is_beside(&open));
        assert!(open.is_beside(&of("1", 1, Some(2))));
        assert!(!open.is_beside(&of("2", 1, None)), "another household");
        assert!(!of("1", 1, Some(5)).is_beside(&of("1", 5, None)), "one after the other");
    }

    #[test]
    fn one_of_name_and_birth_date_may_change() {
        let day = |day| NaiveDate::from_ymd_opt(1980, 4, day).unwrap();
        assert!(!are_different(("ヤマダ", day(1)), ("タナカ", day(1))));
        assert!(!are_different(("ヤマダ", day(1)), ("ヤマダ", day(2))));
        assert!(are_different(("ヤマダ", day(1)), ("タナカ", day(2))));
    }
}
