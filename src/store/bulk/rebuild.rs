//! Rebuilding the stored search forms: a newer program may fold more variants into one than the program that wrote
//! them.

use super::{insert_grams, remove_grams};
use crate::store::{StoreError, Tx};
use crate::text::{index_grams, name_key};

/// Rows in memory at a time.
const PAGE: i64 = 5_000;

/// Names of members, with their pieces. Only what differs is written.
pub async fn rebuild_names(tx: &mut Tx) -> Result<(), StoreError> {
    let mut last = 0;
    loop {
        let page = query!(
            tx,
            all(i64, String, String),
            "SELECT id, name, name_key FROM member WHERE id > $1 ORDER BY id LIMIT $2",
            last,
            PAGE
        )?;
        let Some((end, ..)) = page.last() else { break };
        last = *end;
        let (mut old, mut new) = (Vec::new(), Vec::new());
        for (id, name, stored) in page {
            let key = name_key(&name);
            if key != stored {
                let grams =
                    |key: &str| index_grams(key).into_iter().map(|gram| (gram.to_owned(), id)).collect::<Vec<_>>();
                old.extend(grams(&stored));
                new.extend(grams(&key));
                query!(tx, execute "UPDATE member SET name_key = $2 WHERE id = $1", id, &key)?;
            }
        }
        remove_grams(tx, &old).await?;
        remove_grams(tx, &new).await?;
        new.sort_unstable();
        insert_grams(tx, &new).await?;
    }
    Ok(())
}

/// Words of notes.
pub async fn rebuild_notes(tx: &mut Tx) -> Result<(), StoreError> {
    let mut last = 0;
    loop {
        let page = query!(
            tx,
            all(i64, String, String),
            "SELECT id, body, search FROM contact_note WHERE id > $1 ORDER BY id LIMIT $2",
            last,
            PAGE
        )?;
        let Some((end, ..)) = page.last() else { return Ok(()) };
        last = *end;
        for (id, body, stored) in page {
            let search = name_key(&body);
            if search != stored {
                query!(tx, execute "UPDATE contact_note SET search = $2 WHERE id = $1", id, &search)?;
            }
        }
    }
}
