//! The log as people ask for it: of members, batches, staff, kinds and days.

use super::audit::{AuditEntry, entries};
use super::query::{code_list, id_list};
use super::{Sql, StoreError, Tx, micros};
use chrono::{DateTime, Utc};

/// What to read: a member or a whole household, a batch, a member of staff, kinds, and days. Nothing given: everything.
#[derive(Debug, Clone, Default)]
pub struct AuditQuery {
    /// The first and the last key of the members that are meant.
    pub members: Option<(String, String)>,
    /// Their row IDs: a list that showed one of them is about that member, too.
    pub listed: Vec<i64>,
    /// Number of the batch.
    pub batch: Option<String>,
    /// Staff ID of the actor.
    pub staff: Option<String>,
    /// Codes of events, one of which it is; none: any.
    pub actions: Vec<&'static str>,
    /// Not before this.
    pub since: Option<DateTime<Utc>>,
    /// Entries before this instant.
    pub until: Option<DateTime<Utc>>,
    /// Behind this entry.
    pub after: i64,
    /// From which end.
    pub order: Order,
}

/// From which end of the log entries are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// In the order of the chain.
    #[default]
    OldestFirst,
    /// The other way round.
    NewestFirst,
}

/// A statement for each order; `$1` to `$7` are the same in every way in.
macro_rules! read {
    ($way:literal) => {
        read!($way, $way)
    };
    ($sqlite:literal, $postgres:literal) => {
        [read!($sqlite, $postgres, ""), read!($sqlite, $postgres, " DESC")]
    };
    ($sqlite:literal, $postgres:literal, $order:literal) => {
        Sql {
            sqlite: read!(@ $sqlite, $order, "SELECT value FROM json_each($6)"),
            postgres: read!(@ $postgres, $order, "SELECT json_array_elements_text($6::json)"),
        }
    };
    (@ $way:literal, $order:literal, $actions:literal) => {
        entries!(
            "WHERE ",
            $way,
            " AND seq > $1 AND ($2 IS NULL OR at >= $2) AND ($3 IS NULL OR at < $3) AND ($4 IS NULL OR staff = $4) AND ($5 IS NULL OR batch = $5) AND ($6 IS NULL OR action IN (",
            $actions,
            ")) ORDER BY seq",
            $order,
            " LIMIT $7"
        )
    };
}

/// At most `limit` entries. Each way in has its own text, so that each has its index: the log is the longest table of all.
pub async fn read(tx: &mut Tx, query: &AuditQuery, limit: i64) -> Result<Vec<AuditEntry>, StoreError> {
    // What a person typed to search by stands in JSON with its quotes escaped, so the pattern finds lists only.
    const MEMBERS: [Sql; 2] = read!(
        "(member >= $8 AND member <= $9 OR action IN ('member_searched', 'incident_seen') AND CASE WHEN detail LIKE '%\"listed\":[[%'
            THEN EXISTS (SELECT 1 FROM json_each(detail, '$.listed') r JOIN json_each($10) m
                ON m.value BETWEEN json_extract(r.value, '$[0]') AND json_extract(r.value, '$[1]')) ELSE FALSE END)",
        "(member >= $8 AND member <= $9 OR action IN ('member_searched', 'incident_seen') AND CASE WHEN detail LIKE '%\"listed\":[[%'
            THEN EXISTS (SELECT 1 FROM json_array_elements(detail::json -> 'listed') r, json_array_elements_text($10::json) m
                WHERE m.value::bigint BETWEEN (r.value ->> 0)::bigint AND (r.value ->> 1)::bigint) ELSE FALSE END)"
    );
    const IN_BATCH: [Sql; 2] = read!("batch = $8");
    const OF_STAFF: [Sql; 2] = read!("staff = $8");
    const ALL: [Sql; 2] = read!("seq > 0");
    let AuditQuery { members, listed, batch, staff, actions, since, until, after, order } = query;
    let order = *order as usize;
    let (batch, staff) = (batch.as_deref(), staff.as_deref());
    let actions = Some(actions.as_slice()).filter(|some| !some.is_empty()).map(code_list);
    let [since, until] = [since, until].map(|at| at.map(micros));
    Ok(match (members, batch, staff) {
        (Some((first, last)), ..) => {
            let listed = id_list(listed);
            query!(tx, all AuditEntry, MEMBERS[order], after, since, until, staff, batch, actions, limit, first, last, listed)
        }
        (None, Some(number), _) => {
            query!(tx, all AuditEntry, IN_BATCH[order], after, since, until, staff, batch, actions, limit, number)
        }
        (None, None, Some(id)) => {
            query!(tx, all AuditEntry, OF_STAFF[order], after, since, until, staff, batch, actions, limit, id)
        }
        (None, None, None) => query!(tx, all AuditEntry, ALL[order], after, since, until, staff, batch, actions, limit),
    }?)
}

/// The row IDs of everybody who had a number, or one of a household where no branch is named.
pub async fn holders(tx: &mut Tx, symbol: &str, number: &str, branch: Option<&str>) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT id FROM member WHERE symbol = $1 AND number = $2 AND ($3 IS NULL OR branch = $3) ORDER BY id";
    Ok(query!(tx, values i64, sql, symbol, number, branch)?)
}

/// The serial of a card, where it has one.
pub async fn serial(tx: &mut Tx, card: i64) -> Result<Option<String>, StoreError> {
    let found = query!(tx, maybe Option<String>, "SELECT serial FROM card WHERE id = $1", card)?;
    Ok(found.flatten())
}
