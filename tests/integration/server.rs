//! A PostgreSQL server whose defaults are others than the program relies on.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::checks::{Snapshot, what_always_holds};
use crate::common::fixtures::{Cast, PEOPLE, cast, key, register, sql};
use crate::common::{Place, clock, on_each_engine, open, places, society};
use mykempo_console::domain::CardState;
use mykempo_console::store::{Db, DbUrl, StoreError};
use mykempo_console::usecases::queue::QueueFilter;
use mykempo_console::usecases::upkeep::doctor::{DoctorCheck, Scene, doctor};
use mykempo_console::usecases::upkeep::record_dump;
use mykempo_console::usecases::{AppContext, Error, audit_verify, batches, members};
use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, PgPool};
use std::ops::ControlFlow;

/// What an administrator may have set for the whole database.
const DEFAULTS: &[(&str, &str)] = &[
    ("default_transaction_isolation", "'repeatable read'"),
    ("default_transaction_read_only", "on"),
    ("default_transaction_deferrable", "on"),
    ("search_path", "'elsewhere'"),
    ("TimeZone", "'America/New_York'"),
    ("DateStyle", "'SQL, DMY'"),
    ("standard_conforming_strings", "off"),
    ("synchronous_commit", "off"),
    ("lock_timeout", "'2ms'"),
    ("statement_timeout", "'200ms'"),
    ("idle_in_transaction_session_timeout", "'20ms'"),
    ("idle_session_timeout", "'20ms'"),
];

/// The same database after an administrator has changed every default; nothing on SQLite.
async fn with_other_defaults(place: &Place) -> Option<PgPool> {
    let DbUrl::Postgres(url) = &place.url else { return None };
    // Made before: this session keeps its own defaults.
    let pool = PgPoolOptions::new().max_connections(1).connect(url).await.unwrap();
    let name: String = sqlx::query_scalar("SELECT current_database()").fetch_one(&pool).await.unwrap();
    for (key, value) in DEFAULTS {
        let set = AssertSqlSafe(format!("ALTER DATABASE {name} SET {key} = {value}"));
        sqlx::raw_sql(set).execute(&pool).await.unwrap();
    }
    Some(pool)
}

async fn reopened(cast: &mut Cast) {
    cast.ctx = AppContext::open(cast.ctx.url(), clock(), "test".into()).await.unwrap();
    cast.ctx.settings.hash_cost.memory_kib = 8;
    cast.db = open(&cast.ctx).await;
}

#[test]
fn simultaneous_looks_ignore_the_servers_defaults() {
    on_each_engine(|place| async move {
        let mut cast = cast(&place).await;
        sql(&cast.ctx, PEOPLE).await;
        with_other_defaults(&place).await;
        reopened(&mut cast).await;
        for _ in 0..5 {
            let look = |who: &'static str| {
                let (ctx, clerk) = (cast.ctx.clone(), cast.clerk.clone());
                tokio::spawn(async move { members::show(&ctx, &clerk, &key(who)).await.map(drop) })
            };
            for seen in [look("260 1"), look("260 2"), look("107 1"), look("107 2")] {
                seen.await.unwrap().unwrap();
            }
        }
        assert_eq!(audit_verify(&cast.ctx, &cast.admin).await.unwrap().broken_at, None);
    });
}

#[test]
fn a_whole_main_job_ignores_the_servers_defaults() {
    on_each_engine(|place| async move {
        let mut cast = cast(&place).await;
        sql(&cast.ctx, PEOPLE).await;
        with_other_defaults(&place).await;
        reopened(&mut cast).await;
        register(&cast, &["260 1", "260 2", "107 1"]).await;
        let Cast { ctx, clerk, supervisor, .. } = &cast;
        let batch = batches::draft(ctx, clerk, &QueueFilter::default(), None).await.unwrap().batch;
        batches::approve(ctx, supervisor, &batch).await.unwrap();
        let options = batches::ExportOptions { dispatch_date: Some(ctx.clock.today()), passphrase: None };
        batches::export(ctx, clerk, &batch, options, |_| ControlFlow::Continue(())).await.unwrap();
        batches::printed(ctx, clerk, &batch, "").await.unwrap();
        batches::dispatch(ctx, clerk, &batch, None, "").await.unwrap();
        let now = Snapshot::take(&cast).await;
        let gone = now.cards.iter().filter(|card| card.state() == CardState::Dispatched).count();
        assert_eq!(gone, 3);
        what_always_holds(&cast, &now).await;
    });
}

#[test]
fn a_society_is_set_up_whatever_the_servers_defaults() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    for place in places() {
        runtime.block_on(async {
            let Some(pool) = with_other_defaults(&place).await else { return };
            let password = mykempo_console::secrets::Passphrase::new("correct horse battery".into());
            let setup = mykempo_console::usecases::setup::Setup {
                insurer: crate::common::INSURER,
                society: "架空",
                admin: "admin",
                password: &password,
                export_dir: None,
                rehearsal: mykempo_console::usecases::setup::Rehearsal::Yes,
            };
            mykempo_console::usecases::setup::init(&place.url, clock(), "test".into(), &setup).await.unwrap();
            let schema = "SELECT schemaname::text FROM pg_tables WHERE tablename = 'card'";
            assert_eq!(sqlx::query_scalar::<_, String>(schema).fetch_all(&pool).await.unwrap(), ["public"]);
        });
    }
}

#[test]
fn a_writer_on_a_server_waits_as_long_as_on_sqlite() {
    on_each_engine(|place| async move {
        let (ctx, _) = society(&place).await;
        let (first, second) = (open(&ctx).await, open(&ctx).await);
        let held = first.write().await.unwrap();
        let begun = std::time::Instant::now();
        assert!(matches!(second.write().await, Err(StoreError::Busy)), "{}", place.name);
        assert!((9..=13).contains(&begun.elapsed().as_secs()), "{}: {:?}", place.name, begun.elapsed());
        drop(held);
        drop(second.write().await.unwrap());
    });
}

#[test]
fn a_statement_that_takes_too_long_is_named() {
    on_each_engine(|place| async move {
        let (ctx, _) = society(&place).await;
        let mut tx = open(&ctx).await.read().await.unwrap();
        let mykempo_console::store::Tx::Postgres(t) = &mut tx else { return };
        sqlx::raw_sql("SET LOCAL statement_timeout = '10ms'").execute(&mut **t).await.unwrap();
        let error = sqlx::raw_sql("SELECT pg_sleep(5)").execute(&mut **t).await.unwrap_err();
        assert_eq!(Error::from(StoreError::from(error)).code(), "database_timeout");
    });
}

/// The codes of what doctor finds of the server with the application's role.
async fn found(cast: &Cast) -> Vec<&'static str> {
    let scene = Scene { place: cast.ctx.url().clone(), clock: clock(), anchor: None, private: Vec::new() };
    let rows = doctor(&scene).await;
    let of_server = rows.iter().filter(|row| row.check == DoctorCheck::Server);
    of_server.map(|row| row.finding.code().code()).collect()
}

#[test]
fn doctor_tells_grants_and_defaults_of_a_server() {
    on_each_engine(|place| async move {
        let mut cast = cast(&place).await;
        let DbUrl::Postgres(owner) = &place.url else {
            assert_eq!(found(&cast).await, ["not_a_server"]);
            return;
        };
        // The server of the tests forgoes durability for speed, and keeps no archive.
        assert_eq!(found(&cast).await, ["switched_off", "no_archive"]);
        let pool = PgPool::connect(owner).await.unwrap();
        let change = |sql: &'static str| {
            let pool = pool.clone();
            async move {
                sqlx::raw_sql(sql).execute(&pool).await.unwrap();
            }
        };
        change("GRANT UPDATE ON audit TO kempo_app; REVOKE INSERT ON contact_note FROM kempo_app").await;
        assert_eq!(found(&cast).await, ["excess_grant", "missing_grant", "switched_off", "no_archive"]);
        change("REVOKE UPDATE ON audit FROM kempo_app; GRANT INSERT ON contact_note TO kempo_app").await;
        with_other_defaults(&place).await;
        let defaults = ["other_default", "other_default", "other_default"];
        assert_eq!(found(&cast).await, [&defaults[..], &["switched_off", "no_archive"]].concat());
        cast.ctx = AppContext::open(&place.url, clock(), "test".into()).await.unwrap();
        assert_eq!(found(&cast).await.first(), Some(&"owners_role"));
    });
}

#[test]
fn a_dump_that_was_recorded_counts_as_a_backup() {
    on_each_engine(|place| async move {
        let cast = cast(&place).await;
        let file = place.folder.path().join("k.dump");
        std::fs::write(&file, "PGDMP and more").unwrap();
        let recorded = record_dump(&cast.ctx, &cast.admin, &file).await;
        let scene = Scene { place: place.url.clone(), clock: clock(), anchor: None, private: Vec::new() };
        let rows = doctor(&scene).await;
        let backup = rows.iter().find(|row| row.check == DoctorCheck::Backup).unwrap().finding.code().code();
        if place.name == "sqlite" {
            assert_eq!(recorded.unwrap_err().code(), "use_pg_dump");
            assert_eq!(backup, "no_backup");
        } else {
            assert_eq!((recorded.unwrap().bytes, backup), (14, "good"));
        }
        std::fs::write(&file, "no dump").unwrap();
        assert_eq!(record_dump(&cast.ctx, &cast.admin, &file).await.unwrap_err().code(), "use_pg_dump");
    });
}

/// How many connections the application has.
async fn connections(pool: &PgPool) -> i64 {
    let count =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'mykempo'";
    // A backend that was told to end needs a moment.
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    sqlx::query_scalar(count).fetch_one(pool).await.unwrap()
}

#[test]
fn a_console_keeps_the_connections_that_it_needs() {
    on_each_engine(|place| async move {
        let (ctx, _) = society(&place).await;
        let DbUrl::Postgres(url) = &place.url else { return };
        let pool = PgPool::connect(url).await.unwrap();
        let others = connections(&pool).await;
        let db = open(&ctx).await;
        let Db::Postgres(server) = &db else { panic!("a server") };
        let four =
            [db.read().await.unwrap(), db.read().await.unwrap(), db.read().await.unwrap(), db.read().await.unwrap()];
        for tx in four {
            tx.commit().await.unwrap();
        }
        let mut counts = vec![connections(&pool).await - others];
        server.close_idle().await;
        counts.push(connections(&pool).await - others);
        // The change poller: one at a time, seconds apart. A connection that was given back needs a moment.
        for _ in 0..3 {
            db.read().await.unwrap().commit().await.unwrap();
            connections(&pool).await;
        }
        server.close_idle().await;
        counts.push(connections(&pool).await - others);
        server.close_idle().await;
        counts.push(connections(&pool).await - others);
        println!("after a burst, a sweep, polls and a sweep, a sweep without a use: {counts:?}");
        assert_eq!(counts, [4, 4, 1, 0]);
        db.read().await.unwrap().commit().await.unwrap();
        db.close().await;
    });
}
