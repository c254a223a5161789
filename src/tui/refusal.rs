//! What the role of the person at the terminal does not allow, from the row of the command.

use super::commands::Command;
use super::context::Context;
use crate::domain::Permission;
use crate::labels::codes;

impl Context {
    /// Whether the role of the person at the terminal allows this.
    pub(crate) fn may(&self, needs: Permission) -> bool {
        self.person.as_ref().is_none_or(|person| person.role.may(needs))
    }

    /// The permission that the person at the terminal lacks for a command.
    pub(crate) fn lacks(&self, command: Command) -> Option<Permission> {
        command.row().needs.filter(|needs| !self.may(*needs))
    }

    /// Why the person at the terminal may not use a command, in words.
    pub(crate) fn refusal(&self, command: Command) -> Option<String> {
        let (lang, needs) = (self.labels.lang, self.lacks(command)?);
        let role = self.labels.words.role(self.person.as_ref()?.role);
        Some(self.labels.frame.not_allowed(codes::permission(lang, needs), &codes::who_may(lang, needs), role))
    }
}
