//! The audit log: one chain of entries, each covering the one before it by SHA-256.

use super::query::code_list;
use super::{Sql, StoreError, Tx, micros};
use crate::domain::Anchor;
use chrono::{DateTime, SecondsFormat, Utc};
use sha2::{Digest, Sha256};
use sqlx::{Database, Encode, QueryBuilder, Type};

/// Entries, and which of them.
macro_rules! entries {
    ($($rest:tt)+) => {
        concat!("SELECT seq, at, staff, terminal, action, member, batch, detail, prev, hash FROM audit ", $($rest)+)
    };
}
pub(super) use entries;

/// An entry of the audit log.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct AuditEntry {
    /// Position in the chain, from 1, without gaps.
    pub seq: i64,
    /// Instant of the entry.
    pub at: DateTime<Utc>,
    /// Staff ID; `system` where no one was signed in.
    pub staff: String,
    /// At which terminal.
    pub terminal: String,
    /// What, as a stable code.
    pub action: String,
    /// Key of the member that it concerns.
    pub member: Option<String>,
    /// Number of the batch that it concerns.
    pub batch: Option<String>,
    /// The facts as JSON text, or in words where an older version wrote the entry; empty where there are none.
    pub detail: String,
    /// Hash of the entry before; empty for the first.
    pub prev: String,
    /// Hash of this one.
    pub hash: String,
}

impl AuditEntry {
    /// SHA-256 over every field, each with its length in front, so that no two entries read alike.
    pub fn digest(&self) -> String {
        let at = micros(self.at).to_rfc3339_opts(SecondsFormat::Micros, true);
        let seq = self.seq.to_string();
        let mut sha = Sha256::new();
        let mut field = |text: Option<&str>| match text {
            Some(text) => {
                sha.update([1]);
                sha.update((text.len() as u64).to_be_bytes());
                sha.update(text.as_bytes());
            }
            None => sha.update([0]),
        };
        for text in [&seq, &at, &self.staff, &self.terminal, &self.action] {
            field(Some(text));
        }
        field(self.member.as_deref());
        field(self.batch.as_deref());
        field(Some(&self.detail));
        field(Some(&self.prev));
        crate::text::hex(&sha.finalize())
    }
}

/// The end of the chain: the last sequence number and hash.
pub async fn head(tx: &mut Tx) -> Result<Anchor, StoreError> {
    let last = query!(tx, optional(i64, String), "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")?;
    match last {
        Some((seq, hash)) => Ok(Anchor { seq, hash }),
        None => floor(tx).await,
    }
}

/// The last entry that was purged: the chain begins behind it.
pub async fn floor(tx: &mut Tx) -> Result<Anchor, StoreError> {
    let floor = query!(tx, optional(i64, String), "SELECT seq, hash FROM audit_floor")?;
    let (seq, hash) = floor.unwrap_or_default();
    Ok(Anchor { seq, hash })
}

/// The last entry before a moment, if one is there.
pub async fn last_before(tx: &mut Tx, at: DateTime<Utc>) -> Result<Option<Anchor>, StoreError> {
    let sql = "SELECT seq, hash FROM audit WHERE seq < (SELECT coalesce(min(seq), 9223372036854775807) FROM audit WHERE at >= $1) ORDER BY seq DESC LIMIT 1";
    Ok(query!(tx, optional(i64, String), sql, micros(at))?.map(|(seq, hash)| Anchor { seq, hash }))
}

/// The chain begins behind an anchor from now on: what is before it may be removed.
pub async fn raise_floor(tx: &mut Tx, to: &Anchor) -> Result<(), StoreError> {
    let raise = "INSERT INTO audit_floor (one, seq, hash) VALUES (1, $1, $2) ON CONFLICT (one) DO UPDATE SET seq = excluded.seq, hash = excluded.hash";
    query!(tx, execute raise, to.seq, &to.hash)?;
    Ok(())
}

/// Removes the oldest entries below the floor, at most so many; how many.
pub async fn remove_below_floor(tx: &mut Tx, most: i64) -> Result<u64, StoreError> {
    let sql = "DELETE FROM audit WHERE seq IN (SELECT seq FROM audit
        WHERE seq <= (SELECT max(seq) FROM audit_floor) ORDER BY seq LIMIT $1)";
    Ok(query!(tx, execute sql, most)?)
}

const INTO: &str = "INSERT INTO audit (seq, at, staff, terminal, action, member, batch, detail, prev, hash) ";

/// Entries in one statement: SQLite takes 32,766 values, and an entry has ten.
const ROWS: usize = 1_000;

/// Appends entries behind the end of the chain, [`head`]; the new end. `seq`, `prev` and `hash` are set here.
pub async fn append(tx: &mut Tx, head: Anchor, mut entries: Vec<AuditEntry>) -> Result<Anchor, StoreError> {
    let mut end = head;
    for entry in &mut entries {
        entry.seq = end.seq.checked_add(1).ok_or(StoreError::LogNumber(end.seq))?;
        entry.prev = end.hash;
        entry.at = micros(entry.at);
        entry.hash = entry.digest();
        end = Anchor { seq: entry.seq, hash: entry.hash.clone() };
    }
    for rows in entries.chunks(ROWS) {
        super::fault::fault()?;
        super::fault::wrote(rows.len() as u64);
        // The statements of one entry and of a full chunk are kept prepared.
        let often = rows.len() == 1 || rows.len() == ROWS;
        match tx {
            Tx::Sqlite(t) => insert(rows).build().persistent(often).execute(&mut **t).await.map(drop)?,
            Tx::Postgres(t) => insert(rows).build().persistent(often).execute(&mut **t).await.map(drop)?,
        }
    }
    Ok(end)
}

fn insert<DB: Database>(entries: &[AuditEntry]) -> QueryBuilder<DB>
where
    for<'q> i64: Encode<'q, DB> + Type<DB>,
    for<'q> DateTime<Utc>: Encode<'q, DB> + Type<DB>,
    for<'q> &'q str: Encode<'q, DB> + Type<DB>,
    for<'q> Option<&'q str>: Encode<'q, DB> + Type<DB>,
{
    let mut query = QueryBuilder::new(INTO);
    query.push_values(entries, |mut row, entry| {
        row.push_bind(entry.seq).push_bind(entry.at);
        for text in [&entry.staff, &entry.terminal, &entry.action] {
            row.push_bind(text.as_str());
        }
        row.push_bind(entry.member.as_deref()).push_bind(entry.batch.as_deref());
        for text in [&entry.detail, &entry.prev, &entry.hash] {
            row.push_bind(text.as_str());
        }
    });
    query
}

/// The kinds of entries after one.
pub async fn actions_after(tx: &mut Tx, seq: i64) -> Result<Vec<String>, StoreError> {
    Ok(query!(tx, values String, "SELECT DISTINCT action FROM audit WHERE seq > $1", seq)?)
}

/// Entries of some kinds on members since an instant: instant, staff ID, the member's key.
pub async fn on_members(
    tx: &mut Tx,
    since: DateTime<Utc>,
    actions: &[&str],
) -> Result<Vec<(DateTime<Utc>, String, String)>, StoreError> {
    const SQL: Sql = Sql {
        sqlite: "SELECT at, staff, member FROM audit WHERE at >= $1 AND member IS NOT NULL AND action IN (SELECT value FROM json_each($2)) ORDER BY at, seq",
        postgres: "SELECT at, staff, member FROM audit WHERE at >= $1 AND member IS NOT NULL AND action IN (SELECT json_array_elements_text($2::json)) ORDER BY at, seq",
    };
    Ok(query!(tx, all(DateTime<Utc>, String, String), SQL, micros(since), code_list(actions))?)
}

/// Whether a member of staff has done something of some kinds on a member since an instant.
pub async fn was_done(
    tx: &mut Tx,
    (staff, member): (&str, &str),
    since: DateTime<Utc>,
    actions: &[&str],
) -> Result<bool, StoreError> {
    const SQL: Sql = Sql {
        sqlite: "SELECT seq FROM audit WHERE staff = $1 AND member = $2 AND at >= $3 AND action IN (SELECT value FROM json_each($4)) LIMIT 1",
        postgres: "SELECT seq FROM audit WHERE staff = $1 AND member = $2 AND at >= $3 AND action IN (SELECT json_array_elements_text($4::json)) LIMIT 1",
    };
    Ok(query!(tx, maybe i64, SQL, staff, member, micros(since), code_list(actions))?.is_some())
}

/// When a member of staff last did something of a kind.
pub async fn last_by(tx: &mut Tx, staff: &str, action: &str) -> Result<Option<DateTime<Utc>>, StoreError> {
    let sql = "SELECT at FROM audit WHERE staff = $1 AND action = $2 ORDER BY seq DESC LIMIT 1";
    Ok(query!(tx, maybe DateTime<Utc>, sql, staff, action)?)
}

/// The last two entries of a kind by a member of staff: their sequence numbers, 0 where there is none.
pub async fn last_two(tx: &mut Tx, staff: &str, action: &str) -> Result<(i64, i64), StoreError> {
    let sql = "SELECT seq FROM audit WHERE staff = $1 AND action = $2 ORDER BY seq DESC LIMIT 2";
    let found = query!(tx, values i64, sql, staff, action)?;
    Ok((found.get(1).copied().unwrap_or_default(), found.first().copied().unwrap_or_default()))
}

/// The entries of a kind by a member of staff between two others.
pub async fn between(
    tx: &mut Tx,
    staff: &str,
    action: &str,
    after: i64,
    before: i64,
) -> Result<Vec<AuditEntry>, StoreError> {
    let sql = entries!("WHERE staff = $1 AND action = $2 AND seq > $3 AND seq < $4 ORDER BY seq");
    Ok(query!(tx, all AuditEntry, sql, staff, action, after, before)?)
}

/// The latest entries on a member, newest first; where the number was another person's before, those since then.
pub async fn latest_on(
    tx: &mut Tx,
    member: &str,
    since: Option<DateTime<Utc>>,
    limit: i64,
) -> Result<Vec<AuditEntry>, StoreError> {
    Ok(query!(
        tx,
        all AuditEntry,
        entries!("WHERE member = $1 AND at >= $2 ORDER BY seq DESC LIMIT $3"),
        member,
        micros(since.unwrap_or_default()),
        limit
    )?)
}

/// The newest entry of one kind.
pub async fn last_of(tx: &mut Tx, action: &str) -> Result<Option<AuditEntry>, StoreError> {
    let sql = entries!("WHERE action = $1 ORDER BY seq DESC LIMIT 1");
    Ok(query!(tx, optional AuditEntry, sql, action)?)
}

/// When the newest entry was written.
pub async fn newest(tx: &mut Tx) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(query!(tx, maybe DateTime<Utc>, "SELECT at FROM audit ORDER BY at DESC LIMIT 1")?)
}
