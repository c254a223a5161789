//! What retention no longer allows: counted and removed, one kind after the other in one transaction.
//!
//! Notes and requests go first: a member goes only when nothing is left that must stay.

use super::{Sql, StoreError, Tx, micros};
use crate::domain::RetentionCounts;
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

macro_rules! notes {
    () => {
        " FROM contact_note WHERE at < $1 AND (follow_up_on IS NULL OR done_at IS NOT NULL)"
    };
}

/// Calls that are a note themselves: without a member, and drafts that were never ended.
macro_rules! calls {
    () => {
        " FROM call WHERE started_at < $1 AND note_id IS NULL"
    };
}

/// Incidents that were closed.
macro_rules! incidents {
    () => {
        " FROM incident WHERE state = 'closed' AND closed_at < $1"
    };
}

/// 対応記録 from before an instant, closed incidents and those of calls without a member and drafts included; not those with an open follow-up.
pub async fn notes(tx: &mut Tx, before: DateTime<Utc>) -> Result<RetentionSpan, StoreError> {
    let before = micros(before);
    let found = query!(
        tx,
        one Moments,
        concat!(
            "SELECT count(*), min(at), max(at) FROM (SELECT at",
            notes!(),
            " UNION ALL SELECT started_at AS at",
            calls!(),
            " UNION ALL SELECT closed_at AS at",
            incidents!(),
            ") x"
        ),
        before
    )?;
    query!(tx, execute concat!("DELETE", incidents!()), before)?;
    query!(tx, execute concat!("DELETE", calls!()), before)?;
    query!(tx, execute concat!("DELETE FROM call WHERE note_id IN (SELECT id", notes!(), ")"), before)?;
    query!(tx, execute concat!("DELETE", notes!()), before)?;
    Ok(found.into())
}

macro_rules! requests {
    () => {
        " FROM request WHERE state IN ('done', 'rejected') AND coalesce(settled_at, received_at) < $1
         AND NOT EXISTS (SELECT 1 FROM card c WHERE c.id = request.card_id
             AND c.state IN ('queued', 'held', 'drafted', 'exported', 'printed'))
         AND NOT EXISTS (SELECT 1 FROM request r WHERE r.merged_into = request.id
             AND NOT (r.state IN ('done', 'rejected') AND coalesce(r.settled_at, r.received_at) < $1))"
    };
}

/// Requests settled before a moment, except where a card is under way, or one that was merged into it must stay.
pub async fn requests(tx: &mut Tx, before: DateTime<Utc>) -> Result<RetentionSpan, StoreError> {
    let before = micros(before);
    let count = concat!(
        "SELECT count(*), min(coalesce(settled_at, received_at)), max(coalesce(settled_at, received_at))",
        requests!()
    );
    let found = query!(tx, one Moments, count, before)?;
    query!(tx, execute concat!("DELETE", requests!()), before)?;
    Ok(found.into())
}

macro_rules! members {
    () => {
        " FROM member WHERE lost_on < $1
         AND NOT EXISTS (SELECT 1 FROM account a WHERE a.member_id = member.id AND (a.closed_at IS NULL OR a.closed_at >= $2))
         AND NOT EXISTS (SELECT 1 FROM card c WHERE c.member_id = member.id AND (c.dispatched_on >= $1
             OR c.state IN ('queued', 'held', 'drafted', 'exported', 'printed')))
         AND NOT EXISTS (SELECT 1 FROM card c JOIN batch_card k ON k.card_id = c.id JOIN batch b ON b.id = k.batch_id
             WHERE c.member_id = member.id AND b.state NOT IN ('dispatched', 'cancelled'))
         AND NOT EXISTS (SELECT 1 FROM request r WHERE r.member_id = member.id)
         AND NOT EXISTS (SELECT 1 FROM contact_note n WHERE n.member_id = member.id)
         AND NOT EXISTS (SELECT 1 FROM incident_member i WHERE i.member_id = member.id)
         AND NOT EXISTS (SELECT 1 FROM member f WHERE f.symbol = member.symbol AND f.number = member.number
             AND (f.lost_on IS NULL OR f.lost_on >= $1))"
    };
}

/// Members whose qualification and account ended before a day, with their tombstones and old cards (A9): not while a
/// card or its batch is under way, a request, note or incident of theirs must stay, or another member of the family is insured.
pub async fn members(tx: &mut Tx, before: NaiveDate, midnight: DateTime<Utc>) -> Result<RetentionSpan, StoreError> {
    let midnight = micros(midnight);
    let sql = concat!("SELECT count(*), min(lost_on), max(lost_on)", members!());
    let (count, oldest, newest) = query!(tx, one(i64, Option<NaiveDate>, Option<NaiveDate>), sql, before, midnight)?;
    for id in query!(tx, values i64, concat!("SELECT id", members!()), before, midnight)? {
        super::person::hand_on(tx, id).await?;
        for sql in OF_A_MEMBER {
            query!(tx, execute * sql, id)?;
        }
    }
    if count > 0 {
        // Grams are found by their text: one walk for all members.
        query!(tx, execute "DELETE FROM member_gram WHERE NOT EXISTS (SELECT 1 FROM member m WHERE m.id = member_id)")?;
    }
    Ok(RetentionSpan { count, oldest, newest })
}

/// Everything of one member, what refers to something before what it refers to.
const OF_A_MEMBER: &[&str] = &[
    "DELETE FROM promise WHERE member_id = $1",
    "DELETE FROM protective_measure WHERE member_id = $1",
    "DELETE FROM call WHERE member_id = $1",
    "UPDATE card SET one_off_id = NULL WHERE member_id = $1 AND one_off_id IS NOT NULL",
    "DELETE FROM one_off_address WHERE card_id IN (SELECT id FROM card WHERE member_id = $1)",
    "DELETE FROM undelivered WHERE card_id IN (SELECT id FROM card WHERE member_id = $1)",
    "DELETE FROM batch_card WHERE card_id IN (SELECT id FROM card WHERE member_id = $1)",
    "DELETE FROM card WHERE member_id = $1",
    "DELETE FROM portal_event WHERE member_id = $1",
    "DELETE FROM account WHERE member_id = $1",
    "DELETE FROM member_version WHERE member_id = $1",
    // A11: the family of an earlier insured stays apart from the next one's; its own row says so from now on.
    "UPDATE member SET earlier_insured_id = id WHERE earlier_insured_id = $1",
    "DELETE FROM member WHERE id = $1",
];

/// The span of what [`super::audit::purge`] would remove.
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
