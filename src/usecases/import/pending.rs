//! New and changed members until they are written.
//!
//! Reading and comparing a file takes most of an import's time and needs no writer. Looking a member up writes an entry
//! to the log, and must not wait for that: so the writer is taken when the file has been read, or earlier where the file
//! changes more than memory should hold.

use super::run::Run;
use crate::store::bulk::{self, Grams, MemberRecord};
use crate::store::person;
use crate::store::version::{self, Change};
use crate::usecases::audit::NoteFacts;
use crate::usecases::{AuditEvent, Error, FieldChange};

/// Records kept in memory before the writer is taken; some 30 MB.
const ENOUGH: usize = 20_000;

/// Rows of one statement that copies versions.
const ROWS: usize = 2_000;

/// New and changed members.
pub(super) struct Pending {
    next_id: i64,
    added: Vec<(i64, MemberRecord)>,
    changed: Vec<Changed>,
    /// A11: members whose number goes to another person, who is among the new ones.
    replaced: Vec<(i64, NoteFacts)>,
    grams: Grams,
}

struct Changed {
    id: i64,
    name_key_before: String,
    record: MemberRecord,
    changes: Vec<FieldChange>,
}

impl Pending {
    pub(super) async fn begin(run: &mut Run<'_>) -> Result<Self, Error> {
        let next_id = bulk::next_member_id(run.tx()).await?;
        Ok(Self { next_id, added: Vec::new(), changed: Vec::new(), replaced: Vec::new(), grams: Grams::default() })
    }

    pub(super) fn add(&mut self, record: MemberRecord) {
        self.added.push((self.next_id, record));
        self.next_id += 1;
    }

    /// A11: another person takes over the number of this member.
    pub(super) fn replace(&mut self, id: i64, before: String, record: MemberRecord) {
        let passed = AuditEvent::NumberPassed { before, after: record.name.clone() };
        self.replaced.push((id, passed.on(record.key())));
        self.add(record);
    }

    pub(super) fn change(&mut self, id: i64, name_key_before: String, record: MemberRecord, changes: Vec<FieldChange>) {
        self.changed.push(Changed { id, name_key_before, record, changes });
    }

    /// Writes once enough have gathered; at once where the writer is held already.
    pub(super) async fn write_if_many(&mut self, run: &mut Run<'_>) -> Result<(), Error> {
        let waiting = self.added.len() + self.changed.len();
        if waiting >= ENOUGH || (waiting > 0 && run.writes()) { self.write(run).await } else { Ok(()) }
    }

    /// Writes records and log entries, and full batches of search grams.
    async fn write(&mut self, run: &mut Run<'_>) -> Result<(), Error> {
        let (tx, number) = run.writing_much().await?;
        let by = tx.staff().to_owned();
        let change = Change { at: tx.now(), by: &by, run: Some(number) };
        let earlier: Vec<i64> =
            self.changed.iter().map(|it| it.id).chain(self.replaced.iter().map(|it| it.0)).collect();
        for ids in earlier.chunks(ROWS) {
            version::keep_members(tx, ids, change).await?;
        }
        for Changed { id, name_key_before, record, .. } in &self.changed {
            if *name_key_before != record.name_key {
                self.grams.remove(tx, *id, name_key_before).await?;
                self.grams.add(*id, &record.name_key);
            }
        }
        bulk::update_members(tx, number, self.changed.iter().map(|it| (it.id, &it.record))).await?;
        let today = tx.today();
        let mut passed = Vec::with_capacity(self.replaced.len());
        for (id, note) in self.replaced.drain(..) {
            person::replace(tx, id, today).await?;
            passed.push(note);
        }
        tx.record_all(passed).await?;
        let event = |Changed { record, changes, .. }: Changed| AuditEvent::MemberChanged { changes }.on(record.key());
        tx.record_all(self.changed.drain(..).map(event)).await?;
        for (id, record) in &self.added {
            self.grams.add(*id, &record.name_key);
        }
        if !self.added.is_empty() {
            bulk::insert_members(tx, number, &self.added).await?;
            self.added.clear();
        }
        Ok(self.grams.write_if_many(tx).await?)
    }

    /// Writes what is left.
    pub(super) async fn finish(mut self, run: &mut Run<'_>) -> Result<(), Error> {
        self.write(run).await?;
        let tx = run.writing().await?;
        person::join_renumbered(tx).await?;
        Ok(self.grams.write(tx).await?)
    }
}
