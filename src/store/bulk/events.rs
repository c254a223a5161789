//! Portal events that were applied: which ones, and how new.

use crate::domain::portal::EventKind;
use crate::store::{StoreError, Tx, micros};
use chrono::{DateTime, Utc};

/// What an event speaks of: an older word on the same subject counts for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Web display and the viewing password.
    Viewing,
    /// The mail address.
    Mail,
}

/// What the event with this 連番 said, if it was applied.
pub async fn event_digest(tx: &mut Tx, seq: i64) -> Result<Option<String>, StoreError> {
    Ok(query!(tx, maybe String, "SELECT digest FROM portal_event WHERE seq = $1", seq)?)
}

/// When the member's newest event on a subject was.
pub async fn newest_of(tx: &mut Tx, member_id: i64, subject: Subject) -> Result<Option<DateTime<Utc>>, StoreError> {
    const VIEWING: &str = "SELECT occurred_at FROM portal_event WHERE member_id = $1
         AND kind IN ('registered', 'web_display_on', 'web_display_off', 'viewing_reissue', 'viewing_changed') ORDER BY occurred_at DESC LIMIT 1";
    const MAIL: &str = "SELECT occurred_at FROM portal_event WHERE member_id = $1 AND kind IN ('registered', 'email_changed') ORDER BY occurred_at DESC LIMIT 1";
    let query = match subject {
        Subject::Viewing => VIEWING,
        Subject::Mail => MAIL,
    };
    Ok(query!(tx, maybe DateTime<Utc>, query, member_id)?)
}

/// Notes an applied event.
pub async fn add_event(
    tx: &mut Tx,
    seq: i64,
    at: DateTime<Utc>,
    kind: EventKind,
    member_id: i64,
    digest: &str,
) -> Result<(), StoreError> {
    query!(
        tx,
        execute "INSERT INTO portal_event (seq, occurred_at, kind, member_id, digest) VALUES ($1, $2, $3, $4, $5)",
        seq,
        micros(at),
        kind.code(),
        member_id,
        digest
    )?;
    Ok(())
}
