//! Why an incident is not recorded, added to or closed.

use crate::domain::{CardState, IncidentEntryKind};
use chrono::NaiveDate;

/// Why something was not done about an incident (漏えい等).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IncidentRefusal {
    /// No such incident.
    Unknown(i64),
    /// It is closed: nothing is added.
    Closed(i64),
    /// It is open: there is nothing to take up again.
    NotClosed(i64),
    /// The card has not left the house: the print room voids it, and no password of it counts yet.
    NotSent {
        /// はがき番号
        serial: String,
        /// Where it is.
        state: CardState,
    },
    /// The batch has no dispatched card of this employer.
    EmptyParcel {
        /// Number of the batch.
        batch: String,
        /// 事業所記号
        employer: String,
    },
    /// This is on record already.
    Twice {
        /// Number of the incident.
        incident: i64,
        /// What is on record.
        entry: IncidentEntryKind,
        /// The day of that entry.
        on: NaiveDate,
    },
    /// Neither the final report nor the decision that none is needed is on record.
    Unreported(i64),
}

impl IncidentRefusal {
    /// Stable code for scripts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "incident_unknown",
            Self::Closed(_) => "incident_closed",
            Self::NotClosed(_) => "incident_not_closed",
            Self::NotSent { .. } => "incident_card_not_sent",
            Self::EmptyParcel { .. } => "incident_empty_parcel",
            Self::Twice { .. } => "incident_twice",
            Self::Unreported(_) => "incident_unreported",
        }
    }
}
