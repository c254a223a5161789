//! 二要素認証: the second factor, by `policy.totp`.

use super::authentication::{Credentials, enter_to_enrol};
use super::{get, shut_out};
use crate::domain::Permission;
use crate::secrets::{Passphrase, TotpSecret, recovery_codes, recovery_hash};
use crate::store::{self, Tx, staff::Staff, totp::Device};
use crate::usecases::audit::AuditEvent;
use crate::usecases::{Actor, AppContext, Error, Refusal, UnitOfWork, settings};

/// What stands between a right password and the desk.
pub(super) enum Factor {
    /// The policy asks this person for nothing more.
    NotWanted,
    /// A device must be enrolled first.
    Missing,
    /// This device says a code.
    Device(Device),
}

/// What the policy of now wants of somebody.
pub(super) async fn wanted(tx: &mut Tx, staff: &Staff) -> Result<Factor, Error> {
    if !settings::load(tx).await?.totp.covers(staff.role) {
        return Ok(Factor::NotWanted);
    }
    Ok(store::totp::device(tx, &staff.id).await?.map_or(Factor::Missing, Factor::Device))
}

/// Whether a code is right and was never used; it is used up. A recovery code does as well, once.
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

/// A device that is about to be enrolled: nothing is stored until its first code was right.
#[derive(Debug, Clone)]
pub struct Enrolment {
    /// Whose.
    pub actor: Actor,
    /// Shared with the device.
    pub secret: TotpSecret,
}

/// Begins to enrol a device for whoever gives this password (and a code of the old device, where there is one).
pub async fn begin_enrolment(ctx: &AppContext, given: &Credentials<'_>) -> Result<Enrolment, Error> {
    let actor = enter_to_enrol(ctx, given).await?;
    let secret = TotpSecret::generate().map_err(|e| Error::Secrets(e.to_string()))?;
    Ok(Enrolment { actor, secret })
}

/// Whether somebody must enrol a device before the next sign-in.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn must_enrol(ctx: &AppContext, actor: &Actor) -> Result<bool, Error> {
    let mut tx = ctx.read(&actor.own()).await?;
    let staff = get(&mut tx, &actor.id).await?;
    Ok(matches!(wanted(&mut tx, &staff).await?, Factor::Missing))
}

/// Enrols the device by its first code; returns the recovery codes, which are shown this once.
pub async fn enrol(ctx: &AppContext, enrolment: &Enrolment, code: &Passphrase) -> Result<Vec<Passphrase>, Error> {
    let Enrolment { actor, secret } = enrolment;
    let step = secret.step_of(code.expose(), ctx.clock.instant()).ok_or(Refusal::Code)?;
    let codes = recovery_codes().map_err(Error::Secrets)?;
    let hashes: Vec<String> = codes.iter().filter_map(|code| recovery_hash(&actor.id, code.expose())).collect();
    let device = Device { secret: secret.base32(), last_step: step };
    let mut uow = ctx.begin(&actor.own()).await?;
    store::totp::enrol(&mut uow, &actor.id, &device, &hashes, ctx.clock.now()).await?;
    uow.commit(AuditEvent::FactorEnrolled).await?;
    Ok(codes)
}

/// ValueKind somebody's device and recovery codes away; the next sign-in enrols a new one where the policy wants it.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn reset_factor(ctx: &AppContext, actor: &Actor, id: &str) -> Result<(), Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::Staff)?).await?;
    let staff = get(&mut uow, id).await?;
    store::totp::remove(&mut uow, &staff.id).await?;
    shut_out(&mut uow, &staff.id).await?;
    uow.commit(AuditEvent::FactorReset { id: id.to_owned() }).await
}
