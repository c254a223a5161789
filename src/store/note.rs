//! 対応記録.

use super::{KeyColumns, Sql, StoreError, Tx, micros};
use crate::domain::diagnosis::{CallerKind, Section};
use crate::domain::request::Channel;
use chrono::{DateTime, NaiveDate, Utc};

/// A note before it is stored.
#[derive(Debug, Clone)]
pub struct NewNote<'a> {
    /// Row ID of the member.
    pub member_id: i64,
    /// Instant of the contact.
    pub at: DateTime<Utc>,
    /// Staff ID of the author.
    pub staff: &'a str,
    /// Phone, form or counter.
    pub channel: Channel,
    /// A topic's code, or `other`.
    pub topic: &'a str,
    /// What was said.
    pub body: &'a str,
    /// The same, folded for the search.
    pub search: &'a str,
    /// When to get back to the member.
    pub follow_up_on: Option<NaiveDate>,
    /// Where the caller was sent on to.
    pub referred: Option<Section>,
    /// Who called; nothing where the note is no call.
    pub caller: Option<CallerKind>,
    /// The number to call back.
    pub phone: &'a str,
    /// The note that this one supplements or corrects.
    pub adds_to: Option<i64>,
    /// Whether the caller was identified before.
    pub identified: bool,
}

/// A note with its member.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct NoteLine {
    /// Row ID of the note.
    pub id: i64,
    /// 記号・番号・枝番
    #[sqlx(flatten)]
    #[serde(flatten)]
    pub key: KeyColumns,
    /// 氏名
    pub name: String,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// Staff ID of the author.
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
    /// Who called: a code of `CallerKind`.
    pub caller: Option<String>,
    /// The number to call back.
    pub phone: String,
    /// The note that this one supplements or corrects.
    pub adds_to: Option<i64>,
    /// R7: whether a protective measure stands; it is told first.
    pub protected: bool,
}

/// What the lists of notes read.
macro_rules! notes {
    ($rest:literal) => {
        concat!(
            "SELECT n.id, m.symbol, m.number, m.branch, m.name, n.at, n.staff, n.channel, n.topic, n.body, n.follow_up_on, n.done_at,
                    n.caller, n.phone, n.adds_to, ",
            is_protected!(),
            " AS protected
             FROM contact_note n JOIN member m ON m.id = n.member_id ",
            $rest
        )
    };
}

/// Stores a note; its row id.
pub async fn insert(tx: &mut Tx, note: &NewNote<'_>) -> Result<i64, StoreError> {
    Ok(query!(
        tx,
        value i64,
        "INSERT INTO contact_note (member_id, at, staff, channel, topic, body, search, follow_up_on, referred, caller, phone, adds_to, identified)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id",
        note.member_id,
        micros(note.at),
        note.staff,
        note.channel.code(),
        note.topic,
        note.body,
        note.search,
        note.follow_up_on,
        note.referred.map(Section::code),
        note.caller.map(CallerKind::code),
        note.phone,
        note.adds_to,
        note.identified
    )?)
}

/// the numbers to call back of notes on a person whose caller was identified as that person, from before an instant.
pub async fn verified_numbers(tx: &mut Tx, person: i64, before: DateTime<Utc>) -> Result<Vec<String>, StoreError> {
    Ok(query!(
        tx,
        values String,
        "SELECT DISTINCT n.phone FROM contact_note n JOIN member m ON m.id = n.member_id
         WHERE (m.id = $1 OR m.person_id = $1) AND n.identified AND n.caller = 'member' AND n.phone <> '' AND n.at < $2
         ORDER BY n.phone",
        person,
        micros(before)
    )?)
}

/// One by row id.
pub async fn get(tx: &mut Tx, id: i64) -> Result<Option<NoteLine>, StoreError> {
    Ok(query!(tx, optional NoteLine, notes!("WHERE n.id = $1"), id)?)
}

/// Follow-ups due by a day and not done, the longest due first.
pub async fn due(tx: &mut Tx, by: NaiveDate, limit: i64) -> Result<Vec<NoteLine>, StoreError> {
    Ok(query!(
        tx,
        all NoteLine,
        notes!("WHERE n.follow_up_on <= $1 AND n.done_at IS NULL ORDER BY n.follow_up_on, n.id LIMIT $2"),
        by,
        limit
    )?)
}

/// Words of one search; more are not told apart.
pub const WORDS: usize = 4;

/// Notes with every word in their folded text, author, phone or member, newest first; an empty word matches every note. Ids ascend in the order of
/// writing, so the search reads from the end and stops with the last note that it shows.
pub async fn containing(tx: &mut Tx, words: &[String; WORDS], limit: i64) -> Result<Vec<NoteLine>, StoreError> {
    const FIND: Sql = Sql {
        sqlite: notes!(
            "WHERE n.id IN (SELECT s.id FROM (SELECT c.id, c.search || ' ' || upper(c.staff) || ' ' || c.phone || ' ' || replace(c.phone, '-', '')
                    || ' ' || o.symbol || '-' || o.number || '-' || o.branch || ' ' || o.name_key AS words
                FROM contact_note c JOIN member o ON o.id = c.member_id) s
                WHERE instr(words, $1) > 0 AND instr(words, $2) > 0 AND instr(words, $3) > 0 AND instr(words, $4) > 0
                ORDER BY s.id DESC LIMIT $5)
             ORDER BY n.at DESC, n.id DESC"
        ),
        postgres: notes!(
            "WHERE n.id IN (SELECT s.id FROM (SELECT c.id, c.search || ' ' || upper(c.staff) || ' ' || c.phone || ' ' || replace(c.phone, '-', '')
                    || ' ' || o.symbol || '-' || o.number || '-' || o.branch || ' ' || o.name_key AS words
                FROM contact_note c JOIN member o ON o.id = c.member_id) s
                WHERE position($1 in words) > 0 AND position($2 in words) > 0 AND position($3 in words) > 0
                AND position($4 in words) > 0 ORDER BY s.id DESC LIMIT $5)
             ORDER BY n.at DESC, n.id DESC"
        ),
    };
    let [first, second, third, fourth] = words;
    Ok(query!(tx, all NoteLine, FIND, first, second, third, fourth, limit)?)
}

/// How a follow-up ended.
#[derive(Debug, Clone, Copy)]
pub struct FollowUpDone<'a> {
    /// Instant at which it was done.
    pub at: DateTime<Utc>,
    /// Who saw to it.
    pub staff: &'a str,
    /// What came of it.
    pub closing: Option<&'a str>,
}

/// Notes that a follow-up was done; false where it was none, or done already.
pub async fn done(tx: &mut Tx, id: i64, done: FollowUpDone<'_>) -> Result<bool, StoreError> {
    let touched = query!(
        tx,
        execute "UPDATE contact_note SET done_at = $2, done_by = $3, closing = $4
                 WHERE id = $1 AND follow_up_on IS NOT NULL AND done_at IS NULL",
        id,
        micros(done.at),
        done.staff,
        done.closing
    )?;
    Ok(touched == 1)
}
