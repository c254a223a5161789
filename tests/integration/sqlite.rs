//! An SQLite file is kept without a large log and with statistics, and no program waits for that.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::clerks::Society;
use crate::common::{Place, embedded, open, society};
use mykempo_console::interchange::{FileKind, demo};
use mykempo_console::store::{Db, DbUrl, FileFault, StoreError, migrate, with_companions};
use mykempo_console::usecases::import::{Job, Mode, import};
use mykempo_console::usecases::{Actor, AppContext, settings};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// Bytes in the log beside the file.
fn log(place: &Place) -> u64 {
    let DbUrl::Sqlite(path) = &place.url else { panic!("a file") };
    std::fs::metadata(&with_companions(path)[1]).map_or(0, |facts| facts.len())
}

async fn import_demo(place: &Place, ctx: &AppContext, admin: &Actor) {
    static NEVER: AtomicBool = AtomicBool::new(false);
    for kind in [FileKind::Employers, FileKind::Members] {
        let path = place.folder.path().join(kind.code());
        let mut bytes = Vec::new();
        demo::write(kind, demo::MEMBERS, &mut bytes).unwrap();
        std::fs::write(&path, bytes).unwrap();
        let (reason, progress) = (|_: &_| String::new(), |_| {});
        let job = Job {
            kind,
            path: &path,
            mode: Mode::Apply,
            expected: None,
            rejects: None,
            reason: &reason,
            progress: &progress,
            cancel: &NEVER,
        };
        assert!(import(ctx, admin, &job).await.unwrap().applied);
    }
}

async fn with_demo_insurer(place: &Place) -> (AppContext, Actor) {
    let (ctx, admin) = society(place).await;
    settings::set(&ctx, &admin, "society.insurer", demo::INSURER).await.unwrap();
    (AppContext::open(&place.url, crate::common::clock(), "test".into()).await.unwrap(), admin)
}

#[test]
fn an_import_leaves_no_log_while_consoles_are_open() {
    let place = embedded();
    runtime().block_on(async {
        let (ctx, admin) = with_demo_insurer(&place).await;
        let console = open(&ctx).await;
        console.read().await.unwrap().commit().await.unwrap();
        import_demo(&place, &ctx, &admin).await;
        assert_eq!(log(&place), 0);
    });
}

#[test]
fn a_command_leaves_no_log_while_consoles_are_open() {
    let place = embedded();
    runtime().block_on(async {
        let society = Society::new(place).await;
        // Of the console beside it.
        assert!(log(&society.place) > 0);
        society.done("sato", &["member", "show", "300", "1"]);
        assert_eq!(log(&society.place), 0);
    });
}

#[test]
fn folding_the_log_waits_for_no_other_program() {
    let place = embedded();
    runtime().block_on(async {
        let (ctx, admin) = with_demo_insurer(&place).await;
        let db = open(&ctx).await;
        let mut reader = db.read().await.unwrap();
        reader.schema().await.unwrap();
        import_demo(&place, &ctx, &admin).await;
        let writer = db.write().await.unwrap();
        let begun = Instant::now();
        open(&ctx).await.fold().await;
        // A writer waits ten seconds for another one; a loaded machine takes some for anything.
        assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
        assert!(log(&place) > 0, "the reader's state is kept");
        // A dropped transaction would be rolled back some time later.
        reader.commit().await.unwrap();
        writer.commit().await.unwrap();
        db.fold().await;
        assert_eq!(log(&place), 0);
    });
}

#[test]
fn the_planner_gets_statistics_without_a_command() {
    let place = embedded();
    runtime().block_on(async {
        let (ctx, admin) = with_demo_insurer(&place).await;
        import_demo(&place, &ctx, &admin).await;
        ctx.optimize().await;
        let Db::Sqlite { read, .. } = open(&ctx).await else { panic!("a file") };
        let tables = "SELECT count(DISTINCT tbl) FROM sqlite_stat1";
        let known: i64 = sqlx::query_scalar(tables).fetch_one(&read).await.unwrap();
        assert!(known > 2, "{known}");
    });
}

#[test]
fn tables_of_another_program_get_none_of_this_one() {
    let place = embedded();
    let DbUrl::Sqlite(path) = &place.url else { panic!("a file") };
    runtime().block_on(async {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path).create_if_missing(true);
        let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
        sqlx::query("CREATE TABLE accounts_of_a_shop (id INTEGER)").execute(&pool).await.unwrap();
        let refused = migrate::upgrade(&place.url, crate::common::clock().now()).await.unwrap_err();
        assert!(matches!(&refused, StoreError::Unusable(FileFault::Foreign(file)) if file == path), "{refused:?}");
        let tables = "SELECT group_concat(name) FROM sqlite_schema WHERE type = 'table'";
        let there: String = sqlx::query_scalar(tables).fetch_one(&pool).await.unwrap();
        assert_eq!(there, "accounts_of_a_shop");
        pool.close().await;
    });
}
