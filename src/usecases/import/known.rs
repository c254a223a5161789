//! What the database has, in thirty bytes a member: enough to tell new, changed and unchanged apart.

use crate::store::bulk::{MemberRecord, each_member};
use crate::store::{StoreError, Tx};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hash};

/// Every known member by key.
pub(super) struct Known {
    hashers: (RandomState, RandomState),
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

/// What a row of the file is to the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    New,
    Changed { id: i64, in_force: bool },
    Unchanged,
}

impl Known {
    pub(super) async fn load(tx: &mut Tx, today: NaiveDate) -> Result<Self, StoreError> {
        let mut known = Self { hashers: Default::default(), members: HashMap::new(), in_force: 0, missing: 0 };
        each_member(tx, |id, record| known.add(id, record, today)).await?;
        known.missing = known.in_force;
        Ok(known)
    }

    fn add(&mut self, id: i64, record: &MemberRecord, today: NaiveDate) {
        let in_force = record.lost_on.is_none_or(|lost| lost > today);
        self.in_force += u64::from(in_force);
        let content = self.content(record);
        self.members.insert(self.key(record), Entry { id, content, in_force, seen: false });
    }

    /// Compares a row, and notes that it was in the file.
    pub(super) fn compare(&mut self, record: &MemberRecord) -> Standing {
        let (key, content) = (self.key(record), self.content(record));
        let Some(entry) = self.members.get_mut(&key) else { return Standing::New };
        if entry.in_force && !entry.seen {
            self.missing -= 1;
        }
        entry.seen = true;
        if entry.content == content {
            Standing::Unchanged
        } else {
            Standing::Changed { id: entry.id, in_force: entry.in_force }
        }
    }

    /// Members in force who have not been in the file.
    pub(super) fn missing(&self) -> u64 {
        self.missing
    }

    fn key(&self, record: &MemberRecord) -> (u64, u64) {
        let key = (&record.symbol, &record.number, &record.branch);
        (self.hashers.0.hash_one(key), self.hashers.1.hash_one(key))
    }

    fn content(&self, record: &impl Hash) -> u64 {
        self.hashers.0.hash_one(record)
    }
}
