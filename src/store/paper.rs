//! Editions of the papers that go with the cards in hand (B12).

use super::{StoreError, Tx, micros};
use chrono::{DateTime, Utc};

/// Which cards an edition is about.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct PaperEdition {
    /// From 1 on.
    pub edition: i64,
    /// Ranges of card ids, as JSON.
    #[serde(skip)]
    pub cards: String,
    /// Staff ID of who made it.
    pub made_by: String,
    /// Instant at which they were made.
    pub made_at: DateTime<Utc>,
}

/// The one in force.
pub async fn latest(tx: &mut Tx, batch_id: i64) -> Result<Option<PaperEdition>, StoreError> {
    Ok(query!(
        tx,
        optional PaperEdition,
        "SELECT edition, cards, made_by, made_at FROM paper_edition WHERE batch_id = $1 ORDER BY edition DESC LIMIT 1",
        batch_id
    )?)
}

/// Records an edition.
pub async fn insert(tx: &mut Tx, batch_id: i64, edition: &PaperEdition) -> Result<(), StoreError> {
    query!(
        tx,
        execute "INSERT INTO paper_edition (batch_id, edition, cards, made_by, made_at) VALUES ($1, $2, $3, $4, $5)",
        batch_id,
        edition.edition,
        &edition.cards,
        &edition.made_by,
        micros(edition.made_at)
    )?;
    Ok(())
}
