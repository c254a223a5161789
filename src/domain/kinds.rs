//! The small vocabularies that everything else is written in.

use super::coded;

coded! {
    /// What a sealed postcard (圧着ハガキ) carries.
    pub enum CardKind {
        /// 健康・医療情報閲覧用パスワード: the second password, always issued by the society.
        Viewing = "viewing",
        /// ログイン情報のお知らせ: login ID and a new temporary login password.
        Login = "login",
    }
}

coded! {
    /// 本人家族区分: the insured, or a dependent.
    pub enum Relation {
        /// 本人(被保険者)
        Insured = "insured",
        /// 家族(被扶養者)
        Dependent = "dependent",
    }
}

coded! {
    /// 健康・医療情報のWeb表示.
    pub enum WebDisplay {
        /// 希望する
        Wanted = "wanted",
        /// 希望しない
        NotWanted = "not_wanted",
    }
}

coded! {
    /// What a member of staff may do.
    pub enum Role {
        /// 担当: look-up, notes, requests, queue, drafts, print and dispatch.
        Clerk = "clerk",
        /// 責任者: also approve, release, merge, unlock.
        Supervisor = "supervisor",
        /// 管理者: staff, settings, imports, audit; no printing.
        Admin = "admin",
        /// 監査担当: the log, unusual browsing, verification; nothing else.
        Auditor = "auditor",
    }
}
