//! New and changed members, as pieces.

use super::members_piece::{ChangedMember, MembersPiece, ReplacedMember};
use super::pieces::Piece;
use super::run::Run;
use crate::store::bulk::{self, GRAMS, Gram, MemberRecord};
use crate::text::index_grams;
use crate::usecases::{Error, FieldChange};
use std::collections::BTreeSet;

/// Members of one piece.
const PIECE: usize = 400;

/// Search pieces that are written in order: enough to meet each page of their table a few times only, and 20 MB at most.
const ENOUGH: usize = 250_000;

/// Members until they are a piece.
pub(super) struct Pending {
    next_id: i64,
    full: Vec<MembersPiece>,
    piece: MembersPiece,
    grams: Vec<Gram>,
}

impl Pending {
    pub(super) async fn begin(run: &mut Run<'_>) -> Result<Self, Error> {
        let next_id = bulk::next_member_id(run.tx()).await?;
        let piece = MembersPiece { first_new: next_id, ..MembersPiece::default() };
        Ok(Self { next_id, full: Vec::new(), piece, grams: Vec::new() })
    }

    pub(super) fn add(&mut self, record: MemberRecord) {
        self.make_room();
        self.insert(record);
    }

    fn insert(&mut self, record: MemberRecord) {
        let id = self.next_id;
        self.next_id += 1;
        self.grams.extend(index_grams(&record.name_key).into_iter().map(|gram| (gram.to_owned(), id)));
        self.piece.added.push((id, record));
    }

    fn make_room(&mut self) {
        if self.piece.len() >= PIECE {
            let next = MembersPiece { first_new: self.piece.first_new, ..MembersPiece::default() };
            self.full.push(std::mem::replace(&mut self.piece, next));
        }
    }

    /// A11: another person takes over the number of this member.
    pub(super) fn replace(&mut self, id: i64, before: String, record: MemberRecord) {
        let (member, after) = (record.key(), record.name.clone());
        self.make_room();
        // In one piece: the number is free only then.
        self.piece.replaced.push(ReplacedMember { id, member, before, after });
        self.insert(record);
    }

    pub(super) fn change(&mut self, id: i64, name_key_before: &str, record: MemberRecord, changes: Vec<FieldChange>) {
        self.make_room();
        let grams = |key: &str| index_grams(key).into_iter().map(str::to_owned).collect::<BTreeSet<String>>();
        let (before, after) = (grams(name_key_before), grams(&record.name_key));
        self.piece.dropped.extend(before.difference(&after).map(|gram| (gram.clone(), id)));
        self.grams.extend(after.difference(&before).map(|gram| (gram.clone(), id)));
        self.piece.changed.push(ChangedMember { id, record, changes });
    }

    /// The loss of a changed member is taken back.
    pub(super) fn reinstate(&mut self, id: i64) {
        self.piece.reinstated.push(id);
    }

    /// Plans full pieces.
    pub(super) async fn plan_full(&mut self, run: &mut Run<'_>) -> Result<(), Error> {
        for piece in self.full.drain(..) {
            run.plan(&Piece::Members(piece)).await?;
        }
        if self.grams.len() >= ENOUGH { self.plan_grams(run).await } else { Ok(()) }
    }

    async fn plan_grams(&mut self, run: &mut Run<'_>) -> Result<(), Error> {
        self.grams.sort_unstable();
        for grams in self.grams.chunks(GRAMS) {
            run.plan(&Piece::Grams(grams.to_owned())).await?;
        }
        self.grams.clear();
        Ok(())
    }

    /// Plans what is left.
    pub(super) async fn finish(mut self, run: &mut Run<'_>) -> Result<(), Error> {
        if self.piece.len() > 0 {
            self.full.push(std::mem::take(&mut self.piece));
        }
        self.plan_full(run).await?;
        self.plan_grams(run).await
    }
}
