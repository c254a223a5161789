//! What becomes of the requests (送付依頼) that a card answers.

use crate::domain::request::{Ground, REQUEST_TABLE, RequestState, RequestStep};
use crate::store::query::id_list;
use crate::store::{Sql, StoreError, Tx};

/// The rows of the table for one step: from, to.
fn rows(step: RequestStep) -> impl Iterator<Item = (RequestState, RequestState)> {
    REQUEST_TABLE.iter().filter(move |(_, by, _)| *by == step).map(|(from, _, to)| (*from, *to))
}

/// A6: the requests that dispatched cards answer are done.
pub async fn settle_requests(tx: &mut Tx, cards: &[i64]) -> Result<(), StoreError> {
    const SETTLE: Sql = among!("UPDATE request SET state = $3 WHERE state = $2 AND card_id IN ", "");
    for (from, to) in rows(RequestStep::Dispatch) {
        query!(tx, execute SETTLE, id_list(cards), from.code(), to.code())?;
    }
    Ok(())
}

/// Opens the requests again that these cards should have answered: they will not be dispatched, or they came back. One that
/// is closed because its member uses the login again needs no card (L4).
pub async fn reopen_requests(tx: &mut Tx, cards: &[i64]) -> Result<(), StoreError> {
    const REOPEN: Sql = among!(
        "UPDATE request SET state = $3, reason = $4, settled_by = NULL, settled_at = NULL
             WHERE state = $2 AND coalesce(reason, '') <> $5 AND card_id IN ",
        ""
    );
    for (from, to) in rows(RequestStep::Reopen) {
        let (fell, recovered) = (Ground::CardFell.code(), Ground::Recovered.code());
        query!(tx, execute REOPEN, id_list(cards), from.code(), to.code(), fell, recovered)?;
    }
    Ok(())
}

/// Requests that a spoiled card would have answered wait for the card that replaces it.
pub async fn move_requests(tx: &mut Tx, from: i64, to: i64) -> Result<(), StoreError> {
    query!(tx, execute "UPDATE request SET card_id = $2 WHERE card_id = $1", from, to)?;
    Ok(())
}
