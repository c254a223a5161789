//! Which cards were ever in which batch. Rows go with their cards alone, when retention ends.

use super::{StoreError, Tx};
use crate::domain::CardState;
use chrono::{DateTime, Utc};

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

/// Who last sent a card back to the queue by cancelling its batch, and when.
pub async fn sent_back(tx: &mut Tx, card_id: i64) -> Result<Option<(String, DateTime<Utc>)>, StoreError> {
    Ok(query!(
        tx,
        optional(String, DateTime<Utc>),
        "SELECT b.cancelled_by, b.cancelled_at FROM batch_card l JOIN batch b ON b.id = l.batch_id
         WHERE l.card_id = $1 AND l.left_as = $2 AND b.cancelled_by IS NOT NULL ORDER BY b.cancelled_at DESC, b.id DESC LIMIT 1",
        card_id,
        CardState::Queued.code()
    )?)
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
