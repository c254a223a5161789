//! 職員: sign-in, passwords, locks.

use super::audit::{self, Act, SYSTEM};
use super::{Actor, Error, Office, Refusal};
use crate::domain::{Permission, Role};
use crate::secrets::{self, HashCost, Passphrase};
use crate::store::{self, StoreError, Tx, staff::Staff};
use chrono::TimeDelta;

/// Failures until the lock.
pub const FAILURES: i64 = 5;
/// Minutes of the lock.
pub const LOCK_MINUTES: i64 = 15;
/// Least characters of a staff password.
pub const LEAST: usize = 10;

/// A right password: who it is, and whether it must be changed before anything else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignIn {
    /// Welcome.
    Ready(Actor),
    /// The password is new or reset: [`change_password`] first.
    MustChange(Actor),
}

/// Signs in. A wrong ID and a wrong password read alike and take alike long.
pub async fn sign_in(office: &Office, id: &str, password: &Passphrase) -> Result<SignIn, Error> {
    let staff = store::staff::get(&mut office.read().await?, id).await?;
    let hash = staff.as_ref().map_or_else(decoy, |staff| staff.hash.clone());
    let right = verifies(password, hash).await?;

    let mut tx = office.write().await?;
    // Read again: somebody may have failed, unlocked or disabled in the meantime.
    let Some(mut staff) = store::staff::get(&mut tx, id).await? else {
        audit::write_as(&mut tx, office, SYSTEM, Act::SignInFailed.detail("unknown staff ID")).await?;
        tx.commit().await?;
        return Err(Refusal::SignIn.into());
    };
    let now = office.clock.now();
    if let Some(until) = staff.locked_until.filter(|until| *until > now) {
        return Err(Refusal::Locked { until }.into());
    }
    if !right || staff.disabled_at.is_some() {
        staff.failures += 1;
        if staff.failures >= FAILURES {
            staff.failures = 0;
            staff.locked_until = Some(now + TimeDelta::minutes(LOCK_MINUTES));
        }
        store::staff::update(&mut tx, &staff).await?;
        audit::write_as(&mut tx, office, &staff.id, Act::SignInFailed.detail("")).await?;
        tx.commit().await?;
        return Err(staff.locked_until.map_or(Refusal::SignIn, |until| Refusal::Locked { until }).into());
    }
    staff.failures = 0;
    staff.locked_until = None;
    store::staff::update(&mut tx, &staff).await?;
    let actor = Actor { id: staff.id, name: staff.name, role: staff.role };
    audit::write(&mut tx, office, &actor, Act::SignedIn.detail("")).await?;
    tx.commit().await?;
    Ok(if staff.must_change { SignIn::MustChange(actor) } else { SignIn::Ready(actor) })
}

/// Signs out: an entry in the log.
pub async fn sign_out(office: &Office, actor: &Actor) -> Result<(), Error> {
    let mut tx = office.write().await?;
    audit::write(&mut tx, office, actor, Act::SignedOut.detail("")).await?;
    Ok(tx.commit().await?)
}

/// Changes one's own password, given the old one.
pub async fn change_password(office: &Office, actor: &Actor, old: &Passphrase, new: &Passphrase) -> Result<(), Error> {
    let hash = get(&mut office.read().await?, &actor.id).await?.hash;
    if !verifies(old, hash).await? {
        return Err(Refusal::SignIn.into());
    }
    strong(new)?;
    if old.expose() == new.expose() {
        return Err(Refusal::SamePassword.into());
    }
    let hash = hashed(new, office.settings.hash_cost).await?;
    let mut tx = office.write().await?;
    let mut staff = get(&mut tx, &actor.id).await?;
    staff.hash = hash;
    staff.must_change = false;
    store::staff::update(&mut tx, &staff).await?;
    audit::write(&mut tx, office, actor, Act::PasswordChanged.detail("")).await?;
    Ok(tx.commit().await?)
}

/// Everybody.
pub async fn list(office: &Office, actor: &Actor) -> Result<Vec<Staff>, Error> {
    actor.must(if actor.role.may(Permission::Staff) { Permission::Staff } else { Permission::Unlock })?;
    Ok(store::staff::all(&mut office.read().await?).await?)
}

/// A new member of staff, who must change the password at first sign-in.
pub async fn add(
    office: &Office,
    actor: &Actor,
    id: &str,
    name: &str,
    role: Role,
    password: &Passphrase,
) -> Result<(), Error> {
    actor.must(Permission::Staff)?;
    let staff = new(id, name, role, password, office.settings.hash_cost).await?;
    let mut tx = office.write().await?;
    insert(&mut tx, office, &staff).await?;
    audit::write(&mut tx, office, actor, Act::StaffAdded.detail(format!("{id} {}", role.code()))).await?;
    Ok(tx.commit().await?)
}

/// Ends a lock.
pub async fn unlock(office: &Office, actor: &Actor, id: &str) -> Result<(), Error> {
    actor.must(Permission::Unlock)?;
    let mut tx = office.write().await?;
    let mut staff = get(&mut tx, id).await?;
    staff.failures = 0;
    staff.locked_until = None;
    store::staff::update(&mut tx, &staff).await?;
    audit::write(&mut tx, office, actor, Act::StaffUnlocked.detail(id)).await?;
    Ok(tx.commit().await?)
}

/// Sets a new first password and ends a lock or a disabling.
pub async fn reset(office: &Office, actor: &Actor, id: &str, password: &Passphrase) -> Result<(), Error> {
    actor.must(Permission::Staff)?;
    strong(password)?;
    let hash = hashed(password, office.settings.hash_cost).await?;
    let mut tx = office.write().await?;
    let staff = Staff {
        hash,
        must_change: true,
        failures: 0,
        locked_until: None,
        disabled_at: None,
        ..get(&mut tx, id).await?
    };
    store::staff::update(&mut tx, &staff).await?;
    audit::write(&mut tx, office, actor, Act::StaffReset.detail(id)).await?;
    Ok(tx.commit().await?)
}

/// Shuts somebody out.
pub async fn disable(office: &Office, actor: &Actor, id: &str) -> Result<(), Error> {
    actor.must(Permission::Staff)?;
    if actor.id == id {
        return Err(Refusal::OwnAccount.into());
    }
    let mut tx = office.write().await?;
    let mut staff = get(&mut tx, id).await?;
    staff.disabled_at = Some(office.clock.now());
    store::staff::update(&mut tx, &staff).await?;
    audit::write(&mut tx, office, actor, Act::StaffDisabled.detail(id)).await?;
    Ok(tx.commit().await?)
}

/// A staff row with a hashed first password.
pub(super) async fn new(
    id: &str,
    name: &str,
    role: Role,
    password: &Passphrase,
    cost: HashCost,
) -> Result<Staff, Error> {
    let fits = (1..=32).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b));
    if !fits || id == SYSTEM {
        return Err(Refusal::StaffId(id.to_owned()).into());
    }
    strong(password)?;
    let hash = hashed(password, cost).await?;
    let (id, name) = (id.to_owned(), name.trim().to_owned());
    Ok(Staff { id, name, role, hash, must_change: true, failures: 0, locked_until: None, disabled_at: None })
}

pub(super) async fn insert(tx: &mut Tx, office: &Office, staff: &Staff) -> Result<(), Error> {
    if store::staff::get(tx, &staff.id).await?.is_some() {
        return Err(Refusal::StaffExists(staff.id.clone()).into());
    }
    Ok(store::staff::insert(tx, staff, office.clock.now()).await?)
}

async fn get(tx: &mut Tx, id: &str) -> Result<Staff, Error> {
    Ok(store::staff::get(tx, id).await?.ok_or_else(|| Refusal::StaffUnknown(id.to_owned()))?)
}

fn strong(password: &Passphrase) -> Result<(), Refusal> {
    let enough = password.expose().chars().count() >= LEAST;
    if enough { Ok(()) } else { Err(Refusal::WeakPassword { least: LEAST }) }
}

/// Verified against where the staff ID is unknown, so that the answer takes as long.
fn decoy() -> String {
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ".to_owned()
}

async fn verifies(password: &Passphrase, hash: String) -> Result<bool, Error> {
    let password = password.clone();
    blocking(move || Ok(secrets::verifies(password.expose(), &hash))).await
}

async fn hashed(password: &Passphrase, cost: HashCost) -> Result<String, Error> {
    let password = password.clone();
    blocking(move || secrets::hash(password.expose(), cost).map_err(|e| Error::Secrets(e.to_string()))).await
}

/// Tens of milliseconds of work do not stand in the way of the screen.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::Store(StoreError::Unreachable(e.to_string())))?
}
