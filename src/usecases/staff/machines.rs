//! Machine accounts: programs that run by themselves. Each has one permission, and a key instead of password and code.

use super::changes::{FirstHash, fits, insert_added, must_be_free, write_reset};
use super::{get, hashed};
use crate::domain::{CredentialKind, GuardedChange, MachineTask, Permission};
use crate::secrets::MachineKey;
use crate::usecases::refusal::MachineRefusal;
use crate::usecases::two_people::{self, Asked, Proposal};
use crate::usecases::{Actor, AppContext, Error, Refusal};

/// What came of a wish for a key.
#[derive(Debug)]
pub enum KeyAsked {
    /// One person decides: the key, to be written down this once.
    Made(MachineKey),
    /// It waits for another person, who gets the key.
    Proposed(Box<Proposal>),
}

/// Registers a machine account, with its key. Where two people decide, it is proposed, and the key is made when it is
/// confirmed.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn add_machine(
    ctx: &AppContext,
    actor: &Actor,
    id: &str,
    name: &str,
    task: MachineTask,
) -> Result<KeyAsked, Error> {
    let allowed = actor.allowed(Permission::Staff)?;
    fits(id)?;
    if name.trim().is_empty() {
        return Err(Refusal::NoStaffName.into());
    }
    let role = task.role();
    let (key, hash) = made(ctx, id).await?;
    let mut uow = ctx.begin(&allowed).await?;
    let now = uow.now();
    must_be_free(&mut uow, id).await?;
    if two_people::in_force(&mut uow, now).await? {
        let (id, name) = (id.to_owned(), name.trim().to_owned());
        return proposed(two_people::put_forward(uow, GuardedChange::StaffAdd { id, name, role }).await?, key);
    }
    let done = insert_added(&mut uow, id, name, role, FirstHash { hash, asked_by: None }).await?;
    uow.commit(done).await?;
    Ok(KeyAsked::Made(key))
}

/// Gives a machine account a new key, and ends the old one and a disabling. Where two people decide, it is proposed.
///
/// # Errors
/// [`MachineRefusal::Person`] where the account is none.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn new_key(ctx: &AppContext, actor: &Actor, id: &str) -> Result<KeyAsked, Error> {
    let allowed = actor.allowed(Permission::Staff)?;
    let (key, hash) = made(ctx, id).await?;
    let mut uow = ctx.begin(&allowed).await?;
    let now = uow.now();
    if !get(&mut uow, id).await?.role.is_machine() {
        return Err(MachineRefusal::Person(id.to_owned()).into());
    }
    if two_people::in_force(&mut uow, now).await? {
        let change = GuardedChange::StaffReset { id: id.to_owned(), credential: CredentialKind::Key };
        return proposed(two_people::put_forward(uow, change).await?, key);
    }
    let done = write_reset(&mut uow, id, FirstHash { hash, asked_by: None }).await?;
    uow.commit(done).await?;
    Ok(KeyAsked::Made(key))
}

/// Hashed before the one writer is held.
async fn made(ctx: &AppContext, id: &str) -> Result<(MachineKey, String), Error> {
    let key = MachineKey::generate(id)?;
    let hash = hashed(key.secret(), ctx.settings.hash_cost).await?;
    Ok((key, hash))
}

fn proposed(asked: Asked, key: MachineKey) -> Result<KeyAsked, Error> {
    Ok(match asked {
        Asked::Done => KeyAsked::Made(key),
        Asked::Proposed(proposal) => KeyAsked::Proposed(proposal),
    })
}
