//! サインイン: the same way for everybody. A staff ID that is unknown, locked or disabled and a wrong password cost one
//! verification and one entry each, and are answered in the same words: nobody learns which IDs exist.

use super::factor::{self, Factor};
use super::{FAILURES, LOCK_MINUTES, blocking, verifies_with};
use crate::secrets::{self, HashCost, Passphrase};
use crate::store::{self, staff::Staff};
use crate::usecases::actor::Allowed;
use crate::usecases::audit::{AuditEvent, SignInFailure};
use crate::usecases::{Actor, AppContext, Error, Refusal, UnitOfWork};
use chrono::TimeDelta;

/// A right password: who it is, and whether it must be changed before anything else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignIn {
    /// Welcome.
    Ready(Actor),
    /// The password is new or reset: [`super::change_password`] first.
    MustChange(Actor),
}

/// What is shown at the door. The code is a code of the device or a recovery code.
#[derive(Debug, Clone)]
pub struct Credentials<'a> {
    /// 職員ID
    pub id: &'a str,
    /// パスワード
    pub password: &'a Passphrase,
    /// 確認コード, once it was asked for.
    pub code: Option<&'a Passphrase>,
}

/// What somebody comes for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// Everything: the second factor is asked for where the policy wants it.
    SignIn,
    /// Back to the own screen, which hides behind a lock: the password is enough.
    Unlock,
    /// To enrol a device: the factor that is missing cannot be asked for.
    Enrol,
}

/// Signs in with a password alone.
///
/// # Errors
/// [`Refusal::CodeNeeded`] and [`Refusal::MustEnrol`] where the policy wants a second factor: the password was right.
pub async fn sign_in(ctx: &AppContext, id: &str, password: &Passphrase) -> Result<SignIn, Error> {
    sign_in_with(ctx, &Credentials { id, password, code: None }).await
}

/// Signs in with password and code.
pub async fn sign_in_with(ctx: &AppContext, given: &Credentials<'_>) -> Result<SignIn, Error> {
    enter(ctx, given, Purpose::SignIn, secrets::verifies).await
}

/// Opens the lock of the own screen. Failures count as they do at sign-in.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn unlock_screen(ctx: &AppContext, actor: &Actor, password: &Passphrase) -> Result<(), Error> {
    let given = Credentials { id: &actor.id, password, code: None };
    enter(ctx, &given, Purpose::Unlock, secrets::verifies).await.map(drop)
}

/// Who may enrol a device: the right password is enough where there is none yet, else the old device says its code.
pub(super) async fn enter_to_enrol(ctx: &AppContext, given: &Credentials<'_>) -> Result<Actor, Error> {
    let (SignIn::Ready(actor) | SignIn::MustChange(actor)) =
        enter(ctx, given, Purpose::Enrol, secrets::verifies).await?;
    Ok(actor)
}

/// `verify` is a parameter so that a test can count what every way in costs.
async fn enter(
    ctx: &AppContext,
    given: &Credentials<'_>,
    purpose: Purpose,
    verify: impl Fn(&str, &str) -> bool + Send + 'static,
) -> Result<SignIn, Error> {
    let found = store::staff::get(&mut ctx.read(&Allowed::signing_in(None)).await?, given.id).await?;
    // What was typed is not written down: it may be a password in the wrong field.
    let allowed = Allowed::signing_in(found.as_ref().map(|staff| staff.id.as_str()));
    let hash = found.map_or_else(|| decoy(ctx.settings.hash_cost), |staff| staff.hash);
    let right = verifies_with(verify, given.password, hash.clone()).await?;

    let mut uow = ctx.begin(&allowed).await?;
    // Read again: another failure, an unlock, a reset or a disabling may have come in between.
    let found = store::staff::get(&mut uow, given.id).await?;
    let known = found.is_some();
    let staff = found.unwrap_or_else(|| nobody(given.id, hash.clone()));
    let now = ctx.clock.now();
    let locked = staff.locked_until.is_some_and(|until| until > now);
    if !(known && right) || staff.hash != hash || locked || staff.disabled_at.is_some() {
        let cause = match (known, locked) {
            (false, _) => SignInFailure::UnknownId,
            (true, true) => SignInFailure::Locked,
            (true, false) if right && staff.disabled_at.is_some() => SignInFailure::Disabled,
            (true, false) => SignInFailure::Password,
        };
        turn_away(uow, staff, cause).await?;
        return Err(Refusal::SignIn.into());
    }
    let factor = factor::wanted(&mut uow, &staff).await?;
    match (purpose, factor, given.code) {
        (Purpose::Unlock, ..) | (_, Factor::NotWanted, _) | (Purpose::Enrol, Factor::Missing, _) => {}
        // The password comes first: it is changed, and the next sign-in asks for the device.
        (Purpose::SignIn, Factor::Missing, _) if staff.must_change => {}
        (Purpose::SignIn, Factor::Missing, _) => return Err(Refusal::MustEnrol.into()),
        (_, Factor::Device(_), None) => return Err(Refusal::CodeNeeded.into()),
        (_, Factor::Device(device), Some(code)) => {
            if !factor::accepts(&mut uow, ctx, &staff.id, &device, code).await? {
                turn_away(uow, staff, SignInFailure::Code).await?;
                return Err(Refusal::Code.into());
            }
        }
    }
    welcome(uow, ctx, staff, purpose, given.password).await
}

/// Counts a failure and locks at the last. Where the ID is unknown the same is done to nobody.
async fn turn_away(mut uow: UnitOfWork, mut staff: Staff, cause: SignInFailure) -> Result<(), Error> {
    let now = uow.now();
    if staff.locked_until.is_none_or(|until| until <= now) {
        staff.failures += 1;
        staff.locked_until = None;
        if staff.failures >= FAILURES {
            staff.failures = 0;
            staff.locked_until = Some(now + TimeDelta::minutes(LOCK_MINUTES));
        }
    }
    store::staff::update(&mut uow, &staff).await?;
    uow.commit(AuditEvent::SignInFailed { cause }).await
}

async fn welcome(
    mut uow: UnitOfWork,
    ctx: &AppContext,
    mut staff: Staff,
    purpose: Purpose,
    password: &Passphrase,
) -> Result<SignIn, Error> {
    staff.failures = 0;
    staff.locked_until = None;
    // A hash of another cost would tell by its time that the ID exists.
    let cost = ctx.settings.hash_cost;
    if !secrets::costs(&staff.hash, cost) {
        let password = password.clone();
        let anew = move || secrets::hash(password.expose(), cost).map_err(|e| Error::Secrets(e.to_string()));
        staff.hash = blocking(anew).await?;
    }
    store::staff::update(&mut uow, &staff).await?;
    let event = match purpose {
        Purpose::SignIn | Purpose::Enrol => AuditEvent::SignedIn,
        Purpose::Unlock => AuditEvent::ScreenUnlocked,
    };
    let must_change = staff.must_change;
    let actor = Actor { id: staff.id, name: staff.name, role: staff.role };
    uow.commit(event).await?;
    Ok(if must_change { SignIn::MustChange(actor) } else { SignIn::Ready(actor) })
}

/// Nobody's row: no statement touches it.
fn nobody(id: &str, hash: String) -> Staff {
    let role = crate::domain::Role::Clerk;
    let (id, name) = (id.to_owned(), String::new());
    Staff { id, name, role, hash, must_change: false, failures: 0, locked_until: None, disabled_at: None }
}

/// Verified against where the staff ID is unknown, at the cost of everybody's hash; no password fits it.
fn decoy(cost: HashCost) -> String {
    let HashCost { memory_kib, passes } = cost;
    format!(
        "$argon2id$v=19$m={memory_kib},t={passes},p=1$c29tZXNhbHRzb21lc2FsdA$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ"
    )
}

#[cfg(test)]
pub(super) mod tests;
