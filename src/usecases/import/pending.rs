//! Members that wait to be written.
//!
//! Reading a file and comparing it takes most of an import's time and needs no writer: whoever looks a member up
//! meanwhile leaves an entry in the log, and must not wait for that. So the writer is taken when the file has been
//! read, or, where it changes more than memory should hold, at that point.

use super::run::Run;
use crate::store::bulk::{self, Grams, MemberRecord};
use crate::usecases::Error;

/// Records kept in memory before the writer is taken; some 20 MB.
const ENOUGH: usize = 20_000;

/// New and changed members.
pub(super) struct Pending {
    next_id: i64,
    added: Vec<(i64, MemberRecord)>,
    changed: Vec<Changed>,
    grams: Grams,
}

struct Changed {
    id: i64,
    name_key_before: String,
    record: MemberRecord,
}

impl Pending {
    pub(super) async fn begin(run: &mut Run<'_>) -> Result<Self, Error> {
        let next_id = bulk::next_member_id(run.tx()).await?;
        Ok(Self { next_id, added: Vec::new(), changed: Vec::new(), grams: Grams::default() })
    }

    pub(super) fn add(&mut self, record: MemberRecord) {
        self.added.push((self.next_id, record));
        self.next_id += 1;
    }

    pub(super) fn change(&mut self, id: i64, name_key_before: String, record: MemberRecord) {
        self.changed.push(Changed { id, name_key_before, record });
    }

    /// Writes once enough have gathered; with the writer in hand, at once.
    pub(super) async fn write_if_many(&mut self, run: &mut Run<'_>) -> Result<(), Error> {
        let waiting = self.added.len() + self.changed.len();
        if waiting >= ENOUGH || (waiting > 0 && run.writes()) { self.write(run).await } else { Ok(()) }
    }

    /// Writes everything but the last search pieces.
    async fn write(&mut self, run: &mut Run<'_>) -> Result<(), Error> {
        let tx = run.writing_much().await?;
        for Changed { id, name_key_before, record } in self.changed.drain(..) {
            if name_key_before != record.name_key {
                self.grams.remove(tx, id, &name_key_before).await?;
                self.grams.add(id, &record.name_key);
            }
            bulk::update_member(tx, id, &record).await?;
        }
        for (id, record) in &self.added {
            self.grams.add(*id, &record.name_key);
        }
        if !self.added.is_empty() {
            bulk::insert_members(tx, &self.added).await?;
            self.added.clear();
        }
        Ok(self.grams.write_if_many(tx).await?)
    }

    /// Writes what is left.
    pub(super) async fn finish(mut self, run: &mut Run<'_>) -> Result<(), Error> {
        self.write(run).await?;
        Ok(self.grams.write(run.writing().await?).await?)
    }
}
