//! Counts for the statistics: a few statements for a span of days, whatever is in it.

use super::{Sql, StoreError, Tx, micros};
use crate::text::japan::midnight;
use chrono::NaiveDate;

/// Days from the first to the one behind the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaySpan {
    /// The first day.
    pub first: NaiveDate,
    /// The day after the last one.
    pub end: NaiveDate,
}

/// Registrations, and how many of them wished the display.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct RegistrationCount {
    /// Accounts that were registered.
    pub registered: i64,
    /// Of these, accounts with a card that the registration asked for.
    pub wished: i64,
}

/// Dispatched cards of one kind and cause that needed as many days.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct IssuedCount {
    /// Kind of card.
    pub kind: String,
    /// Why it was asked for first.
    pub cause: String,
    /// Calendar days from the first asking to the dispatch.
    pub days: i64,
    /// How many cards.
    pub count: i64,
}

/// A number of two kinds: parcels and receipts, incidents and persons.
pub type PairCount = (i64, i64);

/// Accounts registered in these days.
pub async fn registrations(tx: &mut Tx, span: DaySpan) -> Result<RegistrationCount, StoreError> {
    Ok(query!(
        tx,
        one RegistrationCount,
        "SELECT COUNT(*) AS registered,
                COUNT(CASE WHEN EXISTS (SELECT 1 FROM card c WHERE c.member_id = a.member_id AND c.account_id = a.id
                    AND c.kind = 'viewing' AND c.cause = 'registered') THEN 1 END) AS wished
         FROM account a WHERE a.registered_at >= $1 AND a.registered_at < $2",
        micros(midnight(span.first)),
        micros(midnight(span.end))
    )?)
}

/// A card that replaces a spoiled one was asked for when the first of them was: `made` goes back from each card to it.
macro_rules! issued {
    ($days:literal) => {
        concat!(
            "WITH RECURSIVE made (id, first_id) AS (
                SELECT c.id, c.id FROM card c WHERE c.dispatched_on >= $1 AND c.dispatched_on < $2
                UNION ALL
                SELECT made.id, o.replaces FROM made JOIN card o ON o.id = made.first_id
                  WHERE o.cause = 'spoiled' AND o.replaces IS NOT NULL),
             asked (id, first_id) AS (SELECT id, MIN(first_id) FROM made GROUP BY id)
             SELECT c.kind, f.cause, ",
            $days,
            " AS days, COUNT(*) AS count
             FROM asked JOIN card c ON c.id = asked.id JOIN card f ON f.id = asked.first_id GROUP BY 1, 2, 3"
        )
    };
}

/// Cards dispatched in these days.
pub async fn issued(tx: &mut Tx, span: DaySpan) -> Result<Vec<IssuedCount>, StoreError> {
    const ISSUED: Sql = Sql {
        sqlite: issued!("CAST(julianday(c.dispatched_on) - julianday(date(f.asked_at, '+9 hours')) AS INTEGER)"),
        postgres: issued!("(c.dispatched_on - (f.asked_at AT TIME ZONE 'Asia/Tokyo')::date)::bigint"),
    };
    Ok(query!(tx, all IssuedCount, ISSUED, span.first, span.end)?)
}

/// Cards that came back in these days, by reason; empty where none was given.
pub async fn returned(tx: &mut Tx, span: DaySpan) -> Result<Vec<(String, i64)>, StoreError> {
    Ok(query!(
        tx,
        all(String, i64),
        "SELECT COALESCE(return_reason, ''), COUNT(*) FROM card WHERE returned_on >= $1 AND returned_on < $2 GROUP BY 1",
        span.first,
        span.end
    )?)
}

/// Cards of which an employer said in these days that they could not be handed over, by reason.
pub async fn undelivered(tx: &mut Tx, span: DaySpan) -> Result<Vec<(String, i64)>, StoreError> {
    Ok(query!(
        tx,
        all(String, i64),
        "SELECT reason, COUNT(*) FROM undelivered WHERE noted_on >= $1 AND noted_on < $2 GROUP BY reason",
        span.first,
        span.end
    )?)
}

/// Parcels dispatched in these days, and how many of their receipts are back.
pub async fn parcels(tx: &mut Tx, span: DaySpan) -> Result<PairCount, StoreError> {
    Ok(query!(
        tx,
        one PairCount,
        "SELECT COUNT(*), COUNT(u.receipt_on) FROM bundle u JOIN batch b ON b.id = u.batch_id
         WHERE b.state = 'dispatched' AND u.cards > 0 AND b.dispatched_on >= $1 AND b.dispatched_on < $2",
        span.first,
        span.end
    )?)
}

/// Requests for login data that came in on these days, by channel. Every state is named, so that the index is used.
pub async fn requests(tx: &mut Tx, span: DaySpan) -> Result<Vec<(String, i64)>, StoreError> {
    Ok(query!(
        tx,
        all(String, i64),
        "SELECT channel, COUNT(*) FROM request
         WHERE state IN ('new', 'verifying', 'on_hold', 'queued', 'done', 'rejected') AND kind = 'login_info'
           AND received_at >= $1 AND received_at < $2 GROUP BY channel",
        micros(midnight(span.first)),
        micros(midnight(span.end))
    )?)
}

/// Notes and calls without a member of these days, by channel and topic.
pub async fn inquiries(tx: &mut Tx, span: DaySpan) -> Result<Vec<(String, String, i64)>, StoreError> {
    Ok(query!(
        tx,
        all (String, String, i64),
        "SELECT channel, topic, COUNT(*) FROM (
            SELECT channel, topic FROM contact_note WHERE at >= $1 AND at < $2 AND adds_to IS NULL
            UNION ALL
            SELECT channel, topic FROM call
              WHERE started_at >= $1 AND started_at < $2 AND ended_at IS NOT NULL AND member_id IS NULL AND note_id IS NULL) i
         GROUP BY channel, topic",
        micros(midnight(span.first)),
        micros(midnight(span.end))
    )?)
}

/// Incidents that became known on these days, and the different persons whose data they are about.
pub async fn incidents(tx: &mut Tx, span: DaySpan) -> Result<PairCount, StoreError> {
    Ok(query!(
        tx,
        one PairCount,
        "SELECT COUNT(DISTINCT i.id), COUNT(DISTINCT COALESCE(m.person_id, m.id))
         FROM incident i LEFT JOIN incident_member p ON p.incident_id = i.id LEFT JOIN member m ON m.id = p.member_id
         WHERE i.known_on >= $1 AND i.known_on < $2",
        span.first,
        span.end
    )?)
}

/// Registrations and dispatched cards of each month (`2026-11`); months without any are left out.
pub async fn by_month(tx: &mut Tx, span: DaySpan) -> Result<Vec<(String, i64, i64)>, StoreError> {
    const MONTHS: Sql = Sql {
        sqlite: "SELECT month, SUM(registered), SUM(issued) FROM (
                SELECT strftime('%Y-%m', registered_at, '+9 hours') AS month, COUNT(*) AS registered, 0 AS issued
                  FROM account WHERE registered_at >= $1 AND registered_at < $2 GROUP BY 1
                UNION ALL
                SELECT strftime('%Y-%m', dispatched_on), 0, COUNT(*)
                  FROM card WHERE dispatched_on >= $3 AND dispatched_on < $4 GROUP BY 1)
             GROUP BY month ORDER BY month",
        postgres: "SELECT month, SUM(registered)::bigint, SUM(issued)::bigint FROM (
                SELECT to_char(registered_at AT TIME ZONE 'Asia/Tokyo', 'YYYY-MM') AS month, COUNT(*) AS registered, 0 AS issued
                  FROM account WHERE registered_at >= $1 AND registered_at < $2 GROUP BY 1
                UNION ALL
                SELECT to_char(dispatched_on, 'YYYY-MM'), 0, COUNT(*)
                  FROM card WHERE dispatched_on >= $3 AND dispatched_on < $4 GROUP BY 1) m
             GROUP BY month ORDER BY month",
    };
    Ok(query!(
        tx,
        all(String, i64, i64),
        MONTHS,
        micros(midnight(span.first)),
        micros(midnight(span.end)),
        span.first,
        span.end
    )?)
}
