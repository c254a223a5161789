//! B11: what differs from an approval.

use super::facts::GateValue;
use super::reason::ApprovalDifference;
use serde::Serialize;

/// A card that is no longer what was approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedCard {
    /// Row ID of the card.
    pub card: i64,
    /// The member's key.
    pub member: String,
    /// What differs from the approval.
    pub reason: ApprovalDifference,
    /// As it was approved.
    pub approved: GateValue,
    /// As it is now.
    pub now: GateValue,
}

/// A difference between what was approved and what an export would print now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum ApprovalChange {
    /// A card differs.
    Card(Box<ChangedCard>),
    /// A setting that reaches the paper differs.
    Setting {
        /// Key of the setting.
        key: String,
        /// Value that was approved.
        approved: String,
        /// As it is now.
        now: String,
    },
    /// The text of the template: the SHA-256 of both.
    Template {
        /// Digest that was approved.
        approved: String,
        /// As it is now.
        now: String,
    },
    /// An older version approved it, and kept nothing of what.
    NotKept,
    /// What was kept of the approval does not have its digest any more.
    Digest,
}

impl ApprovalChange {
    /// Whether it is a card's: cards can be taken out.
    pub const fn is_of_card(&self) -> bool {
        matches!(self, Self::Card(_))
    }
}

/// `7c1e 94b0 02ab`: a digest as people compare it.
pub fn fingerprint(digest: &str) -> String {
    let parts = (0..3).filter_map(|part| digest.get(part * 4..part * 4 + 4));
    parts.collect::<Vec<_>>().join(" ")
}
