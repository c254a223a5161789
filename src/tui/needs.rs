//! Which permission a command takes: footer, help, palette and the screens ask this one table.

use super::context::Context;
use crate::domain::Permission;
use crate::labels::Command;

impl Command {
    /// What a role must be allowed for it; nothing for looking and moving.
    pub(crate) const fn needs(self) -> Option<Permission> {
        use Command as C;
        use Permission as P;
        Some(match self {
            C::Note | C::FollowUpDone => P::Note,
            C::TakeRequest | C::Tick | C::QueueNotice | C::HoldRequest | C::Reject | C::ChooseMember => P::Requests,
            C::Reissue | C::Hold | C::CancelCard => P::Queue,
            C::Merge | C::Release | C::OneOff => P::Release,
            C::Draft
            | C::MarkCard
            | C::Export
            | C::Printed
            | C::Dispatch
            | C::CancelBatch
            | C::Receipt
            | C::Returned => P::Batches,
            C::Approve => P::Approve,
            C::ChooseFile | C::Apply | C::WriteRejects => P::Import,
            C::AddStaff | C::ResetPassword | C::DisableStaff | C::ChangeRole | C::ResetFactor => P::Staff,
            C::UnlockStaff => P::Unlock,
            C::EditSetting => P::Settings,
            C::VerifyAudit => P::Audit,
            _ => return None,
        })
    }
}

impl Context {
    /// What the person at the terminal lacks for a command.
    pub(crate) fn lacks(&self, command: Command) -> Option<Permission> {
        command.needs().filter(|needs| !self.may(*needs))
    }

    /// Whether the role of the person at the terminal allows this.
    pub(crate) fn may(&self, needs: Permission) -> bool {
        self.person.as_ref().is_none_or(|person| person.role.may(needs))
    }
}
