//! The log as people ask for it: of members, batches, staff, kinds and days.

use super::audit::AuditEntry;
use super::{StoreError, Tx, micros};
use chrono::{DateTime, Utc};

/// What to read: a member or a whole household, a batch, a member of staff, a kind, and days. Nothing given: everything.
#[derive(Debug, Clone, Default)]
pub struct AuditQuery {
    /// The first and the last key of the members that are meant.
    pub members: Option<(String, String)>,
    /// Number of the batch.
    pub batch: Option<String>,
    /// Staff ID of the actor.
    pub staff: Option<String>,
    /// Code of the event.
    pub action: Option<String>,
    /// Not before this.
    pub since: Option<DateTime<Utc>>,
    /// Before this.
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

/// What every way in has in common; `$1` to `$7` are the same in each.
macro_rules! read {
    ($way:literal, $order:literal) => {
        concat!(
            "SELECT seq, at, staff, terminal, action, member, batch, detail, prev, hash FROM audit WHERE ",
            $way,
            " AND seq > $1 AND at >= $2 AND at < $3 AND ($4 IS NULL OR staff = $4) AND ($5 IS NULL OR batch = $5) AND ($6 IS NULL OR action = $6) ORDER BY seq",
            $order,
            " LIMIT $7"
        )
    };
    ($way:literal) => {
        [read!($way, ""), read!($way, " DESC")]
    };
}

/// At most `limit` entries. Each way in has its own text, so that each has its index.
pub async fn read(tx: &mut Tx, query: &AuditQuery, limit: i64) -> Result<Vec<AuditEntry>, StoreError> {
    const MEMBERS: [&str; 2] = read!("member >= $8 AND member <= $9");
    const IN_BATCH: [&str; 2] = read!("batch = $8");
    const OF_STAFF: [&str; 2] = read!("staff = $8");
    const ALL: [&str; 2] = read!("seq > 0");
    let AuditQuery { members, batch, staff, action, since, until, after, order } = query;
    let order = *order as usize;
    let (batch, staff, action) = (batch.as_deref(), staff.as_deref(), action.as_deref());
    let since = micros(since.unwrap_or(DateTime::UNIX_EPOCH));
    let until = micros(until.unwrap_or(FAR));
    Ok(match (members, batch, staff) {
        (Some((first, last)), ..) => {
            query!(tx, all AuditEntry, MEMBERS[order], after, since, until, staff, batch, action, limit, first, last)
        }
        (None, Some(number), _) => {
            query!(tx, all AuditEntry, IN_BATCH[order], after, since, until, staff, batch, action, limit, number)
        }
        (None, None, Some(id)) => {
            query!(tx, all AuditEntry, OF_STAFF[order], after, since, until, staff, batch, action, limit, id)
        }
        (None, None, None) => query!(tx, all AuditEntry, ALL[order], after, since, until, staff, batch, action, limit),
    }?)
}

/// Later than every entry, and a date that both engines know: the year 9999.
const FAR: DateTime<Utc> = match DateTime::from_timestamp(253_402_300_799, 0) {
    Some(far) => far,
    None => DateTime::<Utc>::MAX_UTC,
};

/// The serial of a card, where it has one.
pub async fn serial(tx: &mut Tx, card: i64) -> Result<Option<String>, StoreError> {
    let found = query!(tx, maybe Option<String>, "SELECT serial FROM card WHERE id = $1", card)?;
    Ok(found.flatten())
}
