//! Both engines for a test: a fresh SQLite file, and a database of a private PostgreSQL cluster.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod fixtures;
pub mod people;
mod postgres;

use chrono::{NaiveDate, NaiveTime};
use mykempo_console::secrets::Passphrase;
use mykempo_console::store::DbUrl;
use mykempo_console::usecases::setup::{Rehearsal, Setup, init};
use mykempo_console::usecases::{Actor, Clock, Office};

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

/// A place for a database that nothing else uses; gone when dropped.
pub struct Place {
    pub name: &'static str,
    pub url: DbUrl,
    pub folder: tempfile::TempDir,
}

/// One fresh place on each engine that this machine has.
pub fn places() -> Vec<Place> {
    let folder = tempfile::tempdir().unwrap();
    let mut places = vec![Place { name: "sqlite", url: DbUrl::Sqlite(folder.path().join("kempo.db")), folder }];
    match postgres::fresh_database() {
        Some(url) => {
            places.push(Place { name: "postgres", url: url.parse().unwrap(), folder: tempfile::tempdir().unwrap() })
        }
        None => println!("SKIPPED: no PostgreSQL server on this machine"),
    }
    places
}

/// A society with its admin, in rehearsal, on one place.
pub async fn society(place: &Place) -> (Office, Actor) {
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
    init(&place.url, clock(), "test".into(), &setup).await.unwrap()
}

/// Runs a story on each engine in turn.
pub fn on_each_engine<F: Future<Output = ()>>(story: impl Fn(Place) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    for place in places() {
        println!("on {}", place.name);
        runtime.block_on(story(place));
    }
}
