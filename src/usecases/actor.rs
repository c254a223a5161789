//! Who acts, and what they may do.

use super::Refusal;
use crate::domain::{Permission, Role};

/// A member of staff who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// 職員ID
    pub id: String,
    /// 氏名
    pub name: String,
    /// 役割
    pub role: Role,
}

/// The staff ID of what the program does by itself.
pub(super) const SYSTEM: &str = "system";

impl Actor {
    /// The right to read or change what needs this permission.
    ///
    /// # Errors
    /// [`Refusal::Role`] where the role does not have it.
    pub fn allowed(&self, needs: Permission) -> Result<Allowed, Refusal> {
        if self.role.may(needs) { Ok(self.own()) } else { Err(Refusal::Role { role: self.role, needs }) }
    }

    /// What every role may do: the own session, password and device.
    pub(super) fn own(&self) -> Allowed {
        Allowed { staff: self.id.clone() }
    }
}

/// The right to open a transaction, in the name of a staff ID. Its field is private: outside the use cases
/// [`Actor::allowed`] is the only way to one.
///
/// ```compile_fail,E0451
/// use mykempo_console::usecases::Allowed;
/// let forged = Allowed { staff: String::new() };
/// ```
#[derive(Debug, Clone)]
pub struct Allowed {
    staff: String,
}

impl Allowed {
    /// Without a signed-in actor: set-up, the business day, recovery, upgrade, checks.
    pub(super) fn system() -> Self {
        Self { staff: SYSTEM.to_owned() }
    }

    /// An attempt to sign in under a staff ID; without one, the ID is unknown.
    pub(super) fn signing_in(staff: Option<&str>) -> Self {
        Self { staff: staff.unwrap_or(SYSTEM).to_owned() }
    }

    /// Carries on what a person was allowed to begin.
    pub(super) fn carried_on(staff: &str) -> Self {
        Self { staff: staff.to_owned() }
    }

    /// The staff ID for the log.
    pub(super) fn staff(&self) -> &str {
        &self.staff
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_without_the_permission_is_refused() {
        let clerk = Actor { id: "sato".into(), name: "佐藤".into(), role: Role::Clerk };
        assert_eq!(clerk.allowed(Permission::Queue).unwrap().staff(), "sato");
        let refused = clerk.allowed(Permission::Settings).unwrap_err();
        assert_eq!(refused, Refusal::Role { role: Role::Clerk, needs: Permission::Settings });
    }
}
