//! What retention no longer allows: counted, and removed one kind after the other, some rows at a time.
//!
//! Notes and requests go first: a member goes only when nothing is left that must stay.

use super::query::id_list;
use super::{Sql, StoreError, Tx, micros};
use crate::domain::RetentionCounts;
use crate::text::index_grams;
use crate::text::japan::day_of;
use chrono::{DateTime, NaiveDate, Utc};

/// What was found of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RetentionSpan {
    /// Number of records.
    pub count: i64,
    /// The day of the oldest.
    pub oldest: Option<NaiveDate>,
    /// The day of the newest.
    pub newest: Option<NaiveDate>,
}

type Moments = (i64, Option<DateTime<Utc>>, Option<DateTime<Utc>>);

impl From<Moments> for RetentionSpan {
    fn from((count, oldest, newest): Moments) -> Self {
        Self { count, oldest: oldest.map(day_of), newest: newest.map(day_of) }
    }
}

/// What is removed from an SQLite file is overwritten, not only forgotten. A server's pages are the server's.
pub async fn overwrite(tx: &mut Tx) -> Result<(), StoreError> {
    query!(tx, execute Sql { sqlite: "PRAGMA secure_delete = ON", postgres: "SELECT 1" })?;
    Ok(())
}

/// A note that may go: `$1` is the instant before which it was written.
macro_rules! old_note {
    ($n:literal, $before:literal) => {
        concat!($n, ".at < ", $before, " AND (", $n, ".follow_up_on IS NULL OR ", $n, ".done_at IS NOT NULL)")
    };
}

/// Calls that are a note themselves: without a member, and drafts that were never ended.
macro_rules! calls {
    () => {
        " FROM call WHERE started_at < $1 AND note_id IS NULL"
    };
}

/// 対応記録 from before an instant, those of calls without a member and drafts included; not those with an open follow-up.
pub async fn notes(tx: &mut Tx, before: DateTime<Utc>) -> Result<RetentionSpan, StoreError> {
    let sql = concat!(
        "SELECT count(*), min(at), max(at) FROM (SELECT n.at FROM contact_note n WHERE ",
        old_note!("n", "$1"),
        " UNION ALL SELECT started_at AS at",
        calls!(),
        ") x"
    );
    Ok(query!(tx, one Moments, sql, micros(before))?.into())
}

/// Removes some of them; how many.
pub async fn remove_notes(tx: &mut Tx, before: DateTime<Utc>, most: i64) -> Result<u64, StoreError> {
    macro_rules! some {
        ($delete:literal) => {
            concat!(
                $delete,
                " IN (SELECT n.id FROM contact_note n WHERE ",
                old_note!("n", "$1"),
                " ORDER BY n.at DESC, n.id DESC LIMIT $2)"
            )
        };
    }
    let before = micros(before);
    let calls = concat!("DELETE FROM call WHERE id IN (SELECT id", calls!(), " LIMIT $2)");
    let calls = query!(tx, execute calls, before, most)?;
    query!(tx, execute some!("DELETE FROM call WHERE note_id"), before, most)?;
    Ok(calls + query!(tx, execute some!("DELETE FROM contact_note WHERE id"), before, most)?)
}

/// A request that may go: settled before an instant.
macro_rules! settled {
    ($r:literal, $before:literal) => {
        concat!(
            $r,
            ".state IN ('done', 'rejected') AND coalesce(",
            $r,
            ".settled_at, ",
            $r,
            ".received_at) < ",
            $before
        )
    };
}

macro_rules! old_request {
    ($before:literal) => {
        concat!(
            settled!("r", $before),
            " AND NOT EXISTS (SELECT 1 FROM card c WHERE c.id = r.card_id
                 AND c.state IN ('queued', 'held', 'drafted', 'exported', 'printed'))
             AND NOT EXISTS (SELECT 1 FROM request q WHERE q.merged_into = r.id AND NOT (",
            settled!("q", $before),
            "))"
        )
    };
}

/// Requests settled before a moment, except where a card is under way, or one that was merged into it must stay.
pub async fn requests(tx: &mut Tx, before: DateTime<Utc>) -> Result<RetentionSpan, StoreError> {
    let sql = concat!(
        "SELECT count(*), min(coalesce(r.settled_at, r.received_at)), max(coalesce(r.settled_at, r.received_at))
         FROM request r WHERE ",
        old_request!("$1")
    );
    Ok(query!(tx, one Moments, sql, micros(before))?.into())
}

/// Removes some of them, what was merged into another one before that; how many.
pub async fn remove_requests(tx: &mut Tx, before: DateTime<Utc>, most: i64) -> Result<u64, StoreError> {
    let sql = concat!(
        "DELETE FROM request WHERE id IN (SELECT r.id FROM request r WHERE ",
        old_request!("$1"),
        " AND NOT EXISTS (SELECT 1 FROM request q WHERE q.merged_into = r.id) LIMIT $2)"
    );
    Ok(query!(tx, execute sql, micros(before), most)?)
}

macro_rules! old_member {
    () => {
        concat!(
            " FROM member m WHERE m.lost_on < $1
             AND NOT EXISTS (SELECT 1 FROM account a WHERE a.member_id = m.id AND (a.closed_at IS NULL OR a.closed_at >= $2))
             AND NOT EXISTS (SELECT 1 FROM card c WHERE c.member_id = m.id AND (c.dispatched_on >= $1
                 OR c.state IN ('queued', 'held', 'drafted', 'exported', 'printed')))
             AND NOT EXISTS (SELECT 1 FROM card c JOIN batch_card k ON k.card_id = c.id JOIN batch b ON b.id = k.batch_id
                 WHERE c.member_id = m.id AND b.state NOT IN ('dispatched', 'cancelled'))
             AND NOT EXISTS (SELECT 1 FROM request r WHERE r.member_id = m.id AND NOT (",
            old_request!("$3"),
            ")) AND NOT EXISTS (SELECT 1 FROM contact_note n WHERE n.member_id = m.id AND NOT (",
            old_note!("n", "$4"),
            ")) AND NOT EXISTS (SELECT 1 FROM member f WHERE f.symbol = m.symbol AND f.number = m.number
                 AND (f.lost_on IS NULL OR f.lost_on >= $1))"
        )
    };
}

/// From when on records must stay, kind by kind: none where policy still holds all of them back.
#[derive(Debug, Clone, Copy)]
pub struct MemberBounds {
    /// Members who were lost before this day may go.
    pub before: NaiveDate,
    /// The same as an instant, for their accounts.
    pub midnight: DateTime<Utc>,
    /// Requests that are removed beside them.
    pub requests: Option<DateTime<Utc>>,
    /// Notes that are removed beside them.
    pub notes: Option<DateTime<Utc>>,
}

impl MemberBounds {
    fn instants(&self) -> [DateTime<Utc>; 3] {
        [Some(self.midnight), self.requests, self.notes].map(|at| micros(at.unwrap_or(DateTime::UNIX_EPOCH)))
    }
}

/// Members whose qualification and account ended before a day, with their tombstones and old cards (A9): not while a
/// card or its batch is under way, a request or note of theirs must stay, or another member of the family is insured.
pub async fn members(tx: &mut Tx, bounds: MemberBounds) -> Result<RetentionSpan, StoreError> {
    let [midnight, requests, notes] = bounds.instants();
    let sql = concat!("SELECT count(*), min(m.lost_on), max(m.lost_on)", old_member!());
    let found =
        query!(tx, one(i64, Option<NaiveDate>, Option<NaiveDate>), sql, bounds.before, midnight, requests, notes)?;
    let (count, oldest, newest) = found;
    Ok(RetentionSpan { count, oldest, newest })
}

/// Their row IDs.
pub async fn member_ids(tx: &mut Tx, bounds: MemberBounds) -> Result<Vec<i64>, StoreError> {
    let [midnight, requests, notes] = bounds.instants();
    let sql = concat!("SELECT m.id", old_member!(), " ORDER BY m.id");
    Ok(query!(tx, values i64, sql, bounds.before, midnight, requests, notes)?)
}

/// Removes those of these members who may still go; how many.
pub async fn remove_members(tx: &mut Tx, ids: &[i64], bounds: MemberBounds) -> Result<u64, StoreError> {
    const OLD: Sql = Sql {
        sqlite: concat!("SELECT m.id, m.name_key", old_member!(), " AND m.id IN (SELECT value FROM json_each($5))"),
        postgres: concat!(
            "SELECT m.id, m.name_key",
            old_member!(),
            " AND m.id IN (SELECT value::bigint FROM json_array_elements_text($5::json))"
        ),
    };
    let [midnight, requests, notes] = bounds.instants();
    let old = query!(tx, all(i64, String), OLD, bounds.before, midnight, requests, notes, id_list(ids))?;
    let going = id_list(&old.iter().map(|(id, _)| *id).collect::<Vec<_>>());
    // The next membership may go, too: until the first one is one that stays.
    while let Some(first) = query!(tx, maybe i64, LEFT_BEHIND, &going)? {
        super::person::hand_on(tx, first).await?;
    }
    for sql in OF_MEMBERS {
        query!(tx, execute * sql, &going)?;
    }
    let grams = old.iter().flat_map(|(id, name)| index_grams(name).into_iter().map(|gram| (gram.to_owned(), *id)));
    super::bulk::remove_grams(tx, &grams.collect::<Vec<_>>()).await?;
    Ok(old.len() as u64)
}

/// One among them that is the first membership of one that stays.
const LEFT_BEHIND: Sql = among!(
    "SELECT person_id FROM member WHERE person_id IN ",
    "
         AND id NOT IN ",
    " LIMIT 1"
);

/// Everything of members, what refers to something before what it refers to.
const OF_MEMBERS: &[Sql] = &[
    among!("DELETE FROM promise WHERE member_id IN ", ""),
    among!("DELETE FROM protective_measure WHERE member_id IN ", ""),
    among!("DELETE FROM call WHERE member_id IN ", ""),
    among!("UPDATE card SET one_off_id = NULL WHERE one_off_id IS NOT NULL AND member_id IN ", ""),
    among!("DELETE FROM one_off_address WHERE card_id IN (SELECT id FROM card WHERE member_id IN ", ")"),
    among!("DELETE FROM undelivered WHERE card_id IN (SELECT id FROM card WHERE member_id IN ", ")"),
    among!("DELETE FROM batch_card WHERE card_id IN (SELECT id FROM card WHERE member_id IN ", ")"),
    among!("DELETE FROM card WHERE member_id IN ", ""),
    among!("DELETE FROM portal_event WHERE member_id IN ", ""),
    among!("DELETE FROM account WHERE member_id IN ", ""),
    among!("DELETE FROM member_version WHERE member_id IN ", ""),
    // A11: the family of an earlier insured stays apart from the next one's; its own row says so from now on.
    among!("UPDATE member SET earlier_insured_id = id WHERE earlier_insured_id IN ", ""),
    among!("DELETE FROM member WHERE id IN ", ""),
];

/// Whether this program's role may remove entries of the log: on a server the owner of the tables may alone.
pub async fn may_remove_log(tx: &mut Tx) -> Result<bool, StoreError> {
    const MAY: Sql = Sql { sqlite: "SELECT TRUE", postgres: "SELECT has_table_privilege('audit', 'DELETE')" };
    Ok(query!(tx, value bool, MAY)?)
}

/// The span of the log up to an entry.
pub async fn audit_span(tx: &mut Tx, to: i64) -> Result<RetentionSpan, StoreError> {
    let sql = "SELECT count(*), min(at), max(at) FROM audit WHERE seq <= $1";
    Ok(query!(tx, one Moments, sql, to)?.into())
}

/// A proposal that is not approved yet.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PurgeProposal {
    /// What ended before this day.
    pub before_on: NaiveDate,
    /// How much that was, as the proposer saw it.
    #[sqlx(try_from = "String")]
    pub counts: RetentionCounts,
    /// Who proposed it, and does not approve it.
    pub proposed_by: String,
    /// Instant of the proposal.
    pub proposed_at: DateTime<Utc>,
}

/// The open proposal.
pub async fn open(tx: &mut Tx) -> Result<Option<PurgeProposal>, StoreError> {
    let sql = "SELECT before_on, counts, proposed_by, proposed_at FROM purge WHERE approved_at IS NULL";
    Ok(query!(tx, optional PurgeProposal, sql)?)
}

/// Takes the place of the open proposal, if there is one.
pub async fn propose(tx: &mut Tx, new: &PurgeProposal) -> Result<(), StoreError> {
    query!(tx, execute "DELETE FROM purge WHERE approved_at IS NULL")?;
    let sql = "INSERT INTO purge (before_on, counts, proposed_by, proposed_at) VALUES ($1, $2, $3, $4)";
    query!(tx, execute sql, new.before_on, new.counts.to_string(), &new.proposed_by, micros(new.proposed_at))?;
    Ok(())
}

/// The open proposal was carried out.
pub async fn approved(tx: &mut Tx, by: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
    query!(tx, execute "UPDATE purge SET approved_by = $1, approved_at = $2 WHERE approved_at IS NULL", by, micros(at))?;
    Ok(())
}
