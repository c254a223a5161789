//! `init`: makes a society with its first admin.

use super::actor::Allowed;
use super::audit::AuditEvent;
use super::{Actor, AppContext, Clock, Error, Place, Refusal, Settings, UnitOfWork, installation, settings, staff};
use crate::domain::{InsurerNumber, Role, Settling};
use crate::secrets::Passphrase;
use crate::store::{Db, DbUrl, StoreError, migrate, staff as rows};
use std::path::Path;

/// The society that is set up.
#[derive(Debug)]
pub struct Setup<'a> {
    /// 保険者番号
    pub insurer: &'a str,
    /// 名称
    pub society: &'a str,
    /// The first admin's staff ID.
    pub admin: &'a str,
    /// The first admin's password; not to be changed at first sign-in, since the admin chose it.
    pub password: &'a Passphrase,
    /// Where batches land.
    pub export_dir: Option<&'a Path>,
    /// A rehearsal database accepts `MYKEMPO_TODAY`.
    pub rehearsal: Rehearsal,
}

/// Whether the business date may be set by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rehearsal {
    /// A real society.
    No,
    /// A rehearsal, a demo or a test.
    Yes,
}

/// Whether the database existed before.
#[derive(Clone, Copy)]
enum Origin {
    /// The database was there already.
    There,
    /// This set-up created it.
    Made,
}

/// Makes the society. An SQLite file that was created here and could not be finished is removed again; one that existed
/// before is kept.
pub async fn init(
    url: &DbUrl,
    clock: Clock,
    terminal: String,
    setup: &Setup<'_>,
) -> Result<(AppContext, Actor), Error> {
    let insurer = InsurerNumber::parse(setup.insurer).ok_or_else(|| Refusal::Insurer(setup.insurer.to_owned()))?;
    if clock.is_set() && setup.rehearsal == Rehearsal::No {
        return Err(Refusal::NotRehearsal.into());
    }
    // Everything that can be refused is refused before a file is created.
    let admin =
        staff::new(setup.admin, setup.admin, Role::Admin, setup.password, Settings::default().hash_cost).await?;
    let (db, origin) = match migrate::create(url).await {
        // A database in use, or what an interrupted set-up left.
        Err(StoreError::Exists(_)) => {
            migrate::upgrade(url, clock.now()).await?;
            (Db::open(url).await?, Origin::There)
        }
        made => (made?, Origin::Made),
    };
    let done = fill(&db, url, clock, &terminal, setup, &insurer, admin).await;
    if let (Err(error), DbUrl::Sqlite(path), Origin::Made) = (&done, url, origin)
        && !matches!(error, Error::Refused(Refusal::Initialised))
    {
        db.close().await;
        // The error that matters is the first one.
        let _ = std::fs::remove_file(path);
    }
    let actor = done?;
    Ok((AppContext::with_db(db, clock, terminal, url.clone()).await?, actor))
}

async fn fill(
    db: &Db,
    url: &DbUrl,
    clock: Clock,
    terminal: &str,
    setup: &Setup<'_>,
    insurer: &InsurerNumber,
    mut admin: rows::Staff,
) -> Result<Actor, Error> {
    let mut uow = UnitOfWork::begin(db, clock, terminal, &Allowed::system()).await?;
    if !settings::load(&mut uow).await?.society.insurer.is_empty() {
        return Err(Refusal::Initialised.into());
    }
    settings::put(&mut uow, "society.insurer", insurer.as_str()).await?;
    settings::put(&mut uow, "society.name", setup.society).await?;
    if let Some(folder) = setup.export_dir {
        settings::put(&mut uow, "export.dir", &folder.to_string_lossy()).await?;
    }
    if setup.rehearsal == Rehearsal::Yes {
        settings::mark_rehearsal(&mut uow).await?;
    }
    admin.must_change = false;
    rows::insert(&mut uow, &admin, clock.now()).await?;
    let here = Place::of(url, &mut uow).await?;
    // The entry of the set-up says that it began here.
    installation::put(&mut uow, &here, Settling::Begun).await?;
    let (insurer, id) = (insurer.as_str().to_owned(), admin.id.clone());
    uow.commit(AuditEvent::Init { insurer, admin: id }).await?;
    Ok(Actor { id: admin.id, name: admin.name, role: admin.role })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::fault::with_fuse;
    use chrono::{NaiveDate, NaiveTime};

    #[tokio::test(flavor = "multi_thread", worker_threads = 1)]
    async fn a_failed_set_up_removes_the_file_that_it_made_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kempo.db");
        let url = DbUrl::Sqlite(path.clone());
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
        let failed = with_fuse(3, init(&url, clock, "test".into(), &setup)).await;
        assert!(matches!(failed, Err(Error::Store(_))) && !path.exists(), "what is not finished is not left");

        init(&url, clock, "test".into(), &setup).await.unwrap();
        let failed = with_fuse(1, init(&url, clock, "test".into(), &setup)).await;
        assert!(matches!(failed, Err(Error::Store(_))), "the writer cannot be had");
        AppContext::open(&url, clock, "test".into()).await.unwrap();
    }
}
