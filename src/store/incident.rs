//! 漏えい等: what happened, whose data, and what was done.

use super::{KeyColumns, StoreError, Tx, micros};
use crate::domain::{
    CardKind, CardState, IncidentCause, IncidentEntryKind, IncidentKind, IncidentState, IncidentStep, NoSuchStep,
};
use chrono::{DateTime, NaiveDate, Utc};

/// An incident before it is stored.
#[derive(Debug)]
pub struct NewIncident<'a> {
    /// The kind of incident: what happened.
    pub kind: IncidentKind,
    /// Whether a wrongful act may be behind it.
    pub cause: IncidentCause,
    /// What happened, in words.
    pub what: &'a str,
    /// The day on which it became known.
    pub known_on: NaiveDate,
    /// Row ID of the call that told of it.
    pub call_id: Option<i64>,
}

/// An incident as stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Incident {
    /// Number of the incident.
    pub id: i64,
    /// The kind of incident: what happened.
    #[sqlx(try_from = "String")]
    pub kind: IncidentKind,
    /// Whether a wrongful act may be behind it.
    #[sqlx(try_from = "String")]
    pub cause: IncidentCause,
    #[sqlx(try_from = "String")]
    state: IncidentState,
    /// What happened, in words.
    pub what: String,
    /// The day on which it became known.
    pub known_on: NaiveDate,
    /// Row ID of the call that told of it.
    pub call_id: Option<i64>,
    /// 職員ID
    pub opened_by: String,
    /// When it was recorded.
    pub opened_at: DateTime<Utc>,
    /// 職員ID
    pub closed_by: Option<String>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// What was done, once it is closed.
    pub measures: Option<String>,
}

impl Incident {
    /// Where it stands.
    pub const fn state(&self) -> IncidentState {
        self.state
    }

    /// Takes a step of [`INCIDENT_TABLE`](crate::domain::INCIDENT_TABLE).
    pub fn step(&mut self, step: IncidentStep) -> Result<(), NoSuchStep> {
        self.state = self.state.after(step).ok_or(NoSuchStep)?;
        Ok(())
    }
}

/// A person whose data an incident is about, through which card.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AffectedRow {
    /// Row ID of the member.
    pub member_id: i64,
    /// 記号・番号・枝番
    #[sqlx(flatten)]
    pub key: KeyColumns,
    /// 氏名
    pub name: String,
    /// Row ID of the card, where it is about one.
    pub card_id: Option<i64>,
    /// はがき番号
    pub serial: Option<String>,
    /// A code of `CardKind`.
    pub card_kind: Option<String>,
    /// A code of `CardState`.
    pub card_state: Option<String>,
    /// A code of `DeadReason`: why the password on the card is dead.
    pub dead_reason: Option<String>,
    /// 事業所名 of the parcel that the card went with.
    pub employer: Option<String>,
}

impl AffectedRow {
    /// What the card carries.
    pub fn kind(&self) -> Option<CardKind> {
        self.card_kind.as_deref().and_then(|code| code.parse().ok())
    }

    /// Whether the password on the card still counts.
    pub fn is_live(&self) -> bool {
        self.card_state.as_deref() == Some(CardState::Dispatched.code()) && self.dead_reason.is_none()
    }
}

/// An entry of the record.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct IncidentEntry {
    /// What it says.
    #[sqlx(try_from = "String")]
    pub kind: IncidentEntryKind,
    /// The day on which it was done.
    pub done_on: NaiveDate,
    /// What was done, in words.
    pub text: String,
    /// 職員ID
    #[sqlx(rename = "by_staff")]
    pub by: String,
    /// When it was written.
    pub at: DateTime<Utc>,
}

/// Records an incident; its number.
pub async fn insert(tx: &mut Tx, new: &NewIncident<'_>, by: &str, at: DateTime<Utc>) -> Result<i64, StoreError> {
    Ok(query!(
        tx,
        value i64,
        "INSERT INTO incident (kind, cause, state, what, known_on, call_id, opened_by, opened_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
        new.kind.code(),
        new.cause.code(),
        IncidentState::Open.code(),
        new.what,
        new.known_on,
        new.call_id,
        by,
        micros(at)
    )?)
}

/// Whether an incident was told in a call.
pub async fn was_told_in(tx: &mut Tx, call: i64) -> Result<bool, StoreError> {
    Ok(query!(tx, value i64, "SELECT COUNT(*) FROM incident WHERE call_id = $1", call)? > 0)
}

/// Adds a person, through a card or without one; false where that is on record already.
pub async fn affect(tx: &mut Tx, incident: i64, member_id: i64, card_id: Option<i64>) -> Result<bool, StoreError> {
    let touched = query!(
        tx,
        execute "INSERT INTO incident_member (incident_id, member_id, card_id)
         SELECT $1, $2, CAST($3 AS BIGINT) WHERE NOT EXISTS (SELECT 1 FROM incident_member
             WHERE incident_id = $1 AND member_id = $2 AND coalesce(card_id, 0) = coalesce(CAST($3 AS BIGINT), 0))",
        incident,
        member_id,
        card_id
    )?;
    Ok(touched == 1)
}

/// Appends an entry.
pub async fn append(tx: &mut Tx, incident: i64, entry: &IncidentEntry) -> Result<(), StoreError> {
    query!(
        tx,
        execute "INSERT INTO incident_entry (incident_id, kind, done_on, text, by_staff, at) VALUES ($1, $2, $3, $4, $5, $6)",
        incident,
        entry.kind.code(),
        entry.done_on,
        &entry.text,
        &entry.by,
        micros(entry.at)
    )?;
    Ok(())
}

/// Writes cause and state.
pub async fn update(tx: &mut Tx, incident: &Incident) -> Result<(), StoreError> {
    query!(
        tx,
        execute "UPDATE incident SET cause = $2, state = $3, closed_by = $4, closed_at = $5, measures = $6 WHERE id = $1",
        incident.id,
        incident.cause.code(),
        incident.state.code(),
        incident.closed_by.as_deref(),
        incident.closed_at.map(micros),
        incident.measures.as_deref()
    )?;
    Ok(())
}

/// One by number.
pub async fn get(tx: &mut Tx, id: i64) -> Result<Option<Incident>, StoreError> {
    Ok(query!(tx, optional Incident, "SELECT * FROM incident WHERE id = $1", id)?)
}

/// The open ones, those that became known first in front.
pub async fn open(tx: &mut Tx) -> Result<Vec<Incident>, StoreError> {
    Ok(query!(tx, all Incident, "SELECT * FROM incident WHERE state = 'open' ORDER BY known_on, id")?)
}

/// The closed ones, the latest first.
pub async fn closed(tx: &mut Tx, limit: i64) -> Result<Vec<Incident>, StoreError> {
    let sql = "SELECT * FROM incident WHERE state = 'closed' ORDER BY closed_at DESC, id DESC LIMIT $1";
    Ok(query!(tx, all Incident, sql, limit)?)
}

/// The incidents that are about a person, under whichever number, the latest first.
pub async fn of_person(tx: &mut Tx, person: i64) -> Result<Vec<Incident>, StoreError> {
    let sql = "SELECT * FROM incident WHERE id IN (SELECT i.incident_id FROM member m JOIN incident_member i
         ON i.member_id = m.id WHERE m.id = $1 OR m.person_id = $1) ORDER BY known_on DESC, id DESC";
    Ok(query!(tx, all Incident, sql, person)?)
}

/// The persons of an incident, in the order in which they were added.
pub async fn affected(tx: &mut Tx, incident: i64) -> Result<Vec<AffectedRow>, StoreError> {
    Ok(query!(
        tx,
        all AffectedRow,
        "SELECT i.member_id, m.symbol, m.number, m.branch, m.name, i.card_id, c.serial, c.kind AS card_kind,
                c.state AS card_state, c.dead_reason, e.name AS employer
         FROM incident_member i JOIN member m ON m.id = i.member_id LEFT JOIN card c ON c.id = i.card_id
         LEFT JOIN employer e ON e.id = c.employer_id WHERE i.incident_id = $1 ORDER BY i.id",
        incident
    )?)
}

/// The entries of an incident in their order.
pub async fn entries(tx: &mut Tx, incident: i64) -> Result<Vec<IncidentEntry>, StoreError> {
    let sql = "SELECT kind, done_on, text, by_staff, at FROM incident_entry WHERE incident_id = $1 ORDER BY id";
    Ok(query!(tx, all IncidentEntry, sql, incident)?)
}
