//! サインイン. A staff ID that is unknown, locked or disabled and a wrong password cost one verification and one entry
//! each, and are answered in the same words, so that the answer does not tell which IDs exist.

use super::factor::{self, Factor};
use super::{CLOSING, hashed, verifies_with};
use crate::domain::throttle;
use crate::secrets::{self, HashCost, MachineKey, Passphrase};
use crate::store::{self, sign_in_origin, staff::Staff};
use crate::usecases::actor::Allowed;
use crate::usecases::audit::{AuditEvent, SignInFailure};
use crate::usecases::refusal::MachineRefusal;
use crate::usecases::{Actor, AppContext, Error, Refusal, UnitOfWork};
use chrono::{DateTime, Utc};

/// A successful sign-in, and whether the password must be changed before anything else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignIn {
    /// The actor may go on.
    Ready(Actor),
    /// The password is new or reset: [`super::change_password`] first.
    MustChange(Actor),
}

/// Sign-in credentials.
#[derive(Debug, Clone)]
pub struct Credentials<'a> {
    /// 職員ID
    pub id: &'a str,
    /// パスワード
    pub password: &'a Passphrase,
    /// 確認コード, once it was asked for: a code of the device, or a recovery code.
    pub code: Option<&'a Passphrase>,
}

/// What the credentials are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// A session: the second factor is asked for where the policy wants it.
    SignIn,
    /// The own locked screen: the password is enough.
    Unlock,
    /// A machine with its key.
    Key,
    /// A new device: a factor that is missing cannot be asked for.
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

/// Signs a machine account in. People have no key, and a machine gets in nowhere else.
///
/// # Errors
/// [`MachineRefusal::Key`], whatever is wrong.
pub async fn sign_in_by_key(ctx: &AppContext, key: &MachineKey) -> Result<Actor, Error> {
    let given = Credentials { id: key.id(), password: key.secret(), code: None };
    match enter(ctx, &given, Purpose::Key, secrets::verifies).await {
        Ok(SignIn::Ready(actor) | SignIn::MustChange(actor)) => Ok(actor),
        Err(Error::Refused(Refusal::SignIn)) => Err(MachineRefusal::Key.into()),
        Err(error) => Err(error),
    }
}

/// Unlocks the own screen. Failures count as they do at sign-in.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn unlock_screen(ctx: &AppContext, actor: &Actor, password: &Passphrase) -> Result<(), Error> {
    let given = Credentials { id: &actor.id, password, code: None };
    enter(ctx, &given, Purpose::Unlock, secrets::verifies).await.map(drop)
}

/// Checks who may enrol a device: the right password is enough where there is none yet, otherwise the old device's code
/// is needed, too.
pub(super) async fn enter_to_enrol(ctx: &AppContext, given: &Credentials<'_>) -> Result<Actor, Error> {
    let (SignIn::Ready(actor) | SignIn::MustChange(actor)) =
        enter(ctx, given, Purpose::Enrol, secrets::verifies).await?;
    Ok(actor)
}

/// `verify` is a parameter so that a test can count its calls.
async fn enter(
    ctx: &AppContext,
    given: &Credentials<'_>,
    purpose: Purpose,
    verify: impl Fn(&str, &str) -> bool + Send + 'static,
) -> Result<SignIn, Error> {
    let cost = ctx.settings.hash_cost;
    let found = store::staff::get(&mut ctx.read(&Allowed::signing_in(None)).await?, given.id).await?;
    // An unknown ID is not recorded: a password may have been typed in the wrong field.
    let allowed = Allowed::signing_in(found.as_ref().map(|staff| staff.id.as_str()));
    let hash = found.as_ref().map_or_else(|| decoy(cost), |staff| staff.hash.clone());
    let verified = verifies_with(verify, given.password, hash.clone()).await?;
    // A key opens machines only, and nothing else does.
    let fits = found.as_ref().is_none_or(|staff| staff.role.is_machine() == (purpose == Purpose::Key));
    let right = verified && fits;
    let now = ctx.clock.now();
    // Hashing takes its time, and so it is done before the writer is taken. An account that is shut must not cost more
    // for the right password than for a wrong one.
    let rehashed = match &found {
        Some(staff) if right && !is_shut(staff, now) => rehash(&hash, given.password, cost).await?,
        _ => None,
    };

    let mut uow = ctx.begin(&allowed).await?;
    // Read again: another failure, an unlock, a reset or a disabling may have come in between.
    let found = store::staff::get(&mut uow, given.id).await?;
    let known = found.is_some();
    let staff = found.unwrap_or_else(|| placeholder(given.id, hash.clone()));
    let from = sign_in_origin::get(&mut uow, &ctx.origin).await?;
    let waits = from.wait_until.is_some_and(|until| until > now);
    let refused = match known {
        _ if waits && !matches!(purpose, Purpose::Unlock | Purpose::Key) => Some(SignInFailure::Origin),
        false => Some(SignInFailure::UnknownId),
        true if staff.failures >= CLOSING => Some(SignInFailure::Closed),
        true if is_locked(&staff, now) => Some(SignInFailure::Locked),
        true if right && staff.disabled_at.is_some() => Some(SignInFailure::Disabled),
        true if !right || staff.hash != hash => Some(SignInFailure::Password),
        true => None,
    };
    if let Some(cause) = refused {
        fail(uow, ctx, staff, cause).await?;
        return Err(Refusal::SignIn.into());
    }
    let factor = factor::wanted(&mut uow, &staff).await?;
    match (purpose, factor, given.code) {
        (Purpose::Unlock | Purpose::Key, ..) | (_, Factor::NotWanted, _) | (Purpose::Enrol, Factor::Missing, _) => {}
        // The password is changed first; the next sign-in asks for the device.
        (Purpose::SignIn, Factor::Missing, _) if staff.must_change => {}
        (Purpose::SignIn, Factor::Missing, _) => return Err(Refusal::MustEnrol.into()),
        (_, Factor::Device(_), None) => {
            fail(uow, ctx, staff, SignInFailure::CodeMissing).await?;
            return Err(Refusal::CodeNeeded.into());
        }
        (_, Factor::Device(device), Some(code)) => {
            if !factor::accepts(&mut uow, ctx, &staff.id, &device, code).await? {
                fail(uow, ctx, staff, SignInFailure::Code).await?;
                return Err(Refusal::Code.into());
            }
        }
    }
    sign_in_origin::clear(&mut uow, &ctx.origin).await?;
    succeed(uow, Staff { hash: rehashed.unwrap_or(hash), ..staff }, purpose).await
}

fn is_locked(staff: &Staff, now: DateTime<Utc>) -> bool {
    staff.locked_until.is_some_and(|until| until > now)
}

fn is_shut(staff: &Staff, now: DateTime<Utc>) -> bool {
    is_locked(staff, now) || staff.failures >= CLOSING || staff.disabled_at.is_some()
}

/// A hash at the cost of the settings, where the stored one costs otherwise: its time would tell that the ID exists.
async fn rehash(hash: &str, password: &Passphrase, cost: HashCost) -> Result<Option<String>, Error> {
    if secrets::costs(hash, cost) { Ok(None) } else { hashed(password, cost).await.map(Some) }
}

/// Counts a failure for the person and for where it comes from; each makes its next try wait, and the last closes the person.
/// What is refused while it waits counts for none, and neither does the step before the code. For an unknown ID the same work is done on a placeholder.
async fn fail(mut uow: UnitOfWork, ctx: &AppContext, mut staff: Staff, cause: SignInFailure) -> Result<(), Error> {
    use SignInFailure as F;
    let now = uow.now();
    let mut from = sign_in_origin::get(&mut uow, &ctx.origin).await?;
    if matches!(cause, F::UnknownId | F::Disabled | F::Password | F::Code) {
        from.failures += 1;
        from.wait_until = Some(now + throttle::origin_waits(from.failures).unwrap_or_default());
    }
    match cause {
        // A key cannot be guessed; typing a machine's ID must not stop what runs at night.
        F::Password | F::Code if staff.role.is_machine() => {}
        F::Password | F::Code => {
            staff.failures += 1;
            staff.locked_until = throttle::person_waits(staff.failures).map(|wait| now + wait);
        }
        // The code is asked for next: a wrong one counts.
        F::CodeMissing | F::UnknownId | F::Disabled | F::Locked | F::Closed | F::Origin => {}
    }
    sign_in_origin::set(&mut uow, &ctx.origin, &from, now - throttle::ORIGIN_FORGOTTEN).await?;
    store::staff::update(&mut uow, &staff).await?;
    uow.commit(AuditEvent::SignInFailed { cause }).await
}

async fn succeed(mut uow: UnitOfWork, mut staff: Staff, purpose: Purpose) -> Result<SignIn, Error> {
    staff.failures = 0;
    staff.locked_until = None;
    store::staff::update(&mut uow, &staff).await?;
    let event = match purpose {
        Purpose::SignIn | Purpose::Enrol | Purpose::Key => AuditEvent::SignedIn,
        Purpose::Unlock => AuditEvent::ScreenUnlocked,
    };
    uow.commit(event).await?;
    let Staff { id, name, role, must_change, .. } = staff;
    let actor = Actor { id, name, role };
    Ok(if must_change { SignIn::MustChange(actor) } else { SignIn::Ready(actor) })
}

/// Stands for an unknown staff ID, so that every failure costs the same; no statement finds its row.
fn placeholder(id: &str, hash: String) -> Staff {
    let role = crate::domain::Role::Clerk;
    let (id, name) = (id.to_owned(), String::new());
    Staff { id, name, role, hash, must_change: false, failures: 0, locked_until: None, disabled_at: None }
}

/// The hash that the password is verified against where the staff ID is unknown, at the cost of every other; no
/// password fits it.
fn decoy(cost: HashCost) -> String {
    let HashCost { memory_kib, passes } = cost;
    format!(
        "$argon2id$v=19$m={memory_kib},t={passes},p=1$c29tZXNhbHRzb21lc2FsdA$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ"
    )
}

#[cfg(test)]
pub(super) mod tests;
