//! 対応記録.

use super::{Sql, StoreError, Tx, micros};
use crate::domain::request::Channel;
use chrono::{DateTime, NaiveDate, Utc};

/// A note before it is stored.
#[derive(Debug, Clone)]
pub struct NewNote<'a> {
    /// Whom it is about.
    pub member_id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who writes.
    pub staff: &'a str,
    /// Phone, form or counter.
    pub channel: Channel,
    /// A topic's code, or `other`.
    pub topic: &'a str,
    /// What was said.
    pub body: &'a str,
    /// When to get back to the member.
    pub follow_up_on: Option<NaiveDate>,
}

/// A note with whom it is about.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct NoteLine {
    /// Row id.
    pub id: i64,
    /// 記号
    pub symbol: String,
    /// 番号
    pub number: String,
    /// 枝番
    pub branch: String,
    /// 氏名
    pub name: String,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// By whom.
    pub staff: String,
    /// Phone, form or counter.
    #[sqlx(try_from = "String")]
    pub channel: Channel,
    /// A topic's code, or `other`.
    pub topic: String,
    /// What was said.
    pub body: String,
    /// When to get back to the member.
    pub follow_up_on: Option<NaiveDate>,
    /// When that was done.
    pub done_at: Option<DateTime<Utc>>,
}

/// Stores a note; its row id.
pub async fn insert(tx: &mut Tx, note: &NewNote<'_>) -> Result<i64, StoreError> {
    Ok(run!(
        tx,
        value i64,
        "INSERT INTO contact_note (member_id, at, staff, channel, topic, body, follow_up_on) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        note.member_id,
        micros(note.at),
        note.staff,
        note.channel.code(),
        note.topic,
        note.body,
        note.follow_up_on
    )?)
}

/// One by row id.
pub async fn get(tx: &mut Tx, id: i64) -> Result<Option<NoteLine>, StoreError> {
    Ok(run!(
        tx,
        optional NoteLine,
        "SELECT n.id, m.symbol, m.number, m.branch, m.name, n.at, n.staff, n.channel, n.topic, n.body, n.follow_up_on, n.done_at
         FROM contact_note n JOIN member m ON m.id = n.member_id WHERE n.id = $1",
        id
    )?)
}

/// Follow-ups due by a day and not done, the longest due first.
pub async fn due(tx: &mut Tx, by: NaiveDate, limit: i64) -> Result<Vec<NoteLine>, StoreError> {
    Ok(run!(
        tx,
        all NoteLine,
        "SELECT n.id, m.symbol, m.number, m.branch, m.name, n.at, n.staff, n.channel, n.topic, n.body, n.follow_up_on, n.done_at
         FROM contact_note n JOIN member m ON m.id = n.member_id
         WHERE n.follow_up_on <= $1 AND n.done_at IS NULL ORDER BY n.follow_up_on, n.id LIMIT $2",
        by,
        limit
    )?)
}

/// Notes whose text contains this, newest first.
pub async fn containing(tx: &mut Tx, text: &str, limit: i64) -> Result<Vec<NoteLine>, StoreError> {
    const FIND: Sql = Sql {
        sqlite: "SELECT n.id, m.symbol, m.number, m.branch, m.name, n.at, n.staff, n.channel, n.topic, n.body, n.follow_up_on, n.done_at
                 FROM contact_note n JOIN member m ON m.id = n.member_id WHERE instr(n.body, $1) > 0 ORDER BY n.at DESC, n.id DESC LIMIT $2",
        postgres: "SELECT n.id, m.symbol, m.number, m.branch, m.name, n.at, n.staff, n.channel, n.topic, n.body, n.follow_up_on, n.done_at
                   FROM contact_note n JOIN member m ON m.id = n.member_id WHERE position($1 in n.body) > 0 ORDER BY n.at DESC, n.id DESC LIMIT $2",
    };
    Ok(run!(tx, all NoteLine, FIND, text, limit)?)
}

/// Notes that a follow-up was done; false where it was none, or done already.
pub async fn done(tx: &mut Tx, id: i64, at: DateTime<Utc>) -> Result<bool, StoreError> {
    let touched = run!(
        tx,
        execute "UPDATE contact_note SET done_at = $2 WHERE id = $1 AND follow_up_on IS NOT NULL AND done_at IS NULL",
        id,
        micros(at)
    )?;
    Ok(touched == 1)
}
