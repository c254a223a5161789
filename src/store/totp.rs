//! The second factor of staff: secrets of devices, and recovery codes.

use super::{StoreError, Tx, micros};
use crate::secrets::Passphrase;
use chrono::{DateTime, Utc};

/// A device. `Debug` shows no secret.
#[derive(Debug, Clone)]
pub struct Device {
    /// The shared secret in base32.
    pub secret: Passphrase,
    /// The last step whose code was accepted; none up to it is accepted again.
    pub last_step: i64,
}

/// The device of a member of staff.
pub async fn device(tx: &mut Tx, staff: &str) -> Result<Option<Device>, StoreError> {
    let sql = "SELECT secret, last_step FROM staff_totp WHERE staff = $1";
    let found = query!(tx, optional(String, i64), sql, staff)?;
    Ok(found.map(|(secret, last_step)| Device { secret: Passphrase::new(secret), last_step }))
}

/// Who has one.
pub async fn enrolled(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    Ok(query!(tx, values String, "SELECT staff FROM staff_totp ORDER BY staff")?)
}

/// A new device instead of any other, with new recovery codes.
pub async fn enrol(
    tx: &mut Tx,
    staff: &str,
    device: &Device,
    hashes: &[String],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    remove(tx, staff).await?;
    let sql = "INSERT INTO staff_totp (staff, secret, last_step, enrolled_at) VALUES ($1, $2, $3, $4)";
    query!(tx, execute sql, staff, device.secret.expose(), device.last_step, micros(now))?;
    for hash in hashes {
        query!(tx, execute "INSERT INTO recovery_code (staff, hash) VALUES ($1, $2)", staff, hash)?;
    }
    Ok(())
}

/// Takes device and codes away.
pub async fn remove(tx: &mut Tx, staff: &str) -> Result<(), StoreError> {
    query!(tx, execute "DELETE FROM recovery_code WHERE staff = $1", staff)?;
    query!(tx, execute "DELETE FROM staff_totp WHERE staff = $1", staff)?;
    Ok(())
}

/// Uses a step up; false where it, or a later one, was used before.
pub async fn use_step(tx: &mut Tx, staff: &str, step: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE staff_totp SET last_step = $2 WHERE staff = $1 AND last_step < $2";
    Ok(query!(tx, execute sql, staff, step)? == 1)
}

/// Uses a recovery code up; false where there is none with this hash, or it was used before.
pub async fn use_recovery(tx: &mut Tx, staff: &str, hash: &str, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let sql = "UPDATE recovery_code SET used_at = $3 WHERE staff = $1 AND hash = $2 AND used_at IS NULL";
    Ok(query!(tx, execute sql, staff, hash, micros(now))? == 1)
}

/// How many recovery codes are left.
pub async fn recovery_left(tx: &mut Tx, staff: &str) -> Result<i64, StoreError> {
    Ok(query!(tx, value i64, "SELECT count(*) FROM recovery_code WHERE staff = $1 AND used_at IS NULL", staff)?)
}
