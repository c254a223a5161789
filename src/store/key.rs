//! A member's key as columns.

use crate::domain::{KeyError, MemberKey};

/// The columns of a member's key, folded. Shown as `260-1-00`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct KeyColumns {
    /// 記号
    pub symbol: String,
    /// 番号
    pub number: String,
    /// 枝番
    pub branch: String,
}

impl KeyColumns {
    /// The key that they are.
    ///
    /// # Errors
    /// A part that is no part of a key, which the importer never stores.
    pub fn parse(&self) -> Result<MemberKey, KeyError> {
        MemberKey::parse(&self.symbol, &self.number, &self.branch)
    }
}

impl std::fmt::Display for KeyColumns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}-{}", self.symbol, self.number, self.branch)
    }
}
