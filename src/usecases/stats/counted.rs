//! What the store counts of a span of days.

use crate::store::stats::{self as counts, DaySpan, IssuedCount, PairCount, RegistrationCount};
use crate::store::{StoreError, Tx};

/// What the store has counted of a span.
#[derive(Debug, Default)]
pub(super) struct SpanCounts {
    pub(super) registrations: RegistrationCount,
    pub(super) issued: Vec<IssuedCount>,
    pub(super) returned: Vec<(String, i64)>,
    pub(super) undelivered: Vec<(String, i64)>,
    pub(super) parcels: PairCount,
    pub(super) requests: Vec<(String, i64)>,
    pub(super) inquiries: Vec<(String, String, i64)>,
    pub(super) incidents: PairCount,
}

/// Counts everything, in one statement for each kind.
pub(super) async fn counted(tx: &mut Tx, span: DaySpan) -> Result<SpanCounts, StoreError> {
    Ok(SpanCounts {
        registrations: counts::registrations(tx, span).await?,
        issued: counts::issued(tx, span).await?,
        returned: counts::returned(tx, span).await?,
        undelivered: counts::undelivered(tx, span).await?,
        parcels: counts::parcels(tx, span).await?,
        requests: counts::requests(tx, span).await?,
        inquiries: counts::inquiries(tx, span).await?,
        incidents: counts::incidents(tx, span).await?,
    })
}
