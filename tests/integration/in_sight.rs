//! What comes out of files and databases: nothing that steers a terminal or runs in a spreadsheet, nothing that others
//! on the machine may read, and of a mail address the initials alone (S5). With the real binary.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::{Place, on_each_engine, people, society};
use mykempo_console::domain::request::Channel;
use mykempo_console::domain::{Role, WebDisplay};
use mykempo_console::files::private::exposed;
use mykempo_console::store::{DbUrl, Tx};
use mykempo_console::text::is_unsafe;
use mykempo_console::usecases::notes::{self, Note};
use std::path::Path;
use std::process::{Command, Output};

/// Escape sequences in seven and eight bits, a title, directions, nothing to see, a line break, a formula.
const HOSTILE: &str = "=1+1\x1b[2J\u{9b}31m\x1b]0;title\x07\u{202E}\u{2066}\u{200E}\u{200B}\u{FEFF}\r\nsecond,\"line";
const PASSWORD: &str = "correct horse battery";

fn run(place: &Place, args: &[&str]) -> Output {
    let db = match &place.url {
        DbUrl::Sqlite(path) => path.display().to_string(),
        DbUrl::Postgres(url) => url.clone(),
    };
    let mut command = Command::new(env!("CARGO_BIN_EXE_mykempo"));
    command.args(args).current_dir(place.folder.path()).env_clear().env("MYKEMPO_DB", db);
    command.env("MYKEMPO_STAFF", "admin").env("MYKEMPO_PASSWORD", PASSWORD).env("MYKEMPO_TODAY", "2026-11-24");
    command.output().unwrap()
}

fn is_plain(bytes: &[u8]) -> bool {
    let text = std::str::from_utf8(bytes).unwrap();
    !text.chars().any(|c| is_unsafe(c) && c != '\n')
}

/// Puts the text into the tables past every check, as an older program or another hand might have left it.
async fn poison(ctx: &mykempo_console::usecases::AppContext) {
    let mut tx = crate::common::open(ctx).await.write().await.unwrap();
    for sql in
        ["UPDATE member SET name = $1, kana = $1, relationship = $1", "UPDATE employer SET name = $1, address1 = $1"]
    {
        match &mut tx {
            Tx::Sqlite(t) => drop(sqlx::query(sql).bind(HOSTILE).execute(&mut **t).await.unwrap()),
            Tx::Postgres(t) => drop(sqlx::query(sql).bind(HOSTILE).execute(&mut **t).await.unwrap()),
        }
    }
    tx.commit().await.unwrap();
}

#[test]
fn s5_output_has_no_escapes_formulas_or_mail_addresses() {
    on_each_engine(|place| async move {
        let (ctx, _) = society(&place).await;
        let clerk = people::staff("sato", Role::Clerk);
        people::employer(&ctx).await;
        people::person(&ctx, people::Person::default()).await;
        people::register(&ctx, "260-1-00", WebDisplay::Wanted).await;
        let note = Note {
            topic: None,
            channel: Channel::Phone,
            body: HOSTILE.into(),
            follow_up_on: None,
            referred: None,
            caller: None,
            phone: String::new(),
            adds_to: None,
            call: None,
        };
        notes::write(&ctx, &clerk, &people::key("260-1-00"), &note).await.unwrap();
        poison(&ctx).await;
        for args in [
            &["member", "find", "260-1"][..],
            &["member", "show", "260", "1", "00"],
            &["queue", "list"],
            &["queue", "list", "--by-employer"],
            &["audit", "export"],
            &["audit", "unusual"],
            &["diagnose", "registered", "260", "1", "00"],
            &["member", "show", "260", HOSTILE],
            &["member", "find", HOSTILE],
        ] {
            for json in [&["--json"][..], &[]] {
                let output = run(&place, &[json, args].concat());
                assert!(is_plain(&output.stdout) && is_plain(&output.stderr), "{args:?}: {output:?}");
                let told = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
                assert!(!told.contains("hanako@example.jp"), "{args:?} {told}");
            }
        }
        assert!(run(&place, &["audit", "export", "--out", "audit.csv"]).status.success());
        let csv = std::fs::read_to_string(place.folder.path().join("audit.csv")).unwrap();
        let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{FEFF}').as_bytes());
        for cell in reader.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
            assert!(!cell.starts_with(['=', '+', '-', '@']) && !cell.chars().any(is_unsafe), "{cell:?}");
        }
    });
}

#[test]
fn s4_database_and_written_files_are_private_to_the_owner() {
    let place = crate::common::places().swap_remove(0);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let (ctx, _) = society(&place).await;
        people::employer(&ctx).await;
        assert!(run(&place, &["audit", "export", "--out", "audit.csv"]).status.success());
        let all = everything(place.folder.path());
        let name = |path: &std::path::PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
        let names: Vec<String> = all.iter().map(name).collect();
        for expected in ["kempo.db", "kempo.db-wal", "kempo.db-shm", "audit.csv"] {
            assert!(names.contains(&expected.to_owned()), "{names:?}");
        }
        assert_eq!(exposed(&all), []);
        ctx.close().await;
    });
}

fn everything(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { everything(&path) } else { vec![path] }).collect()
}
