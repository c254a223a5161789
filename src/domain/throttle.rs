//! F1: how long a failed sign-in makes the next one wait. Pure.

use chrono::TimeDelta;

/// Failures in a row from which on the next try waits.
pub const FAILURES: i64 = 3;
/// Failures in a row that close an account, until a supervisor or an admin opens it.
pub const CLOSING: i64 = 20;
/// Failures in a row at one terminal, for any staff ID, after which the next try there waits.
pub const ORIGIN_FAILURES: i64 = 10;

/// After so long without a failure those of a terminal are forgotten.
pub const ORIGIN_FORGOTTEN: TimeDelta = TimeDelta::days(1);

/// The wait after so many failures, counted from the one that begins it: five seconds, then three times as long each
/// time, fifteen minutes at most.
fn wait(failures: i64, first: i64) -> Option<TimeDelta> {
    const LONGEST: i64 = 15 * 60;
    let times = u32::try_from(failures.checked_sub(first).filter(|times| *times >= 0)?).unwrap_or(u32::MAX);
    let seconds = 3_i64.checked_pow(times).map_or(LONGEST, |factor| factor.saturating_mul(5).min(LONGEST));
    Some(TimeDelta::seconds(seconds))
}

/// How long the next try of a person waits.
pub fn person_waits(failures: i64) -> Option<TimeDelta> {
    wait(failures, FAILURES)
}

/// How long the next try at a terminal waits.
pub fn origin_waits(failures: i64) -> Option<TimeDelta> {
    wait(failures, ORIGIN_FAILURES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f1_each_failure_waits_longer_up_to_a_quarter_of_an_hour() {
        let seconds: Vec<Option<i64>> = (0..12).map(|n| person_waits(n).map(|wait| wait.num_seconds())).collect();
        let some = |seconds: [i64; 6]| seconds.map(Some);
        assert_eq!(seconds[..3], [None; 3]);
        assert_eq!(seconds[3..9], some([5, 15, 45, 135, 405, 900]));
        assert_eq!(person_waits(i64::MAX).map(|wait| wait.num_minutes()), Some(15));
        assert_eq!((origin_waits(9), origin_waits(10)), (None, Some(TimeDelta::seconds(5))));
    }
}
