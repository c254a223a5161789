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
    /// What a member of staff, or a program that runs by itself, may do.
    pub enum Role {
        /// 担当: look-up, notes, requests, queue, drafts, print and dispatch.
        Clerk = "clerk",
        /// 責任者: also approve, release, merge, unlock.
        Supervisor = "supervisor",
        /// 管理者: staff, settings, imports, audit; no printing.
        Admin = "admin",
        /// 監査担当: the log, unusual browsing, verification; nothing else.
        Auditor = "auditor",
        /// 取込用の自動処理
        MachineImport = "machine_import",
        /// 連携データ用の自動処理
        MachineFeed = "machine_feed",
        /// バックアップ用の自動処理
        MachineBackup = "machine_backup",
        /// バッチ作成用の自動処理
        MachineDraft = "machine_draft",
        /// バッチ出力用の自動処理
        MachineExport = "machine_export",
    }
}

coded! {
    /// What a new account is for.
    pub enum NewRole {
        /// 担当
        Clerk = "clerk",
        /// 責任者
        Supervisor = "supervisor",
        /// 管理者
        Admin = "admin",
        /// 監査担当
        Auditor = "auditor",
        /// 自動処理; its task is named besides.
        Machine = "machine",
    }
}

impl NewRole {
    /// The role of a person; none for a machine.
    pub const fn of_a_person(self) -> Option<Role> {
        match self {
            Self::Clerk => Some(Role::Clerk),
            Self::Supervisor => Some(Role::Supervisor),
            Self::Admin => Some(Role::Admin),
            Self::Auditor => Some(Role::Auditor),
            Self::Machine => None,
        }
    }
}

coded! {
    /// The one thing that a machine account may do.
    pub enum MachineTask {
        /// 取込
        Import = "import",
        /// 連携データの出力
        Feed = "feed",
        /// バックアップ
        Backup = "backup",
        /// バッチの作成
        Draft = "draft",
        /// バッチの出力
        Export = "export",
    }
}

impl MachineTask {
    /// The role of the accounts that do it.
    pub const fn role(self) -> Role {
        match self {
            Self::Import => Role::MachineImport,
            Self::Feed => Role::MachineFeed,
            Self::Backup => Role::MachineBackup,
            Self::Draft => Role::MachineDraft,
            Self::Export => Role::MachineExport,
        }
    }
}

impl Role {
    /// The roles of people; all others are of machines.
    pub const PEOPLE: &'static [Self] = &[Self::Clerk, Self::Supervisor, Self::Admin, Self::Auditor];

    /// Whether accounts of this role are programs, which sign in with a key and not with a password.
    pub const fn is_machine(self) -> bool {
        match self {
            Self::Clerk | Self::Supervisor | Self::Admin | Self::Auditor => false,
            Self::MachineImport
            | Self::MachineFeed
            | Self::MachineBackup
            | Self::MachineDraft
            | Self::MachineExport => true,
        }
    }
}
