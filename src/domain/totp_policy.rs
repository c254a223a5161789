//! Who needs a second factor.

use super::{Role, coded};

coded! {
    /// `policy.totp`: who signs in with a second factor.
    pub enum TotpPolicy {
        /// No role needs one.
        Off = "off",
        /// 責任者 and 管理者.
        Supervisors = "supervisors",
        /// Every role needs one.
        Everyone = "everyone",
    }
}

impl TotpPolicy {
    /// Whether this role needs the second factor. A machine has its key, and no device.
    pub const fn covers(self, role: Role) -> bool {
        match (self, role) {
            (_, role) if role.is_machine() => false,
            (Self::Off, _) | (Self::Supervisors, Role::Clerk) => false,
            (Self::Supervisors | Self::Everyone, _) => true,
        }
    }
}
