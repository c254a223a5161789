//! The credential feed: what the portal must do with hashes, in ascending order.

use super::query::{id_list, instant};
use super::{KeyColumns, Sql, StoreError, Tx, micros};
use crate::domain::{CardKind, coded};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

coded! {
    /// 操作
    pub enum Operation {
        /// The hash counts from `valid_from`.
        Activate = "activate",
        /// The password of this kind is dead.
        Revoke = "revoke",
        /// The account is gone.
        Close = "close",
    }
}

/// One instruction. `Debug` leaves the hash out.
#[derive(Clone, sqlx::FromRow)]
pub struct Instruction {
    /// 連番, ascending; set when appended.
    pub seq: i64,
    /// 発生日時
    pub at: DateTime<Utc>,
    /// 操作
    #[sqlx(try_from = "String")]
    pub operation: Operation,
    /// 種別: `login` or `viewing`; nothing for `close`.
    pub kind: Option<String>,
    /// 記号・番号・枝番
    #[sqlx(flatten)]
    pub key: KeyColumns,
    /// ログインID
    pub login_id: Option<String>,
    /// PHC string; nothing once the portal has acknowledged the row and a later one that ends it (H4).
    pub hash: Option<String>,
    /// 有効開始日
    pub valid_from: NaiveDate,
    /// 要変更 (L3)
    pub must_change: bool,
    /// 有効終了日, the last day of a temporary login password (L5).
    pub valid_until: Option<NaiveDate>,
}

impl std::fmt::Debug for Instruction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Instruction")
            .field("seq", &self.seq)
            .field("operation", &self.operation)
            .finish_non_exhaustive()
    }
}

impl Instruction {
    /// An instruction on a member's account, still without a hash.
    pub fn new(
        operation: Operation,
        kind: Option<CardKind>,
        member: &super::member::Member,
        at: DateTime<Utc>,
        valid_from: NaiveDate,
    ) -> Self {
        Self {
            seq: 0,
            at,
            operation,
            kind: kind.map(|kind| kind.code().to_owned()),
            key: member.key.clone(),
            login_id: None,
            hash: None,
            valid_from,
            must_change: false,
            valid_until: None,
        }
    }
}

/// Appends, in this order; writers take turns, so the numbers are committed in ascending order.
pub async fn append(tx: &mut Tx, instructions: &[Instruction]) -> Result<(), StoreError> {
    const APPEND: Sql = Sql {
        sqlite: "INSERT INTO feed (seq, at, operation, kind, symbol, number, branch, login_id, hash, valid_from, must_change, valid_until)
             SELECT (SELECT CASE WHEN COALESCE(MAX(seq), 0) < p.epoch THEN p.epoch ELSE MAX(seq) + 1 END FROM feed) + (value ->> 'nth'),
                 value ->> 'at', value ->> 'operation', value ->> 'kind', value ->> 'symbol', value ->> 'number',
                 value ->> 'branch', value ->> 'login_id', value ->> 'hash', value ->> 'valid_from',
                 value ->> 'must_change', value ->> 'valid_until'
             FROM portal p CROSS JOIN json_each($1)",
        postgres: "INSERT INTO feed (seq, at, operation, kind, symbol, number, branch, login_id, hash, valid_from, must_change, valid_until)
             SELECT (SELECT CASE WHEN COALESCE(MAX(seq), 0) < p.epoch THEN p.epoch ELSE MAX(seq) + 1 END FROM feed) + nth,
                 j.at, operation, kind, symbol, number, branch, login_id, hash, valid_from, must_change, valid_until
             FROM portal p CROSS JOIN json_to_recordset($1::json) AS j (nth bigint, at timestamptz, operation text,
                 kind text, symbol text, number text, branch text, login_id text, hash text, valid_from date,
                 must_change boolean, valid_until date)",
    };
    if instructions.is_empty() {
        return Ok(());
    }
    let row = |(nth, it): (usize, &Instruction)| {
        json!({
            "nth": nth,
            "at": instant(it.at),
            "operation": it.operation.code(),
            "kind": it.kind,
            "symbol": it.key.symbol,
            "number": it.key.number,
            "branch": it.key.branch,
            "login_id": it.login_id,
            "hash": it.hash,
            "valid_from": it.valid_from,
            "must_change": it.must_change,
            "valid_until": it.valid_until,
        })
    };
    let rows = serde_json::Value::from_iter(instructions.iter().enumerate().map(row)).to_string();
    query!(tx, execute APPEND, rows)?;
    Ok(())
}

/// Appends the activation of dispatched cards, in the order of the pile (V1); a login password must be changed (L3).
pub async fn activate(tx: &mut Tx, cards: &[i64], at: DateTime<Utc>, on: NaiveDate) -> Result<u64, StoreError> {
    const ACTIVATE: Sql = among!("INSERT INTO feed (seq, at, operation, kind, symbol, number, branch, login_id, hash, valid_from, must_change, valid_until)
             SELECT (SELECT CASE WHEN COALESCE(MAX(seq), 0) < p.epoch THEN p.epoch - 1 ELSE MAX(seq) END FROM feed) + ROW_NUMBER() OVER (ORDER BY c.position, c.id), $2, 'activate',
                 c.kind, m.symbol, m.number, m.branch, a.login_id, c.hash, $3, c.kind = 'login', c.valid_until
             FROM portal p CROSS JOIN card c JOIN member m ON m.id = c.member_id JOIN account a ON a.id = c.account_id
             WHERE c.id IN ", "");
    Ok(query!(tx, execute ACTIVATE, id_list(cards), micros(at), on)?)
}

/// Everything after `after`, at most `limit`.
pub async fn page(tx: &mut Tx, after: i64, limit: i64) -> Result<Vec<Instruction>, StoreError> {
    Ok(query!(tx, all Instruction, "SELECT * FROM feed WHERE seq > $1 ORDER BY seq LIMIT $2", after, limit)?)
}

/// How many come after `after`, and when the first of them was written; nothing where there is none.
pub async fn waiting(tx: &mut Tx, after: i64) -> Result<Option<(i64, DateTime<Utc>)>, StoreError> {
    let sql = "SELECT (SELECT count(*) FROM feed WHERE seq > $1), at FROM feed WHERE seq > $1 ORDER BY seq LIMIT 1";
    Ok(query!(tx, optional(i64, DateTime<Utc>), sql, after)?)
}

/// The number of the last instruction that there is, or that a portal may have from before a restore; 0 where
/// there is no instruction.
pub async fn last(tx: &mut Tx) -> Result<i64, StoreError> {
    let sql = "SELECT CASE WHEN COALESCE(f.last, 0) < p.epoch THEN p.epoch - 1 ELSE f.last END
               FROM portal p CROSS JOIN (SELECT MAX(seq) AS last FROM feed) f";
    Ok(query!(tx, value i64, sql)?)
}
