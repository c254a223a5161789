//! Status and metrics: counts and ages, without sign-in, by the real program; and that nothing is changed by them.

use crate::common::fixtures::{PEOPLE, cast, register, sql};
use crate::common::on_each_engine;
use mykempo_console::domain::CardState;
use mykempo_console::usecases::audit_anchor;
use mykempo_console::usecases::requests::{self, IncomingCall};
use mykempo_console::usecases::upkeep::{SystemStatus, WaitingAge, status};
use serde_json::Value;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

#[test]
fn status_counts_what_waits_and_writes_nothing() {
    on_each_engine(|place| async move {
        let cast = cast(&place).await;
        sql(&cast.ctx, PEOPLE).await;
        let (url, clock) = (cast.ctx.url().clone(), cast.ctx.clock);
        assert_eq!(status(&url, clock).await.unwrap(), SystemStatus::default());
        register(&cast, &["260 1 00", "107 1 00", "999 1"]).await;
        let call = IncomingCall { body: "ログインできない".into(), ..IncomingCall::default() };
        requests::take_call(&cast.ctx, &cast.clerk, &call).await.unwrap();
        let head = audit_anchor(&cast.ctx).await.unwrap();
        let found = status(&url, clock).await.unwrap();
        assert_eq!(found.requests, WaitingAge { count: 1, oldest_seconds: Some(0) });
        assert_eq!((found.cards_in(CardState::Queued), found.cards_in(CardState::Held)), (2, 1));
        assert_eq!((found.promises, found.backup_age_seconds), (1, None));
        assert_eq!(audit_anchor(&cast.ctx).await.unwrap(), head, "it wrote nothing");
    });
}

fn mykempo(folder: &Path, args: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_mykempo"));
    program.current_dir(folder).env_clear().args(["--db", "kempo.db"]).args(args);
    program.output().unwrap()
}

#[test]
fn metrics_are_replaced_as_a_whole_and_tell_when_down() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let read = || std::fs::read_to_string(path.join("m.prom")).unwrap();
    let down = mykempo(path, &["--json", "metrics", "--out", "m.prom"]);
    assert_eq!((down.status.code(), read().ends_with("mykempo_up 0\n")), (Some(3), true));
    let made = mykempo(path, &["demo", "--no-console"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let up = mykempo(path, &["metrics", "--out", "m.prom"]);
    assert!(up.status.success(), "{}", String::from_utf8_lossy(&up.stderr));
    assert!(read().starts_with("# HELP mykempo_up") && read().contains("\nmykempo_up 1\n"));
    let mode = std::fs::metadata(path.join("m.prom")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o644, "another account reads it");
    let line = String::from_utf8(mykempo(path, &["status"]).stdout).unwrap();
    assert!(line.starts_with("mykempo: ") && line.lines().count() == 1, "{line}");
    let json: Value = serde_json::from_slice(&mykempo(path, &["--json", "status"]).stdout).unwrap();
    let requests = json["requests"]["count"].as_i64().unwrap();
    assert!(requests > 0 && read().contains(&format!("\nmykempo_requests {requests}\n")));
    // The database itself is never written over.
    let over = mykempo(path, &["metrics", "--out", "kempo.db"]);
    assert_eq!(over.status.code(), Some(4));
}

#[test]
fn a_strict_doctor_ends_with_a_code_of_its_own_for_notices() {
    let folder = tempfile::tempdir().unwrap();
    let made = mykempo(folder.path(), &["demo", "--no-console"]);
    assert!(made.status.success());
    let plain = mykempo(folder.path(), &["--json", "doctor"]);
    let json: Value = serde_json::from_slice(&plain.stdout).unwrap();
    assert!(json["notices"].as_u64().unwrap() > 0, "no backup was made");
    let wrong = json["wrong"].as_u64().unwrap();
    let strict = mykempo(folder.path(), &["--json", "doctor", "--strict"]);
    let expected = if wrong > 0 { (Some(1), Some(1)) } else { (Some(0), Some(6)) };
    assert_eq!((plain.status.code(), strict.status.code()), expected);
}
