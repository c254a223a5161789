//! A member's key as columns.

use crate::domain::{KeyError, MemberKey};

/// The columns of a member's key, folded. Shown as `260-1-00`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
pub struct KeyColumns {
    /// 記号
    pub symbol: String,
    /// 番号
    pub number: String,
    /// 枝番
    pub branch: String,
}

impl KeyColumns {
    /// The folded parts of a key.
    pub fn of(key: &MemberKey) -> Self {
        let [symbol, number, branch] = [key.symbol.key(), key.number.key(), key.branch.key()].map(str::to_owned);
        Self { symbol, number, branch }
    }

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
