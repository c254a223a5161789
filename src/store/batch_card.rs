//! Which cards were ever in which batch. Rows go with their cards alone, when retention ends.

use super::query::id_list;
use super::{Sql, StoreError, Tx};

/// Cards were drafted into their batch, for the first time or again. A serial that a card had in it before stays known: it
/// is not given out twice.
pub async fn entered(tx: &mut Tx, cards: &[i64]) -> Result<(), StoreError> {
    const ENTER: Sql = among!(
        "INSERT INTO batch_card (batch_id, card_id)
             SELECT batch_id, id FROM card WHERE id IN ",
        "
             ON CONFLICT (batch_id, card_id) DO UPDATE SET left_as = NULL"
    );
    query!(tx, execute ENTER, id_list(cards))?;
    Ok(())
}

/// Cards have their serials.
pub async fn numbered(tx: &mut Tx, cards: &[i64]) -> Result<(), StoreError> {
    const NUMBER: Sql = among!(
        "UPDATE batch_card SET serial = card.serial FROM card WHERE card.id = batch_card.card_id
             AND card.batch_id = batch_card.batch_id AND card.id IN ",
        ""
    );
    query!(tx, execute NUMBER, id_list(cards))?;
    Ok(())
}

/// Cards left their batch, as what they are now.
pub async fn left(tx: &mut Tx, cards: &[i64]) -> Result<(), StoreError> {
    const LEAVE: Sql = among!(
        "UPDATE batch_card SET left_as = card.state FROM card WHERE card.id = batch_card.card_id AND left_as IS NULL
             AND card.id IN ",
        ""
    );
    query!(tx, execute LEAVE, id_list(cards))?;
    Ok(())
}

/// Cards of a batch that were in an earlier one: the member's key, and the number of that batch.
pub async fn earlier(tx: &mut Tx, batch_id: i64) -> Result<Vec<(String, String)>, StoreError> {
    let sql = "SELECT m.symbol || '-' || m.number || '-' || m.branch, b.number
         FROM card c JOIN member m ON m.id = c.member_id JOIN batch_card e ON e.card_id = c.id AND e.batch_id <> c.batch_id
         JOIN batch b ON b.id = e.batch_id WHERE c.batch_id = $1 ORDER BY c.id, b.id";
    Ok(query!(tx, all(String, String), sql, batch_id)?)
}

/// The last place that a batch has given out; 0 where none.
pub async fn last_position(tx: &mut Tx, batch_id: i64) -> Result<usize, StoreError> {
    let sql = "SELECT serial FROM batch_card WHERE batch_id = $1 AND serial IS NOT NULL
         ORDER BY LENGTH(serial) DESC, serial DESC LIMIT 1";
    let last = query!(tx, maybe String, sql, batch_id)?;
    Ok(last.and_then(|serial| serial.rsplit('-').next()?.parse().ok()).unwrap_or(0))
}
