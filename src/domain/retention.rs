//! Kinds of records with a period of retention (保存期間).

use super::coded;

coded! {
    /// What retention knows.
    pub enum RetentionKind {
        /// 対応記録
        Notes = "notes",
        /// 処理の済んだ送付依頼
        Requests = "requests",
        /// 資格を喪失した加入者 with tombstones and old cards.
        Members = "members",
        /// 監査記録: the anchor of what was removed stays.
        Audit = "audit",
    }
}
