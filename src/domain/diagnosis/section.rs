//! Other sections of the society (課・係) that a caller is sent on to.

use super::Action;
use crate::domain::coded;

coded! {
    /// A section; `assets/scripts/common.toml` has its name and number.
    pub enum Section {
        /// 医療課医療二係: 医療費のお知らせ after leaving (Q4).
        Medical = "medical",
        /// 健康事業課: old records (Q8).
        Health = "health",
    }
}

impl Section {
    /// The section that an action sends the caller on to.
    pub const fn of(action: Action) -> Option<Self> {
        match action {
            Action::TransferMedical => Some(Self::Medical),
            Action::TransferHealth => Some(Self::Health),
            Action::RecordNote
            | Action::OpenCard
            | Action::ResolveHold
            | Action::EmployerContact
            | Action::ReissueViewing
            | Action::TypeInRequest
            | Action::OpenPredecessor
            | Action::OpenSuccessor => None,
        }
    }
}
