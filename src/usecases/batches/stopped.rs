//! Cards that a batch leaves behind: held, or waiting in the queue.

use super::print_job::Stopped;
use crate::domain::HoldReason;
use crate::domain::gate::Delay;
use crate::print;

/// A card that is held.
#[derive(Debug, Clone, serde::Serialize)]
pub struct HeldCard {
    /// Row id of the card.
    pub card: i64,
    /// The key of the member.
    pub member: String,
    /// Why the card is held.
    pub reason: HoldReason,
    /// What exactly, in codes: `name U+E000`.
    pub detail: Option<String>,
    /// The same for `labels`.
    #[serde(skip)]
    pub faults: Vec<print::PreflightFault>,
}

/// S6: a card that waits in the queue, because one of the other kind of the same account is too close.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ApartCard {
    /// Row id of the card.
    pub card: i64,
    /// The key of the member.
    pub member: String,
    /// What it waits for.
    #[serde(flatten)]
    pub delay: Delay,
}

impl HeldCard {
    /// The cards that are held now, with why; those that go back to the queue or are not wanted any more are not among them.
    pub(super) fn of(stopped: Vec<Stopped>) -> Vec<Self> {
        let held = stopped.into_iter().filter_map(|Stopped { stop, faults }| {
            let reason = stop.held()?;
            Some(Self { card: stop.card, member: stop.member, reason, detail: stop.detail, faults })
        });
        held.collect()
    }
}

impl ApartCard {
    /// The cards that wait for others.
    pub(super) fn of(stopped: &[Stopped]) -> Vec<Self> {
        let apart = stopped.iter().filter_map(|Stopped { stop, .. }| {
            Some(Self { card: stop.card, member: stop.member.clone(), delay: stop.delay.clone()? })
        });
        apart.collect()
    }
}
