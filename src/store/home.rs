//! Counts for the first screen.

use super::{StoreError, Tx, micros};
use chrono::{DateTime, NaiveDate, Utc};

/// How many, and since when the oldest waits.
#[derive(Debug, Clone, Default, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct WaitingCount {
    /// Number of them.
    pub count: i64,
    /// Since when the oldest waits.
    pub oldest: Option<DateTime<Utc>>,
}

/// 送付依頼 that are not settled.
pub async fn open_requests(tx: &mut Tx) -> Result<WaitingCount, StoreError> {
    Ok(query!(
        tx,
        one WaitingCount,
        "SELECT COUNT(*) AS count, MIN(received_at) AS oldest FROM request WHERE state IN ('new', 'verifying', 'on_hold')"
    )?)
}

/// When the 送付依頼 that are not settled came in.
pub async fn open_request_dates(tx: &mut Tx) -> Result<Vec<DateTime<Utc>>, StoreError> {
    Ok(query!(
        tx,
        values DateTime<Utc>,
        "SELECT received_at FROM request WHERE state IN ('new', 'verifying', 'on_hold')"
    )?)
}

/// Cards in each state before the post.
pub async fn cards_by_state(tx: &mut Tx) -> Result<Vec<(String, i64)>, StoreError> {
    Ok(query!(
        tx,
        all(String, i64),
        "SELECT state, COUNT(*) FROM card WHERE state IN ('queued', 'held', 'drafted', 'exported', 'printed') GROUP BY state"
    )?)
}

/// Cards in a state.
pub async fn cards(tx: &mut Tx, state: &str) -> Result<WaitingCount, StoreError> {
    Ok(
        query!(tx, one WaitingCount, "SELECT COUNT(*) AS count, MIN(asked_at) AS oldest FROM card WHERE state = $1", state)?,
    )
}

/// Held cards by reason.
pub async fn held(tx: &mut Tx) -> Result<Vec<(String, i64)>, StoreError> {
    Ok(query!(
        tx,
        all(String, i64),
        "SELECT COALESCE(reason, ''), COUNT(*) FROM card WHERE state = 'held' GROUP BY reason ORDER BY COUNT(*) DESC, reason"
    )?)
}

/// R3: one-off addresses that wait for a second supervisor.
pub async fn addresses(tx: &mut Tx) -> Result<i64, StoreError> {
    Ok(query!(
        tx,
        value i64,
        "SELECT COUNT(*) FROM one_off_address o JOIN card c ON c.id = o.card_id WHERE o.state = 'proposed' AND c.state = 'held'"
    )?)
}

/// R6: changed addresses that wait to be confirmed.
pub async fn unconfirmed_addresses(tx: &mut Tx) -> Result<i64, StoreError> {
    Ok(query!(tx, value i64, "SELECT COUNT(*) FROM address_change WHERE confirmed_at IS NULL")?)
}

/// Follow-ups due by the day.
pub async fn follow_ups(tx: &mut Tx, by: NaiveDate) -> Result<i64, StoreError> {
    Ok(query!(
        tx,
        value i64,
        "SELECT COUNT(*) FROM contact_note WHERE follow_up_on <= $1 AND done_at IS NULL",
        by
    )?)
}

/// 返信 that are not sent yet.
pub async fn replies(tx: &mut Tx) -> Result<WaitingCount, StoreError> {
    let sql = "SELECT COUNT(*) AS count, MIN(drafted_at) AS oldest FROM reply WHERE state IN ('draft', 'exported')";
    Ok(query!(tx, one WaitingCount, sql)?)
}

/// The open calls of a person.
pub async fn calls(tx: &mut Tx, staff: &str) -> Result<i64, StoreError> {
    Ok(query!(tx, value i64, "SELECT COUNT(*) FROM call WHERE ended_at IS NULL AND staff = $1", staff)?)
}

/// Every state is named, so that the index on state and time is used.
const REQUESTS_SINCE: &str = "SELECT received_at FROM request
    WHERE state IN ('new', 'verifying', 'on_hold', 'queued', 'done', 'rejected') AND received_at >= $1";

/// When requests came in since an instant.
pub async fn requests_since(tx: &mut Tx, from: DateTime<Utc>) -> Result<Vec<DateTime<Utc>>, StoreError> {
    Ok(query!(tx, values DateTime<Utc>, REQUESTS_SINCE, micros(from))?)
}

/// How many cards were dispatched on each day since a day.
pub async fn dispatched_since(tx: &mut Tx, from: NaiveDate) -> Result<Vec<(NaiveDate, i64)>, StoreError> {
    Ok(query!(
        tx,
        all(NaiveDate, i64),
        "SELECT dispatched_on, COUNT(*) FROM card WHERE dispatched_on >= $1 GROUP BY dispatched_on",
        from
    )?)
}

#[cfg(test)]
mod tests {
    use super::REQUESTS_SINCE;
    use crate::domain::request::RequestState;

    #[test]
    fn requests_of_every_state_are_counted() {
        assert!(RequestState::CODES.iter().all(|code| REQUESTS_SINCE.contains(&format!("'{code}'"))));
    }
}
