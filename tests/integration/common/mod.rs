//! Both engines for a test: a fresh SQLite file, and a database of a private PostgreSQL cluster.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod checks;
pub mod fixtures;
pub mod paper;
pub mod people;
pub mod portal;
pub mod postgres;
pub mod roles;

use chrono::{NaiveDate, NaiveTime};
use mykempo_console::secrets::Passphrase;
use mykempo_console::store::{Db, DbUrl, Tx};
use mykempo_console::usecases::setup::{Rehearsal, Setup, init};
use mykempo_console::usecases::{Actor, AppContext, Clock, Error, Refusal};

/// The insurer number of the examples.
pub const INSURER: &str = "06139497";

/// A business date that a test may rely on: Tuesday, 24 November 2026, 10:42.
pub fn clock() -> Clock {
    at(2026, 11, 24)
}

/// The same time on another day.
pub fn at(year: i32, month: u32, day: u32) -> Clock {
    Clock::frozen(NaiveDate::from_ymd_opt(year, month, day).unwrap(), NaiveTime::from_hms_opt(10, 42, 0).unwrap())
}

/// The refusal that a use case ended with.
pub fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("no refusal: {other:?}"),
    }
}

/// A place for a database that nothing else uses; gone when dropped.
pub struct Place {
    pub name: &'static str,
    pub url: DbUrl,
    pub folder: tempfile::TempDir,
    /// Dropped with its place: thousands of stories would fill the disk.
    _database: Option<postgres::Database>,
}

impl Place {
    /// A database of a server.
    pub fn of(database: postgres::Database) -> Self {
        let url = database.url().parse().unwrap();
        Self { name: "postgres", url, folder: tempfile::tempdir().unwrap(), _database: Some(database) }
    }
}

/// One fresh place on each engine that this machine has.
pub fn places() -> Vec<Place> {
    let mut places = vec![embedded()];
    match postgres::fresh_database() {
        Some(database) => places.push(Place::of(database)),
        None => println!("SKIPPED: no PostgreSQL server on this machine"),
    }
    places
}

/// Another program that holds the one writer of a place until its transaction is dropped.
pub async fn hold_writer(place: &Place) -> (Db, Tx) {
    let db = Db::open(&place.url).await.unwrap();
    let tx = db.write().await.unwrap();
    (db, tx)
}

/// A fresh SQLite file.
pub fn embedded() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let url = DbUrl::Sqlite(folder.path().join("kempo.db"));
    Place { name: "sqlite", url, folder, _database: None }
}

/// A society with its admin, in rehearsal, on one place. On PostgreSQL the owner of the tables makes it, and the
/// office works as the application's role, as the README sets it up; `place.url` stays the owner's.
pub async fn society(place: &Place) -> (AppContext, Actor) {
    let password = Passphrase::new("correct horse battery".into());
    let exports = place.folder.path().join("exports");
    let setup = Setup {
        insurer: INSURER,
        society: "架空工業健康保険組合",
        admin: "admin",
        password: &password,
        export_dir: Some(&exports),
        rehearsal: Rehearsal::Yes,
    };
    let (ctx, admin) = init(&place.url, clock(), "test".into(), &setup).await.unwrap();
    let DbUrl::Postgres(owner) = &place.url else { return (ctx, admin) };
    let url = roles::application(owner).await;
    (AppContext::open(&url, clock(), "test".into()).await.unwrap(), admin)
}

/// A connection past the use cases, for fixtures and looks into the tables.
pub async fn open(ctx: &AppContext) -> Db {
    Db::open(ctx.url()).await.unwrap()
}

/// Runs a story on each engine in turn.
pub fn on_each_engine<F: Future<Output = ()>>(story: impl Fn(Place) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    for place in places() {
        println!("on {}", place.name);
        runtime.block_on(story(place));
    }
}
