//! Row ids that the program gives out itself, where it inserts many rows at once.

use super::{StoreError, Tx};

/// The first row id of a table that was never used: the one writer gives out its own to rows that it inserts at once, and
/// says so by [`used_ids`].
pub(crate) async fn next_id(tx: &mut Tx, table: Numbered) -> Result<i64, StoreError> {
    let last = match tx {
        Tx::Sqlite(_) => {
            let sql = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = $1";
            query!(tx, value i64, sql, table.name())?
        }
        Tx::Postgres(_) => {
            let of_sequence = "SELECT coalesce(max(last_value), 0) FROM pg_sequences
                 WHERE schemaname = current_schema() AND sequencename = $1 || '_id_seq'";
            query!(tx, value i64, of_sequence, table.name())?.max(query!(tx, value i64, table.last())?)
        }
    };
    Ok(last + 1)
}

/// Row ids up to this one were used.
pub(crate) async fn used_ids(tx: &mut Tx, table: Numbered, last: i64) -> Result<(), StoreError> {
    if let Tx::Postgres(_) = tx {
        let sql = "SELECT setval(pg_get_serial_sequence($1, 'id'), $2)";
        query!(tx, value i64, sql, table.name(), last)?;
    }
    Ok(())
}

/// A table whose rows are numbered by the program where there are many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Numbered {
    Account,
    Card,
}

impl Numbered {
    const fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Card => "card",
        }
    }

    const fn last(self) -> &'static str {
        match self {
            Self::Account => "SELECT coalesce(max(id), 0) FROM account",
            Self::Card => "SELECT coalesce(max(id), 0) FROM card",
        }
    }
}
