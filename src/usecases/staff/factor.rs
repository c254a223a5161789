//! 二要素認証: the second factor at sign-in, by `policy.totp`.

use crate::secrets::{Passphrase, TotpSecret, recovery_hash};
use crate::store::{self, Tx, staff::Staff, totp::Device};
use crate::usecases::audit::AuditEvent;
use crate::usecases::{AppContext, Error, UnitOfWork, settings};

/// What a sign-in needs after the right password.
pub(super) enum Factor {
    /// Nothing more, by the policy.
    NotWanted,
    /// A device must be enrolled first.
    Missing,
    /// A code of this device.
    Device(Device),
}

/// The factor that today's policy wants of a member of staff.
pub(super) async fn wanted(tx: &mut Tx, staff: &Staff) -> Result<Factor, Error> {
    if !settings::load(tx).await?.totp.covers(staff.role) {
        return Ok(Factor::NotWanted);
    }
    Ok(store::totp::device(tx, &staff.id).await?.map_or(Factor::Missing, Factor::Device))
}

/// Whether a code of the device, or a recovery code, is right and was never used; it is used up.
pub(super) async fn accepts(
    uow: &mut UnitOfWork,
    ctx: &AppContext,
    staff: &str,
    device: &Device,
    code: &Passphrase,
) -> Result<bool, Error> {
    let secret = TotpSecret::parse(device.secret.expose());
    if let Some(step) = secret.and_then(|secret| secret.step_of(code.expose(), ctx.clock.instant())) {
        return Ok(store::totp::use_step(uow, staff, step).await?);
    }
    let Some(hash) = recovery_hash(staff, code.expose()) else { return Ok(false) };
    let used = store::totp::use_recovery(uow, staff, &hash, ctx.clock.now()).await?;
    if used {
        let left = store::totp::recovery_left(uow, staff).await?;
        uow.record(AuditEvent::RecoveryCodeUsed { left }).await?;
    }
    Ok(used)
}
