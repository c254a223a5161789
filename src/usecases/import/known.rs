//! Fingerprints of the members in the database, thirty bytes each: enough to tell new, changed and unchanged rows apart.

use crate::store::bulk::{MemberRecord, each_member};
use crate::store::{self, StoreError, Tx};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

/// Every known member by key.
pub(super) struct Known {
    fingerprints: Fingerprints,
    members: HashMap<(u64, u64), Entry>,
    /// Members in force before the import.
    pub(super) in_force: u64,
    missing: u64,
}

struct Entry {
    id: i64,
    content: u64,
    in_force: bool,
    seen: bool,
}

/// Random hash keys, the same for records of the file and of the database.
#[derive(Clone, Default)]
pub(super) struct Fingerprints(RandomState, RandomState);

/// A member's key in 128 bits, which a million members share by chance once in 10^26 files, and the content in 64.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fingerprint {
    key: (u64, u64),
    content: u64,
}

impl Fingerprints {
    fn of_content(&self, content: &str) -> Fingerprint {
        let key = MemberRecord::key_of(content);
        Fingerprint { key: (self.0.hash_one(key), self.1.hash_one(key)), content: self.0.hash_one(content) }
    }

    /// The fingerprint of a row of the file.
    pub(super) fn of(&self, record: &MemberRecord) -> Fingerprint {
        self.of_content(&record.content())
    }
}

/// How a row of the file compares to the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowComparison {
    New,
    Changed { id: i64, in_force: bool },
    Unchanged,
}

impl Known {
    pub(super) async fn load(tx: &mut Tx, today: NaiveDate) -> Result<Self, StoreError> {
        let fingerprints = Fingerprints::default();
        let count = usize::try_from(store::member::count(tx).await?).unwrap_or_default();
        let (mut members, mut all_in_force) = (HashMap::with_capacity(count), 0);
        each_member(tx, today, |id, in_force, content| {
            let Fingerprint { key, content } = fingerprints.of_content(content);
            members.insert(key, Entry { id, content, in_force, seen: false });
            all_in_force += u64::from(in_force);
        })
        .await?;
        Ok(Self { fingerprints, members, in_force: all_in_force, missing: all_in_force })
    }

    /// The hash keys, for the reader's thread.
    pub(super) fn fingerprints(&self) -> Fingerprints {
        self.fingerprints.clone()
    }

    /// Compares a row, and marks its member as seen in the file.
    pub(super) fn compare(&mut self, print: Fingerprint) -> RowComparison {
        let Some(entry) = self.members.get_mut(&print.key) else { return RowComparison::New };
        if entry.in_force && !entry.seen {
            self.missing -= 1;
        }
        entry.seen = true;
        if entry.content == print.content {
            RowComparison::Unchanged
        } else {
            RowComparison::Changed { id: entry.id, in_force: entry.in_force }
        }
    }

    /// Members in force who were not in the file.
    pub(super) fn missing(&self) -> u64 {
        self.missing
    }
}
