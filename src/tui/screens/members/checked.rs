//! Who was identified in a call: going back to a person keeps the check.

use super::call::CallerState;
use crate::domain::MemberKey;

/// The checks of one call, and whose family is walked through.
#[derive(Default, Clone)]
pub(super) struct CheckedCallers {
    callers: Vec<(MemberKey, CallerState)>,
    first: Option<MemberKey>,
}

impl CheckedCallers {
    /// Who is on the line about this person, as far as it was checked.
    pub(super) fn of(&self, key: &MemberKey) -> CallerState {
        let known = self.callers.iter().find(|(checked, _)| checked == key);
        known.map(|(_, caller)| caller.clone()).unwrap_or_default()
    }

    pub(super) fn keep(&mut self, key: &MemberKey, caller: &CallerState) {
        self.callers.retain(|(checked, _)| checked != key);
        self.callers.push((key.clone(), caller.clone()));
    }

    /// From this person on, the family is walked through.
    pub(super) fn begin(&mut self, key: &MemberKey) {
        self.first.get_or_insert_with(|| key.clone());
    }

    /// Whether Esc leads from this person back to the first one.
    pub(super) fn leads_back_from(&self, key: &MemberKey) -> bool {
        self.first.as_ref().is_some_and(|first| first != key)
    }

    /// The person that the call began with.
    pub(super) fn take_first(&mut self) -> Option<MemberKey> {
        self.first.take()
    }

    /// Another person is on the line.
    pub(super) fn forget(&mut self) {
        self.callers.clear();
    }

    /// The call is over.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}
