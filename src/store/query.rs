//! The macro that runs one query on whichever engine the transaction is of.

use super::Engine;
use chrono::{DateTime, SecondsFormat, SubsecRound, Utc};

/// A query whose text differs between the engines.
#[derive(Debug, Clone, Copy)]
pub struct Sql {
    /// The text for SQLite.
    pub sqlite: &'static str,
    /// The text for PostgreSQL.
    pub postgres: &'static str,
}

/// What `query!` takes: one text for both engines, or a [`Sql`].
pub(crate) trait Query: Copy {
    /// The text for this engine.
    fn on(self, engine: Engine) -> &'static str;
}

impl Query for &'static str {
    fn on(self, _: Engine) -> &'static str {
        self
    }
}

impl Query for Sql {
    fn on(self, engine: Engine) -> &'static str {
        match engine {
            Engine::Sqlite => self.sqlite,
            Engine::Postgres => self.postgres,
        }
    }
}

/// Row ids as a JSON list: one bound value for a whole list, on both engines.
pub(crate) fn id_list(ids: &[i64]) -> String {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    format!("[{}]", ids.join(","))
}

/// An instant as SQLite keeps it in a column, and as a server reads it: for rows bound as JSON.
pub(crate) fn instant(at: DateTime<Utc>) -> String {
    micros(at).to_rfc3339_opts(SecondsFormat::AutoSi, false)
}

/// Codes as JSON text, for a statement that takes any number of them.
pub(crate) fn code_list(codes: &[&str]) -> String {
    serde_json::Value::from_iter(codes.iter().copied()).to_string()
}

/// Microseconds are what both engines keep.
pub fn micros(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(6)
}

/// A query on rows whose IDs are bound as `$1` ([`id_list`]): the list stands between its parts.
/// `among!("DELETE FROM card WHERE member_id IN ", "")`.
macro_rules! among {
    ($first:expr $(, $rest:expr)+ $(,)?) => {
        $crate::store::Sql {
            sqlite: concat!($first $(, "(SELECT value FROM json_each($1))", $rest)+),
            postgres: concat!($first $(, "(SELECT value::bigint FROM json_array_elements_text($1::json))", $rest)+),
        }
    };
}

/// R7, as SQL: whether a protective measure stands for the person of the member `m`.
macro_rules! is_protected {
    () => {
        "EXISTS (SELECT 1 FROM protective_measure x JOIN member y ON y.id = x.member_id
            WHERE x.ended_at IS NULL AND COALESCE(y.person_id, y.id) = COALESCE(m.person_id, m.id))"
    };
}

/// A3, as SQL: `n` is the membership of the same person under the number that the one of `o` was changed to.
///
/// A member who goes back to an old number (101-1, 102-5, 101-1 again) leaves two records that name each other: the one
/// acquired later is in force. Of two acquired on one day it cannot be told, so neither follows the other.
macro_rules! succeeds {
    () => {
        "n.former_symbol = o.symbol AND n.former_number = o.number AND n.former_branch = o.branch AND o.id <> n.id
           AND COALESCE(o.person_id, o.id) = COALESCE(n.person_id, n.id)
           AND (n.acquired_on > o.acquired_on OR (n.acquired_on = o.acquired_on AND NOT
                (COALESCE(o.former_symbol, '') = n.symbol AND COALESCE(o.former_number, '') = n.number AND COALESCE(o.former_branch, '') = n.branch)))"
    };
}

/// `query!(tx, execute SQL, a, b)` gives the rows touched; `all T`, `one T`, `optional T` give rows; `value T` and
/// `values T` give the first column.
macro_rules! query {
    ($tx:expr, execute $sql:expr $(, $arg:expr)* $(,)?) => {
        match ($crate::store::fault::fault(), &mut *$tx) {
            (Err(fault), _) => Err(fault),
            (Ok(()), $crate::store::Tx::Sqlite(t)) => sqlx::query($crate::store::query::Query::on($sql, $crate::store::Engine::Sqlite))$(.bind($arg))*.execute(&mut **t).await.map(|done| $crate::store::fault::wrote(done.rows_affected())),
            (Ok(()), $crate::store::Tx::Postgres(t)) => sqlx::query($crate::store::query::Query::on($sql, $crate::store::Engine::Postgres))$(.bind($arg))*.execute(&mut **t).await.map(|done| $crate::store::fault::wrote(done.rows_affected())),
        }
    };
    ($tx:expr, all $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => { query!(@as $tx, query_as, $row, fetch_all, $sql $(, $arg)*) };
    ($tx:expr, one $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => { query!(@as $tx, query_as, $row, fetch_one, $sql $(, $arg)*) };
    ($tx:expr, optional $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => { query!(@as $tx, query_as, $row, fetch_optional, $sql $(, $arg)*) };
    ($tx:expr, value $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => { query!(@as $tx, query_scalar, $row, fetch_one, $sql $(, $arg)*) };
    ($tx:expr, maybe $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => { query!(@as $tx, query_scalar, $row, fetch_optional, $sql $(, $arg)*) };
    ($tx:expr, values $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => { query!(@as $tx, query_scalar, $row, fetch_all, $sql $(, $arg)*) };
    (@as $tx:expr, $query:ident, $row:ty, $fetch:ident, $sql:expr $(, $arg:expr)*) => {
        match ($crate::store::fault::fault(), &mut *$tx) {
            (Err(fault), _) => Err(fault),
            (Ok(()), $crate::store::Tx::Sqlite(t)) => sqlx::$query::<_, $row>($crate::store::query::Query::on($sql, $crate::store::Engine::Sqlite))$(.bind($arg))*.$fetch(&mut **t).await,
            (Ok(()), $crate::store::Tx::Postgres(t)) => sqlx::$query::<_, $row>($crate::store::query::Query::on($sql, $crate::store::Engine::Postgres))$(.bind($arg))*.$fetch(&mut **t).await,
        }
    };
}
