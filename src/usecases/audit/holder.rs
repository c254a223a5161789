//! Who had a number when an entry was written: it may be another person's by now (A11).

use crate::domain::MemberKey;
use crate::store::member::Member;
use crate::store::version::{self, Version};
use crate::store::{StoreError, Tx};
use crate::text::japan::day_of;
use chrono::{DateTime, Utc};
use std::collections::HashMap;

/// The holders of numbers, by key as entries have it; each number is read once.
#[derive(Debug, Default)]
pub(super) struct Holders(HashMap<String, Vec<Version<Member>>>);

impl Holders {
    /// Who had the number at an instant, or the last who had had it before; none where that was no member.
    pub(super) async fn at(
        &mut self,
        tx: &mut Tx,
        key: &str,
        at: DateTime<Utc>,
    ) -> Result<Option<&Member>, StoreError> {
        if !self.0.contains_key(key) {
            self.0.insert(key.to_owned(), versions(tx, key).await?);
        }
        Ok(self.0.get(key).and_then(|versions| holder(versions, at)))
    }
}

async fn versions(tx: &mut Tx, key: &str) -> Result<Vec<Version<Member>>, StoreError> {
    let mut parts = key.splitn(3, '-');
    let mut part = || parts.next().unwrap_or_default();
    match MemberKey::parse(part(), part(), part()) {
        Ok(key) => version::of_key(tx, &key).await,
        Err(_) => Ok(Vec::new()),
    }
}

/// The newest version comes first. A row stays when its number passes to another person, and says since which day.
fn holder(versions: &[Version<Member>], at: DateTime<Utc>) -> Option<&Member> {
    let begun = |version: &&Version<Member>| version.period.since.is_none_or(|since| since <= at);
    let held = |version: &&Version<Member>| {
        begun(version)
            && version.period.until.is_none_or(|until| at < until)
            && version.row.replaced_on.is_none_or(|day| day_of(at) < day)
    };
    let found = versions.iter().rfind(held).or_else(|| versions.iter().find(begun));
    found.map(|version| &version.row)
}
