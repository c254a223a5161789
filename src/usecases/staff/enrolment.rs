//! 認証アプリの登録: enrolling the device of the second factor, and removing it.

use super::authentication::{Credentials, enter_to_enrol};
use super::factor::{Factor, wanted};
use super::get;
use crate::secrets::{Passphrase, TotpSecret, recovery_codes, recovery_hash};
use crate::store::{self, totp::Device};
use crate::usecases::audit::AuditEvent;
use crate::usecases::{Actor, AppContext, Error, Refusal};

/// A device that is about to be enrolled: nothing is stored until its first code was right.
#[derive(Debug, Clone)]
pub struct Enrolment {
    /// The owner of the device.
    pub actor: Actor,
    /// The secret that is shared with the device.
    pub secret: TotpSecret,
}

/// Begins to enrol a device, given the password, and a code of the old device where there is one.
pub async fn begin_enrolment(ctx: &AppContext, given: &Credentials<'_>) -> Result<Enrolment, Error> {
    let actor = enter_to_enrol(ctx, given).await?;
    let secret = TotpSecret::generate()?;
    Ok(Enrolment { actor, secret })
}

/// Whether the actor must enrol a device before the next sign-in.
pub async fn must_enrol(ctx: &AppContext, actor: &Actor) -> Result<bool, Error> {
    let mut tx = ctx.read(&actor.own()).await?;
    let staff = get(&mut tx, &actor.id).await?;
    Ok(matches!(wanted(&mut tx, &staff).await?, Factor::Missing))
}

/// Enrols the device by its first code; returns the recovery codes, which are shown this once.
pub async fn enrol(ctx: &AppContext, enrolment: &Enrolment, code: &Passphrase) -> Result<Vec<Passphrase>, Error> {
    let Enrolment { actor, secret } = enrolment;
    let step = secret.step_of(code.expose(), ctx.clock.instant()).ok_or(Refusal::Code)?;
    let codes = recovery_codes()?;
    let hashes: Vec<String> = codes.iter().filter_map(|code| recovery_hash(&actor.id, code.expose())).collect();
    let device = Device { secret: secret.base32(), last_step: step };
    let mut uow = ctx.begin(&actor.own()).await?;
    store::totp::enrol(&mut uow, &actor.id, &device, &hashes, ctx.clock.now()).await?;
    uow.commit(AuditEvent::FactorEnrolled).await?;
    Ok(codes)
}
