//! New and changed members that are written in one transaction.

use crate::store::bulk::{self, Gram, MemberRecord};
use crate::store::version::{self, Change};
use crate::store::{self, person};
use crate::usecases::{AuditEvent, Error, FieldChange, UnitOfWork};
use serde::{Deserialize, Serialize};

/// New and changed members of a stored piece.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct MembersPiece {
    pub(super) added: Vec<(i64, MemberRecord)>,
    pub(super) changed: Vec<ChangedMember>,
    /// A11: members whose number goes to another person, who is among the new ones.
    pub(super) replaced: Vec<ReplacedMember>,
    /// Members whose loss the file takes back.
    #[serde(default)]
    pub(super) reinstated: Vec<i64>,
    /// The lowest row ID of those that the whole file adds.
    pub(super) first_new: i64,
    /// Search pieces of names that have changed.
    pub(super) dropped: Vec<Gram>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ChangedMember {
    pub(super) id: i64,
    pub(super) record: MemberRecord,
    pub(super) changes: Vec<FieldChange>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ReplacedMember {
    pub(super) id: i64,
    pub(super) member: String,
    pub(super) before: String,
    pub(super) after: String,
}

impl MembersPiece {
    pub(super) fn len(&self) -> usize {
        self.added.len() + self.changed.len()
    }

    /// Writes the members, their earlier versions and their entries of the log.
    pub(super) async fn apply(self, uow: &mut UnitOfWork, run: i64) -> Result<(), Error> {
        let by = uow.staff().to_owned();
        let change = Change { at: uow.now(), by: &by, run: Some(run) };
        let replaced: Vec<i64> = self.replaced.iter().map(|it| it.id).collect();
        let earlier: Vec<i64> = self.changed.iter().map(|it| it.id).chain(replaced.iter().copied()).collect();
        if !earlier.is_empty() {
            version::keep_members(uow, &earlier, change).await?;
        }
        bulk::remove_grams(uow, &self.dropped).await?;
        bulk::update_members(uow, run, self.changed.iter().map(|it| (it.id, &it.record))).await?;
        let (today, now) = (uow.today(), uow.now());
        if !self.reinstated.is_empty() {
            store::account::reinstate(uow, &self.reinstated, now).await?;
        }
        person::replace(uow, &replaced, today, self.first_new).await?;
        let passed = self.replaced.into_iter().map(|it| {
            let ReplacedMember { member, before, after, .. } = it;
            AuditEvent::NumberPassed { before, after }.on(member)
        });
        let changed = self
            .changed
            .into_iter()
            .map(|ChangedMember { record, changes, .. }| AuditEvent::MemberChanged { changes }.on(record.key()));
        let notes: Vec<_> = passed.chain(changed).collect();
        if !notes.is_empty() {
            uow.record_all(notes).await?;
        }
        if !self.added.is_empty() {
            bulk::insert_members(uow, run, &self.added).await?;
        }
        Ok(())
    }
}
