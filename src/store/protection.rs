//! R7: protective measures (保護措置). A measure is set under one membership and holds for the person.

use super::{StoreError, Tx, micros};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::HashMap;

/// A measure that stands.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct ProtectiveMeasure {
    /// Staff ID of the supervisor who set it.
    pub set_by: String,
    /// Since when it stands.
    pub set_at: DateTime<Utc>,
    /// Reason for the measure.
    pub reason: String,
}

/// The measure that stands for a person; the latest, where numbers of a person were protected before they were joined.
pub async fn of_person(tx: &mut Tx, person: i64) -> Result<Option<ProtectiveMeasure>, StoreError> {
    Ok(query!(
        tx,
        optional ProtectiveMeasure,
        "SELECT p.set_by, p.set_at, p.reason FROM protective_measure p JOIN member m ON m.id = p.member_id
         WHERE p.ended_at IS NULL AND (m.id = $1 OR m.person_id = $1) ORDER BY p.set_at DESC LIMIT 1",
        person
    )?)
}

/// A card of a protected person that is on paper or was sent, and whose password may still count.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct CardOut {
    /// はがき番号 as printed.
    pub serial: String,
    /// 発送日; nothing while it is in hand.
    pub dispatched_on: Option<NaiveDate>,
}

/// The cards of a person that are on paper or were sent, under every number, by serial.
pub async fn cards_out(tx: &mut Tx, person: i64) -> Result<Vec<CardOut>, StoreError> {
    Ok(query!(
        tx,
        all CardOut,
        "SELECT c.serial, CASE WHEN c.state = 'dispatched' THEN c.dispatched_on END AS dispatched_on
         FROM card c JOIN member m ON m.id = c.member_id
         WHERE (m.id = $1 OR m.person_id = $1) AND c.serial IS NOT NULL
           AND (c.state IN ('exported', 'printed') OR (c.state = 'dispatched' AND c.dead_on IS NULL))
         ORDER BY c.serial",
        person
    )?)
}

/// Everyone who is protected, by person, and since when. They are few: a list of members is compared with this one.
pub async fn persons(tx: &mut Tx) -> Result<HashMap<i64, DateTime<Utc>>, StoreError> {
    let rows = query!(
        tx,
        all(i64, DateTime<Utc>),
        "SELECT COALESCE(m.person_id, m.id), MIN(p.set_at) FROM protective_measure p JOIN member m ON m.id = p.member_id
         WHERE p.ended_at IS NULL GROUP BY COALESCE(m.person_id, m.id)"
    )?;
    Ok(rows.into_iter().collect())
}

/// Sets a measure.
pub async fn set(tx: &mut Tx, member: i64, set: &ProtectiveMeasure) -> Result<(), StoreError> {
    let sql = "INSERT INTO protective_measure (member_id, set_by, set_at, reason) VALUES ($1, $2, $3, $4)";
    query!(tx, execute sql, member, &set.set_by, micros(set.set_at), &set.reason)?;
    Ok(())
}

/// Ends every measure that stands for a person; how many.
pub async fn end(tx: &mut Tx, person: i64, end: &ProtectiveMeasure) -> Result<u64, StoreError> {
    Ok(query!(
        tx,
        execute "UPDATE protective_measure SET ended_by = $2, ended_at = $3, end_reason = $4
         WHERE ended_at IS NULL AND member_id IN (SELECT id FROM member WHERE id = $1 OR person_id = $1)",
        person,
        &end.set_by,
        micros(end.set_at),
        &end.reason
    )?)
}
