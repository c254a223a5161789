//! A portal that does what the credential feed says, from the beginning.

use crate::store::feed::{Instruction, Operation};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What the portal would accept: by member's key and kind of password, the hash and since when.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Portal {
    pub(super) accepts: BTreeMap<(String, String), (String, NaiveDate)>,
}

impl Portal {
    /// Plays a feed from its first row.
    pub(super) fn replay(feed: &[Instruction]) -> Self {
        let mut portal = Self::default();
        for (at, row) in feed.iter().enumerate() {
            assert_eq!(row.seq, i64::try_from(at + 1).unwrap(), "the feed ascends without gaps");
            let member = format!("{}-{}-{}", row.symbol, row.number, row.branch);
            let place = || (member.clone(), row.kind.clone().unwrap());
            match row.operation {
                Operation::Activate => {
                    portal.accepts.insert(place(), (row.hash.clone().unwrap(), row.valid_from));
                }
                Operation::Revoke => {
                    portal.accepts.remove(&place());
                }
                Operation::Close => portal.accepts.retain(|(who, _), _| *who != member),
            }
        }
        portal
    }
}
