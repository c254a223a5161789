//! Large changes in pieces.

use super::coded;

coded! {
    /// What is applied in pieces.
    pub enum WorkKind {
        /// 取込
        Import = "import",
        /// 保存期間を過ぎた記録の削除
        Purge = "purge",
    }
}

coded! {
    /// How far it is.
    pub enum WorkState {
        /// Its pieces are being stored; nothing of it counts.
        Staged = "staged",
        /// It is being applied, and will be carried to its end.
        Applying = "applying",
    }
}

/// Its only step.
pub const WORK_TABLE: &[(WorkState, (), WorkState)] = &[(WorkState::Staged, (), WorkState::Applying)];
