//! Which cards were ever in which batch. Rows go with their cards alone, when retention ends.

use super::{StoreError, Tx};
use crate::domain::CardState;

/// A card was drafted into a batch.
pub async fn entered(tx: &mut Tx, batch_id: i64, card_id: i64) -> Result<(), StoreError> {
    query!(tx, execute "INSERT INTO batch_card (batch_id, card_id) VALUES ($1, $2)", batch_id, card_id)?;
    Ok(())
}

/// It has its serial.
pub async fn numbered(tx: &mut Tx, batch_id: i64, card_id: i64, serial: Option<&str>) -> Result<(), StoreError> {
    query!(
        tx,
        execute "UPDATE batch_card SET serial = $3 WHERE batch_id = $1 AND card_id = $2",
        batch_id,
        card_id,
        serial
    )?;
    Ok(())
}

/// It left the batch, and became this.
pub async fn left(tx: &mut Tx, card_id: i64, left_as: CardState) -> Result<(), StoreError> {
    query!(
        tx,
        execute "UPDATE batch_card SET left_as = $2 WHERE card_id = $1 AND left_as IS NULL",
        card_id,
        left_as.code()
    )?;
    Ok(())
}
