//! F2: carrying out what one person proposed and another confirms.
//!
//! The confirmation makes the first password of a new or reset account, and shows it once to who confirms, who hands it
//! over. So who proposes an account never chooses a password of it, who confirms does not choose whose account it is, and
//! the person must change it before anything else (F1). The new person confirms nothing for either of the two for two weeks
//! all the same: the password was in the one's hands, and may have been handed over by way of the other.

use super::actor::Allowed;
use super::audit::AuditEvent;
use super::refusal::TwoPeopleRefusal;
use super::settings::{SETTINGS, SettingId};
use super::staff::{self, FirstCredential, FirstHash, NewCredential, Passphrase};
use super::two_people::{self, Proposal};
use super::{Actor, AppContext, Error, UnitOfWork, replies, settings};
use crate::domain::diagnosis::ReplyTextChange;
use crate::domain::two_people::ChangeStep;
use crate::domain::{GuardedChange, Permission};

/// A change that was carried out.
#[derive(Debug)]
pub struct Confirmed {
    /// The proposal, with its proposer.
    pub proposal: Proposal,
    /// The first password or key that came of it, to be shown this once and handed over.
    pub credential: Option<NewCredential>,
}

impl Confirmed {
    /// The first password of a person that came of it.
    pub const fn first_password(&self) -> Option<&Passphrase> {
        match &self.credential {
            Some(NewCredential::Password(password)) => Some(password),
            Some(NewCredential::Key(_)) | None => None,
        }
    }
}

/// The words that a proposal changes, as they are and as they would be; none where it is about no words.
///
/// # Errors
/// The proposed file cannot be read, or has faults.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn changed_texts(ctx: &AppContext, actor: &Actor, id: i64) -> Result<Vec<ReplyTextChange>, Error> {
    match two_people::show(ctx, actor, id).await?.change {
        GuardedChange::SettingSet { key, new, .. } if is_reply_template(&key) => {
            Ok(replies::texts_in(&new)?.changes_from(&replies::usable_texts(ctx)?))
        }
        _ => Ok(Vec::new()),
    }
}

/// 確認: carries out what another person proposed.
///
/// # Errors
/// The proposer, the person it is about, and who counts as one with the proposer may not confirm it
/// ([`TwoPeopleRefusal`]); [`Refusal::Changed`](super::Refusal::Changed) where the old value is another by now.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn confirm(ctx: &AppContext, actor: &Actor, id: i64) -> Result<Confirmed, Error> {
    let allowed = actor.allowed(Permission::Second)?;
    let first = first_credential(ctx, &allowed, id).await?;
    let mut uow = ctx.begin(&allowed).await?;
    let now = uow.now();
    let proposal = two_people::open(&mut uow, now, id).await?;
    two_people::must_be_second(&mut uow, now, &proposal, &actor.id).await?;
    carry_out(uow, ctx, proposal, first).await
}

fn is_reply_template(key: &str) -> bool {
    SETTINGS.iter().any(|setting| setting.id == SettingId::ReplyTemplate && setting.key == key)
}

/// The same on the host of the database, without sign-in, where no other person is left who could confirm it.
///
/// # Errors
/// Another who could; not the owner of the database's file or tables.
pub async fn confirm_on_host(ctx: &AppContext, id: i64) -> Result<Confirmed, Error> {
    let allowed = Allowed::system();
    let first = first_credential(ctx, &allowed, id).await?;
    let mut uow = ctx.begin(&allowed).await?;
    staff::must_own(&mut uow, ctx).await?;
    let now = uow.now();
    let proposal = two_people::open(&mut uow, now, id).await?;
    if !proposal.could_confirm.is_empty() {
        return Err(TwoPeopleRefusal::OthersCould(proposal.could_confirm).into());
    }
    carry_out(uow, ctx, proposal, first).await
}

/// Made before the one writer is held: hashing takes time.
async fn first_credential(ctx: &AppContext, allowed: &Allowed, id: i64) -> Result<Option<FirstCredential>, Error> {
    let proposal = two_people::open(&mut ctx.read(allowed).await?, ctx.clock.now(), id).await?;
    let Some(kind) = proposal.change.makes() else { return Ok(None) };
    FirstCredential::make(ctx, kind, proposal.change.subject()).await.map(Some)
}

async fn carry_out(
    mut uow: UnitOfWork,
    ctx: &AppContext,
    proposal: Proposal,
    first: Option<FirstCredential>,
) -> Result<Confirmed, Error> {
    let asked_by = Some(proposal.proposed_by.as_str());
    let hash = first.as_ref().map(|first| FirstHash { hash: first.hash.clone(), asked_by });
    let done = match (&proposal.change, hash) {
        (GuardedChange::StaffAdd { id, name, role }, Some(hash)) => {
            staff::insert_added(&mut uow, id, name, *role, hash).await?
        }
        (GuardedChange::StaffReset { id, .. }, Some(hash)) => staff::write_reset(&mut uow, id, hash).await?,
        (GuardedChange::StaffAdd { .. } | GuardedChange::StaffReset { .. }, None) => {
            return Err(TwoPeopleRefusal::NoPassword.into());
        }
        (GuardedChange::StaffRole { id, old, new }, _) => staff::write_role(&mut uow, id, *old, *new).await?,
        (GuardedChange::FactorReset { id }, _) => staff::write_factor_reset(&mut uow, id).await?,
        (GuardedChange::SettingSet { key, old, new, sha256 }, _) => {
            settings::write_proposed(&mut uow, ctx, key, old, new, sha256.as_deref()).await?
        }
    };
    uow.record(done).await?;
    let proposal = two_people::end(&mut uow, proposal, ChangeStep::Confirm, None).await?;
    let (change, proposed_by) = (proposal.change.clone(), proposal.proposed_by.clone());
    uow.commit(AuditEvent::ChangeConfirmed { proposal: proposal.id, change, proposed_by }).await?;
    Ok(Confirmed { proposal, credential: first.map(|first| first.clear) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ChangeState, Role};
    use crate::store::fault::with_fuse;
    use crate::store::{DbUrl, audit as log};
    use crate::usecases::Clock;
    use crate::usecases::setup::{Rehearsal, Setup, init};
    use crate::usecases::two_people::{Asked, show};
    use chrono::{NaiveDate, NaiveTime};

    #[tokio::test(flavor = "multi_thread", worker_threads = 1)]
    async fn f2_a_confirmation_is_all_or_nothing_at_every_write() {
        let folder = tempfile::tempdir().unwrap();
        let url = DbUrl::Sqlite(folder.path().join("kempo.db"));
        let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let clock = Clock::frozen(day, NaiveTime::from_hms_opt(10, 42, 0).unwrap());
        let password = Passphrase::new("correct horse battery".into());
        let setup = Setup {
            insurer: "06139497",
            society: "架空工業健康保険組合",
            admin: "admin",
            password: &password,
            export_dir: None,
            rehearsal: Rehearsal::Yes,
        };
        let (mut ctx, admin) = init(&url, clock, "test".into(), &setup).await.unwrap();
        for (key, value) in [("hash.memory_kib", "8192"), ("hash.passes", "1")] {
            settings::set(&ctx, &admin, key, value).await.unwrap();
        }
        ctx.refresh().await.unwrap();
        for id in ["suzuki", "tanaka"] {
            staff::add(&ctx, &admin, id, id, Role::Supervisor, &password).await.unwrap();
        }
        // They count as another person once they have been there for two weeks.
        ctx.clock = Clock::frozen(NaiveDate::from_ymd_opt(2026, 12, 20).unwrap(), NaiveTime::MIN);
        let suzuki = Actor { id: "suzuki".into(), name: "鈴木".into(), role: Role::Supervisor };
        let asked = staff::add(&ctx, &admin, "ito", "伊藤", Role::Clerk, None).await.unwrap();
        let Asked::Proposed(proposal) = asked else { panic!("{asked:?}") };
        let end = async || log::head(&mut ctx.read(&Allowed::system()).await.unwrap()).await.unwrap();
        let before = end().await;
        let mut broken = 0;
        for statements in 1.. {
            let done = with_fuse(statements, confirm(&ctx, &suzuki, proposal.id)).await;
            let people = staff::list(&ctx, &admin).await.unwrap().len();
            let state = show(&ctx, &suzuki, proposal.id).await.unwrap().state;
            match (done, state) {
                // The answer to the commit may be lost: what was written is whole.
                (Ok(_) | Err(Error::Store(_)), ChangeState::Confirmed) => {
                    assert_eq!(people, 4);
                    break;
                }
                (Err(Error::Store(_)), state) => {
                    assert_eq!((people, state, end().await), (3, ChangeState::Open, before.clone()));
                }
                (done, state) => panic!("{state:?}: {done:?}"),
            }
            broken += 1;
        }
        assert!(broken > 5, "only {broken} writes were broken off");
    }
}
