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
