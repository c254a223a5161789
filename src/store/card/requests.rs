//! What becomes of the requests (送付依頼) that a card answers.

use crate::store::{StoreError, Tx};

/// A6: the requests that a dispatched card answers are done.
pub async fn settle_requests(tx: &mut Tx, card_id: i64) -> Result<(), StoreError> {
    run!(tx, execute "UPDATE request SET state = 'done' WHERE card_id = $1 AND state = 'queued'", card_id)?;
    Ok(())
}

/// Requests whose card will not be dispatched: somebody must look again.
pub async fn reopen_requests(tx: &mut Tx, card_id: i64) -> Result<(), StoreError> {
    run!(
        tx,
        execute "UPDATE request SET state = 'on_hold', reason = $2, settled_by = NULL, settled_at = NULL WHERE card_id = $1 AND state = 'queued'",
        card_id,
        crate::domain::request::Ground::CardFell.code()
    )?;
    Ok(())
}

/// Requests that a spoiled card would have answered wait for the card that replaces it.
pub async fn move_requests(tx: &mut Tx, from: i64, to: i64) -> Result<(), StoreError> {
    run!(tx, execute "UPDATE request SET card_id = $2 WHERE card_id = $1", from, to)?;
    Ok(())
}
