//! The real binary, as a script uses it: the main job from `init` to the feed on both engines, and every refusal of
//! bad input with its code, its words and exit code 1.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::Place;
use mykempo_console::usecases::FailureKind;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PASSWORD: &str = "correct horse battery";

/// Somebody at a terminal.
struct Terminal {
    db: String,
    folder: PathBuf,
    staff: &'static str,
    today: &'static str,
}

impl Terminal {
    fn at(place: &Place, staff: &'static str) -> Self {
        let db = match &place.url {
            mykempo_console::store::DbUrl::Sqlite(path) => path.display().to_string(),
            mykempo_console::store::DbUrl::Postgres(url) => url.clone(),
        };
        Self { db, folder: place.folder.path().to_owned(), staff, today: "2026-11-24" }
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mykempo"));
        command.args(args).current_dir(&self.folder).env_clear().env("MYKEMPO_DB", &self.db);
        command.env("MYKEMPO_STAFF", self.staff).env("MYKEMPO_PASSWORD", PASSWORD).env("MYKEMPO_TODAY", self.today);
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// The one JSON document of a command that must succeed, an import also with rejected rows.
    fn json(&self, args: &[&str]) -> Value {
        let output = self.run(&[&["--json"], args].concat());
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(0 | 6)), "{args:?}: {error}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Code and words of a command that must be refused, and print nothing else.
    fn refused(&self, args: &[&str]) -> (String, String) {
        let output = self.run(&[&["--json"], args].concat());
        assert!(output.stdout.is_empty(), "{args:?}");
        let error: Value = serde_json::from_slice(&output.stderr).unwrap();
        let kind: FailureKind = error["error"]["kind"].as_str().unwrap().parse().unwrap();
        assert_eq!(output.status.code(), Some(kind.exit_code().into()), "{args:?}");
        let part = |name: &str| error["error"][name].as_str().unwrap().to_owned();
        (part("code"), part("message"))
    }

    fn as_staff(&self, staff: &'static str) -> Self {
        Self { db: self.db.clone(), folder: self.folder.clone(), staff, today: self.today }
    }
}

fn demo_file(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo").join(name).display().to_string()
}

/// A rehearsal society with a clerk and a supervisor.
fn society(place: &Place) -> Terminal {
    let admin = Terminal::at(place, "admin");
    let init = ["init", "--insurer", "06139992", "--society", "架空健康保険組合", "--admin", "admin", "--rehearsal"];
    let exports = place.folder.path().join("exports").display().to_string();
    admin.json(&[&init[..], &["--export-dir", &exports]].concat());
    for (key, value) in
        [("society.postcode", "1110051"), ("society.address", "東京都台東区蔵前1-1"), ("society.phone", "03-0000-0000")]
    {
        admin.json(&["settings", "set", key, value]);
    }
    for (id, role) in [("sato", "clerk"), ("suzuki", "supervisor")] {
        employ(&admin, id, role);
    }
    admin
}

fn employ(admin: &Terminal, id: &'static str, role: &str) {
    let mut add = admin.command(&["staff", "add", id, "--name", id, "--role", role]);
    assert!(add.env("MYKEMPO_NEW_PASSWORD", "first password").output().unwrap().status.success());
    own_password(admin, id, "first password");
}

fn own_password(admin: &Terminal, id: &'static str, first: &str) {
    let mut change = admin.as_staff(id).command(&["staff", "password"]);
    change.env("MYKEMPO_PASSWORD", first).env("MYKEMPO_NEW_PASSWORD", PASSWORD);
    assert!(change.output().unwrap().status.success());
}

#[test]
fn f2_by_script_a_change_waits_for_another_person() {
    let place = crate::common::places().remove(0);
    let admin = society(&place);
    employ(&admin, "tanaka", "supervisor");
    let admin = Terminal { today: "2026-12-09", ..admin };
    let (clerk, suzuki) = (admin.as_staff("sato"), admin.as_staff("suzuki"));
    let waits = admin.json(&["staff", "add", "ito", "--name", "伊藤", "--role", "clerk"]);
    let proposal = &waits["proposal"];
    assert_eq!((&proposal["state"], &proposal["change"]["kind"]), (&"open".into(), &"staff_add".into()), "{waits}");
    assert_eq!(proposal["could_confirm"], serde_json::json!(["suzuki", "tanaka"]));
    let id = proposal["id"].to_string();
    assert_eq!(admin.refused(&["proposal", "confirm", &id]).0, "proposal_own");
    assert_eq!(clerk.refused(&["proposal", "confirm", &id]).0, "role");
    assert_eq!(suzuki.json(&["proposal", "list"])["proposals"][0]["id"], proposal["id"]);
    let done = suzuki.json(&["proposal", "confirm", &id]);
    own_password(&admin, "ito", done["first_password"].as_str().unwrap());
    assert!(admin.json(&["staff", "list"])["staff"].as_array().unwrap().iter().any(|staff| staff["id"] == "ito"));

    let waits = admin.json(&["settings", "set", "policy.four_eyes", "false"]);
    assert_eq!(admin.json(&["settings", "get", "policy.four_eyes"])["policy.four_eyes"], "true");
    let id = waits["proposal"]["id"].to_string();
    let refused = suzuki.json(&["proposal", "refuse", &id, "--reason", "not agreed"]);
    assert_eq!(
        (&refused["proposal"]["state"], &refused["proposal"]["answer"]),
        (&"refused".into(), &"not agreed".into())
    );
    let shown = suzuki.json(&["proposal", "show", &id]);
    assert_eq!(shown["proposal"]["decided_by"], "suzuki");
    assert_eq!(suzuki.refused(&["proposal", "show", "99"]).0, "proposal_unknown");
    assert_eq!(admin.json(&["proposal", "list", "--all"])["proposals"].as_array().unwrap().len(), 2);
}

#[test]
fn the_main_job_by_script_from_init_to_the_feed() {
    for place in crate::common::places() {
        println!("on {}", place.name);
        let admin = society(&place);
        let (clerk, supervisor) = (admin.as_staff("sato"), admin.as_staff("suzuki"));
        for kind in ["employers", "members", "portal-events", "requests"] {
            let file = demo_file(&format!("{kind}.csv"));
            let first = admin.json(&["import", kind, &file]);
            assert_eq!(first["applied"], true);
            assert!(first["added"].as_u64().unwrap() > 0, "{first}");
            let again = admin.json(&["import", kind, &file]);
            assert_eq!((&again["added"], &again["changed"]), (&Value::from(0), &Value::from(0)), "{kind}: {again}");
        }
        let found = clerk.json(&["member", "find", "髙橋", "--limit", "3"]);
        let member = &found["members"][0];
        let part = |name: &str| member[name].as_str().unwrap();
        let shown = clerk.json(&["member", "show", part("symbol"), part("number"), part("branch")]);
        assert_eq!(shown["member"]["name"], member["name"]);

        let drafted = clerk.json(&["batch", "draft", "--limit", "8"]);
        let batch = drafted["batch"].as_str().unwrap();
        assert_eq!(drafted["cards"], 8);
        assert_eq!(clerk.refused(&["batch", "approve", batch]).0, "role");
        assert_eq!(clerk.refused(&["batch", "export", batch]).0, "batch_state");
        clerk.json(&["batch", "preview", batch]);
        supervisor.json(&["batch", "approve", batch]);
        let exported = clerk.json(&["batch", "export", batch, "--dispatch-date", "令和8年11月24日"]);
        let cards = exported["cards"].as_u64().unwrap();
        assert_eq!(cards + exported["held"].as_array().unwrap().len() as u64, 8);
        assert!(Path::new(exported["files"][0].as_str().unwrap()).exists());
        assert_eq!(clerk.json(&["batch", "printed", batch, "--spoiled", "2"])["spoiled"].as_array().unwrap().len(), 1);
        assert_eq!(clerk.json(&["batch", "dispatch", batch])["cards"], cards - 1);
        let feed = supervisor.run(&["feed"]);
        let feed = String::from_utf8(feed.stdout).unwrap();
        let activated = feed.lines().filter(|line| line.contains(",activate,")).count() as u64;
        assert_eq!(activated, cards - 1);
        assert!(feed.contains("$argon2id$v=19$m=19456,t=2,p=1$"));
        let last = feed.lines().count() - 1;
        let rest = supervisor.run(&["feed", "--after", &(last - 1).to_string()]);
        assert_eq!(String::from_utf8(rest.stdout).unwrap().lines().last(), feed.lines().last());
        assert_eq!(admin.json(&["audit", "verify"])["broken_at"], Value::Null);
        let looks =
            |typed: &str| admin.json(&["audit", "export", "--member", typed])["entries"].as_array().unwrap().len();
        let key = [part("symbol"), part("number"), part("branch")].join("-");
        assert!(looks(&key) > 0);
        assert_eq!(looks(&format!("０{}", key.replace('-', "　"))), looks(&key), "however it is typed");
        assert_eq!(admin.refused(&["audit", "export", "--member", "foo"]).0, "bad_key");
        assert_eq!(admin.refused(&["audit", "export", "--batch", "B1"]).0, "batch_unknown");
        let entries = admin.json(&["audit", "export", "--batch", batch]);
        let acts: Vec<_> =
            entries["entries"].as_array().unwrap().iter().map(|e| e["action"].as_str().unwrap()).collect();
        assert_eq!(
            acts,
            [
                "batch_drafted",
                "batch_previewed",
                "batch_approved",
                "batch_exported",
                "card_dead",
                "batch_printed",
                "batch_dispatched",
                "file_destroyed"
            ]
        );
    }
}

#[test]
fn bad_input_is_refused_in_words_with_exit_code_1() {
    let place = crate::common::places().swap_remove(0);
    let admin = society(&place);
    let clerk = admin.as_staff("sato");
    let with = |db: &str| Terminal { db: db.to_owned(), ..admin.as_staff("admin") };

    let (code, words) = with("mysql://host/db").refused(&["audit", "verify"]);
    assert_eq!(code, "database_url");
    assert!(words.contains("mysql"));
    let (code, words) = with("nowhere.db").refused(&["audit", "verify"]);
    assert_eq!(code, "no_database");
    assert!(words.contains("nowhere.db") && words.contains("init"));
    std::fs::write(place.folder.path().join("no.db"), "this is no database, but a file of some length".repeat(50))
        .unwrap();
    assert_eq!(with("no.db").refused(&["audit", "verify"]).0, "database_unusable");
    assert_eq!(
        with("postgres://nobody:s3cret@127.0.0.1:1/none").refused(&["audit", "verify"]).0,
        "database_unreachable"
    );

    let mut wrong = clerk.command(&["--json", "queue", "list"]);
    let wrong = wrong.env("MYKEMPO_PASSWORD", "wrong password").output().unwrap();
    assert_eq!(wrong.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("\"sign_in\""));

    for (args, code) in [
        (&["settings", "set", "policy.four_eyes", "false"][..], "role"),
        (&["import", "members", "x.csv"], "role"),
        (&["member", "show", "999", "9"], "member_unknown"),
        (&["member", "show", "26 0", "x"], "bad_key"),
        (&["batch", "draft"], "nothing_to_draft"),
        (&["batch", "show", "B20261124-009"], "batch_unknown"),
        (&["batch", "returned", "B20261124-001-0001"], "serial_unknown"),
        (&["queue", "add", "login", "260", "1"], "request_needed"),
        (&["queue", "add", "login", "260", "1", "--request", "F1"], "request_unknown"),
        (&["queue", "cancel", "77"], "card_unknown"),
    ] {
        assert_eq!(clerk.refused(args).0, code, "{args:?}");
    }
    assert_eq!(admin.refused(&["settings", "set", "policy.colour", "red"]).0, "setting_unknown");
    assert_eq!(admin.refused(&["settings", "set", "policy.receipt_days", "many"]).0, "setting_value");
    assert_eq!(admin.refused(&["import", "members", "missing.csv"]).0, "file");
    assert_eq!(admin.refused(&["init", "--insurer", "06139998", "--society", "x", "--admin", "a"]).0, "bad_insurer");
    assert_eq!(
        admin.refused(&["init", "--insurer", "06139992", "--society", "x", "--admin", "admin", "--rehearsal"]).0,
        "initialised"
    );
    let usage = admin.run(&["batch", "frobnicate"]);
    assert_eq!(usage.status.code(), Some(2));
}

#[test]
fn unusable_export_folder_changes_nothing() {
    let place = crate::common::places().swap_remove(0);
    let admin = society(&place);
    let (clerk, supervisor) = (admin.as_staff("sato"), admin.as_staff("suzuki"));
    for kind in ["employers", "members", "portal-events"] {
        admin.json(&["import", kind, &demo_file(&format!("{kind}.csv"))]);
    }
    let drafted = clerk.json(&["batch", "draft", "--limit", "2"]);
    let batch = drafted["batch"].as_str().unwrap();
    supervisor.json(&["batch", "approve", batch]);
    let exports = place.folder.path().join("exports");
    std::fs::write(&exports, "a file stands where the folder should be").unwrap();
    let (code, words) = clerk.refused(&["batch", "export", batch]);
    assert_eq!(code, "folder");
    assert!(words.contains("exports"), "{words}");
    assert_eq!(clerk.json(&["batch", "show", batch])["state"], "approved");
    std::fs::remove_file(&exports).unwrap();
    assert_eq!(clerk.json(&["batch", "export", batch])["cards"], 2);
}

#[test]
fn mykempo_today_works_in_rehearsals_only() {
    let place = crate::common::places().swap_remove(0);
    let real = Terminal::at(&place, "admin");
    let init = ["init", "--insurer", "06139992", "--society", "架空健康保険組合", "--admin", "admin"];
    assert_eq!(real.refused(&init).0, "not_rehearsal");
    assert!(real.command(&init).env_remove("MYKEMPO_TODAY").output().unwrap().status.success());
    assert_eq!(real.refused(&["audit", "verify"]).0, "not_rehearsal");
    assert!(real.command(&["audit", "verify"]).env_remove("MYKEMPO_TODAY").output().unwrap().status.success());
    let odd = Terminal { today: "yesterday", ..real };
    assert_eq!(odd.refused(&["audit", "verify"]).0, "bad_today");
}

#[test]
fn the_demo_runs_through_to_paper_and_never_overwrites() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("demo");
    let demo = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mykempo"));
        command.args(["--json", "demo", "--no-console", "--dir"]).arg(&dir).env_clear().output().unwrap()
    };
    let first = demo();
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    let done: Value = serde_json::from_slice(&first.stdout).unwrap();
    assert_eq!(done["staff"].as_array().unwrap().len(), 3);
    for file in done["files"].as_array().unwrap() {
        assert!(Path::new(file.as_str().unwrap()).exists(), "{file}");
    }
    let second = demo();
    assert_eq!(second.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&second.stderr).contains("demo_exists"));
}

/// A society whose first batch of two cards is exported; the batch and its PDF with passwords.
fn exported(place: &Place) -> (Terminal, String, PathBuf) {
    export_first(&society(place))
}

fn export_first(admin: &Terminal) -> (Terminal, String, PathBuf) {
    let (clerk, supervisor) = (admin.as_staff("sato"), admin.as_staff("suzuki"));
    for kind in ["employers", "members", "portal-events"] {
        admin.json(&["import", kind, &demo_file(&format!("{kind}.csv"))]);
    }
    let batch = clerk.json(&["batch", "draft", "--limit", "2"])["batch"].as_str().unwrap().to_owned();
    supervisor.json(&["batch", "approve", &batch]);
    let exported = clerk.json(&["batch", "export", &batch, "--dispatch-date", "2026-11-24"]);
    (clerk, batch, PathBuf::from(exported["files"][0].as_str().unwrap()))
}

#[test]
fn b5_next_command_finishes_a_killed_export_and_reports_it() {
    let place = crate::common::places().swap_remove(0);
    let (clerk, _, pdf) = exported(&place);
    // Killed after the commit, before the files had their names; another file was not recorded at all.
    let hidden = pdf.with_file_name(format!(".{}.part", pdf.file_name().unwrap().to_string_lossy()));
    std::fs::rename(&pdf, &hidden).unwrap();
    let stray = pdf.with_file_name(".stray.pdf.part");
    std::fs::write(&stray, b"half a page").unwrap();
    let next = clerk.run(&["batch", "list"]);
    assert!(next.status.success());
    assert!(pdf.exists() && !hidden.exists() && !stray.exists());
    assert!(String::from_utf8_lossy(&next.stderr).contains("中断"), "it says so");
    assert!(clerk.run(&["batch", "list"]).stderr.is_empty(), "once");
}

#[test]
fn b8_s4_pdf_with_a_relative_path_is_destroyed_from_anywhere() {
    let place = crate::common::embedded();
    let everywhere = society(&place);
    everywhere.json(&["settings", "set", "export.dir", "exports"]);
    let (_, batch, _) = export_first(&Terminal { db: "kempo.db".into(), ..everywhere.as_staff("admin") });
    let pdf = place.folder.path().join("exports").join(&batch).join(format!("{batch}-01.pdf"));
    assert!(pdf.exists());
    let elsewhere = Terminal { folder: "/".into(), ..everywhere.as_staff("sato") };
    elsewhere.json(&["batch", "printed", &batch]);
    let sent = elsewhere.json(&["batch", "dispatch", &batch]);
    assert_eq!((&sent["destroyed"], &sent["not_destroyed"]), (&Value::from(1), &Value::Null));
    assert!(!pdf.exists());
}

#[test]
fn b8_s4_pdf_that_stays_is_reported_and_destroyed_later() {
    let place = crate::common::places().swap_remove(0);
    let (clerk, batch, pdf) = exported(&place);
    clerk.json(&["batch", "printed", &batch]);
    std::fs::remove_file(&pdf).unwrap();
    std::fs::create_dir(&pdf).unwrap();
    let sent = clerk.json(&["batch", "dispatch", &batch]);
    assert_eq!((&sent["cards"], &sent["destroyed"]), (&Value::from(2), &Value::from(0)));
    assert!(sent["not_destroyed"].as_str().unwrap().contains(&*pdf.file_name().unwrap().to_string_lossy()));
    let destroyed_at = || clerk.json(&["batch", "show", &batch])["files"][0]["destroyed_at"].clone();
    assert_eq!(destroyed_at(), Value::Null);
    std::fs::remove_dir(&pdf).unwrap();
    std::fs::write(&pdf, b"passwords").unwrap();
    assert_ne!(destroyed_at(), Value::Null);
    assert!(!pdf.exists());
    let shown = String::from_utf8(clerk.run(&["batch", "show", &batch]).stdout).unwrap();
    assert!(shown.contains("に消去済"), "{shown}");
}
