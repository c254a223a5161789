//! Upkeep by the real binary, as scripts use it: codes, one JSON document, and no secret in any output.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::{Place, on_each_engine, places};
use mykempo_console::store::DbUrl;
use mykempo_console::usecases::FailureKind;
use serde_json::Value;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const PASSWORD: &str = "correct horse battery";

fn mykempo(db: &str, folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mykempo"));
    command.args(args).current_dir(folder).env_clear().env("MYKEMPO_DB", db).env("MYKEMPO_STAFF", "admin");
    command.env("MYKEMPO_PASSWORD", PASSWORD).env("MYKEMPO_TODAY", "2026-11-24").env("KEY", "an umbrella in november");
    command.output().unwrap()
}

fn json(output: &Output) -> Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The code of a refusal, which comes with the exit code of its kind and its words on stderr.
fn code(output: &Output) -> (String, String) {
    let error: Value = serde_json::from_slice(&output.stderr).unwrap();
    let kind: FailureKind = error["error"]["kind"].as_str().unwrap().parse().unwrap();
    assert_eq!(output.status.code(), Some(kind.exit_code().into()));
    (error["error"]["code"].as_str().unwrap().into(), error["error"]["message"].as_str().unwrap().into())
}

fn address(place: &Place) -> String {
    match &place.url {
        DbUrl::Sqlite(path) => path.display().to_string(),
        DbUrl::Postgres(url) => url.clone(),
    }
}

fn init(db: &str, folder: &Path) {
    let init = ["init", "--insurer", "06139992", "--society", "架空", "--admin", "admin", "--rehearsal", "--json"];
    json(&mykempo(db, folder, &init));
}

#[test]
fn a_society_is_backed_up_restored_and_checked_by_script() {
    let place = places().remove(0);
    let (db, folder) = (address(&place), place.folder.path());
    init(&db, folder);
    let made = json(&mykempo(&db, folder, &["--json", "backup", "b", "--passphrase-env", "KEY"]));
    assert_eq!(made["sealed"], true);
    let again = mykempo(&db, folder, &["--json", "backup", "b"]);
    assert_eq!(code(&again).0, "file_exists");
    let there = mykempo(&db, folder, &["--json", "restore", "b", "--passphrase-env", "KEY", "--portal-at", "0"]);
    assert_eq!(code(&there).0, "database_exists");
    let clear = mykempo("new.db", folder, &["--json", "restore", "b"]);
    assert_eq!(code(&clear).0, "needs_passphrase");
    let unset = mykempo("new.db", folder, &["--json", "restore", "b", "--passphrase-env", "NONE"]);
    assert_eq!(code(&unset).0, "no_passphrase");
    let restored =
        json(&mykempo("new.db", folder, &["--json", "restore", "b", "--passphrase-env", "KEY", "--portal-at", "0"]));
    assert_eq!((&restored["lost"], &restored["feed"]), (&Value::Array(Vec::new()), &Value::from(0)));
    // The anchor of the backup holds in what was restored, and the sender's address is still to be set.
    let anchor = made["anchor"].as_str().unwrap();
    let doctor = mykempo("new.db", folder, &["--json", "doctor", "--anchor", anchor]);
    assert_eq!(doctor.status.code(), Some(1));
    let table: Value = serde_json::from_slice(&doctor.stdout).unwrap();
    let state = |check: &str| {
        let rows = table["checks"].as_array().unwrap();
        rows.iter().find(|row| row["check"] == check).unwrap()["state"].as_str().unwrap().to_owned()
    };
    assert_eq!((state("audit"), state("permissions"), state("print")), ("good".into(), "good".into(), "wrong".into()));
}

#[test]
fn a_backup_to_stdout_is_read_back_and_restored() {
    let place = places().remove(0);
    let (db, folder) = (address(&place), place.folder.path());
    init(&db, folder);
    let there = || -> BTreeSet<OsString> { folder.read_dir().unwrap().map(|it| it.unwrap().file_name()).collect() };
    let before = there();
    let streamed = mykempo(&db, folder, &["backup", "-", "--json"]);
    assert!(streamed.status.success() && streamed.stdout.starts_with(b"SQLite format 3"));
    let made: Value = serde_json::from_slice(&streamed.stderr).expect("one document on stderr");
    assert_eq!((&made["bytes"], &made["sealed"]), (&streamed.stdout.len().into(), &false.into()));
    assert_eq!(there(), before, "neither a file of that name nor the copy stays");
    std::fs::write(folder.join("taken"), &streamed.stdout).unwrap();
    json(&mykempo("new.db", folder, &["--json", "restore", "taken", "--portal-at", "0"]));
    let anchor = made["anchor"].as_str().unwrap();
    let verified = mykempo("new.db", folder, &["--json", "audit", "verify", "--anchor", anchor]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));

    let sealed = mykempo(&db, folder, &["backup", "-", "--passphrase-env", "KEY"]);
    assert!(sealed.status.success() && !sealed.stdout.starts_with(b"SQLite"));
    assert!(String::from_utf8_lossy(&sealed.stderr).contains("SHA-256"));
    std::fs::write(folder.join("sealed"), &sealed.stdout).unwrap();
    let restore = ["--json", "restore", "sealed", "--passphrase-env", "KEY", "--portal-at", "0"];
    json(&mykempo("sealed.db", folder, &restore));
}

#[test]
fn a_backup_that_is_not_taken_to_its_end_is_none() {
    let place = places().remove(0);
    let (db, folder) = (address(&place), place.folder.path());
    init(&db, folder);
    let mut command = Command::new(env!("CARGO_BIN_EXE_mykempo"));
    command.args(["backup", "-", "--json"]).current_dir(folder).env_clear().env("MYKEMPO_DB", &db);
    command.env("MYKEMPO_STAFF", "admin").env("MYKEMPO_PASSWORD", PASSWORD).env("MYKEMPO_TODAY", "2026-11-24");
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 16];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    assert_eq!(code(&child.wait_with_output().unwrap()).0, "backup_not_taken");
    let log = json(&mykempo(&db, folder, &["--json", "audit", "list"])).to_string();
    assert!(log.contains("backup_sent") && !log.contains("backed_up"), "{log}");
    assert!(!folder.read_dir().unwrap().any(|it| it.unwrap().file_name().to_string_lossy().contains("backup")));
}

#[test]
fn postgresql_backup_names_the_server_tools_without_password() {
    on_each_engine(|place| async move {
        if place.name == "sqlite" {
            return;
        }
        let (db, folder) = (address(&place), place.folder.path().to_owned());
        init(&db, &folder);
        let secret = db.replace("postgres://postgres@", "postgres://postgres:s3cret@");
        for (command, tool) in [("backup", "pg_dump --format=custom"), ("restore", "pg_restore")] {
            let (code, words) = code(&mykempo(&secret, &folder, &["--json", command, "k.dump"]));
            assert_eq!(code, format!("use_{}", tool.split(' ').next().unwrap()));
            assert!(words.contains(tool) && words.contains("?host=") && !words.contains("s3cret"), "{words}");
        }
        let done = json(&mykempo(&db, &folder, &["--json", "migrate"]));
        assert_eq!(done["from"], done["to"]);
    });
}

#[test]
fn a_purge_is_proposed_and_not_approved_by_who_proposed_it() {
    on_each_engine(|place| async move {
        let (db, folder) = (address(&place), place.folder.path().to_owned());
        init(&db, &folder);
        let run = |args: &[&str]| mykempo(&db, &folder, &[&["--json"], args].concat());
        assert_eq!(code(&run(&["purge", "--before", "2026-01-01"])).0, "too_young");
        assert_eq!(code(&run(&["purge", "--before", "2020-01-01"])).0, "nothing_to_purge");
        let plan = json(&run(&["purge", "--before", "2020-01-01", "--dry-run"]));
        assert_eq!((&plan["state"], plan["lines"].as_array().unwrap().len()), (&Value::from("dry_run"), 4));
        assert_eq!(code(&run(&["purge", "show"])).0, "no_proposal");
        assert_eq!(run(&["purge"]).status.code(), Some(2));
    });
}
