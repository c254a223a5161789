//! Key and value pairs of the society.

use super::{StoreError, Tx};

/// Every setting that was ever set.
pub async fn all(tx: &mut Tx) -> Result<Vec<(String, String)>, StoreError> {
    Ok(query!(tx, all(String, String), "SELECT key, value FROM setting ORDER BY key")?)
}

/// The value of one, if it was ever set.
pub async fn get(tx: &mut Tx, key: &str) -> Result<Option<String>, StoreError> {
    Ok(query!(tx, maybe String, "SELECT value FROM setting WHERE key = $1", key)?)
}

/// Sets one setting.
pub async fn set(tx: &mut Tx, key: &str, value: &str) -> Result<(), StoreError> {
    query!(tx, execute "INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)?;
    Ok(())
}
