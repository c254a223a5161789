//! F3: the entry of the log about cards that were shown.

use crate::store::{self, Tx};
use crate::usecases::actor::Allowed;
use crate::usecases::audit::SearchScope;
use crate::usecases::{AppContext, Error};

/// F3: records that these cards were shown, and compactly whose they are.
pub(super) async fn listed(
    ctx: &AppContext,
    allowed: &Allowed,
    mut tx: Tx,
    query: &str,
    cards: &[i64],
) -> Result<(), Error> {
    let members = store::listed::of_cards(&mut tx, cards).await?;
    drop(tx);
    ctx.record_list(allowed, SearchScope::Batches, query, cards.len(), members).await
}
