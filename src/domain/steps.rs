//! Tables of steps: the whole life of a batch, a card, a request, a reply, a proposed address and a proposed change.

/// A step that the table does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such step from this state")]
pub struct NoSuchStep;

/// Where a step leads by a table of rows (from, step, to), or nothing where the table has no such row.
pub(super) fn after<S: Copy + PartialEq, T: PartialEq>(table: &[(S, T, S)], from: S, step: T) -> Option<S> {
    table.iter().find(|(state, by, _)| *state == from && *by == step).map(|(_, _, to)| *to)
}

#[cfg(test)]
mod tests {
    use crate::domain::request::{REPLY_TABLE, REQUEST_TABLE};
    use crate::domain::two_people::CHANGE_TABLE;
    use crate::domain::{BATCH_TABLE, CARD_TABLE, PROPOSAL_TABLE};
    use std::fmt::Debug;

    fn each_step_leads_to_one_state<S: Debug + PartialEq, T: Debug + PartialEq>(table: &[(S, T, S)]) {
        for (i, (from, by, _)) in table.iter().enumerate() {
            assert!(!table[..i].iter().any(|(f, b, _)| f == from && b == by), "{from:?} {by:?}");
        }
    }

    #[test]
    fn no_state_has_two_ways_for_one_step() {
        each_step_leads_to_one_state(BATCH_TABLE);
        each_step_leads_to_one_state(CARD_TABLE);
        each_step_leads_to_one_state(REQUEST_TABLE);
        each_step_leads_to_one_state(PROPOSAL_TABLE);
        each_step_leads_to_one_state(CHANGE_TABLE);
        each_step_leads_to_one_state(REPLY_TABLE);
    }
}
