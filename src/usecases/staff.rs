//! 職員: accounts of staff, their passwords and locks.

mod authentication;
mod changes;
mod enrolment;
mod factor;
mod machines;
mod opening;
mod session;

pub use crate::domain::throttle::{CLOSING, FAILURES};
pub use crate::secrets::{LEAST, MachineKey, Passphrase, Qr, Rule, TotpSecret, grouped};
pub use crate::store::staff::Staff;
pub use authentication::{Credentials, SignIn, sign_in, sign_in_by_key, sign_in_with, unlock_screen};
pub(super) use changes::{
    FirstCredential, FirstHash, generated, insert_added, new, write_factor_reset, write_reset, write_role,
};
pub use changes::{NewCredential, add, reset, reset_factor, set_role};
pub use enrolment::{Enrolment, begin_enrolment, enrol, must_enrol};
pub use machines::{KeyAsked, add_machine, new_key};
pub(super) use opening::must_own;
pub use opening::{FailedSignIns, break_glass, failures_since_last, record_refused};
pub use session::Session;

use super::audit::AuditEvent;
use super::{Actor, AppContext, Error, Refusal};
use crate::domain::Permission;
use crate::secrets::{self, HashCost, broken_rule};
use crate::store::{self, Tx};

/// What an unlocking found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unlocked {
    /// Failures were held against the person, and are no more.
    Opened,
    /// There was nothing to open; nothing was changed.
    WasOpen,
}

/// Ends the session and records it.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn sign_out(ctx: &AppContext, actor: &Actor) -> Result<(), Error> {
    ctx.record(&actor.own(), AuditEvent::SignedOut).await
}

/// Changes the actor's own password, given the old one.
///
/// # Errors
/// [`Refusal::ShutOut`] where an admin disabled or reset the account while the new password was hashed.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn change_password(ctx: &AppContext, actor: &Actor, old: &Passphrase, new: &Passphrase) -> Result<(), Error> {
    let before = get(&mut ctx.read(&actor.own()).await?, &actor.id).await?.hash;
    // No failure is counted here: the same password has just signed in, where failures count.
    if !verifies_with(secrets::verifies, old, before.clone()).await? {
        return Err(Refusal::SignIn.into());
    }
    strong(new, &actor.id)?;
    if old.expose() == new.expose() {
        return Err(Refusal::SamePassword.into());
    }
    replace(ctx, actor, &before, hashed(new, ctx.settings.hash_cost).await?).await
}

/// Replaces the hash that was verified by a new one.
async fn replace(ctx: &AppContext, actor: &Actor, before: &str, hash: String) -> Result<(), Error> {
    let mut uow = ctx.begin(&actor.own()).await?;
    let mut staff = get(&mut uow, &actor.id).await?;
    if staff.hash != before || staff.disabled_at.is_some() {
        return Err(Refusal::ShutOut.into());
    }
    staff.hash = hash;
    staff.must_change = false;
    store::staff::update(&mut uow, &staff).await?;
    uow.commit(AuditEvent::PasswordChanged).await
}

/// Every member of staff.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn list(ctx: &AppContext, actor: &Actor) -> Result<Vec<Staff>, Error> {
    let needs = if actor.role.may(Permission::Staff) { Permission::Staff } else { Permission::Unlock };
    Ok(store::staff::all(&mut ctx.read(&actor.allowed(needs)?).await?).await?)
}

/// Unlocks an account.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn unlock(ctx: &AppContext, actor: &Actor, id: &str) -> Result<Unlocked, Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::Unlock)?).await?;
    let mut staff = get(&mut uow, id).await?;
    if staff.failures == 0 && staff.locked_until.is_none() {
        return Ok(Unlocked::WasOpen);
    }
    staff.failures = 0;
    staff.locked_until = None;
    store::staff::update(&mut uow, &staff).await?;
    uow.commit(AuditEvent::StaffUnlocked { id: id.to_owned() }).await?;
    Ok(Unlocked::Opened)
}

/// Disables an account and ends its open consoles.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn disable(ctx: &AppContext, actor: &Actor, id: &str) -> Result<(), Error> {
    let allowed = actor.allowed(Permission::Staff)?;
    if actor.id == id {
        return Err(Refusal::OwnAccount.into());
    }
    let mut uow = ctx.begin(&allowed).await?;
    let mut staff = get(&mut uow, id).await?;
    staff.disabled_at = Some(ctx.clock.now());
    store::staff::update(&mut uow, &staff).await?;
    shut_out(&mut uow, id).await?;
    uow.commit(AuditEvent::StaffDisabled { id: id.to_owned() }).await
}

async fn get(tx: &mut Tx, id: &str) -> Result<Staff, Error> {
    Ok(store::staff::get(tx, id).await?.ok_or_else(|| Refusal::StaffUnknown(id.to_owned()))?)
}

fn strong(password: &Passphrase, id: &str) -> Result<(), Refusal> {
    broken_rule(password, id).map_or(Ok(()), |rule| Err(Refusal::WeakPassword(rule)))
}

/// Whether a passphrase can protect a file.
pub(super) fn strong_passphrase(passphrase: &Passphrase) -> Result<(), Refusal> {
    broken_rule(passphrase, "").map_or(Ok(()), |rule| Err(Refusal::WeakPassphrase(rule)))
}

/// Ends every open console of an account.
async fn shut_out(tx: &mut Tx, id: &str) -> Result<(), Error> {
    Ok(store::staff::next_epoch(tx, id).await?)
}

async fn verifies_with(
    verify: impl Fn(&str, &str) -> bool + Send + 'static,
    password: &Passphrase,
    hash: String,
) -> Result<bool, Error> {
    let password = password.clone();
    blocking(move || Ok(verify(password.expose(), &hash))).await
}

async fn hashed(password: &Passphrase, cost: HashCost) -> Result<String, Error> {
    let password = password.clone();
    blocking(move || Ok(secrets::hash(password.expose(), cost)?)).await
}

/// Runs tens of milliseconds of work on a thread of its own, so that the screen goes on.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Error::Stopped("password"))?
}

#[cfg(test)]
mod tests {
    use super::authentication::tests::{pass, society};
    use super::*;
    use crate::domain::Role;
    use crate::usecases::Allowed;

    #[tokio::test]
    async fn a_reset_during_a_password_change_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let (ctx, admin) = society(folder.path()).await;
        add(&ctx, &admin, "sato", "佐藤", Role::Clerk, &pass("first password")).await.unwrap();
        let sato = Actor { id: "sato".into(), name: "佐藤".into(), role: Role::Clerk };
        let hash = async || get(&mut ctx.read(&Allowed::system()).await.unwrap(), "sato").await.unwrap().hash;
        let verified = hash().await;
        reset(&ctx, &admin, "sato", &pass("reset by the admin")).await.unwrap();
        let kept = hash().await;
        let late = replace(&ctx, &sato, &verified, "an intruder's".into()).await;
        assert!(matches!(late, Err(Error::Refused(Refusal::ShutOut))), "{late:?}");
        disable(&ctx, &admin, "sato").await.unwrap();
        let late = replace(&ctx, &sato, &kept, "an intruder's".into()).await;
        assert!(matches!(late, Err(Error::Refused(Refusal::ShutOut))), "{late:?}");
        assert_eq!(hash().await, kept);
    }

    #[tokio::test]
    async fn a_panic_while_hashing_is_no_database_error() {
        let stopped = blocking::<()>(|| panic!("in the hashing")).await;
        assert!(matches!(stopped, Err(Error::Stopped("password"))), "{stopped:?}");
    }
}
