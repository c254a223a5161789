//! F3: whose rows a list shows, for the entry of the log about it.

use super::query::id_list;
use super::{Sql, StoreError, Tx};

/// The members of cards, by the row IDs of these.
pub async fn of_cards(tx: &mut Tx, cards: &[i64]) -> Result<Vec<i64>, StoreError> {
    const CARDS: Sql = among!("SELECT DISTINCT member_id FROM card WHERE id IN ", "");
    Ok(query!(tx, values i64, CARDS, id_list(cards))?)
}

/// The members of notes, by the row IDs of these.
pub async fn of_notes(tx: &mut Tx, notes: &[i64]) -> Result<Vec<i64>, StoreError> {
    const NOTES: Sql = among!("SELECT DISTINCT member_id FROM contact_note WHERE id IN ", "");
    Ok(query!(tx, values i64, NOTES, id_list(notes))?)
}

/// The members of calls, by the row IDs of these; a call may be about none.
pub async fn of_calls(tx: &mut Tx, calls: &[i64]) -> Result<Vec<i64>, StoreError> {
    const CALLS: Sql = among!("SELECT DISTINCT member_id FROM call WHERE member_id IS NOT NULL AND id IN ", "");
    Ok(query!(tx, values i64, CALLS, id_list(calls))?)
}
