//! The search pieces of names, gathered and written in order: the table is kept in that order.

use super::copy::CopyText;
use crate::store::{StoreError, Tx};
use crate::text::index_grams;
use sqlx::{QueryBuilder, Sqlite};

/// Pieces that wait to be written.
#[derive(Debug, Default)]
pub struct Grams {
    waiting: Vec<(String, i64)>,
}

/// Enough to meet each page of the table a few times only, and 20 MB at most.
const ENOUGH: usize = 250_000;
/// SQLite takes 32,766 values in one statement.
const ROWS: usize = 8_000;

impl Grams {
    /// Adds the pieces of one name.
    pub fn add(&mut self, member_id: i64, name_key: &str) {
        self.waiting.extend(index_grams(name_key).into_iter().map(|gram| (gram.to_owned(), member_id)));
    }

    /// Drops the pieces of a member whose name has changed.
    pub async fn remove(&mut self, tx: &mut Tx, member_id: i64, name_key: &str) -> Result<(), StoreError> {
        for gram in index_grams(name_key) {
            query!(tx, execute "DELETE FROM member_gram WHERE gram = $1 AND member_id = $2", gram, member_id)?;
        }
        Ok(())
    }

    /// Writes if enough have gathered.
    pub async fn write_if_many(&mut self, tx: &mut Tx) -> Result<(), StoreError> {
        if self.waiting.len() >= ENOUGH { self.write(tx).await } else { Ok(()) }
    }

    /// Writes every piece that waits.
    pub async fn write(&mut self, tx: &mut Tx) -> Result<(), StoreError> {
        self.waiting.sort_unstable();
        match tx {
            Tx::Sqlite(t) => {
                for rows in self.waiting.chunks(ROWS) {
                    let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO member_gram (gram, member_id) ");
                    query.push_values(rows, |mut row, (gram, id)| {
                        row.push_bind(gram).push_bind(id);
                    });
                    query.build().persistent(rows.len() == ROWS).execute(&mut **t).await?;
                }
            }
            Tx::Postgres(t) => {
                let mut copy = CopyText::default();
                for (gram, id) in &self.waiting {
                    copy.text(Some(gram));
                    copy.number(Some(*id));
                    copy.end();
                }
                copy.send(t, "COPY member_gram (gram, member_id) FROM STDIN").await?;
            }
        }
        self.waiting.clear();
        Ok(())
    }
}
