//! New accounts, resets and roles: done at once where one person decides, else proposed (F2).

use super::{get, hashed, shut_out, strong};
use crate::domain::{CredentialKind, GuardedChange, Permission, Role};
use crate::secrets::{HashCost, MachineKey, Passphrase, PasswordPolicy};
use crate::store::{self, staff::Staff};
use crate::usecases::actor::SYSTEM;
use crate::usecases::audit::AuditEvent;
use crate::usecases::refusal::{MachineRefusal, TwoPeopleRefusal};
use crate::usecases::two_people::{self, Asked};
use crate::usecases::{Actor, AppContext, Error, Refusal, UnitOfWork};

/// What a person or a machine signs in with at first. `Debug` does not show it.
#[derive(Debug)]
pub enum NewCredential {
    /// The first password of a person, who must change it.
    Password(Passphrase),
    /// The key of a machine.
    Key(MachineKey),
}

/// A credential that the program made, and its hash. `Debug` shows neither.
pub(in crate::usecases) struct FirstCredential {
    /// To be shown once.
    pub(in crate::usecases) clear: NewCredential,
    /// As a PHC string.
    pub(in crate::usecases) hash: String,
}

impl FirstCredential {
    /// From the operating system's random source, hashed as the settings say.
    pub(in crate::usecases) async fn make(ctx: &AppContext, kind: CredentialKind, id: &str) -> Result<Self, Error> {
        let clear = match kind {
            CredentialKind::Password => NewCredential::Password(generated()?),
            CredentialKind::Key => NewCredential::Key(MachineKey::generate(id)?),
        };
        let secret = match &clear {
            NewCredential::Password(password) => password,
            NewCredential::Key(key) => key.secret(),
        };
        let hash = hashed(secret, ctx.settings.hash_cost).await?;
        Ok(Self { clear, hash })
    }
}

/// The hash of a first password or of a key, and who had proposed it.
pub(in crate::usecases) struct FirstHash<'a> {
    /// As a PHC string.
    pub(in crate::usecases) hash: String,
    /// 職員ID; none where one person decides.
    pub(in crate::usecases) asked_by: Option<&'a str>,
}

impl FirstHash<'_> {
    /// Where one person decides, who gives the password.
    fn by_one(hash: Option<String>) -> Result<Self, TwoPeopleRefusal> {
        let hash = hash.ok_or(TwoPeopleRefusal::NoPassword)?;
        Ok(Self { hash, asked_by: None })
    }
}

/// A password of the operating system's random source.
pub(in crate::usecases) fn generated() -> Result<Passphrase, Error> {
    Ok(Passphrase::new(PasswordPolicy::default().generate()?.expose().to_owned()))
}

/// Registers a member of staff, who must change the password at first sign-in. Where two people decide, it is proposed,
/// and the password is made when it is confirmed.
///
/// # Errors
/// [`TwoPeopleRefusal::NoPassword`] where none is given and one person decides.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn add<'a>(
    ctx: &AppContext,
    actor: &Actor,
    id: &str,
    name: &str,
    role: Role,
    password: impl Into<Option<&'a Passphrase>>,
) -> Result<Asked, Error> {
    let allowed = actor.allowed(Permission::Staff)?;
    fits(id)?;
    if role.is_machine() {
        return Err(MachineRefusal::Role(id.to_owned()).into());
    }
    if name.trim().is_empty() {
        return Err(Refusal::NoStaffName.into());
    }
    let hash = given(ctx, id, password.into()).await?;
    let mut uow = ctx.begin(&allowed).await?;
    let now = uow.now();
    must_be_free(&mut uow, id).await?;
    if two_people::in_force(&mut uow, now).await? {
        let (id, name) = (id.to_owned(), name.trim().to_owned());
        return two_people::put_forward(uow, GuardedChange::StaffAdd { id, name, role }).await;
    }
    let done = insert_added(&mut uow, id, name, role, FirstHash::by_one(hash)?).await?;
    uow.commit(done).await?;
    Ok(Asked::Done)
}

/// Sets a new first password, which the user must change, and ends a lock or a disabling. Where two people decide, it is
/// proposed, and the password is made when it is confirmed.
///
/// # Errors
/// [`TwoPeopleRefusal::NoPassword`] where none is given and one person decides.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn reset<'a>(
    ctx: &AppContext,
    actor: &Actor,
    id: &str,
    password: impl Into<Option<&'a Passphrase>>,
) -> Result<Asked, Error> {
    let allowed = actor.allowed(Permission::Staff)?;
    let hash = given(ctx, id, password.into()).await?;
    let mut uow = ctx.begin(&allowed).await?;
    let now = uow.now();
    person(&mut uow, id).await?;
    if two_people::in_force(&mut uow, now).await? {
        let change = GuardedChange::StaffReset { id: id.to_owned(), credential: CredentialKind::Password };
        return two_people::put_forward(uow, change).await;
    }
    let done = write_reset(&mut uow, id, FirstHash::by_one(hash)?).await?;
    uow.commit(done).await?;
    Ok(Asked::Done)
}

/// Changes a role, and ends the open consoles of the account. Where two people decide, it is proposed.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn set_role(ctx: &AppContext, actor: &Actor, id: &str, role: Role) -> Result<Asked, Error> {
    let allowed = actor.allowed(Permission::Staff)?;
    if actor.id == id {
        return Err(Refusal::OwnAccount.into());
    }
    let mut uow = ctx.begin(&allowed).await?;
    let now = uow.now();
    let old = get(&mut uow, id).await?.role;
    if old.is_machine() || role.is_machine() {
        return Err(MachineRefusal::Role(id.to_owned()).into());
    }
    if two_people::in_force(&mut uow, now).await? {
        return two_people::put_forward(uow, GuardedChange::StaffRole { id: id.to_owned(), old, new: role }).await;
    }
    let done = write_role(&mut uow, id, old, role).await?;
    uow.commit(done).await?;
    Ok(Asked::Done)
}

/// Removes the device and the recovery codes of a member of staff, and ends their open consoles; where the policy wants a
/// factor, the next sign-in enrols a new device. Where two people decide, it is proposed.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn reset_factor(ctx: &AppContext, actor: &Actor, id: &str) -> Result<Asked, Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::Staff)?).await?;
    let now = uow.now();
    person(&mut uow, id).await?;
    if two_people::in_force(&mut uow, now).await? {
        return two_people::put_forward(uow, GuardedChange::FactorReset { id: id.to_owned() }).await;
    }
    let done = write_factor_reset(&mut uow, id).await?;
    uow.commit(done).await?;
    Ok(Asked::Done)
}

/// The part of a change that makes an account.
pub(in crate::usecases) async fn insert_added(
    uow: &mut UnitOfWork,
    id: &str,
    name: &str,
    role: Role,
    FirstHash { hash, asked_by }: FirstHash<'_>,
) -> Result<AuditEvent, Error> {
    must_be_free(uow, id).await?;
    let staff = account(id, name, role, hash);
    let now = uow.now();
    store::staff::insert(uow, &staff, now).await?;
    handed(uow, id, asked_by).await?;
    Ok(AuditEvent::StaffAdded { id: staff.id, role })
}

/// The part of a change that sets a first password, or a new key of a machine.
pub(in crate::usecases) async fn write_reset(
    uow: &mut UnitOfWork,
    id: &str,
    FirstHash { hash, asked_by }: FirstHash<'_>,
) -> Result<AuditEvent, Error> {
    let before = get(uow, id).await?;
    let must_change = !before.role.is_machine();
    let staff = Staff { hash, must_change, failures: 0, locked_until: None, disabled_at: None, ..before };
    store::staff::update(uow, &staff).await?;
    handed(uow, id, asked_by).await?;
    shut_out(uow, id).await?;
    let id = staff.id;
    Ok(if must_change { AuditEvent::StaffReset { id } } else { AuditEvent::KeyGiven { id } })
}

/// The part of a change that gives another role.
///
/// # Errors
/// [`Refusal::Changed`] where the role is no longer the old one.
pub(in crate::usecases) async fn write_role(
    uow: &mut UnitOfWork,
    id: &str,
    old: Role,
    new: Role,
) -> Result<AuditEvent, Error> {
    if get(uow, id).await?.role != old {
        return Err(Refusal::Changed { what: id.to_owned() }.into());
    }
    store::staff::set_role(uow, id, new).await?;
    shut_out(uow, id).await?;
    Ok(AuditEvent::StaffRoleChanged { id: id.to_owned(), old, new })
}

/// The part of a change that forgets a device.
pub(in crate::usecases) async fn write_factor_reset(uow: &mut UnitOfWork, id: &str) -> Result<AuditEvent, Error> {
    let staff = get(uow, id).await?;
    store::totp::remove(uow, &staff.id).await?;
    shut_out(uow, &staff.id).await?;
    Ok(AuditEvent::FactorReset { id: staff.id })
}

/// A staff row with a hashed first password.
pub(in crate::usecases) async fn new(
    id: &str,
    name: &str,
    role: Role,
    password: &Passphrase,
    cost: HashCost,
) -> Result<Staff, Error> {
    fits(id)?;
    strong(password, id)?;
    Ok(account(id, name, role, hashed(password, cost).await?))
}

/// A new account; a person must change the password first.
fn account(id: &str, name: &str, role: Role, hash: String) -> Staff {
    let (id, name) = (id.to_owned(), name.trim().to_owned());
    let must_change = !role.is_machine();
    Staff { id, name, role, hash, must_change, failures: 0, locked_until: None, disabled_at: None }
}

/// Whether it can be a staff ID.
pub(super) fn fits(id: &str) -> Result<(), Refusal> {
    let fits = (1..=32).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b));
    if fits && id != SYSTEM { Ok(()) } else { Err(Refusal::StaffId(id.to_owned())) }
}

/// A member of staff who is a person.
async fn person(uow: &mut UnitOfWork, id: &str) -> Result<(), Error> {
    let machine = get(uow, id).await?.role.is_machine();
    if machine { Err(MachineRefusal::Account(id.to_owned()).into()) } else { Ok(()) }
}

/// The hash of a password that was given.
async fn given(ctx: &AppContext, id: &str, password: Option<&Passphrase>) -> Result<Option<String>, Error> {
    let Some(password) = password else { return Ok(None) };
    strong(password, id)?;
    hashed(password, ctx.settings.hash_cost).await.map(Some)
}

/// Two IDs that differ in case alone would be taken for one in the log.
pub(super) async fn must_be_free(uow: &mut UnitOfWork, id: &str) -> Result<(), Error> {
    let known = store::staff::all(uow).await?;
    match known.into_iter().find(|staff| staff.id.eq_ignore_ascii_case(id)) {
        Some(staff) => Err(Refusal::StaffExists(staff.id).into()),
        None => Ok(()),
    }
}

/// F2: who acts knows the first password; who proposed it may have been told.
async fn handed(uow: &mut UnitOfWork, id: &str, asked_by: Option<&str>) -> Result<(), Error> {
    let (by, now) = (uow.staff().to_owned(), uow.now());
    let by = (by != SYSTEM).then_some(by.as_str());
    Ok(store::staff::handed(uow, id, by, asked_by, now).await?)
}
