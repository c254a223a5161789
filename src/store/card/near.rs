//! S6: cards of the other kind of the same account.

use crate::domain::{CardKind, CardState};
use crate::store::{StoreError, Tx};
use chrono::NaiveDate;

/// A card that has not left yet, and one of the other kind of the same account that waits, is on its way, or has left
/// lately, with a password that counts.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct NearCard {
    /// The card that has not left yet.
    pub card: i64,
    /// Where that card is.
    #[sqlx(try_from = "String")]
    pub own: CardState,
    /// The other card.
    pub other: i64,
    /// What the other one carries.
    #[sqlx(try_from = "String")]
    pub kind: CardKind,
    /// Where the other one is.
    #[sqlx(try_from = "String")]
    pub state: CardState,
    /// 発送日 of the other one.
    pub dispatched_on: Option<NaiveDate>,
    /// Number of its batch.
    pub batch: Option<String>,
}

macro_rules! near {
    ($where:literal) => {
        concat!(
            "SELECT c.id AS card, c.state AS own, o.id AS other, o.kind, o.state, o.dispatched_on, b.number AS batch
             FROM card c JOIN card o ON o.account_id = c.account_id AND o.kind <> c.kind LEFT JOIN batch b ON b.id = o.batch_id
             WHERE o.dead_reason IS NULL AND c.dead_reason IS NULL
               AND (o.state IN ('queued', 'drafted', 'exported', 'printed') OR (o.state = 'dispatched' AND o.dispatched_on >= $1))
               AND c.state IN ('queued', 'held', 'drafted', 'exported', 'printed') AND ",
            $where,
            " ORDER BY c.id, o.id"
        )
    };
}

/// Of the queue. Dispatches before `since` are far enough.
pub async fn near_queued(tx: &mut Tx, since: NaiveDate) -> Result<Vec<NearCard>, StoreError> {
    Ok(query!(tx, all NearCard, near!("c.state IN ('queued', 'held')"), since)?)
}

/// Of a member's cards.
pub async fn near_of_member(tx: &mut Tx, since: NaiveDate, member: i64) -> Result<Vec<NearCard>, StoreError> {
    Ok(query!(tx, all NearCard, near!("c.member_id = $2"), since, member)?)
}

/// Of a batch's cards.
pub async fn near_in_batch(tx: &mut Tx, since: NaiveDate, batch: i64) -> Result<Vec<NearCard>, StoreError> {
    Ok(query!(tx, all NearCard, near!("c.batch_id = $2"), since, batch)?)
}
