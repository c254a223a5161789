//! Other sections of the society (課・係) that a caller is sent on to.

use super::NextAction;
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
    pub const fn of(action: NextAction) -> Option<Self> {
        match action {
            NextAction::TransferMedical => Some(Self::Medical),
            NextAction::TransferHealth => Some(Self::Health),
            NextAction::RecordNote
            | NextAction::OpenCard
            | NextAction::ResolveHold
            | NextAction::EmployerContact
            | NextAction::ReissueViewing
            | NextAction::TypeInRequest
            | NextAction::OpenPredecessor
            | NextAction::OpenSuccessor => None,
        }
    }
}
