//! Staff and their sign-in state.

use super::{StoreError, Tx, micros};
use crate::domain::Role;
use crate::domain::two_people::Colleague;
use chrono::{DateTime, Utc};

/// A member of staff. `Debug` leaves the hash out.
#[derive(Clone, sqlx::FromRow, serde::Serialize)]
pub struct Staff {
    /// 職員ID
    pub id: String,
    /// 氏名
    pub name: String,
    /// 役割
    #[sqlx(try_from = "String")]
    pub role: Role,
    /// Hash of the password as a PHC string.
    #[serde(skip)]
    pub hash: String,
    /// A new or reset password must be changed at first sign-in.
    pub must_change: bool,
    /// Wrong passwords since the last right one.
    pub failures: i64,
    /// No sign-in before this.
    pub locked_until: Option<DateTime<Utc>>,
    /// No sign-in from this on.
    pub disabled_at: Option<DateTime<Utc>>,
}

impl std::fmt::Debug for Staff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Staff").field("id", &self.id).field("role", &self.role).finish_non_exhaustive()
    }
}

/// One by ID.
pub async fn get(tx: &mut Tx, id: &str) -> Result<Option<Staff>, StoreError> {
    Ok(
        query!(tx, optional Staff, "SELECT id, name, role, hash, must_change, failures, locked_until, disabled_at FROM staff WHERE id = $1", id)?,
    )
}

/// Every member of staff, by ID.
pub async fn all(tx: &mut Tx) -> Result<Vec<Staff>, StoreError> {
    Ok(
        query!(tx, all Staff, "SELECT id, name, role, hash, must_change, failures, locked_until, disabled_at FROM staff ORDER BY id")?,
    )
}

/// What decides who counts as another person (F2).
#[derive(sqlx::FromRow)]
struct ColleagueRow {
    id: String,
    #[sqlx(try_from = "String")]
    role: Role,
    created_at: DateTime<Utc>,
    disabled_at: Option<DateTime<Utc>>,
    handed_by: Option<String>,
    asked_by: Option<String>,
    handed_at: Option<DateTime<Utc>>,
}

/// Every member of staff, as far as it decides who counts as another person (F2).
pub async fn colleagues(tx: &mut Tx) -> Result<Vec<Colleague>, StoreError> {
    let sql = "SELECT id, role, created_at, disabled_at, handed_by, asked_by, handed_at FROM staff ORDER BY id";
    let rows = query!(tx, all ColleagueRow, sql)?;
    let colleague = |ColleagueRow { id, role, created_at, disabled_at, handed_by, asked_by, handed_at }| Colleague {
        id,
        role,
        created_at,
        disabled_at,
        handed_by,
        asked_by,
        handed_at,
    };
    Ok(rows.into_iter().map(colleague).collect())
}

/// Who hands a first password over, none for one that was made on the host; who had proposed it, none where one person
/// did both; and when.
pub async fn handed(
    tx: &mut Tx,
    id: &str,
    by: Option<&str>,
    asked_by: Option<&str>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    query!(
        tx,
        execute "UPDATE staff SET handed_by = $2, asked_by = $3, handed_at = $4 WHERE id = $1",
        id,
        by,
        asked_by,
        micros(at)
    )?;
    Ok(())
}

/// A new one.
pub async fn insert(tx: &mut Tx, staff: &Staff, now: DateTime<Utc>) -> Result<(), StoreError> {
    query!(
        tx,
        execute "INSERT INTO staff (id, name, role, hash, must_change, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        &staff.id,
        &staff.name,
        staff.role.code(),
        &staff.hash,
        staff.must_change,
        micros(now)
    )?;
    Ok(())
}

/// How often the person was signed out everywhere so far.
pub async fn epoch(tx: &mut Tx, id: &str) -> Result<Option<i64>, StoreError> {
    Ok(query!(tx, maybe i64, "SELECT epoch FROM staff WHERE id = $1", id)?)
}

/// Signs the person out of every open console.
pub async fn next_epoch(tx: &mut Tx, id: &str) -> Result<(), StoreError> {
    query!(tx, execute "UPDATE staff SET epoch = epoch + 1 WHERE id = $1", id)?;
    Ok(())
}

/// Gives a person another role.
pub async fn set_role(tx: &mut Tx, id: &str, role: Role) -> Result<(), StoreError> {
    query!(tx, execute "UPDATE staff SET role = $2 WHERE id = $1", id, role.code())?;
    Ok(())
}

/// Password, failures, lock and disabling as in `staff`.
pub async fn update(tx: &mut Tx, staff: &Staff) -> Result<(), StoreError> {
    query!(
        tx,
        execute "UPDATE staff SET hash = $2, must_change = $3, failures = $4, locked_until = $5, disabled_at = $6 WHERE id = $1",
        &staff.id,
        &staff.hash,
        staff.must_change,
        staff.failures,
        staff.locked_until.map(micros),
        staff.disabled_at.map(micros)
    )?;
    Ok(())
}
