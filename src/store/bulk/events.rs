//! Portal events that were applied: which ones, and how new.

use crate::domain::portal::EventKind;
use crate::store::query::{id_list, instant};
use crate::store::{Sql, StoreError, Tx};
use chrono::{DateTime, Utc};
use serde_json::json;

/// An event that was applied.
#[derive(Debug, Clone)]
pub struct AppliedEvent {
    /// 連番
    pub seq: i64,
    /// 発生日時
    pub at: DateTime<Utc>,
    /// 種別
    pub kind: EventKind,
    /// Row ID of the member.
    pub member_id: i64,
    /// Digest of what it said.
    pub digest: String,
}

/// When a member's newest events were.
#[derive(Debug, Clone, Copy, Default, sqlx::FromRow)]
pub struct NewestEvents {
    /// Row ID of the member.
    pub member_id: i64,
    /// On web display and the viewing password.
    pub viewing: Option<DateTime<Utc>>,
    /// On the mail address.
    pub mail: Option<DateTime<Utc>>,
}

/// What the events of these 連番 said that were applied.
pub async fn event_digests(tx: &mut Tx, seqs: &[i64]) -> Result<Vec<(i64, String)>, StoreError> {
    const DIGESTS: Sql = among!("SELECT seq, digest FROM portal_event WHERE seq IN ", "");
    Ok(query!(tx, all(i64, String), DIGESTS, id_list(seqs))?)
}

/// When the newest events of members were, on each subject: an older word on the same subject counts for nothing.
pub async fn newest_events(tx: &mut Tx, members: &[i64]) -> Result<Vec<NewestEvents>, StoreError> {
    const NEWEST: Sql = among!(
        "SELECT member_id, MAX(CASE WHEN kind IN ('registered', 'web_display_on', 'web_display_off', 'viewing_reissue',
             'viewing_changed') THEN occurred_at END) AS viewing,
         MAX(CASE WHEN kind IN ('registered', 'email_changed') THEN occurred_at END) AS mail
         FROM portal_event WHERE member_id IN ",
        " GROUP BY member_id"
    );
    Ok(query!(tx, all NewestEvents, NEWEST, id_list(members))?)
}

/// Notes applied events.
pub async fn add_events(tx: &mut Tx, events: &[AppliedEvent]) -> Result<(), StoreError> {
    const INSERT: Sql = Sql {
        sqlite: "INSERT INTO portal_event (seq, occurred_at, kind, member_id, digest)
             SELECT value ->> 'seq', value ->> 'at', value ->> 'kind', value ->> 'member_id', value ->> 'digest'
             FROM json_each($1)",
        postgres: "INSERT INTO portal_event (seq, occurred_at, kind, member_id, digest)
             SELECT seq, at, kind, member_id, digest FROM json_to_recordset($1::json)
             AS j (seq bigint, at timestamptz, kind text, member_id bigint, digest text)",
    };
    if events.is_empty() {
        return Ok(());
    }
    let row = |it: &AppliedEvent| {
        json!({
            "seq": it.seq,
            "at": instant(it.at),
            "kind": it.kind.code(),
            "member_id": it.member_id,
            "digest": it.digest,
        })
    };
    let rows = serde_json::Value::from_iter(events.iter().map(row)).to_string();
    query!(tx, execute INSERT, rows)?;
    Ok(())
}
