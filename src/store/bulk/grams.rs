//! The search pieces of names. The table is kept in their order.

use super::copy::CopyText;
use crate::store::{Sql, StoreError, Tx};
use sqlx::{QueryBuilder, Sqlite};

/// A piece of a name, and the row ID of its member.
pub type Gram = (String, i64);

/// SQLite takes 32,766 values in one statement.
pub const GRAMS: usize = 8_000;

/// Drops the pieces of names that have changed.
pub async fn remove_grams(tx: &mut Tx, grams: &[Gram]) -> Result<(), StoreError> {
    const REMOVE: Sql = Sql {
        sqlite: "DELETE FROM member_gram WHERE (gram, member_id) IN (SELECT value ->> 0, value ->> 1 FROM json_each($1))",
        postgres: "DELETE FROM member_gram WHERE (gram, member_id) IN
             (SELECT value ->> 0, (value ->> 1)::bigint FROM json_array_elements($1::json))",
    };
    if grams.is_empty() {
        return Ok(());
    }
    let grams = serde_json::to_string(grams).map_err(|e| sqlx::Error::Encode(e.into()))?;
    query!(tx, execute REMOVE, grams)?;
    Ok(())
}

/// Writes pieces; in their order it meets each page of the table a few times only.
pub async fn insert_grams(tx: &mut Tx, grams: &[Gram]) -> Result<(), StoreError> {
    for rows in grams.chunks(GRAMS) {
        crate::store::fault::fault()?;
        crate::store::fault::wrote(rows.len() as u64);
        match tx {
            Tx::Sqlite(t) => {
                let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO member_gram (gram, member_id) ");
                query.push_values(rows, |mut row, (gram, id)| {
                    row.push_bind(gram).push_bind(id);
                });
                query.build().persistent(rows.len() == GRAMS).execute(&mut **t).await?;
            }
            Tx::Postgres(t) => {
                let mut copy = CopyText::default();
                for (gram, id) in rows {
                    copy.text(Some(gram));
                    copy.number(Some(*id));
                    copy.end();
                }
                copy.send(t, "COPY member_gram (gram, member_id) FROM STDIN").await?;
            }
        }
    }
    Ok(())
}
