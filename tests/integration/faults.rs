//! What befalls machines: a full disk, a read-only one, a server that stops, a file that is moved, a clock that is set
//! back, a terminal that is closed, a newer program beside this one. What the clerk is told, and that nothing is lost.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod disk;

use crate::clerks::{Dice, Society, code, hidden};
use crate::common::fixtures::why;
use crate::common::postgres::Server;
use crate::common::{Place, at, checks, embedded, fixtures, on_each_engine};
use disk::SmallDisk;
use mykempo_console::domain::{BatchState, CardState};
use mykempo_console::secrets::Passphrase;
use mykempo_console::store::{Db, StoreError};
use mykempo_console::usecases::queue::{self, QueueFilter};
use mykempo_console::usecases::refusal::BatchRefusal;
use mykempo_console::usecases::{Error, Refusal, audit_verify, batches, cards, settings, staff};
use rustix::process::{Pid, Signal, kill_process};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

const EXPORT: [&str; 2] = ["--dispatch-date", "2026-11-24"];

#[test]
fn full_disk_at_any_write_changes_nothing_or_everything() {
    let place = embedded();
    let Some(disk) = SmallDisk::over(place.folder.path()) else { return };
    runtime().block_on(async {
        let society = Society::registered(place).await;
        let events = society.place.folder.path().join("events.csv");
        let head = "連番,発生日時,種別,記号,番号,枝番,ログインID,メールアドレス,Web表示\r\n";
        let row = |n| {
            format!("{n},2026-11-24 09:00:00,web_display_off,300,{n},00,login{},m@example.jp,希望しない\r\n", 1000 + n)
        };
        std::fs::write(&events, head.to_owned() + &(30..=40).map(row).collect::<String>()).unwrap();
        let batch = "B20261124-001";
        for (staff, args, stride) in [
            ("admin", &["import", "portal-events", events.to_str().unwrap()][..], 8),
            ("sato", &["queue", "hold", "1", "--reason", "照会中"], 4),
            ("sato", &["batch", "draft", "--limit", "6"], 8),
            ("suzuki", &["batch", "approve", batch], 4),
            ("sato", &["batch", "preview", batch], 16),
            ("sato", &[&["batch", "export", batch], &EXPORT[..]].concat(), 16),
            ("sato", &["batch", "printed", batch], 8),
            ("sato", &["batch", "dispatch", batch], 8),
            ("admin", &["audit", "export"], 4),
        ] {
            let told = until_there_is_room(&society, &disk, staff, args, stride).await;
            println!("{:<22} {told:?}", args[..2].join(" "));
        }
        let now = society.books_are_right().await;
        assert_eq!(now.cards.iter().filter(|card| card.state() == CardState::Dispatched).count(), 6);
    });
}

/// Runs a command with no room at all, then with a little more each time, until it is done. What the clerk was told.
async fn until_there_is_room(
    society: &Society,
    disk: &SmallDisk,
    staff: &str,
    args: &[&str],
    stride: usize,
) -> BTreeMap<String, usize> {
    let mut told = BTreeMap::new();
    for free in (0..).step_by(stride) {
        let before = society.now().await;
        // A log that has been written over needs no room.
        if let Db::Sqlite { write, .. } = &society.cast.db {
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(write).await.unwrap();
        }
        disk.leave(free);
        let output = society.run(staff, args);
        disk.leave(4096);
        if output.status.success() {
            break;
        }
        assert!(["disk_full", "folder"].contains(&&*code(&output)), "{args:?}, {free} KiB free: {output:?}");
        *told.entry(code(&output)).or_default() += 1;
        society.done("suzuki", &["batch", "list"]);
        let after = society.books_are_right().await;
        assert_eq!(before.rows(), after.rows(), "{args:?}, {free} KiB free");
    }
    told
}

#[test]
fn b5_s4_read_only_folder_stops_exports_pdf_destroyed_later() {
    let place = embedded();
    let exports = place.folder.path().join("exports");
    std::fs::create_dir(&exports).unwrap();
    let Some(disk) = SmallDisk::over(&exports) else { return };
    runtime().block_on(async {
        let society = Society::registered(place).await;
        let batch = society.approved(3).await;
        let args = [&["batch", "export", batch.as_str()], &EXPORT[..]].concat();
        disk.read_only();
        assert_eq!(code(&society.run("sato", &args)), "folder");
        assert_eq!(society.state(&batch).await, BatchState::Approved);
        disk.writable();
        society.done("sato", &args);
        society.done("sato", &["batch", "printed", batch.as_str()]);
        disk.read_only();
        let sent = society.done("sato", &["batch", "dispatch", batch.as_str()]);
        let pdf = society.folder(&batch).join(format!("{batch}-01.pdf"));
        assert!(sent["not_destroyed"].as_str().unwrap().contains("-01.pdf") && pdf.exists());
        disk.writable();
        society.done("sato", &["batch", "list"]);
        assert!(!pdf.exists(), "the next start destroys it");
        society.books_are_right().await;
    });
}

#[test]
fn a_database_on_a_read_only_disk_is_named_and_not_changed() {
    let place = embedded();
    let Some(disk) = SmallDisk::over(place.folder.path()) else { return };
    runtime().block_on(async {
        let society = Society::registered(place).await;
        society.cast.ctx.close().await;
        society.cast.db.close().await;
        disk.read_only();
        let refused = society.run("sato", &["queue", "hold", "1", "--reason", "照会中"]);
        assert_eq!(code(&refused), "database_unusable");
        assert!(String::from_utf8_lossy(&refused.stderr).contains("権限"));
        disk.writable();
        society.done("sato", &["queue", "hold", "1", "--reason", "照会中"]);
    });
}

fn server() -> Option<Server> {
    let server = Server::start();
    if server.is_none() {
        println!("SKIPPED: no PostgreSQL server on this machine");
    }
    server
}

#[test]
fn open_console_resumes_after_a_server_restart() {
    let Some(server) = server() else { return };
    runtime().block_on(async {
        let society = Society::registered(Place::of(server.database())).await;
        let fixtures::Cast { ctx, clerk, .. } = &society.cast;
        cards::hold(ctx, clerk, 1, &why("before")).await.unwrap();
        server.crash();
        let lost = cards::hold(ctx, clerk, 2, &why("meanwhile")).await.unwrap_err();
        assert_eq!(lost.code(), "database_unreachable", "{lost:?}");
        let refused = society.run("sato", &["queue", "list"]);
        assert_eq!(code(&refused), "database_unreachable");
        server.go_on();
        cards::hold(ctx, clerk, 2, &why("after")).await.unwrap();
        let held = society.books_are_right().await.cards.iter().filter(|card| card.state() == CardState::Held).count();
        assert_eq!(held, 2);
    });
}

#[test]
fn b5_b8_server_crash_in_export_or_dispatch_is_all_or_nothing() {
    let Some(server) = server() else { return };
    let rounds = std::env::var("MYKEMPO_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(60) / 10;
    runtime().block_on(async {
        let society = Society::registered(Place::of(server.database())).await;
        let mut dice = Dice::new();
        let mut told: BTreeMap<String, usize> = BTreeMap::new();
        for round in 0..rounds {
            let what = ["export", "dispatch"][round % 2];
            let batch = if what == "export" { society.approved(4).await } else { society.printed(4).await };
            let day: &[&str] = if what == "export" { &EXPORT } else { &[] };
            let before = society.now().await;
            let child = society.command("sato", &[&["batch", what, batch.as_str()], day].concat()).spawn().unwrap();
            std::thread::sleep(Duration::from_millis(20 + dice.below(300) as u64));
            server.crash();
            let output = child.wait_with_output().unwrap();
            server.go_on();
            let ended = if output.status.success() { "done".to_owned() } else { code(&output) };
            assert!(["done", "database_unreachable", "database_unanswered"].contains(&&*ended), "{output:?}");
            *told.entry(format!("{what}: {ended}")).or_default() += 1;
            society.done("suzuki", &["batch", "list"]);
            let after = society.books_are_right().await;
            checks::every_step_is_in_the_tables(&before, &after);
            let moved = before.rows() != after.rows();
            assert!(ended == "database_unanswered" || moved == (ended == "done"), "{what}: {ended}, but {moved}");
            // The cards are for the next round again.
            if !moved {
                let end = if what == "export" { "cancel" } else { "dispatch" };
                society.done("sato", &["batch", end, batch.as_str()]);
            }
        }
        println!("{rounds} crashes of the server: {told:?}");
    });
}

#[test]
fn moved_or_replaced_sqlite_file_is_noticed_before_writing() {
    runtime().block_on(async {
        let society = Society::registered(embedded()).await;
        let fixtures::Cast { ctx, clerk, .. } = &society.cast;
        let file = society.place.folder.path().join("kempo.db");
        let away = society.place.folder.path().join("elsewhere.db");
        std::fs::rename(&file, &away).unwrap();
        let moved = |done: Result<(), Error>| matches!(done, Err(Error::Store(StoreError::FileMoved(_))));
        assert!(moved(cards::hold(ctx, clerk, 1, &why("gone")).await));
        assert!(moved(queue::list(ctx, clerk, &QueueFilter::default()).await.map(drop)));
        assert_eq!(code(&society.run("sato", &["queue", "list"])), "no_database");
        // By another process: to close the file here would drop the locks of the open connection.
        assert!(std::process::Command::new("cp").args([&away, &file]).status().unwrap().success());
        assert!(moved(cards::hold(ctx, clerk, 1, &why("a copy")).await));
        std::fs::rename(&away, &file).unwrap();
        cards::hold(ctx, clerk, 1, &why("back")).await.unwrap();
        society.done("sato", &["queue", "list"]);
        society.books_are_right().await;
    });
}

#[test]
fn an_older_program_refuses_a_newer_schema_and_touches_nothing() {
    on_each_engine(|place| async move {
        let mut society = Society::new(place).await;
        // As the owner of the tables, who upgrades.
        fixtures::on_day(&society.place, &mut society.cast, (2026, 11, 24)).await;
        let newer =
            "INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time)
            VALUES (9999, 'of next year', CURRENT_TIMESTAMP, TRUE, '', 0)";
        fixtures::sql(&society.cast.ctx, newer).await;
        let before = audit_verify(&society.cast.ctx, &society.cast.admin).await.unwrap().entries;
        let refused = society.run("sato", &["queue", "list"]);
        assert_eq!(code(&refused), "database_newer");
        let words = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(words.contains("9999") && words.contains("更新"), "{words}");
        assert_eq!(audit_verify(&society.cast.ctx, &society.cast.admin).await.unwrap().entries, before);
    });
}

#[test]
fn clock_set_back_breaks_no_chain_number_lock_or_date() {
    on_each_engine(|place| async move {
        let mut society = Society::registered(place).await;
        let printed = society.printed(3).await;
        let wrong = Passphrase::new("not this one".into());
        for _ in 0..staff::FAILURES {
            let _ = staff::sign_in(&society.cast.ctx, "sato", &wrong).await;
        }
        society.cast.ctx.clock = at(2026, 11, 23);
        let ctx = &society.cast.ctx;
        let right = Passphrase::new(crate::clerks::PASSWORD.into());
        let locked = staff::sign_in(ctx, "sato", &right).await;
        assert!(matches!(locked, Err(Error::Refused(Refusal::SignIn))), "{locked:?}");
        let early = batches::dispatch(ctx, &society.cast.clerk, &printed, None, "").await;
        assert!(matches!(early, Err(Error::Refused(Refusal::Batch(BatchRefusal::TooEarly { .. })))), "V5: {early:?}");
        let yesterday = society.printed(3).await;
        batches::dispatch(ctx, &society.cast.clerk, &yesterday, None, "").await.unwrap();
        assert_eq!(yesterday.as_str(), "B20261123-001");
        society.books_are_right().await;
        society.cast.ctx.clock = at(2026, 11, 24);
        batches::dispatch(&society.cast.ctx, &society.cast.clerk, &printed, None, "").await.unwrap();
        assert_eq!(society.approved(2).await.as_str(), "B20261124-002");
        society.books_are_right().await;
    });
}

#[test]
fn b5_signals_interrupt_an_export_and_leave_no_page() {
    on_each_engine(|place| async move {
        let society = Society::registered(place).await;
        // Some seconds of hashing, to be interrupted in.
        settings::set(&society.cast.ctx, &society.cast.admin, "hash.passes", "16").await.unwrap();
        settings::set(&society.cast.ctx, &society.cast.admin, "hash.memory_kib", "65536").await.unwrap();
        let batch = society.approved(20).await;
        for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
            let args = [&["batch", "export", batch.as_str()], &EXPORT[..]].concat();
            let child = society.command("sato", &args).spawn().unwrap();
            let deadline = Instant::now() + Duration::from_secs(60);
            while hidden(&society.folder(&batch)).is_empty() {
                assert!(Instant::now() < deadline, "no file is begun");
                std::thread::sleep(Duration::from_millis(2));
            }
            kill_process(Pid::from_child(&child), signal).unwrap();
            let output = child.wait_with_output().unwrap();
            assert_eq!(code(&output), "cancelled", "{signal:?}");
            assert!(hidden(&society.exports()).is_empty(), "{signal:?}");
            assert_eq!(society.state(&batch).await, BatchState::Approved);
        }
        society.books_are_right().await;
    });
}
