//! The four files that come in.

use crate::domain::coded;

coded! {
    /// What a file is about.
    pub enum FileKind {
        /// 事業所
        Employers = "employers",
        /// 加入者
        Members = "members",
        /// ポータルの出来事
        PortalEvents = "portal-events",
        /// ログイン情報送付依頼
        Requests = "requests",
    }
}
