//! Failed sign-ins by where they come from.

use super::{StoreError, Tx, micros};
use chrono::{DateTime, Utc};

/// Failures in a row at one terminal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OriginState {
    /// How many, for any staff ID.
    pub failures: i64,
    /// No sign-in from there before this: not before the last failure.
    pub wait_until: Option<DateTime<Utc>>,
}

/// The state of a terminal; none where nothing failed there.
pub async fn get(tx: &mut Tx, origin: &str) -> Result<OriginState, StoreError> {
    let sql = "SELECT failures, wait_until FROM sign_in_origin WHERE origin = $1";
    let found = query!(tx, optional(i64, Option<DateTime<Utc>>), sql, origin)?;
    Ok(found.map(|(failures, wait_until)| OriginState { failures, wait_until }).unwrap_or_default())
}

/// Sets it, and forgets every other where nothing failed since a moment.
pub async fn set(tx: &mut Tx, origin: &str, state: &OriginState, forgotten: DateTime<Utc>) -> Result<(), StoreError> {
    let forget = "DELETE FROM sign_in_origin WHERE origin <> $1 AND (wait_until IS NULL OR wait_until < $2)";
    query!(tx, execute forget, origin, micros(forgotten))?;
    let sql = "INSERT INTO sign_in_origin (origin, failures, wait_until) VALUES ($1, $2, $3) ON CONFLICT (origin) DO UPDATE SET failures = excluded.failures, wait_until = excluded.wait_until";
    query!(tx, execute sql, origin, state.failures, state.wait_until.map(micros))?;
    Ok(())
}

/// Forgets the failures of a terminal, after a sign-in that succeeded.
pub async fn clear(tx: &mut Tx, origin: &str) -> Result<(), StoreError> {
    query!(tx, execute "DELETE FROM sign_in_origin WHERE origin = $1", origin)?;
    Ok(())
}
