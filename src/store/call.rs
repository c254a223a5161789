//! 電話: open ones with the draft of their note, and what they became.

use super::{KeyColumns, StoreError, Tx, micros};
use crate::domain::diagnosis::{CallerKind, Section};
use crate::domain::request::Channel;
use chrono::{DateTime, Utc};

/// A call as far as it was noted.
#[derive(Debug, Clone)]
pub struct CallFields<'a> {
    /// Phone, form or counter.
    pub channel: Channel,
    /// Who is on the line; nothing where it is no call.
    pub caller: Option<CallerKind>,
    /// The caller's name and firm, as said.
    pub name: &'a str,
    /// The number to call back.
    pub phone: &'a str,
    /// Row ID of the member that it is about.
    pub member_id: Option<i64>,
    /// A topic's code, or `other`.
    pub topic: &'a str,
    /// What was said.
    pub body: &'a str,
    /// Where the caller was sent on to.
    pub referred: Option<Section>,
    /// When to get back to the caller, as typed.
    pub follow_up_on: &'a str,
    /// The note that this one supplements or corrects.
    pub adds_to: Option<i64>,
}

/// A call with its member and, where it has ended in one, its note.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct CallRow {
    /// Row ID of the call.
    pub id: i64,
    /// Staff ID of its owner.
    pub staff: String,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended; nothing while it is open.
    pub ended_at: Option<DateTime<Utc>>,
    /// Phone, form or counter.
    #[sqlx(try_from = "String")]
    pub channel: Channel,
    /// A code of `CallerKind`.
    pub caller: Option<String>,
    /// The caller's name and firm, as said.
    pub name: String,
    /// The number to call back.
    pub phone: String,
    /// The key of the member, where it is about one.
    pub symbol: Option<String>,
    /// 番号
    pub number: Option<String>,
    /// 枝番
    pub branch: Option<String>,
    /// 氏名
    pub member_name: Option<String>,
    /// A topic's code, or `other`.
    pub topic: String,
    /// What was said.
    pub body: String,
    /// A code of `Section`.
    pub referred: Option<String>,
    /// As typed, of an open call.
    pub follow_up_on: String,
    /// The note that this one supplements or corrects.
    pub adds_to: Option<i64>,
    /// The note that it became.
    pub note_id: Option<i64>,
}

impl CallRow {
    /// The key of the member.
    pub fn key(&self) -> Option<KeyColumns> {
        let (symbol, number, branch) = (self.symbol.clone()?, self.number.clone()?, self.branch.clone()?);
        Some(KeyColumns { symbol, number, branch })
    }
}

macro_rules! calls {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.staff, c.started_at, c.ended_at, c.channel, c.caller, c.name, coalesce(n.phone, c.phone) AS phone,
                    m.symbol, m.number, m.branch, m.name AS member_name, coalesce(n.topic, c.topic) AS topic,
                    coalesce(n.body, c.body) AS body, c.referred, c.follow_up_on, c.adds_to, c.note_id
             FROM call c LEFT JOIN member m ON m.id = c.member_id LEFT JOIN contact_note n ON n.id = c.note_id ",
            $rest
        )
    };
}

/// Begins a call; its row id.
pub async fn begin(tx: &mut Tx, staff: &str, at: DateTime<Utc>, call: &CallFields<'_>) -> Result<i64, StoreError> {
    Ok(query!(
        tx,
        value i64,
        "INSERT INTO call (staff, started_at, saved_at, channel, caller, name, phone, member_id, topic, body, referred, follow_up_on, adds_to)
         VALUES ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id",
        staff,
        micros(at),
        call.channel.code(),
        call.caller.map(CallerKind::code),
        call.name,
        call.phone,
        call.member_id,
        call.topic,
        call.body,
        call.referred.map(Section::code),
        call.follow_up_on,
        call.adds_to
    )?)
}

/// Keeps an open call of this person; false where there is none.
pub async fn keep(
    tx: &mut Tx,
    (id, staff): (i64, &str),
    at: DateTime<Utc>,
    call: &CallFields<'_>,
) -> Result<bool, StoreError> {
    let touched = query!(
        tx,
        execute "UPDATE call SET saved_at = $3, channel = $4, caller = $5, name = $6, phone = $7, member_id = $8, topic = $9,
                 body = $10, referred = $11, follow_up_on = $12, adds_to = $13
                 WHERE id = $1 AND staff = $2 AND ended_at IS NULL",
        id,
        staff,
        micros(at),
        call.channel.code(),
        call.caller.map(CallerKind::code),
        call.name,
        call.phone,
        call.member_id,
        call.topic,
        call.body,
        call.referred.map(Section::code),
        call.follow_up_on,
        call.adds_to
    )?;
    Ok(touched == 1)
}

/// An open call of this person has ended without a note of a member: it keeps its text. False where there is none.
pub async fn end(tx: &mut Tx, (id, staff): (i64, &str), at: DateTime<Utc>) -> Result<bool, StoreError> {
    let touched = query!(
        tx,
        execute "UPDATE call SET ended_at = $3 WHERE id = $1 AND staff = $2 AND ended_at IS NULL",
        id,
        staff,
        micros(at)
    )?;
    Ok(touched == 1)
}

/// An open call of this person has become a note, which has its text from now on; false where there is none.
pub async fn became(tx: &mut Tx, (id, staff): (i64, &str), at: DateTime<Utc>, note: i64) -> Result<bool, StoreError> {
    let touched = query!(
        tx,
        execute "UPDATE call SET ended_at = $3, note_id = $4, phone = '', body = '', topic = 'other', follow_up_on = '',
                 referred = NULL, adds_to = NULL, member_id = (SELECT n.member_id FROM contact_note n WHERE n.id = $4)
                 WHERE id = $1 AND staff = $2 AND ended_at IS NULL",
        id,
        staff,
        micros(at),
        note
    )?;
    Ok(touched == 1)
}

/// Erases an open call of this person: it was given up. False where there is none.
pub async fn erase(tx: &mut Tx, (id, staff): (i64, &str)) -> Result<bool, StoreError> {
    let sql = "DELETE FROM call WHERE id = $1 AND staff = $2 AND ended_at IS NULL";
    Ok(query!(tx, execute sql, id, staff)? == 1)
}

/// One that this person may read: an open one is its owner's alone.
pub async fn get(tx: &mut Tx, id: i64, reader: &str) -> Result<Option<CallRow>, StoreError> {
    let sql = calls!("WHERE c.id = $1 AND (c.ended_at IS NOT NULL OR c.staff = $2)");
    Ok(query!(tx, optional CallRow, sql, id, reader)?)
}

/// The open calls of a person, the oldest first.
pub async fn open_of(tx: &mut Tx, staff: &str) -> Result<Vec<CallRow>, StoreError> {
    let sql = calls!("WHERE c.ended_at IS NULL AND c.staff = $1 ORDER BY c.started_at, c.id");
    Ok(query!(tx, all CallRow, sql, staff)?)
}

/// Calls that began between two instants and that this person may read, the newest first.
pub async fn between(
    tx: &mut Tx,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    reader: &str,
    limit: i64,
) -> Result<Vec<CallRow>, StoreError> {
    let sql = calls!(
        "WHERE c.started_at >= $1 AND c.started_at < $2 AND (c.ended_at IS NOT NULL OR c.staff = $3)
         ORDER BY c.started_at DESC, c.id DESC LIMIT $4"
    );
    Ok(query!(tx, all CallRow, sql, micros(from), micros(to), reader, limit)?)
}

/// The latest ended calls of contacts: about a member of this employer, or about no member.
pub async fn of_contacts(tx: &mut Tx, employer_id: i64, limit: i64) -> Result<Vec<CallRow>, StoreError> {
    let sql = calls!(
        "WHERE c.caller = 'employer' AND c.ended_at IS NOT NULL AND (c.member_id IS NULL OR m.employer_id = $1)
         ORDER BY c.started_at DESC, c.id DESC LIMIT $2"
    );
    Ok(query!(tx, all CallRow, sql, employer_id, limit)?)
}
