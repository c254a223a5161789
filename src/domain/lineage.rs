//! A10: which records of a person under former numbers the member can see on the portal today, and why.

use super::coded;
use super::diagnosis::ChangeReason;

coded! {
    /// Whether the member sees a record today.
    pub enum Sight {
        /// The record in force, with an account.
        Own = "own",
        /// A former record that is carried over, with an account on the new one.
        CarriedOver = "carried_over",
        /// It would be carried over, once the member registers.
        RegisterFirst = "register_first",
        /// The reason of a change after it carries nothing over.
        NotCarriedOver = "not_carried_over",
        /// The record in force, without an account.
        NotRegistered = "not_registered",
        /// 資格喪失: nothing is visible.
        Lost = "lost",
    }
}

/// How the newest record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordStanding {
    /// 資格喪失
    Lost,
    /// In force, with an account.
    Registered,
    /// In force, without one.
    Unregistered,
}

/// The sight of each record, the oldest first. `changes` are the reasons from each record to the next: a record is
/// carried over only if every change after it carries over.
pub fn sights(changes: &[ChangeReason], newest: RecordStanding) -> Vec<Sight> {
    let mut carried = true;
    let mut sights = vec![match newest {
        RecordStanding::Lost => Sight::Lost,
        RecordStanding::Registered => Sight::Own,
        RecordStanding::Unregistered => Sight::NotRegistered,
    }];
    for change in changes.iter().rev() {
        carried &= change.carries_records_over();
        sights.push(match (newest, carried) {
            (RecordStanding::Lost, _) => Sight::Lost,
            (_, false) => Sight::NotCarriedOver,
            (RecordStanding::Registered, true) => Sight::CarriedOver,
            (RecordStanding::Unregistered, true) => Sight::RegisterFirst,
        });
    }
    sights.reverse();
    sights
}

#[cfg(test)]
mod tests {
    use super::*;
    use ChangeReason::{Affiliate, Other, Rehired, Voluntary};

    #[test]
    fn a10_three_reasons_carry_over_and_only_with_the_new_account() {
        for reason in [Voluntary, Rehired, Affiliate] {
            assert_eq!(sights(&[reason], RecordStanding::Registered), [Sight::CarriedOver, Sight::Own]);
            assert_eq!(sights(&[reason], RecordStanding::Unregistered), [Sight::RegisterFirst, Sight::NotRegistered]);
        }
        assert_eq!(sights(&[Other], RecordStanding::Registered), [Sight::NotCarriedOver, Sight::Own]);
    }

    #[test]
    fn a10_one_change_that_carries_nothing_over_cuts_all_before_it() {
        use Sight::{CarriedOver, NotCarriedOver, Own};
        let changes = [Voluntary, Other, Affiliate];
        assert_eq!(sights(&changes, RecordStanding::Registered), [NotCarriedOver, NotCarriedOver, CarriedOver, Own]);
    }

    #[test]
    fn a9_after_leaving_nothing_is_visible() {
        assert_eq!(sights(&[Voluntary], RecordStanding::Lost), [Sight::Lost, Sight::Lost]);
        assert_eq!(sights(&[], RecordStanding::Lost), [Sight::Lost]);
    }
}
