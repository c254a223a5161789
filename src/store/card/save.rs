//! Writing moved cards back, however many, in one statement.

use super::{Card, CardChange};
use crate::domain::{CardState, DeadReason};
use crate::store::query::{id_list, instant};
use crate::store::{Sql, StoreError, Tx, micros};
use chrono::NaiveDate;
use serde_json::json;

/// Writes state, reason, batch, password and dates back, and the change where the state is another. `from` is the state
/// that the cards were read in; how many were in it still. `+` keeps SQLite from the index on the state: without statistics
/// it would read the whole list for each card in that state.
pub async fn save(tx: &mut Tx, cards: &[Card], from: CardState, change: CardChange<'_>) -> Result<u64, StoreError> {
    const SAVE: Sql = Sql {
        sqlite: "UPDATE card SET state = j.state, reason = j.reason, reason_detail = j.reason_detail, employer_id = j.employer_id,
             batch_id = j.batch_id, position = j.position, serial = j.serial, hash = j.hash, issue_on = j.issue_on,
             dispatched_on = j.dispatched_on, returned_on = j.returned_on, dead_on = j.dead_on, dead_reason = j.dead_reason,
             valid_until = j.valid_until, one_off_id = j.one_off_id, return_reason = j.return_reason,
             changed_by = CASE WHEN card.state = j.state THEN changed_by ELSE $3 END,
             changed_at = CASE WHEN card.state = j.state THEN changed_at ELSE $4 END
         FROM (SELECT value ->> 'id' AS id, value ->> 'state' AS state, value ->> 'reason' AS reason,
                 value ->> 'reason_detail' AS reason_detail, value ->> 'employer_id' AS employer_id,
                 value ->> 'batch_id' AS batch_id, value ->> 'position' AS position, value ->> 'serial' AS serial,
                 value ->> 'hash' AS hash, value ->> 'issue_on' AS issue_on, value ->> 'dispatched_on' AS dispatched_on,
                 value ->> 'returned_on' AS returned_on, value ->> 'dead_on' AS dead_on,
                 value ->> 'dead_reason' AS dead_reason, value ->> 'valid_until' AS valid_until,
                 value ->> 'one_off_id' AS one_off_id, value ->> 'return_reason' AS return_reason FROM json_each($1)) j
         WHERE card.id = j.id AND +card.state = $2",
        postgres: "UPDATE card SET state = j.state, reason = j.reason, reason_detail = j.reason_detail,
             employer_id = j.employer_id, batch_id = j.batch_id, position = j.position, serial = j.serial, hash = j.hash,
             issue_on = j.issue_on, dispatched_on = j.dispatched_on, returned_on = j.returned_on, dead_on = j.dead_on,
             dead_reason = j.dead_reason, valid_until = j.valid_until, one_off_id = j.one_off_id,
             return_reason = j.return_reason,
             changed_by = CASE WHEN card.state = j.state THEN changed_by ELSE $3 END,
             changed_at = CASE WHEN card.state = j.state THEN changed_at ELSE $4 END
         FROM json_to_recordset($1::json) AS j (id bigint, state text, reason text, reason_detail text, employer_id bigint,
             batch_id bigint, position bigint, serial text, hash text, issue_on date, dispatched_on date, returned_on date,
             dead_on date, dead_reason text, valid_until date, one_off_id bigint, return_reason text)
         WHERE card.id = j.id AND card.state = $2",
    };
    Ok(query!(tx, execute SAVE, rows(cards), from.code(), change.by, micros(change.at))?)
}

/// Inserts cards under the row ids given, as they are: one that was asked for and cancelled at once, too.
pub async fn insert_all(tx: &mut Tx, cards: &[Card]) -> Result<(), StoreError> {
    const INSERT: Sql = Sql {
        sqlite: "INSERT INTO card (id, kind, state, cause, member_id, account_id, replaces, asked_by, asked_through, asked_at, reason,
                 reason_detail, employer_id, one_off_id, dead_on, dead_reason, changed_by, changed_at)
             SELECT value ->> 'id', value ->> 'kind', value ->> 'state', value ->> 'cause', value ->> 'member_id',
                 value ->> 'account_id', value ->> 'replaces', value ->> 'asked_by', value ->> 'asked_through',
                 value ->> 'asked_at',
                 value ->> 'reason', value ->> 'reason_detail', value ->> 'employer_id', value ->> 'one_off_id',
                 value ->> 'dead_on', value ->> 'dead_reason', value ->> 'changed_by', value ->> 'changed_at'
             FROM json_each($1)",
        postgres:
            "INSERT INTO card (id, kind, state, cause, member_id, account_id, replaces, asked_by, asked_through, asked_at, reason,
                 reason_detail, employer_id, one_off_id, dead_on, dead_reason, changed_by, changed_at)
             SELECT * FROM json_to_recordset($1::json) AS j (id bigint, kind text, state text, cause text,
                 member_id bigint, account_id bigint, replaces bigint, asked_by text, asked_through text, asked_at timestamptz, reason text,
                 reason_detail text, employer_id bigint, one_off_id bigint, dead_on date, dead_reason text,
                 changed_by text, changed_at timestamptz)",
    };
    query!(tx, execute INSERT, rows(cards))?;
    Ok(())
}

/// Queued cards enter a batch, each with its employer; how many were queued still.
pub async fn enter(tx: &mut Tx, cards: &[Card], batch: i64, change: CardChange<'_>) -> Result<u64, StoreError> {
    const ENTER: Sql = Sql {
        sqlite: "UPDATE card SET state = $2, batch_id = $3, employer_id = j.employer, changed_by = $4, changed_at = $5
             FROM (SELECT value ->> 0 AS id, value ->> 1 AS employer FROM json_each($1)) j
             WHERE card.id = j.id AND +card.state = $6",
        postgres:
            "UPDATE card SET state = $2, batch_id = $3, employer_id = j.employer, changed_by = $4, changed_at = $5
             FROM (SELECT (value ->> 0)::bigint AS id, (value ->> 1)::bigint AS employer
                 FROM json_array_elements($1::json)) j
             WHERE card.id = j.id AND card.state = $6",
    };
    let rows = serde_json::Value::from_iter(cards.iter().map(|card| json!([card.id, card.employer_id]))).to_string();
    let [from, to] = [CardState::Queued, CardState::Drafted].map(CardState::code);
    Ok(query!(tx, execute ENTER, rows, to, batch, change.by, micros(change.at), from)?)
}

/// Printed cards are dispatched; a login password counts until `ends_on` (L5). How many were printed still.
pub async fn leave(
    tx: &mut Tx,
    ids: &[i64],
    on: NaiveDate,
    ends_on: NaiveDate,
    change: CardChange<'_>,
) -> Result<u64, StoreError> {
    const LEAVE: Sql = Sql {
        sqlite: "UPDATE card SET state = $2, dispatched_on = $3, valid_until = CASE WHEN kind = 'login' THEN $4 END,
             changed_by = $5, changed_at = $6 WHERE state = $7 AND id IN (SELECT value FROM json_each($1))",
        postgres:
            "UPDATE card SET state = $2, dispatched_on = $3, valid_until = CASE WHEN kind = 'login' THEN $4::date END,
             changed_by = $5, changed_at = $6
             WHERE state = $7 AND id IN (SELECT value::bigint FROM json_array_elements_text($1::json))",
    };
    let [from, to] = [CardState::Printed, CardState::Dispatched].map(CardState::code);
    Ok(query!(tx, execute LEAVE, id_list(ids), to, on, ends_on, change.by, micros(change.at), from)?)
}

/// The cards as a JSON list, one bound value for all of them.
fn rows(cards: &[Card]) -> String {
    let row = |card: &Card| {
        json!({
            "id": card.id,
            "kind": card.kind.code(),
            "cause": card.cause.code(),
            "member_id": card.member_id,
            "account_id": card.account_id,
            "replaces": card.replaces,
            "asked_by": card.asked_by,
            "asked_through": card.asked_through.code(),
            "asked_at": instant(card.asked_at),
            "changed_by": card.changed_by,
            "changed_at": card.changed_at.map(instant),
            "state": card.state.code(),
            "reason": card.reason,
            "reason_detail": card.reason_detail,
            "employer_id": card.employer_id,
            "batch_id": card.batch_id,
            "position": card.position,
            "serial": card.serial,
            "hash": card.hash,
            "issue_on": card.issue_on,
            "dispatched_on": card.dispatched_on,
            "returned_on": card.returned_on,
            "dead_on": card.dead_on,
            "dead_reason": card.dead_reason.0.map(DeadReason::code),
            "valid_until": card.valid_until,
            "one_off_id": card.one_off_id,
            "return_reason": card.return_reason,
        })
    };
    serde_json::Value::from_iter(cards.iter().map(row)).to_string()
}

/// A card among these that was moved by another transaction.
pub async fn moved_since(tx: &mut Tx, ids: &[i64], to: CardState) -> Result<Option<Card>, StoreError> {
    const MOVED: Sql = among!("SELECT * FROM card WHERE state <> $2 AND id IN ", " ORDER BY id LIMIT 1");
    Ok(query!(tx, optional Card, MOVED, id_list(ids), to.code())?)
}

/// V2: the earlier dispatched cards of the same accounts and kinds, whose passwords end with the dispatch of these cards.
pub async fn superseded(tx: &mut Tx, ids: &[i64]) -> Result<Vec<Card>, StoreError> {
    const EARLIER: Sql = Sql {
        sqlite:
            "SELECT e.* FROM json_each($1) j JOIN card c ON c.id = j.value JOIN card e ON e.account_id = c.account_id
             WHERE e.kind = c.kind AND e.id < c.id AND e.state = 'dispatched' AND e.dead_reason IS NULL ORDER BY e.id",
        postgres:
            "SELECT e.* FROM json_array_elements_text($1::json) AS j (value) JOIN card c ON c.id = j.value::bigint
             JOIN card e ON e.account_id = c.account_id
             WHERE e.kind = c.kind AND e.id < c.id AND e.state = 'dispatched' AND e.dead_reason IS NULL ORDER BY e.id",
    };
    Ok(query!(tx, all Card, EARLIER, id_list(ids))?)
}

/// R1: a waiting card goes to an employer again, where one is given, and no longer to its one-off address.
pub async fn forget_one_off(tx: &mut Tx, card: i64, employer: Option<i64>) -> Result<(), StoreError> {
    query!(
        tx,
        execute "UPDATE card SET one_off_id = NULL, employer_id = COALESCE($2, employer_id)
         WHERE id = $1 AND state IN ('queued', 'held', 'drafted')",
        card,
        employer
    )?;
    Ok(())
}
