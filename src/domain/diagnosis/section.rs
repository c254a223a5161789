//! Other sections of the society (課・係) that a caller is sent on to.

use super::NextAction;
use crate::domain::coded;

coded! {
    /// A section; the settings have its name and phone.
    pub enum Section {
        /// 医療費のお知らせ (Q4, Q5)
        Medical = "medical",
        /// 健診, and old records (Q8)
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
