//! B15: cards that an employer could not hand over.

use super::coded;

coded! {
    /// Why a card could not be handed over.
    pub enum UndeliveredReason {
        /// 退職
        Left = "left",
        /// 転籍
        Transferred = "transferred",
        /// 休職
        OnLeave = "on_leave",
        /// 受取拒否
        Refused = "refused",
        /// 不明
        Unknown = "unknown",
    }
}
