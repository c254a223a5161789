//! Words of the registry (適用台帳).

use super::coded;

coded! {
    /// 性別, with the registry's own codes.
    pub enum Sex {
        /// 男
        Male = "1",
        /// 女
        Female = "2",
    }
}

/// Whether 喪失事由 says that the member has died.
pub fn is_death(loss_reason: &str) -> bool {
    loss_reason.contains("死亡")
}
