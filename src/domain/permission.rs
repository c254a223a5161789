//! Who may do what: one table.

use super::{Role, coded};

coded! {
    /// A thing that a role may or may not do.
    pub enum Permission {
        /// 照会: look members, requests, queue and batches up.
        Look = "look",
        /// 対応記録
        Note = "note",
        /// 送付依頼の処理
        Requests = "requests",
        /// 発送待ち: ask for cards, hold, cancel.
        Queue = "queue",
        /// バッチの作成
        Draft = "draft",
        /// バッチの出力・作り直し: whatever writes passwords onto paper.
        Export = "export",
        /// バッチの印刷・送付状・発送・受領
        Batches = "batches",
        /// バッチの承認
        Approve = "approve",
        /// 保留解除・統合
        Release = "release",
        /// 代表住所の変更の確認 (R6)
        ConfirmAddress = "confirm_address",
        /// 番号の統合・分離・終了: join, part and end memberships.
        Persons = "persons",
        /// 保護措置の設定・終了
        Protect = "protect",
        /// 漏えい等の対応の終了: closing incidents, and deciding that none is reported.
        Incidents = "incidents",
        /// 職員のロック解除
        Unlock = "unlock",
        /// 職員の管理
        Staff = "staff",
        /// 設定
        Settings = "settings",
        /// 二人目の確認 (F2): confirming what another person proposes.
        Second = "second",
        /// 取込
        Import = "import",
        /// 監査記録
        Audit = "audit",
        /// 閲覧状況の確認: unusual browsing.
        Browsing = "browsing",
        /// ポータル連携データの出力
        Feed = "feed",
        /// バックアップ
        Backup = "backup",
        /// 保守: 点検・復元・消去の提案
        Upkeep = "upkeep",
        /// 消去の承認
        ApprovePurge = "approve_purge",
    }
}

impl Role {
    /// The table: clerks do the daily work, supervisors also decide, admins run the system and print nothing, auditors
    /// read the log, and a machine does one thing.
    pub const fn may(self, what: Permission) -> bool {
        use Permission as P;
        match (self, what) {
            (Self::Clerk | Self::Supervisor | Self::Admin, P::Look) => true,
            (Self::Clerk | Self::Supervisor, P::Note | P::Requests | P::Queue | P::Draft | P::Export | P::Batches) => {
                true
            }
            (
                Self::Supervisor,
                P::Approve | P::Release | P::ConfirmAddress | P::Persons | P::Protect | P::Incidents,
            ) => true,
            (Self::Supervisor | Self::Admin, P::Unlock | P::Second | P::Feed | P::ApprovePurge) => true,
            (Self::Supervisor | Self::Admin | Self::Auditor, P::Browsing) => true,
            (Self::Admin, P::Staff | P::Settings | P::Import | P::Backup | P::Upkeep) => true,
            (Self::Admin | Self::Auditor, P::Audit) => true,
            (Self::MachineImport, P::Import)
            | (Self::MachineFeed, P::Feed)
            | (Self::MachineBackup, P::Backup)
            | (Self::MachineDraft, P::Draft)
            | (Self::MachineExport, P::Export) => true,
            (
                Self::Clerk
                | Self::Supervisor
                | Self::Admin
                | Self::Auditor
                | Self::MachineImport
                | Self::MachineFeed
                | Self::MachineBackup
                | Self::MachineDraft
                | Self::MachineExport,
                _,
            ) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::MachineTask;

    #[test]
    fn an_admin_prints_nothing_and_a_clerk_decides_nothing() {
        assert!(!Role::Admin.may(Permission::Batches));
        assert!(!Role::Clerk.may(Permission::Approve));
        assert!(!Role::Clerk.may(Permission::Release));
        assert!(Role::Supervisor.may(Permission::Approve));
    }

    #[test]
    fn f_roles_an_auditor_reads_the_log_and_nothing_else() {
        let may: Vec<Permission> = Permission::ALL.iter().copied().filter(|what| Role::Auditor.may(*what)).collect();
        assert_eq!(may, [Permission::Audit, Permission::Browsing]);
    }

    #[test]
    fn f_roles_a_machine_does_one_thing_and_never_approves() {
        for task in MachineTask::ALL.iter().copied() {
            let role = task.role();
            let may: Vec<&str> = Permission::ALL.iter().filter(|what| role.may(**what)).map(|it| it.code()).collect();
            assert_eq!(may, [task.code()]);
            assert!(role.is_machine());
        }
        let people: Vec<Role> = Role::ALL.iter().copied().filter(|role| !role.is_machine()).collect();
        assert_eq!(people, Role::PEOPLE);
        assert_eq!(Role::ALL.len(), Role::PEOPLE.len() + MachineTask::ALL.len());
    }
}
